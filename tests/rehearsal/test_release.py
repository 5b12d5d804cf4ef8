"""All conversations together: who is counted under what, and what is left of those that were erased."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID

from rehearsal.release import rehearse
from rehearsal.verdict import ASKED, ERASED, TROUBLE, UNCHANGED, Verdict
from store.standing import Standing
from tests.dialogue.bots import BrokenForm
from tests.dialogue.journeys import OUTSIDE, Form, LongerForm
from tests.dialogue.world import World


def stories() -> list[tuple[str, ...]]:
    """Nine at the city, three at the income, one at the name."""
    return [*[("hi", "Asha", "5000")] * 9, *[("hi", "Asha")] * 3, ("hi",)]


async def standing(*, erased: int = 0) -> AsyncIterator[Standing]:
    """Them, and some who were erased."""
    for number, lines in enumerate(stories()):
        world = World(Form(), OUTSIDE)
        world.play(*lines)
        yield Standing(UUID(int=number), "bot", world.raw, world.waiting_for, frozenset())
    for number in range(erased):
        yield Standing(UUID(int=100 + number), "bot", None, "", frozenset())


async def test_those_to_whom_the_same_happens_are_counted_together() -> None:
    rehearsal = await rehearse({"bot": LongerForm()}, {}, standing(erased=2), now=0.0)
    assert rehearsal.of(ASKED) == [(Verdict(ASKED, "answer:city", "answer:age"), [UUID(int=n) for n in range(9)])]
    assert rehearsal.of(ERASED) == [(Verdict(ERASED), [UUID(int=100), UUID(int=101)])]
    assert (rehearsal.total, rehearsal.unchanged, rehearsal.in_trouble) == (15, 4, 0)


async def test_the_largest_groups_come_first() -> None:
    rehearsal = await rehearse({"bot": Form()}, {}, standing(), now=0.0)
    assert [len(those) for _, those in rehearsal.of(UNCHANGED)] == [9, 3, 1]


async def test_one_that_breaks_does_not_keep_the_others_from_being_rehearsed() -> None:
    seen = []
    rehearsal = await rehearse({"bot": BrokenForm()}, {}, standing(), 0.0, lambda: seen.append(1))
    assert (rehearsal.in_trouble, rehearsal.unchanged, len(seen)) == (9, 4, 13)
    ((verdict, those),) = rehearsal.of(TROUBLE)
    assert verdict.after.startswith("KeyError in run")
    assert len(those) == 9
