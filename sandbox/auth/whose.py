"""Whose clock a phone number goes by: its owner's, or of whoever gave it as theirs in a chat."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sandbox.chats import Chats
from sandbox.people import People, User

NATIONAL = 10
"""digits that an Indian number has without its country's: most people type no more"""


def ahead_of(phone: str, people: People, chats: Chats) -> float:
    """How many seconds the clock for this phone (E.164) runs ahead of the machine's."""
    owners = [user for user in people.all() if user.phone == phone]
    # Who has moved no clock has the machine's time, whatever they wrote.
    gave = owners or [user for user in people.all() if user.ahead and _wrote(user, phone, chats)]
    return max((user.ahead for user in gave), default=0.0)


def _wrote(user: User, phone: str, chats: Chats) -> bool:
    digits = phone[-NATIONAL:]
    return any(
        digits in "".join(sign for sign in words if sign.isdecimal())
        for message in chats.of(user)
        if message.direction == "in"
        for words in _strings(message.payload)
    )


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)
