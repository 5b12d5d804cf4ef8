"""Bookings: when somebody of ours has time, and what was agreed. Who it is with, the conversation knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from domain.effects import Effect

TAKEN, CLOSED, UNKNOWN = "taken", "closed", "unknown"
"""why a booking is refused: somebody was quicker; no longer a time we offer; there is none to be moved"""
DAYS = 9
"""days offered at once: one page of a list"""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_HOURS = re.compile(r"(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))? (?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)")


@dataclass(frozen=True)
class Free:
    """The times that are free on one day, as ISO times in the person's zone."""

    day: date
    times: tuple[datetime, ...]


@dataclass(frozen=True)
class SlotsWanted:
    """What is asked for: a consultation, about whatever it is called."""

    subject: str


@dataclass(frozen=True)
class Slots:
    """What is free, soonest first. Without a calendar of ours, `link` is where to book instead; "" is nowhere."""

    days: tuple[Free, ...] = ()
    zone: str = "Asia/Kolkata"
    """whose clocks show these times"""
    calendar: bool = True
    link: str = ""


@dataclass(frozen=True)
class BookingWanted:
    """A slot that was chosen."""

    starts: datetime
    subject: str
    zone: str
    """whose clocks the person goes by"""
    instead_of: str = ""
    """the reference of the booking that it takes the place of"""


@dataclass(frozen=True)
class Booking:
    """What was agreed."""

    reference: str
    starts: datetime
    zone: str
    subject: str = ""

    @property
    def local(self) -> datetime:
        """When it is, by the clocks the person goes by."""
        return self.starts.astimezone(zone_called(self.zone))


@dataclass(frozen=True)
class BookingAsked:
    """Which booking there is, if any."""

    subject: str


@dataclass(frozen=True)
class Cancelling:
    """A booking that is not wanted any more."""

    reference: str


FIND_SLOTS = Effect("find_slots", SlotsWanted, Slots)
FIND_BOOKING: Effect[BookingAsked, Booking | None] = Effect("find_booking", BookingAsked, Booking | None)  # type: ignore[arg-type]
BOOK_SLOT = Effect("book_slot", BookingWanted, Booking, final=True, refusals=(TAKEN, CLOSED, UNKNOWN))
CANCEL_BOOKING = Effect("cancel_booking", Cancelling, bool, final=True)


def zone_called(name: str) -> ZoneInfo:
    """A zone by its name. Raises ValueError for one that there is not."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"there is no time zone {name!r}: write it as in Asia/Kolkata") from None


@dataclass(frozen=True)
class OfficeHours:
    """When bookings may be, by the office's own clocks.

    `hours` is weekday -> opening and closing time. A slot ends when the office closes, at the latest; the first ones
    are tomorrow's.
    """

    hours: dict[int, tuple[time, time]] = field(default_factory=dict)
    zone: ZoneInfo = field(default=ZoneInfo("Asia/Kolkata"))
    minutes: int = 30

    @classmethod
    def read(cls, text: str, zone: str, minutes: int) -> OfficeHours:
        """From `mon-fri 10:00-18:00, sat 10:00-13:00`. Raises ValueError for what is not of this form."""
        hours: dict[int, tuple[time, time]] = {}
        for part in filter(None, (part.strip() for part in text.lower().split(","))):
            found = _HOURS.fullmatch(part)
            if found is None or {found["first"], found["last"] or found["first"]} - set(WEEKDAYS):
                raise ValueError("must be as in mon-fri 10:00-18:00, sat 10:00-13:00")
            opens, closes = time.fromisoformat(found["opens"]), time.fromisoformat(found["closes"])
            if opens >= closes:
                raise ValueError("has a day that closes before it opens")
            first = WEEKDAYS.index(found["first"])
            last = WEEKDAYS.index(found["last"] or found["first"])
            for weekday in range(first, first + (last - first) % 7 + 1):
                hours[weekday % 7] = (opens, closes)
        return cls(hours, zone_called(zone), minutes)

    @property
    def length(self) -> timedelta:
        """How long a consultation is."""
        return timedelta(minutes=self.minutes)

    def slots(self, now: datetime) -> Iterator[datetime]:
        """When bookings may begin, from tomorrow on, without an end, in the office's zone; nothing if it never opens.

        A clock that is put forward or back in the night makes no slot twice and none that there is not.
        """
        day = now.astimezone(self.zone).date()
        while self.hours:
            day += timedelta(days=1)
            yield from self._on(day)

    def may_begin(self, starts: datetime, now: datetime) -> bool:
        """Whether that is a slot that may be booked now."""
        local = starts.astimezone(self.zone)
        tomorrow = now.astimezone(self.zone).date() + timedelta(days=1)
        return local.date() >= tomorrow and any(starts == slot for slot in self._on(local.date()))

    def _on(self, day: date) -> Iterator[datetime]:
        if day.weekday() not in self.hours:
            return
        opens, closes = self.hours[day.weekday()]
        # In UTC between the two, so that an hour is an hour on every day.
        at = datetime.combine(day, opens, self.zone).astimezone(UTC)
        end = datetime.combine(day, closes, self.zone).astimezone(UTC)
        while at + self.length <= end:
            yield at.astimezone(self.zone)
            at += self.length


def by_day(slots: Iterator[datetime], zone: ZoneInfo, days: int = DAYS) -> tuple[Free, ...]:
    """The first days that have something free, by the clocks of this zone."""
    found: dict[date, list[datetime]] = {}
    for slot in slots:
        local = slot.astimezone(zone)
        if local.date() not in found and len(found) == days:
            break
        found.setdefault(local.date(), []).append(local)
    return tuple(Free(day, tuple(times)) for day, times in found.items())
