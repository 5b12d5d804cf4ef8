"""How the job search treats those who look for something: by the words of their search, or `*` for everybody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sandbox.treated import Treated

State = Literal["up", "slow", "down"]


@dataclass(frozen=True, slots=True)
class Mood:
    """A search that is up, slow by `seconds` or down, and finds what there is, or just so many."""

    state: State = "up"
    seconds: float = 8.0
    found: int | None = None


class Moods(Treated[Mood]):
    """The moods that were set, by the words of a search."""

    def __init__(self) -> None:
        super().__init__(Mood())
