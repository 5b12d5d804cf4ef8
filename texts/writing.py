"""How values are written: amounts, rates and days by CLDR's conventions, people's own words so that they stay plain.

Figures are Latin digits in Indian groups in every language: CLDR has it so for en_IN, and for hi_IN too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_time, get_timezone_name
from babel.numbers import NumberPattern, format_currency, format_percent, parse_pattern
from fluent.runtime.types import FluentType, fluent_number

from texts.errors import UnwritableValue

LONGEST = 2500
"""Characters of one value: fluent.runtime refuses to insert more."""

_NEAR = "EEE, d MMM"
_NARROW_SPACE = "\u202f"
"""CLDR's before AM and PM: some phones have no sign for it"""
_WHERE_DOLLARS_ARE = Locale("en", "US")
_HUNDREDTH = Decimal("0.01")
_NON_JOINER = "\u200c"
_SIGNS = re.compile("[*_~`]")
_LINK = "://"

Written = str | FluentType
"""What Fluent takes: words as they are, or what is written when a text shows it, in the text's language."""


def writable(value: Any) -> Written:
    """A value of a `Said`, ready for any language. Whole numbers stay numbers, so that texts can tell one from many.

    Raises UnwritableValue.
    """
    match value:
        case str():
            return _plain(value)
        case bool():
            raise UnwritableValue("a value is true or false")
        case int():
            return _whole(value)
        case {"rupees": amount, **rest} if not rest:
            return Rupees(_hundredths(amount))
        case {"dollars": amount, **rest} if not rest:
            return Dollars(_hundredths(amount))
        case {"percent": rate, **rest} if not rest:
            return Percent(_hundredths(rate))
        case {"day": day, **rest} if not rest:
            return Day(_date(day))
        case {"weekday": day, **rest} if not rest:
            return Weekday(_date(day))
        case {"moment": when, **rest} if not rest:
            return Moment(_moment(when))
        case {"clock": when, **rest} if not rest:
            return Clock(_moment(when))
        case {"zone": name, **rest} if not rest:
            return Zone(_zone(name))
    raise UnwritableValue(f"a value is a {type(value).__name__} that does not say how it is written")


@dataclass(frozen=True)
class Rupees(FluentType):
    """An amount: `₹45,000`, and `₹45,000.50` where there are paise."""

    amount: Decimal

    def format(self, locale: Locale) -> str:
        return _in_rupees(self.amount, locale)


@dataclass(frozen=True)
class Dollars(FluentType):
    """An amount in US dollars, grouped as they are where dollars are spent: `$280,000`."""

    amount: Decimal

    def format(self, locale: Locale) -> str:
        text = format_currency(self.amount, "USD", locale=_WHERE_DOLLARS_ARE)
        return text.removesuffix(".00")


@dataclass(frozen=True)
class Percent(FluentType):
    """A rate, with two decimals at most: `12.5%`."""

    rate: Decimal

    def format(self, locale: Locale) -> str:
        return _in_percent(self.rate, locale)


@dataclass(frozen=True)
class Day(FluentType):
    """A date: `5 November 1987`."""

    day: date

    def format(self, locale: Locale) -> str:
        return format_date(self.day, "long", locale)


@dataclass(frozen=True)
class Weekday(FluentType):
    """A day that is near: `Tue, 1 Dec`."""

    day: date

    def format(self, locale: Locale) -> str:
        return format_date(self.day, _NEAR, locale)


@dataclass(frozen=True)
class Moment(FluentType):
    """A time on a day that is near: `Tue, 1 Dec, 10:00 AM`."""

    when: datetime

    def format(self, locale: Locale) -> str:
        return f"{format_date(self.when.date(), _NEAR, locale)}, {_on_the_clock(self.when, locale)}"


@dataclass(frozen=True)
class Clock(FluentType):
    """A time of the day: `10:00 AM`."""

    when: datetime

    def format(self, locale: Locale) -> str:
        return _on_the_clock(self.when, locale)


@dataclass(frozen=True)
class Zone(FluentType):
    """A time zone: `India Time`."""

    zone: ZoneInfo

    def format(self, locale: Locale) -> str:
        return str(get_timezone_name(self.zone, locale=locale))


@dataclass(frozen=True, eq=False)
class OwnWords(FluentType):
    """What a person wrote, with signs in it that WhatsApp would take for formatting (`*home*`).

    A zero-width non-joiner before such a sign keeps it plain: as others read the formatting (the mautrix bridges), bold
    and its kin open only at the start, behind white space or another sign. A joiner would change the letter before it
    in Devanagari and Arabic. In choosing a variant the words count as typed.
    """

    words: str

    def __eq__(self, other: object) -> bool:
        return self.words == (other.words if isinstance(other, OwnWords) else other)

    def __hash__(self) -> int:
        return hash(self.words)

    def format(self, locale: Locale) -> str:
        return _SIGNS.sub(_kept_plain, self.words)


def joined(lines: Sequence[str], between: str) -> str:
    """Lines of ours as one value, their formatting kept. Raises UnwritableValue for more than a value can be."""
    text = between.join(lines)
    if len(text) > LONGEST:
        raise UnwritableValue(f"a list is longer than {LONGEST} characters: show it in several messages")
    return text


def _plain(words: str) -> Written:
    if len(words) > LONGEST:
        raise UnwritableValue(f"a value is longer than {LONGEST} characters")
    # A non-joiner inside an address would break it.
    return OwnWords(words) if _SIGNS.search(words) and _LINK not in words else words


def _kept_plain(sign: re.Match[str]) -> str:
    before = sign.string[sign.start() - 1 : sign.start()]
    # Behind a letter or digit it opens nothing: snake_case, 2*3, घर_का.
    return sign[0] if before and unicodedata.category(before)[0] in "LMN" else _NON_JOINER + sign[0]


@lru_cache(maxsize=1024)
def _whole(number: int) -> FluentType:
    return fluent_number(number, useGrouping=False)


def _hundredths(number: Any) -> Decimal:
    try:
        rounded = Decimal(number).quantize(_HUNDREDTH, ROUND_HALF_UP)
    except (InvalidOperation, TypeError, ValueError):
        rounded = Decimal("NaN")
    if not rounded.is_finite():
        raise UnwritableValue("an amount or a rate is no decimal number")
    return rounded


def _date(day: Any) -> date:
    try:
        return date.fromisoformat(day)
    except (TypeError, ValueError):
        raise UnwritableValue("a day is no ISO date") from None


def _on_the_clock(when: datetime, locale: Locale) -> str:
    return format_time(when.time(), "short", locale=locale).replace(_NARROW_SPACE, " ")


def _zone(name: Any) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, TypeError, ValueError, OSError):
        raise UnwritableValue("a time zone is none that there is") from None


def _moment(when: Any) -> datetime:
    try:
        return datetime.fromisoformat(when)
    except (TypeError, ValueError):
        raise UnwritableValue("a moment is no ISO time") from None


# Cached, for an offer's figures are shown in its label, its line and its description.
@lru_cache(maxsize=1024)
def _in_rupees(amount: Decimal, locale: Locale) -> str:
    whole, with_paise = _amount_patterns(locale)
    return format_currency(amount, "INR", with_paise if amount % 1 else whole, locale, currency_digits=False)


@lru_cache(maxsize=1024)
def _in_percent(rate: Decimal, locale: Locale) -> str:
    return format_percent(rate / 100, _rate_pattern(locale), locale)


@cache
def _amount_patterns(locale: Locale) -> tuple[NumberPattern, NumberPattern]:
    standard = locale.currency_formats["standard"].pattern
    return parse_pattern(standard.replace("0.00", "0")), parse_pattern(standard)


@cache
def _rate_pattern(locale: Locale) -> NumberPattern:
    return parse_pattern(locale.percent_formats[None].pattern.replace("0%", "0.##%"))
