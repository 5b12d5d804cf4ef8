"""What somebody could invest, in US dollars, as people type it."""

from __future__ import annotations

import re
from decimal import Decimal

from dialogue.parsers.amounts import LONGEST, amount_in
from dialogue.parsers.digits import ascii_digits
from dialogue.parsers.invalid import Invalid
from dialogue.parsers.text import clean
from domain import values

_NOT_A_LETTER = r"(?<![^\W\d_])"
_DOLLARS = re.compile(
    rf"u\.?s\.?\s?\$|usd\b|{_NOT_A_LETTER}u\.?s\.?\s(?=dollars?\b)|{_NOT_A_LETTER}(?:dollars?|dollers?|bucks)\b|\$"
)
_OTHERS = re.compile(
    rf"[€£₹¥₽₺]|{_NOT_A_LETTER}(?:eur|euros?|gbp|pounds?|sterling|inr|rs|rupees?|rupaye|rupay|aed|dirhams?|cad|aud|sgd|chf"
    r"|francs?|yen|yuan|rmb|riyals?|sar)\b|[acs]\$|रु"
)
_INDIAN = re.compile(rf"{_NOT_A_LETTER}(?:lakhs?|lacs?|laakh|lkh|crores?|karod|cr|l)\b|लाख|करोड़")
_MILLIONS = re.compile(r"(?<=\d)\s?(?:m|mil|mio|mm)\b\.?")
_LIMITS = re.compile(
    r"\b(?:up ?to|upto|at most|atmost|at least|atleast|not more than|no more than|less than|more than|under|below|above"
    r"|over|around|within|max(?:imum)?|min(?:imum)?|budget)\b(?:\s+of\b)?|(?<=[\dkm])\s?\+|[<>≤≥]"
)
"""what makes a limit of an amount: a budget is one anyway"""


def dollars(text: str, least: Decimal, most: Decimal) -> Decimal:
    """The one amount that the text names, in whole US dollars and cents, from `least` to `most`.

    Read is all that `rupees` reads, with dollars in the place of rupees: `$250k`, `250,000`, `2.5 lakh dollars`, `1.2m`,
    `about 300 thousand usd`, `two hundred fifty thousand`, `half a million`. A limit is an amount here: `up to 300k`,
    `at least $250,000`, `500k+`. An amount without a currency is in dollars, but lakh and crore are said of rupees:
    they need the word. There are no exchange rates here, which would be wrong by tomorrow: another currency is refused.

    Raises Invalid: budget_currency, and those of `rupees` with limits in dollars.
    """
    if len(text) > LONGEST:
        raise Invalid("amount_unreadable")
    typed = ascii_digits(clean(text)).casefold()
    in_dollars = _DOLLARS.sub(" ", typed)
    if _OTHERS.search(typed) or (_INDIAN.search(in_dollars) and in_dollars == typed):
        raise Invalid("budget_currency")
    plain = _LIMITS.sub(" ", _MILLIONS.sub(" million", in_dollars))
    amount = amount_in(plain)
    if amount < least:
        raise Invalid("amount_too_small", least=values.dollars(least))
    if amount > most:
        raise Invalid("amount_too_large", most=values.dollars(most))
    return amount
