"""What a person says: to the loan bot's questions and, with `back`, to and fro between four of them, without an end.

Every answer that the bot reads back is one that this person never gave before, so each can be found again.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

SHOWN = {
    "language": "Which language would you like",
    "intent": "What can we do for you",
    "full_name": "What is your full name",
    "date_of_birth": "What is your date of birth",
    "employment": "What kind of work do you do",
    "monthly_income": "How much do you earn in a month",
    "purpose": "What is the loan for",
}
"""by what words each question is known"""
LEFT_ASIDE = "so we have left it aside"
"""by what words it is known that an answer was not taken for one, and that the question before it is put again"""
OPENING = (("hi", "language"), ("English", "intent"), ("1", "full_name"), ("Asha Rao", "date_of_birth"))
ORDER = ("date_of_birth", "employment", "monthly_income", "purpose")
OLDEST, DAYS = date(1968, 1, 1), 11_000
LEAST, INCOMES = 10_000, 89_000


@dataclass(frozen=True)
class Line:
    """Something to write, and what the answer to it shows."""

    text: str
    question: str
    """the question put by its last message"""
    marker: str = ""
    """read back by one of its messages, and by no other ever"""


class Walk:
    """One person's way."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._opening = list(OPENING)
        self._at = 0
        self._day = chance.randrange(DAYS)
        self._income = chance.randrange(INCOMES)

    def next(self) -> Line:
        """The next line. Whoever asks for it has seen the answer to the last one."""
        if self._opening:
            return Line(*self._opening.pop(0))
        here = ORDER[self._at]
        forth = self._at == 0 or (here != "purpose" and self._chance.random() < 0.6)
        self._at += 1 if forth else -1
        there = ORDER[self._at]
        if not forth:
            return Line("back", there)
        if here == "date_of_birth":
            self._day = (self._day + 1) % DAYS
            born = OLDEST + timedelta(days=self._day)
            words = f"{born.day} {born:%B} {born.year}"
            return Line(words, there, words)
        if here == "monthly_income":
            self._income = (self._income + 1) % INCOMES
            amount = LEAST + self._income
            return Line(str(amount), there, f"₹{amount:,}")
        return Line("1", there)
