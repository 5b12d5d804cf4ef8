"""How the auth API treats a phone: by its number, or `*` for everybody else. In memory, as faults are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sandbox.treated import Treated

Kind = Literal["none", "down", "lost", "wrong", "expired", "locked", "too_many", "bad_number"]
"""`down` answers nothing (503), `lost` does what it is asked and answers 503 all the same, once for each idempotency
key; the others are refusals of what they can be the refusal of"""


@dataclass(frozen=True, slots=True)
class Mood:
    """What the auth API does to a phone, whatever is asked of it."""

    mood: Kind = "none"


class AuthMoods(Treated[Mood]):
    """The moods that were set, by phone numbers."""

    def __init__(self) -> None:
        super().__init__(Mood())
