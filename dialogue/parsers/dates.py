"""A date of birth as people type it: the day first."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from importlib import import_module
from typing import Any

from dialogue.parsers.calendar_words import AROUND, RELATIVE, month_called
from dialogue.parsers.digits import ascii_digits
from dialogue.parsers.invalid import Invalid
from dialogue.parsers.text import WORD, clean, fold

OLDEST = 120
"""Years: an age beyond this is a slip of the finger."""

_LONGEST = 80
_TOKEN = re.compile(rf"[0-9]+|{WORD}|\S")
_TIME = re.compile(r"\d\s*:\s*\d")
_COMPACT = re.compile(r"(\d\d)(\d\d)(\d{4}|\d\d)")
_COMPACT_ISO = re.compile(r"(\d{4})(\d\d)(\d\d)")
_EARLIEST_YEAR = 1800


def date_of_birth(text: str, *, today: date) -> date:
    """The day, which is not after `today`.

    Read are `5/11/1987` with `/ . - ,` or spaces, `05-11-87`, `1987-11-05`, `05111987`, `051187`, `19871105`,
    `5 Nov 1987`, `5th November, 1987`, `Nov 5 1987`, `5-nov-87`, `5 Nov '87`, `५ नवंबर १९८७`, `5 navambar 1987`; digits
    of any script; one mistake in a month's name; a weekday and words like "DOB" or "जन्म तिथि" around it. Numbers are
    day, month, year: `11/25/1987` is no date. Two digits of a year mean the latest one past, so the age is below 100.

    Raises Invalid: date_unreadable, date_impossible (31/02), date_year_missing, date_day_missing, date_in_future,
    date_too_long_ago (years).
    """
    typed = ascii_digits(clean(text))
    if not typed or len(typed) > _LONGEST or _TIME.search(typed):
        raise Invalid("date_unreadable")
    numbers: list[str] = []
    months: list[int] = []
    strange = False
    shape = ""
    for token in _TOKEN.findall(typed):
        if token.isascii() and token.isdigit():
            numbers.append(token)
            shape += "9"
        elif not (word := fold(token)) or word in AROUND:
            continue  # what stands between, in front and behind: separators, weekdays, "my date of birth is"
        elif (month := month_called(word)) is not None:
            months.append(month)
            shape += "M"
        elif word in RELATIVE:
            raise Invalid("date_unreadable")
        else:
            strange = True
    if strange:
        return _read_by_dateparser(typed, numbers, today)
    return _of_numbers(shape, numbers, months, today)


def age_on(born: date, day: date) -> int:
    """Full years of age on a day; negative before the birth. Who is born on 29 February is a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _of_numbers(shape: str, numbers: list[str], months: list[int], today: date) -> date:
    match shape:
        case "9":
            return _compact(numbers[0], today)
        case "99":
            first, second = numbers
            # 11/1987 and 11/87 are a month; 5/11 is a day.
            raise (
                _incomplete(first, int(second))
                if len(second) <= 2 and int(second) <= 31
                else _incomplete(second, int(first))
            )
        case "999":
            first, month, last = numbers
            day, year = _day_and_year(first, last)
            if len(month) > 2:
                raise Invalid("date_unreadable")
            return _checked(day, int(month), year, today)
        case "9M9" | "M99" | "99M":
            day, year = _day_and_year(*numbers)
            return _checked(day, months[0], year, today)
        case "9M" | "M9":
            raise _incomplete(numbers[0], months[0])
        case _:
            raise Invalid("date_unreadable")


def _incomplete(number: str, month: int) -> Invalid:
    """What a month with one number lacks: its year, or its day."""
    if len(number) in (2, 4) and int(number) > 31:
        return Invalid("date_day_missing")
    if len(number) > 2:
        return Invalid("date_unreadable")
    leap_year = 2000
    return Invalid("date_year_missing" if _day(leap_year, month, int(number)) else "date_impossible")


def _compact(digits: str, today: date) -> date:
    """Digits without anything between them: six or eight, else nobody knows where the month begins."""
    if len(digits) == 4 and _EARLIEST_YEAR <= int(digits) <= today.year:
        raise Invalid("date_day_missing")
    if not (parts := _COMPACT.fullmatch(digits)):
        raise Invalid("date_unreadable")
    day, month, year = parts.groups()
    # 19871105: as day first its year would be before 1300, so there is one way to read either.
    if len(year) == 4 and int(year) < _EARLIEST_YEAR and (parts := _COMPACT_ISO.fullmatch(digits)):
        year, month, day = parts.groups()
    return _checked(int(day), int(month), year, today)


def _day_and_year(first: str, last: str) -> tuple[int, str]:
    """Which of two numbers is the day, and which (of two or four digits) the year."""
    if len(first) <= 2 and len(last) in (2, 4):
        return int(first), last
    if len(first) == 4 and len(last) <= 2:
        return int(last), first
    raise Invalid("date_unreadable")


def _checked(day: int, month: int, year: str, today: date) -> date:
    century = today.year - today.year % 100
    years = [int(year)] if len(year) == 4 else [century + int(year), century - 100 + int(year)]
    existing = [one for one in (_day(one, month, day) for one in years) if one is not None]
    if not existing:
        raise Invalid("date_impossible")
    born = next((one for one in existing if one <= today), existing[-1])
    if born > today:
        raise Invalid("date_in_future")
    if age_on(born, today) > OLDEST:
        raise Invalid("date_too_long_ago", years=OLDEST)
    return born


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read_by_dateparser(typed: str, numbers: list[str], today: date) -> date:
    """The last resort, for words that the rules above do not know. It may only find the month: the rest was typed."""
    if len(numbers) != 2:
        raise Invalid("date_unreadable")
    day, year = _day_and_year(*numbers)
    try:
        found: datetime | None = _dateparser().get_date_data(typed).date_obj
    except Exception:  # a library that guesses may fail in ways of its own; none of them is an answer
        found = None
    if found is None or (found.day, found.year % 100) != (day, int(year) % 100):
        raise Invalid("date_unreadable")
    return _checked(day, found.month, year, today)


@cache
def _dateparser() -> Any:
    # 0.1 s to import and 0.07 s for the first date: only who needs it pays. A fixed base keeps its clock out of it, and
    # without `try_previous_locales` no answer depends on who was read before.
    return import_module("dateparser.date").DateDataParser(
        languages=["en", "hi"],
        try_previous_locales=False,
        settings={
            "PARSERS": ["absolute-time"],
            "DATE_ORDER": "DMY",
            "REQUIRE_PARTS": ["day", "month", "year"],
            "RELATIVE_BASE": datetime(2000, 1, 1),
            "TIMEZONE": "UTC",
        },
    )
