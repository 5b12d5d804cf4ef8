"""An amount taken apart: numbers, units, and the words and signs that change what they mean."""

from __future__ import annotations

import re
from decimal import Decimal

from dialogue.parsers.amount_words import Kind, Word, word_in_amount
from dialogue.parsers.digits import ascii_digits, join_spaced_groups, number
from dialogue.parsers.invalid import Invalid
from dialogue.parsers.text import WORD, clean, fold

_PER_MONTH = re.compile(r"(?<![^\W\d_])p\s*[./]\s*m\b\.?|/\s*m\b")
_PER_YEAR = re.compile(r"(?<![^\W\d_])p\s*[./]\s*a\b\.?")
_END_OF_RUPEES = re.compile(r"/\s?[-=\u2010-\u2015]+")
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}
_FRACTION = re.compile(r"([0-9]?)\s?([½¼¾])")
_TOKEN = re.compile(
    rf"""
      (?P<figures> [0-9](?:[0-9,.]*[0-9])? | (?<![^\s₹])\.[0-9]+ )
    | (?P<word> {WORD} )
    | (?P<dash> [-\u2010-\u2015\u2212] )
    | (?P<sign> \S )
    """,
    re.VERBOSE,
)
_SIGNS = dict.fromkeys("~/", Kind.RANGE) | dict.fromkeys("<>", Kind.OPEN) | dict.fromkeys("%$€£#@^", Kind.STRANGE)
"""what a sign does; any other does nothing"""

_BEYOND = Decimal(10) ** 18
"""More than any amount: larger numbers are taken for this one, so that all sums are exact."""


def tokens_of(text: str) -> list[Word]:
    """What the text consists of, in order, without the words and signs that say nothing about the amount.

    Raises Invalid for the first that is no part of an amount: amount_unreadable.
    """
    text = _written_out(text)
    tokens: list[Word] = []
    for found in _TOKEN.finditer(text):
        token = _meant(found)
        if token.kind is Kind.STRANGE:
            raise Invalid("amount_unreadable")
        if token.kind is not Kind.AROUND:
            tokens.append(token)
    return tokens


def _meant(found: re.Match[str]) -> Word:
    token, before = found[0], found.string[: found.start()]
    match found.lastgroup:
        case "figures":
            value = number(token)
            return Word(Kind.STRANGE) if value is None else Word(Kind.FIGURES, min(value, _BEYOND))
        case "word":
            return word_in_amount(fold(token))
        case "dash":
            return Word(_of_dash(before, found.string[found.end() : found.end() + 1]))
        case _ if token == "+" and _has_figures(before):
            return Word(Kind.OPEN)
        case _:
            return Word(_SIGNS.get(token, Kind.AROUND))


def _written_out(text: str) -> str:
    text = ascii_digits(clean(text)).casefold()
    text = _FRACTION.sub(lambda found: (found[1] or "0") + _FRACTIONS[found[2]], text)
    text = _PER_YEAR.sub(" pa ", _PER_MONTH.sub(" pm ", text))
    return join_spaced_groups(_END_OF_RUPEES.sub(" ", text))


def _of_dash(before: str, after: str) -> Kind:
    """A dash behind a number makes a range; before the first one it is a minus (`₹ -500`) or a stroke (`Rs-500`)."""
    if _has_figures(before):
        return Kind.RANGE
    if not any(sign.isalnum() for sign in before):
        return Kind.MINUS
    touches = after == "₹" or "0" <= after <= "9"
    return Kind.MINUS if touches and not before[-1].isalpha() and before[-1] != ":" else Kind.AROUND


def _has_figures(text: str) -> bool:
    return any("0" <= sign <= "9" for sign in text)
