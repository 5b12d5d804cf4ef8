"""How the recogniser treats those who say something: by the words they say, or `*` for everybody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sandbox.treated import Treated

State = Literal["up", "slow", "down", "deaf"]
"""`deaf` hears nothing in anything"""


@dataclass(frozen=True, slots=True)
class Mood:
    """A recogniser that understands, takes `seconds` for it, hears nothing, or is down."""

    state: State = "up"
    seconds: float = 8.0


class SpeechMoods(Treated[Mood]):
    """The moods that were set, by the words that are said."""

    def __init__(self) -> None:
        super().__init__(Mood())
