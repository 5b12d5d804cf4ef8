"""The words of a defect that somebody reports, and what becomes of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from domain.effects import Effect
from domain.files import SentFile

DefectStatus = Literal["received", "in_review", "resolved", "declined"]
"""the last two are ends"""

Photo = Literal["none", "kept", "lost"]
"""`lost`: it could not be fetched, or its sender took it back"""


@dataclass(frozen=True)
class DefectReport:
    """What is wrong, in the person's own words: personal data. `order` is the number it names, or nothing."""

    description: str
    order: str
    photo: SentFile | None
    on: date
    """the day, where the person is"""


@dataclass(frozen=True)
class DefectReported:
    """It is on record under this reference."""

    reference: str


@dataclass(frozen=True)
class Step:
    """What became of a defect, and when."""

    on: date
    status: DefectStatus


@dataclass(frozen=True)
class Defect:
    """A reported defect. `resolution` is what those who looked into it say, in their words."""

    reference: str
    """`DEF-…`, what people call it by"""
    status: DefectStatus
    reported_on: date
    description: str
    order: str = ""
    photo: Photo = "none"
    history: tuple[Step, ...] = ()
    """the oldest first; the first is that it was received"""
    resolution: str = ""


@dataclass(frozen=True)
class DefectSummary:
    """A defect in one row of a list: `description` is its beginning."""

    reference: str
    status: DefectStatus
    description: str


@dataclass(frozen=True)
class DefectsWanted:
    """Whose they are is known by the conversation."""


@dataclass(frozen=True)
class Defects:
    """Somebody's defects, the newest first."""

    defects: tuple[DefectSummary, ...]


@dataclass(frozen=True)
class DefectWanted:
    """One defect, by its reference."""

    reference: str


@dataclass(frozen=True)
class DefectFound:
    """The defect; None where this person reported none of this reference, whoever else may have."""

    defect: Defect | None


REPORT_DEFECT = Effect("report_defect", DefectReport, DefectReported, final=True)
"""Put a defect on record."""

FIND_DEFECTS = Effect("find_defects", DefectsWanted, Defects)
"""All defects that the person who asks has reported."""

READ_DEFECT = Effect("read_defect", DefectWanted, DefectFound)
"""One of them."""
