"""How the job search treats those who look for something: by the words of their search, or `*` for everybody else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

EVERYBODY = "*"

State = Literal["up", "slow", "down"]


@dataclass(frozen=True, slots=True)
class Mood:
    """A search that is up, slow by `seconds` or down, and finds what there is, or just so many."""

    state: State = "up"
    seconds: float = 8.0
    found: int | None = None


class Moods:
    """The moods that were set; those of a search's own words win. They are in memory: a restart mends them."""

    def __init__(self) -> None:
        self._set: dict[str, Mood] = {}

    def of(self, keywords: str) -> Mood:
        """How this search is treated."""
        return self._set.get(_folded(keywords)) or self._set.get(EVERYBODY) or Mood()

    def all(self) -> dict[str, Mood]:
        """Every mood by the words it was set for, everybody's included."""
        return {EVERYBODY: Mood()} | self._set

    def change(self, keywords: str, changes: dict[str, Any]) -> Mood:
        """Change some of a search's mood, which begins as everybody's."""
        mood = self._set[_folded(keywords)] = replace(self.of(keywords), **changes)
        return mood


def _folded(keywords: str) -> str:
    return " ".join(keywords.casefold().split())
