"""How much may be sent: per pair of numbers, and per business number (Meta, "Throughput", 2026-05-21)."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.config import Number
from sandbox.graph.errors import GraphError
from sandbox.people import User

PAIR_BURST = 45
"""Messages that may go to one person in a burst, borrowed from the time that follows."""

PAIR_SECONDS = 6.0
"""Seconds in which one message to one person is earned back."""

WINDOW_SECONDS = 24 * 3600.0
"""The customer service window: seconds since the person's last message in which free-form messages are allowed."""


@dataclass(slots=True)
class Bucket:
    """A token bucket: `capacity` at most, `per_second` coming back; full at the first look."""

    capacity: float
    per_second: float
    tokens: float = -1.0
    looked: float = 0.0

    def take(self, now: float, *, at_any_rate: bool = False) -> bool:
        """One token, if there is one; `at_any_rate` takes what there is and never refuses."""
        earned = max(0.0, now - self.looked) * self.per_second
        self.tokens = self.capacity if self.tokens < 0 else min(self.capacity, self.tokens + earned)
        self.looked = now
        if self.tokens < 1:
            self.tokens = 0.0 if at_any_rate else self.tokens
            return at_any_rate
        self.tokens -= 1
        return True


class Limits:
    """The buckets of all pairs and numbers. In memory: after a restart all are full."""

    def __init__(self) -> None:
        self._pairs: dict[str, Bucket] = {}
        self._numbers: dict[str, Bucket] = {}

    def heard(self, number: Number, now: float) -> None:
        """Count an inbound message: throughput is for both directions together."""
        self._throughput(number).take(now, at_any_rate=True)

    def admit(self, number: Number, user: User, *, now: float, user_now: float) -> None:
        """Count a message to this person; `now` is the machine's time, `user_now` the person's own.

        Raises GraphError 130429 (throughput of the number) or 131056 (pair); users without limits always pass.
        """
        if not user.limits:
            return
        if not self._throughput(number).take(now):
            raise GraphError(130429, "Cloud API message throughput has been reached: try again later.")
        pair = self._pairs.setdefault(user.id, Bucket(PAIR_BURST, 1 / PAIR_SECONDS))
        if not pair.take(user_now):
            raise GraphError(131056, "Too many messages from one phone number to the same person in a short time.")

    def _throughput(self, number: Number) -> Bucket:
        return self._numbers.setdefault(number.id, Bucket(number.rate, number.rate))


def window_open(user: User, user_now: float) -> bool:
    """Whether this person has written within the last 24 hours."""
    return user.last_inbound is not None and user_now - user.last_inbound <= WINDOW_SECONDS


def check_window(user: User, user_now: float) -> None:
    """Raise GraphError 131047 where this person's last message is over 24 hours ago, or there was none."""
    if not window_open(user, user_now):
        raise GraphError(131047, "More than 24 hours have passed since the customer last replied to this number.")
