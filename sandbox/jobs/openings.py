"""The openings that the stand-in knows: made up, and the same for the same place whenever it is asked."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

ANY_WORK = (
    "Accountant",
    "Nurse",
    "Software Engineer",
    "Sales Manager",
    "Civil Engineer",
    "Chef",
    "Teacher",
    "Electrician",
    "Data Analyst",
    "Warehouse Supervisor",
)
LEVELS = ("{}", "Senior {}", "Junior {}", "{} (m/f)", "Lead {}", "{}, part-time", "{} – night shift", "Assistant {}")
COMPANIES = (
    "Meridian Works",
    "Blue Harbour Group",
    "Oakfield & Partners",
    "Northline Logistics",
    "Saffron Systems",
    "Cedar Clinic",
    "",
    "Kestrel Hotels",
    "Altara Energy",
    "Brightwater Schools",
)
"""an opening may not say whose it is"""
CITIES = {
    "AE": ("Dubai", "Abu Dhabi", "Sharjah"),
    "AU": ("Sydney", "Melbourne", "Perth"),
    "CA": ("Toronto", "Vancouver", "Calgary"),
    "DE": ("Berlin", "Munich", "Hamburg"),
    "GB": ("London", "Leeds", "Bristol"),
    "IN": ("Mumbai", "Pune", "Bengaluru"),
    "PT": ("Lisbon", "Porto", "Braga"),
    "US": ("Austin", "Chicago", "Denver"),
}
LEAST, MOST = 6, 240
"""openings of a place"""


@dataclass(frozen=True)
class Search:
    """What is looked for: the locale's country, words of the work, a place, and how many are shown."""

    locale: str
    keywords: str = ""
    location: str = ""
    size: int = 20


def openings(search: Search, found: int | None = None) -> dict[str, Any]:
    """The body of an answer; `found` says how many there are, else it is drawn."""
    # Drawn from the place alone: the words of the work stand in the titles and nowhere else.
    draw = random.Random(f"{search.locale} {search.location.casefold()}")
    total = draw.randint(LEAST, MOST) if found is None else found
    cities = (search.location,) if search.location else CITIES.get(search.locale[-2:], ("",))
    return {
        "type": "JOBS",
        "hits": total,
        "message": f"{total} matching jobs found",
        "pages": -(-total // max(1, search.size)),
        "response_time": 0.1,
        "jobs": [_opening(draw, search, cities) for _ in range(min(total, search.size))],
    }


def _opening(draw: random.Random, search: Search, cities: tuple[str, ...]) -> dict[str, Any]:
    level, work = draw.choice(LEVELS), draw.choice(ANY_WORK)
    number = draw.getrandbits(40)
    words = search.keywords.strip()
    return {
        "title": level.format(words[:1].upper() + words[1:] or work),
        "company": draw.choice(COMPANIES),
        "locations": draw.choice(cities),
        "date": "Fri, 20 Nov 2026 08:00:00 GMT",
        "description": "An opening that the sandbox made up.",
        "salary": "",
        "site": "jobs.example",
        "url": f"https://jobs.example/{search.locale[-2:].lower()}/{number:010x}",
    }
