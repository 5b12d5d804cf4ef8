"""Values for texts: plain data that says how it is to be written in each language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

Value = dict[str, str]
Values = dict[str, Any]


def rupees(amount: Decimal) -> Value:
    """An amount, in rupees."""
    return {"rupees": str(amount)}


def dollars(amount: Decimal) -> Value:
    """An amount, in US dollars."""
    return {"dollars": str(amount)}


def percent(rate: Decimal) -> Value:
    """A rate, in percent."""
    return {"percent": str(rate)}


def day(when: date) -> Value:
    """A date."""
    return {"day": when.isoformat()}


def weekday(when: date) -> Value:
    """A date that is near, with its weekday and without its year."""
    return {"weekday": when.isoformat()}


def moment(when: datetime) -> Value:
    """A time on a day that is near, as the clock shows it where `when` says (its zone). Raises ValueError for none."""
    if when.tzinfo is None:
        raise ValueError("a moment has a time zone: whose clock shows it?")
    return {"moment": when.isoformat()}


def clock(when: datetime) -> Value:
    """The time of a day alone, as the clock shows it where `when` says (its zone). Raises ValueError for none."""
    return {"clock": moment(when)["moment"]}


def zone(name: str) -> Value:
    """A time zone, by its name (Asia/Kolkata)."""
    return {"zone": name}


def each(line: str, rows: Iterable[Mapping[str, Any]], first: int = 1) -> dict[str, Any]:
    """Several things, each written by this attribute of the text that shows them, or by the text of this name.

    It gets the values of its row, and its `$number`, counted from `first` on, where the row has none of its own. Where
    there are no rows, the value reads `none`, to be selected by. All of it is 2500 characters at most.
    """
    return {"each": line, "rows": [dict(row) for row in rows], "first": first}
