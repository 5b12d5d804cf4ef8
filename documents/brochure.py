"""The brochure of Nexora's programs: a cover, the programs by region, all at a glance, and how one goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from documents.typesetting import typeset
from domain.investments import CATEGORIES, Program, by_rank

FILENAME = "Nexora-Programs.pdf"
TEMPLATE = "brochure.typ"
TITLES = {
    "europe": ("Europe", "Golden Visa", "Residence in the heart of the Schengen area, and a way to stay."),
    "caribbean": ("The Caribbean", "Citizenship", "A second passport within months, for the whole family."),
    "usa": ("United States", "EB-5", "Green cards for those who invest and create work."),
    "uae": ("United Arab Emirates", "Residency", "A home without income tax, halfway between Europe and Asia."),
}
"""category -> region, what it is, and a sentence"""


def brochure(programs: Sequence[Program], today: date) -> bytes:
    """The brochure as a PDF, dated by its month. Raises CannotBeTypeset."""
    month = today.replace(day=1)
    regions = [
        {
            "region": TITLES[category][0],
            "kind": TITLES[category][1],
            "about": TITLES[category][2],
            "programs": [_shown(one) for one in sorted(programs, key=by_rank) if one.category == category],
        }
        for category in CATEGORIES
        if any(one.category == category for one in programs)
    ]
    dearest = max((one.minimum_investment for one in programs), default=Decimal(1))
    compared = [
        {
            "name": one.name,
            "region": TITLES[one.category][0],
            "minimum": in_dollars(one.minimum_investment),
            "part": float(one.minimum_investment / dearest),
            "time": one.processing_time,
        }
        for one in sorted(programs, key=lambda one: (one.minimum_investment, by_rank(one)))
    ]
    data: dict[str, Any] = {
        "month": f"{month:%B %Y}",
        "count": len(programs),
        "least": in_dollars(min((one.minimum_investment for one in programs), default=Decimal(0))),
        "regions": regions,
        "compared": compared,
    }
    return typeset(TEMPLATE, data, month)


def in_dollars(amount: Decimal) -> str:
    """An amount as the brochure has it: `$280,000`."""
    return f"${amount:,.0f}"


def _shown(program: Program) -> dict[str, str]:
    return {
        "name": program.name,
        "country": program.country,
        "description": program.description,
        "minimum": in_dollars(program.minimum_investment),
        "time": program.processing_time,
        "link": program.link,
        "address": program.link.removeprefix("https://"),
    }
