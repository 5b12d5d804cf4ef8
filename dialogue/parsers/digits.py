"""Digits of any script, and numbers as people group them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_GROUPED = re.compile(
    r"""
      \d+                      # 120000
    | \d{1,3}(?:,\d{3})+       # 120,000
    | \d{1,2}(?:,\d{2})*,\d{3} # 1,20,000
    """,
    re.VERBOSE,
)
_SPACED = re.compile(r"(?<![\d.,])(?:\d{1,3}(?: \d{3})+|\d{1,2}(?: \d{2})+ \d{3})(?![\d,])")

_COMMAS = re.compile(r"(?<![\d,])\d{1,3}(?:,\d{2,3})*,\d{3}(?![\d,])")


def ascii_digits(text: str) -> str:
    """The text with every decimal digit of any script (`४५`, `٤٥`, full-width) as ASCII. Nothing else changes."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)


def join_spaced_groups(text: str) -> str:
    """The text with digit groups that only spaces hold apart written together: `45 000` and `1 20 000`."""
    return _SPACED.sub(lambda found: found.group().replace(" ", ""), text)


def join_comma_groups(text: str) -> str:
    """The text without the commas that group digits: `1,20,000` becomes `120000`, `1, 2` stays."""
    return _COMMAS.sub(lambda found: found.group().replace(",", ""), text)


def number(digits: str) -> Decimal | None:
    """The number that ASCII digits with grouping commas and a decimal point mean.

    Western (`120,000`) and Indian (`1,20,000`) groups are read. Others (`1,2000`, `1.20.000`) are None: a comma in an
    odd place is as likely a missing digit.
    """
    whole, point, decimals = digits.partition(".")
    if point and not (decimals.isascii() and decimals.isdigit()):
        return None
    if not whole and point:
        whole = "0"
    if not whole.isascii() or not _GROUPED.fullmatch(whole):
        return None
    return Decimal(whole.replace(",", "") + point + decimals)
