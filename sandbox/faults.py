"""Faults on demand: what goes wrong with the next messages that the business sends to a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mode(StrEnum):
    """How a send goes wrong.

    error: refused with the code's documented body. drop: the connection is closed before anything was accepted.
    accept_then_drop: accepted and shown, and then the connection is closed: the sender cannot know.
    accept_then_fail: accepted, and a `failed` status with the code follows. status_first: the statuses arrive before
    the answer to the send. statuses_reversed: they arrive in one webhook, the last one first.
    """

    ERROR = "error"
    DROP = "drop"
    ACCEPT_THEN_DROP = "accept_then_drop"
    ACCEPT_THEN_FAIL = "accept_then_fail"
    STATUS_FIRST = "status_first"
    STATUSES_REVERSED = "statuses_reversed"


@dataclass(slots=True)
class Fault:
    """What is wrong with the next `remaining` sends."""

    mode: Mode
    code: int
    remaining: int


class Faults:
    """The faults ordered for each user. In memory: a restart mends everything."""

    def __init__(self) -> None:
        self._ordered: dict[str, Fault] = {}

    def order(self, user_id: str, fault: Fault) -> None:
        """Let the next sends to this user go wrong; replaces what was ordered before, and 0 cancels it."""
        if fault.remaining > 0:
            self._ordered[user_id] = fault
        else:
            self._ordered.pop(user_id, None)

    def take(self, user_id: str) -> Fault | None:
        """The fault for the send that is being made now."""
        fault = self._ordered.get(user_id)
        if fault is not None:
            fault.remaining -= 1
            if fault.remaining <= 0:
                del self._ordered[user_id]
        return fault

    def pending(self, user_id: str) -> int:
        """How many more sends to this user will go wrong."""
        fault = self._ordered.get(user_id)
        return 0 if fault is None else fault.remaining
