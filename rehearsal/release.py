"""All conversations rehearsed, and what came of it: how many would be asked what, and who would be in trouble."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterable, Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from dialogue import Journey
from rehearsal.verdict import ERASED, TROUBLE, UNCHANGED, Verdict, rehearsed
from store.standing import Standing
from texts import Catalogue


@dataclass
class Rehearsal:
    """What would become of all of them."""

    found: dict[Verdict, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    """verdict -> the conversations it is of; of unchanged ones each counts under what it waits for"""

    @property
    def total(self) -> int:
        """How many were rehearsed."""
        return sum(len(those) for those in self.found.values())

    @property
    def unchanged(self) -> int:
        """How many would not notice."""
        return sum(len(those) for verdict, those in self.found.items() if verdict.kind == UNCHANGED)

    @property
    def in_trouble(self) -> int:
        """How many an operator would have to look at."""
        return sum(len(those) for verdict, those in self.found.items() if verdict.kind == TROUBLE)

    def of(self, kind: str) -> list[tuple[Verdict, list[UUID]]]:
        """The verdicts of a kind, those of most conversations first."""
        several = [(verdict, those) for verdict, those in self.found.items() if verdict.kind == kind]
        return sorted(several, key=lambda one: (-len(one[1]), one[0].before, one[0].after))


async def rehearse(
    journeys: Mapping[str, Journey],
    texts: Mapping[str, Catalogue],
    conversations: AsyncIterable[Standing],
    now: float,
    one_more: Callable[[], None] = lambda: None,
) -> Rehearsal:
    """Rehearse each; `one_more` is called after each, for whoever shows how far it is."""
    rehearsal = Rehearsal()
    async for standing in conversations:
        if standing.state is None:
            verdict = Verdict(ERASED)
        else:
            verdict = rehearsed(
                journeys,
                standing.state,
                now,
                waiting_for=standing.waiting_for,
                working=standing.working,
                texts=texts,
            )
        rehearsal.found[verdict].append(standing.conversation)
        one_more()
    return rehearsal
