"""Values for texts: plain data that says how it is to be written in each language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

Value = dict[str, str]


def rupees(amount: Decimal) -> Value:
    """An amount, in rupees."""
    return {"rupees": str(amount)}


def percent(rate: Decimal) -> Value:
    """A rate, in percent."""
    return {"percent": str(rate)}


def day(when: date) -> Value:
    """A date."""
    return {"day": when.isoformat()}
