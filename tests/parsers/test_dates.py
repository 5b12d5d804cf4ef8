"""A date of birth is read as people in India write it, and never guessed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogue.parsers import Invalid, age_on, date_of_birth

TODAY = date(2026, 11, 21)
BORN = date(1987, 11, 5)


@pytest.mark.parametrize(
    "typed",
    [
        "5/11/1987",
        "05-11-87",
        "5.11.1987",
        "5 11 87",
        "5, 11, 1987",
        "5 / 11 / 1987",
        "1987-11-05",
        "1987/11/5",
        "05111987",
        "051187",
        "19871105",
        "5 Nov 1987",
        "5th November, 1987",
        "5 november 87",
        "5-nov-87",
        "05nov1987",
        "5 Nov '87",
        "Nov 5 1987",
        "November 5th, 1987",
        "1987 Nov 5",
        "5 novmber 1987",
        "5 navambar 1987",
        "५ नवंबर १९८७",
        "५ नवम्बर, १९८७",
        "५/११/८७",
        "٥/١١/١٩٨٧",
        "5 नव॰ 1987",
        "गुरुवार, 5 नवंबर 1987",
        "Thursday 5 November 1987",
        "DOB: 05/11/1987",
        "my date of birth is 5th of Nov 1987.",
        "मेरी जन्म तिथि 5 नवंबर 1987 है",
        "meri janm tithi 5-11-1987 hai",
        "\u200e5/11/\u200f1987 🎂",
    ],
)
def test_the_same_day_typed_in_many_ways(typed: str) -> None:
    assert date_of_birth(typed, today=TODAY) == BORN


def test_words_that_the_rules_do_not_know_are_left_to_dateparser() -> None:
    assert date_of_birth("5 nov. of 1987 AD", today=TODAY) == BORN


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "date_unreadable"),
        ("hello", "date_unreadable"),
        ("today", "date_unreadable"),
        ("kal", "date_unreadable"),
        ("आज", "date_unreadable"),
        ("5 days ago", "date_unreadable"),
        ("18 years ago", "date_unreadable"),
        ("last monday", "date_unreadable"),
        ("5 Nov 1987 10:30", "date_unreadable"),
        ("1987-11-05T00:00", "date_unreadable"),
        ("5111987", "date_unreadable"),
        ("5/11/7", "date_unreadable"),
        ("5/11/19877", "date_unreadable"),
        ("5/11/1987 or 6/11/1987", "date_unreadable"),
        ("I was born in a small town called 5 with 1987 people", "date_unreadable"),
        ("9" * 4096, "date_unreadable"),
        ("31/02/1987", "date_impossible"),
        ("29/02/1987", "date_impossible"),
        ("31 april 1987", "date_impossible"),
        ("३१ फ़रवरी १९८७", "date_impossible"),
        ("00/11/1987", "date_impossible"),
        ("11/25/1987", "date_impossible"),
        ("31021987", "date_impossible"),
        ("31/02", "date_impossible"),
        ("01/01/0000", "date_impossible"),
        ("5 Nov", "date_year_missing"),
        ("5th november", "date_year_missing"),
        ("५ नवंबर", "date_year_missing"),
        ("5/11", "date_year_missing"),
        ("Nov 1987", "date_day_missing"),
        ("Nov '87", "date_day_missing"),
        ("11/1987", "date_day_missing"),
        ("1987", "date_day_missing"),
        ("22/11/2026", "date_in_future"),
        ("5 Nov 2087", "date_in_future"),
        ("05/11/1887", "date_too_long_ago"),
    ],
)
def test_what_is_no_date_of_birth_is_refused_with_its_reason(typed: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        date_of_birth(typed, today=TODAY)
    assert refused.value.reason == reason


def test_a_plain_date_is_read_without_loading_dateparser() -> None:
    """It costs a tenth of a second: only odd dates pay for it."""
    loaded = {name for name in sys.modules if name.startswith("dateparser")}
    date_of_birth("5 Nov 1987", today=TODAY)
    assert {name for name in sys.modules if name.startswith("dateparser")} == loaded


def test_two_digits_of_a_year_mean_the_latest_that_is_past() -> None:
    assert date_of_birth("20/11/26", today=TODAY) == date(2026, 11, 20)
    assert date_of_birth("22/11/26", today=TODAY) == date(1926, 11, 22)
    assert date_of_birth("29/02/28", today=TODAY) == date(1928, 2, 29)


WITHIN_A_CENTURY = TODAY - timedelta(days=36_500)
DIGITS_HI = str.maketrans("0123456789", "०१२३४५६७८९")

WRITTEN: list[Callable[[date], str]] = [
    lambda day: day.strftime("%d/%m/%Y"),
    lambda day: f"{day.day}-{day.month}-{day.year}",
    lambda day: day.strftime("%d.%m.%y"),
    lambda day: day.isoformat(),
    lambda day: day.strftime("%d%m%Y"),
    lambda day: day.strftime("%d%m%y"),
    lambda day: day.strftime("%Y%m%d"),
    lambda day: day.strftime("%d %b %Y"),
    lambda day: day.strftime("%B %d, %Y"),
    lambda day: day.strftime("%d/%m/%Y").translate(DIGITS_HI),
    lambda day: format_date(day, "short", locale="en_IN"),
    lambda day: format_date(day, "medium", locale="en_IN"),
    lambda day: format_date(day, "full", locale="en_IN"),
    lambda day: format_date(day, "short", locale="hi_IN"),
    lambda day: format_date(day, "medium", locale="hi_IN"),
    lambda day: format_date(day, "long", locale="hi_IN").translate(DIGITS_HI),
    lambda day: format_date(day, "full", locale="hi_IN"),
]


@settings(deadline=None)
@given(st.dates(WITHIN_A_CENTURY, TODAY), st.sampled_from(WRITTEN))
def test_every_date_is_read_back_however_it_was_written(day: date, write: Callable[[date], str]) -> None:
    assert date_of_birth(write(day), today=TODAY) == day


def test_age_counts_full_years() -> None:
    assert age_on(BORN, date(2026, 11, 4)) == 38
    assert age_on(BORN, date(2026, 11, 5)) == 39


def test_who_is_born_on_29_february_is_a_year_older_on_1_march() -> None:
    assert age_on(date(2000, 2, 29), date(2021, 2, 28)) == 20
    assert age_on(date(2000, 2, 29), date(2021, 3, 1)) == 21
    assert age_on(date(2000, 2, 29), date(2024, 2, 29)) == 24
