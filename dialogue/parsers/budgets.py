"""What somebody could invest, in US dollars, as people type it."""

from __future__ import annotations

import re
from decimal import Decimal

from dialogue.parsers.amounts import LONGEST, amount_in
from dialogue.parsers.digits import ascii_digits
from dialogue.parsers.invalid import Invalid
from dialogue.parsers.text import clean
from domain import values

_START = r"(?<![^\W\d_])"
_END = r"(?![^\W\d_])"
_DOLLARS = re.compile(
    rf"{_START}u\.?s\.?\s?\$|{_START}usd{_END}|{_START}(?:u\.?s\.?\s)?(?:dollars?|dollers?|bucks){_END}|\$"
)
_OTHERS = re.compile(
    rf"[€£₹¥₽₺]|{_START}(?:eur|euros?|gbp|pounds?|sterling|inr|rs|rupees?|rupaye|rupay|aed|dirhams?|cad|aud|sgd|chf"
    rf"|francs?|yen|yuan|rmb|riyals?|sar){_END}|रु"
)
_OTHER_DOLLARS = re.compile(rf"{_START}(?:[acs]|hk|nz)\$|(?:canadian|australian|singapore|hong kong)\s+dollars?")
_INDIAN = re.compile(rf"{_START}(?:lakhs?|lacs?|laakh|lkh|crores?|karod|cr|l){_END}|लाख|करोड़")
_WRITTEN_OUT = (
    (re.compile(rf"(?<=\d)\s?(?:m|mil|mio|mm){_END}\.?"), " million"),
    (re.compile(rf"(?<=\d)\s?(?:b|bn){_END}\.?"), " billion"),
    (re.compile(rf"{_START}grand{_END}"), "thousand"),
)
_AROUND = re.compile(
    rf"{_START}(?:up ?to|at (?:most|least)|(?:not |no )?more than|less than|under|below|above|over|within|max(?:imum)?"
    rf"|min(?:imum)?|budget|i|we|have|can|could|would|like|want|invest|investment|investing|spend|afford|our){_END}"
    r"|(?<=[\dkmn])\s?\+|[<>≤≥]"
)
"""what says nothing about which amount it is; a limit is a budget too"""


def dollars(text: str, least: Decimal, most: Decimal) -> Decimal:
    """The one amount that the text names, in whole US dollars and cents, from `least` to `most`.

    Read is all that `rupees` reads, with dollars in the place of rupees: `$250k`, `250,000`, `2.5 lakh dollars`,
    `1.2m`, `about 300 thousand usd`, `two hundred fifty thousand`, `half a million`. A limit is an amount here:
    `up to 300k`, `at least $250,000`, `500k+`. Without a currency an amount is in dollars; but lakh and crore are said
    of rupees, and need the word. Another currency is refused: a rate of ours would be wrong by tomorrow.

    Raises Invalid: budget_currency, and those of `rupees` with limits in dollars.
    """
    if len(text) > LONGEST:
        raise Invalid("amount_unreadable")
    typed = ascii_digits(clean(text)).casefold()
    plain = _DOLLARS.sub(" ", typed)
    if _OTHERS.search(typed) or _OTHER_DOLLARS.search(typed) or (plain == typed and _INDIAN.search(typed)):
        raise Invalid("budget_currency")
    for written, meant in _WRITTEN_OUT:
        plain = written.sub(meant, plain)
    amount = amount_in(_AROUND.sub(" ", plain))
    if amount < least:
        raise Invalid("amount_too_small", least=values.dollars(least))
    if amount > most:
        raise Invalid("amount_too_large", most=values.dollars(most))
    return amount
