"""The words of residency and citizenship by investment: programs, leads, and the work done for them outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from domain.effects import Effect

CATEGORIES = ("europe", "caribbean", "usa", "uae")
"""what programs are sorted into, as the menu has them"""
TOP = 3
"""programs that are shown of a category"""
NEAREST = 3
"""programs that are shown where a budget reaches none"""


@dataclass(frozen=True)
class Program:
    """One program. The least investment is in US dollars; `rank` counts from 1 within its category."""

    country: str
    category: str
    name: str
    description: str
    minimum_investment: Decimal
    processing_time: str
    link: str
    rank: int


@dataclass(frozen=True)
class ProgramsWanted:
    """The first programs of a category, by rank."""

    category: str
    most: int = TOP


@dataclass(frozen=True)
class Programs:
    """Programs, in the order in which they are shown."""

    programs: tuple[Program, ...] = ()


@dataclass(frozen=True)
class Budget:
    """What somebody could invest, in US dollars. Personal data."""

    amount: Decimal


@dataclass(frozen=True)
class Matches:
    """The programs that a budget reaches; where it reaches none, the nearest ones."""

    programs: tuple[Program, ...] = ()
    within: bool = True
    """False: they ask for more than the budget, and are the nearest"""


@dataclass(frozen=True)
class NewLead:
    """Who wants to be called back, and what they looked at. Personal data."""

    name: str
    email: str
    interest: str = ""
    """a category; nothing for the one that was looked at last"""
    budget: Decimal | None = None
    """US dollars; None for the one that was told last"""


@dataclass(frozen=True)
class Lead:
    """A lead as it is kept: one a person. Personal data, but for its id, its score and the reasons of that."""

    id: UUID
    name: str
    email: str
    phone: str
    """E.164; empty where they hide it"""
    interest: str
    budget: Decimal | None
    country_of_interest: str
    notes: str
    score: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class LeadKept:
    """What the person is told of their lead."""

    reference: str
    interest: str = ""
    budget: Decimal | None = None


@dataclass(frozen=True)
class LeadNotice:
    """A lead that the business is to be told of, by its reference: what it says is read when the mail goes out."""

    reference: str


@dataclass(frozen=True)
class Noticed:
    """How the business is told: `mail`, or `off` where no mail is set up."""

    by: str


@dataclass(frozen=True)
class BrochureWanted:
    """The brochure of all programs."""


@dataclass(frozen=True)
class Brochure:
    """A brochure that was made: its key in the blob store, its name, and how many programs are in it."""

    blob: str
    filename: str
    mime_type: str = "application/pdf"
    programs: int = field(default=0)


def matches(programs: tuple[Program, ...], budget: Decimal) -> Matches:
    """All programs that the budget reaches, by rank; if it reaches none, those that ask for least."""
    reached = [one for one in programs if one.minimum_investment <= budget]
    if reached:
        return Matches(tuple(sorted(reached, key=by_rank)))
    nearest = sorted(programs, key=lambda one: (one.minimum_investment, *by_rank(one)))
    return Matches(tuple(nearest[:NEAREST]), within=False)


def by_rank(program: Program) -> tuple[int, int]:
    """Where a program stands among those of all categories: by its rank, the categories in the menu's order."""
    return program.rank, CATEGORIES.index(program.category)


LIST_PROGRAMS = Effect("list_programs", ProgramsWanted, Programs)
"""The first programs of a category. That they were looked at is noted for a later lead."""

MATCH_PROGRAMS = Effect("match_programs", Budget, Matches)
"""The programs for a budget. The budget is noted for a later lead."""

CREATE_LEAD = Effect("create_lead", NewLead, LeadKept, final=True)
"""Keep who wants to be called back: one lead a person, its score with its reasons."""

NOTIFY_ADMIN = Effect("notify_admin", LeadNotice, Noticed)
"""Have the business told of a lead by mail. The conversation does not wait until it has gone out."""

MAKE_BROCHURE = Effect("make_brochure", BrochureWanted, Brochure, attempt=timedelta(seconds=30))
"""Make the brochure of all programs, and put it where files lie."""
