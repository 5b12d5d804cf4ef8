"""The words of the production plan: lines, and their shifts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from domain.effects import Effect

LineState = Literal["running", "stopped", "maintenance"]
ShiftName = Literal["morning", "evening"]
DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class ProductionLine:
    """A line as it is now, and the pieces of today."""

    name: str
    state: LineState
    product: str
    """what it makes today, or nothing"""
    made: int = 0
    good: int = 0

    @property
    def quality(self) -> Decimal | None:
        """The good ones of all pieces, in percent."""
        return share(self.good, self.made)


@dataclass(frozen=True)
class Shift:
    """What a line makes in one shift: pieces planned, made so far, and good ones among them."""

    line: str
    day: date
    name: ShiftName
    product: str
    planned: int
    made: int = 0
    good: int = 0

    @property
    def quality(self) -> Decimal | None:
        """The good ones of all pieces, in percent."""
        return share(self.good, self.made)


def share(good: int, made: int) -> Decimal | None:
    """The share of good pieces in percent, to a tenth; None before there are any."""
    return (Decimal(100 * good) / made).quantize(Decimal("0.1"), ROUND_HALF_UP) if made else None


@dataclass(frozen=True)
class ScheduleWanted:
    """The shifts of so many days from the first."""

    first: date
    days: int


@dataclass(frozen=True)
class Schedule:
    """Shifts by day, then by line, then in the order of the day."""

    shifts: tuple[Shift, ...]


@dataclass(frozen=True)
class LinesWanted:
    """The lines as they are on this day."""

    today: date


@dataclass(frozen=True)
class Lines:
    """All lines there are."""

    lines: tuple[ProductionLine, ...]


READ_SCHEDULE = Effect("read_schedule", ScheduleWanted, Schedule)
"""What is planned."""

READ_LINES = Effect("read_lines", LinesWanted, Lines)
"""What runs, and how well."""
