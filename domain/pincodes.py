"""Indian postal codes, and the places they belong to: districts and states, from India Post's directory.

The directory is that of the package indian-pincode (India Post, data.gov.in, under GODL-India), read from the disk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import indian_pincode

OF_DELHI = frozenset(
    {"CENTRAL", "EAST", "NORTH", "NORTH EAST", "NORTH WEST", "SOUTH", "SOUTH EAST", "SOUTH WEST", "WEST"}
)
"""districts that are called by a direction alone"""
AS_THEY_ARE_WRITTEN = {
    "24 PARAGANAS NORTH": "North 24 Parganas",
    "24 PARAGANAS SOUTH": "South 24 Parganas",
    "DINAJPUR DAKSHIN": "Dakshin Dinajpur",
    "DINAJPUR UTTAR": "Uttar Dinajpur",
    "MEDINIPUR EAST": "Purba Medinipur",
    "MEDINIPUR WEST": "Paschim Medinipur",
    "KAIMUR (BHABUA)": "Kaimur",
    "LEH LADAKH": "Leh",
    "NTR": "NTR",
    "S.A.S NAGAR": "SAS Nagar (Mohali)",
    "SPSR NELLORE": "SPSR Nellore",
    "UDAM SINGH NAGAR": "Udham Singh Nagar",
    "VISAKHAPATANAM": "Visakhapatnam",
    "Y.S.R.": "YSR Kadapa",
    "THE DADRA AND NAGAR HAVELI AND DAMAN AND DIU": "Dadra and Nagar Haveli and Daman and Diu",
}
"""names that the directory writes otherwise than those who live there"""
_WORD = re.compile(r"[A-Z]+")


@dataclass(frozen=True)
class Area:
    """Where a pincode belongs: its districts, and the state most of its post offices are in."""

    districts: tuple[str, ...]
    state: str

    @property
    def district(self) -> str:
        """All of them, as one text."""
        return " / ".join(self.districts)


def area_of(pincode: str) -> Area | None:
    """The area of a pincode of six digits; None for one that the directory does not have, or has no place for.

    New ones are given out now and then, and those of the army are in no directory: None is not "wrong".
    """
    found = indian_pincode.get_details(pincode)
    if found is None or found["state"] is None:
        return None
    state = found["state"]
    here = set(indian_pincode.list_districts(state))
    # A post office entered under a neighbour's name makes a pincode seem to be in two states: the main one counts.
    districts = [one for one in found["districts"] if one in here] or found["districts"]
    if not districts:
        return None
    return Area(tuple(_district(one, state) for one in districts), _written(state))


def _district(name: str, state: str) -> str:
    return f"{_written(name)} Delhi" if state == "DELHI" and name in OF_DELHI else _written(name)


def _written(name: str) -> str:
    if name in AS_THEY_ARE_WRITTEN:
        return AS_THEY_ARE_WRITTEN[name]
    return _WORD.sub(lambda word: "and" if word[0] == "AND" else word[0].capitalize(), name)
