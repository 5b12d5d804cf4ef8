"""Whether a message may go out now: judged at the moment of sending, over what the outbox knows. Pure.

Sources: Meta's pages on the customer service window (24 hours from the person's last message) and on throughput (one
message in six seconds to one person, a burst of 45 borrowed from the time that follows).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.numbers import Number
from domain.said import MARKETING, NOTICE, REMINDER, WINDOW
from store.outbox import Unsent

DOUBT = timedelta(seconds=10)
"""how long a status may take to tell what became of an unknown send"""
LONG_DOUBT = timedelta(seconds=30)
"""the same of marketing, of which many go at once"""
NOT_SENT_AGAIN = (REMINDER, MARKETING)
"""purposes of which a second one is worse than none: in doubt, and with no status, they are given up. Only where
statuses of later ones from the same number have come meanwhile is it plain that this one was never sent"""
PROBES_EVERY = timedelta(seconds=60)
"""between two messages that are tried from a number from which nothing is accepted"""


@dataclass(frozen=True)
class Go:
    """It may go; outside of the window its template goes in its place."""

    as_template: bool = False


@dataclass(frozen=True)
class Wait:
    """It, and all behind it, must wait until then. With a reason that is written down."""

    until: datetime
    reason: str = ""


@dataclass(frozen=True)
class Doubt:
    """Whoever was sending it has not come back: until then a status may tell whether it was sent."""

    until: datetime


@dataclass(frozen=True)
class Park:
    """It waits until the person writes; what is behind it does not wait for it."""

    reason: str


@dataclass(frozen=True)
class Fail:
    """It is never sent."""

    reason: str


Verdict = Go | Wait | Doubt | Park | Fail


def judge(row: Unsent, now: datetime, number: Number) -> Verdict:
    """What is to be done with the first unsent message of a conversation."""
    waits = _waits(row, now)
    if waits is not None:
        return waits
    if row.state == "unknown" and row.purpose in NOT_SENT_AGAIN and not row.later_told:
        return Fail("in_doubt")
    if row.opted_out and row.purpose != NOTICE:
        return Fail("opted_out")
    if row.marketing_opted_out and row.purpose == MARKETING:
        return Fail("opted_out")
    if row.number_stopped and not row.may_probe:
        return Wait(now + PROBES_EVERY / 2, "number_stopped" if row.state == "pending" else "")
    closed = row.wrote_at is None or now - row.wrote_at >= WINDOW
    if closed and row.template_sealed is None:
        # What is advertised today is not to be read on the day they happen to write.
        return Fail("window") if row.purpose == MARKETING else Park("window")
    free_at = pair_free_at(row.pair_empty_at, number)
    if free_at is not None and free_at > now:
        return Wait(free_at, "pace")
    return Go(as_template=closed)


def doubt_of(purpose: str) -> timedelta:
    """How long a status is waited for before a send that nobody knows of is decided."""
    return LONG_DOUBT if purpose == MARKETING else DOUBT


def pair_free_at(empty_at: datetime | None, number: Number) -> datetime | None:
    """When the pair's leaky bucket has room for one more; None when nothing is in it."""
    if empty_at is None:
        return None
    return empty_at - timedelta(seconds=number.pair_seconds * (number.pair_burst - 1))


def _waits(row: Unsent, now: datetime) -> Wait | Doubt | None:
    if row.state == "sending":
        if row.lease_until is not None and row.lease_until > now:
            return Wait(row.lease_until)
        return Doubt(now + doubt_of(row.purpose))
    if row.state in ("deferred", "unknown") and row.not_before is not None and row.not_before > now:
        return Wait(row.not_before)
    return None
