"""A talk with the loan bot, from the first word to the chosen offer, and how it goes when nothing goes wrong."""

from __future__ import annotations

import re

from tests.running.person import Person

TALK = ("hi", "English", "1", "Asha Rao", "5/11/1987", "1", "45k", "wedding", "1", "1", "2")
"""what is typed; the last one chooses the second offer"""
WAITS = (
    "answer:language",
    "answer:intent",
    "answer:full_name",
    "answer:date_of_birth",
    "answer:employment",
    "answer:monthly_income",
    "answer:purpose",
    "answer:consent",
    "answer:summary",
    "answer:offer",
    "kyc",
)
"""what is waited for after each"""


async def talk(person: Person, first: int = 0, last: int = len(TALK)) -> None:
    """Say these lines of the talk, each when the one before is dealt with."""
    for line in TALK[first:last]:
        await person.write(line)
        await person.settle()


async def waits_for(person: Person) -> str:
    """What is waited for."""
    found: str = (await person.inspect())["waiting_for"]
    return found


async def same_for_all(person: Person) -> list[str]:
    """What they were told, without the amounts of offers: those are made anew for every application."""
    return [re.sub(r"[\d,.]+", "#", line) for line in await person.lines()]
