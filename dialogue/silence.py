"""Silence has three ends: a nudge, at an hour when one may write to people; parking, which says nothing and keeps all;
and expiry, which says nothing and keeps no answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

SILENCE = frozenset({"nudge", "park", "expire"})
"""names of its deadlines"""
KOLKATA = ZoneInfo("Asia/Kolkata")


@dataclass(frozen=True)
class Silence:
    """How long a question may stay unanswered. None: for ever."""

    nudge_after: timedelta | None = timedelta(minutes=30)
    park_after: timedelta | None = timedelta(hours=23)
    zone: ZoneInfo = field(default=KOLKATA)
    opens: time = time(9)
    closes: time = time(21)
    expire_after: timedelta | None = None
    """the answers are forgotten, down to the last point of no return, and the next message begins anew"""

    def deadlines(self, now: float) -> dict[str, float]:
        """The deadlines of a question put or a message taken now; a nudge waits for the next morning."""
        found = {}
        if self.nudge_after is not None:
            found["nudge"] = self.civil(now + self.nudge_after.total_seconds())
        if self.park_after is not None:
            found["park"] = now + self.park_after.total_seconds()
        if self.expire_after is not None:
            found["expire"] = now + self.expire_after.total_seconds()
        ends = min(found.get("park", float("inf")), found.get("expire", float("inf")))
        if "nudge" in found and found["nudge"] >= ends:
            del found["nudge"]
        return found

    def civil(self, at: float) -> float:
        """The same time, or the next one when a reminder may be sent."""
        local = datetime.fromtimestamp(at, self.zone)
        if self.opens <= local.time() < self.closes:
            return at
        day = local.date() + timedelta(days=1 if local.time() >= self.closes else 0)
        return datetime.combine(day, self.opens, self.zone).timestamp()
