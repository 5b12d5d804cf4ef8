"""Rupees are read as people in India write and say them; what could mean two things is asked again."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from babel.numbers import format_compact_currency, format_currency, format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogue.parsers import Invalid, rupees
from dialogue.parsers.number_words import HINDI, whole_number

LEAST, MOST = Decimal(100), Decimal(100_000_000)


def read(text: str) -> Decimal:
    return rupees(text, LEAST, MOST)


@pytest.mark.parametrize(
    "typed",
    [
        "45000",
        "45,000",
        "45 000",
        "45,000.00",
        "₹45,000",
        "₹ 45000",
        "Rs. 45000/-",
        "Rs.45000",
        "rs45000",
        "45000rs",
        "Rs-45000",
        "INR 45,000.00 only",
        "45k",
        "45 K",
        "45k/-",
        "45 thousand",
        "45 thousend",
        "0.45 lakh",
        ".45 lakh",
        "forty five thousand",
        "forty-five thousand rupees",
        "fourty five thousand",
        "45000 per month",
        "45000 p.m.",
        "45000/month",
        "45k pm",
        "around 45000",
        "approx ₹45k pm",
        "approximatly 45000",
        "~45000",
        "I earn 45,000 a month.",
        "salary - 45000",
        "income: 45000",
        "*45000* 👍",
        "+45000",
        "45,000 (forty five thousand)",
        "45k = 45000",
        "45 hazaar",
        "45 hajar",
        "45 hazar rupaye mahina",
        "lagbhag 45 hazar",
        "meri salary 45 hazar hai",
        "paintalis hazar",
        "४५,०००",
        "४५०००",
        "٤٥٠٠٠",
        "४५ हज़ार",
        "४५ हजार रुपये",
        "पैंतालीस हज़ार",
        "मेरी आय ₹45 हज़ार है",
        "लगभग 45000 रुपए महीना",
        "\u200e45\u200b000",
    ],
)
def test_the_same_income_typed_in_many_ways(typed: str) -> None:
    assert read(typed) == Decimal("45000.00")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.2 lakh", 120_000),
        ("1.2L", 120_000),
        ("1.2 lac", 120_000),
        ("१.२ लाख", 120_000),
        ("1,20,000", 120_000),
        ("120,000", 120_000),
        ("1 20 000", 120_000),
        ("1 lakh 20 thousand", 120_000),
        ("1 lakh and 20 thousand", 120_000),
        ("1 lakh, 20 thousand", 120_000),
        ("1 lakh 20,000", 120_000),
        ("एक लाख बीस हज़ार", 120_000),
        ("ek lakh bees hazar", 120_000),
        ("2 crore", 20_000_000),
        ("2 करोड़", 20_000_000),
        ("0.5 cr", 5_000_000),
        ("1 crore 20 lakh 30 thousand 5 hundred", 12_030_500),
        ("lakh", 100_000),
        ("a lakh", 100_000),
        ("1 million", 1_000_000),
        ("2500", 2_500),
        ("2 hazar 5 sau", 2_500),
        ("ढाई हज़ार", 2_500),
        ("dhai hazar", 2_500),
        ("twenty five hundred", 2_500),
        ("2 thousand 5", 2_005),
        ("डेढ़ लाख", 150_000),
        ("dedh lakh", 150_000),
        ("1½ lakh", 150_000),
        ("half a lakh", 50_000),
        ("½ lakh", 50_000),
        ("aadha lakh", 50_000),
        ("pachas hazar", 50_000),
        ("paav lakh", 25_000),
        ("sava lakh", 125_000),
        ("सवा दो लाख", 225_000),
        ("sadhe teen lakh", 350_000),
        ("साढ़े तीन लाख", 350_000),
        ("paune do lakh", 175_000),
        ("पौन लाख", 75_000),
        ("two and a half lakh", 250_000),
        ("one hundred twenty thousand", 120_000),
    ],
)
def test_lakhs_crores_and_fractions(typed: str, amount: int) -> None:
    assert read(typed) == amount


def test_paisa_are_kept_and_every_amount_has_two_decimals() -> None:
    assert str(read("12,345.5")) == "12345.50"
    assert str(read("45k")) == str(read("45000.0")) == "45000.00"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "amount_unreadable"),
        ("hello", "amount_unreadable"),
        ("don't know", "amount_unreadable"),
        ("k", "amount_unreadable"),
        ("rupees", "amount_unreadable"),
        ("sadhe", "amount_unreadable"),
        ("45%", "amount_unreadable"),
        ("$450", "amount_unreadable"),
        ("45e3", "amount_unreadable"),
        ("2m", "amount_unreadable"),
        ("45000 for my wife", "amount_unreadable"),
        ("1,2000", "amount_unreadable"),
        ("45.000", "amount_unreadable"),
        ("1.20.000", "amount_unreadable"),
        ("4500.505", "amount_unreadable"),
        ("1 lakh 20", "amount_unreadable"),
        ("1 lakh 200 thousand", "amount_unreadable"),
        ("4" * 4096, "amount_unreadable"),
        ("-45000", "amount_negative"),
        ("\u221245000", "amount_negative"),
        ("₹-45000", "amount_negative"),
        ("Rs -500", "amount_negative"),
        ("minus 45000", "amount_negative"),
        ("6 LPA", "amount_other_period"),
        ("6 lakh p.a.", "amount_other_period"),
        ("6 lakh per annum", "amount_other_period"),
        ("6 लाख सालाना", "amount_other_period"),
        ("500 per day", "amount_other_period"),
        ("40-50k", "amount_is_range"),
        ("40k - 50k", "amount_is_range"),
        ("40–50 hazar", "amount_is_range"),
        ("40/50k", "amount_is_range"),
        ("40000 to 50000", "amount_is_range"),
        ("40 se 50 hazar", "amount_is_range"),
        ("40 से 50 हज़ार", "amount_is_range"),
        ("between 40k and 50k", "amount_is_range"),
        ("40 50k", "amount_is_range"),
        ("do teen lakh", "amount_is_range"),
        ("45000+", "amount_is_range"),
        ("above 45000", "amount_is_range"),
        ("kam se kam 45000", "amount_is_range"),
        ("45000 or 50000", "amount_several"),
        ("45000, 50000", "amount_several"),
        ("45000 and 50000", "amount_several"),
        ("45000 50000", "amount_several"),
        ("45000 ya 50000", "amount_several"),
        ("0", "amount_too_small"),
        ("zero", "amount_too_small"),
        ("शून्य", "amount_too_small"),
        ("99.99", "amount_too_small"),
        ("45", "amount_too_small"),
        ("9876543210", "amount_too_large"),
        ("100 crore", "amount_too_large"),
        ("9" * 100, "amount_too_large"),
    ],
)
def test_what_is_no_single_amount_is_refused_with_its_reason(typed: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(typed)
    assert refused.value.reason == reason


def test_the_bounds_belong_to_the_range_and_are_told() -> None:
    assert read("100") == LEAST
    assert read("10 crore") == MOST
    with pytest.raises(Invalid) as refused:
        read("99")
    assert refused.value.values == {"least": {"rupees": "100"}}


def test_every_hindi_number_below_a_hundred_has_a_word_in_both_scripts() -> None:
    for value in range(100):
        spellings = [word for word, meant in HINDI.items() if meant == value]
        assert any(word.isascii() for word in spellings)
        assert any(not word.isascii() for word in spellings)
        assert all(whole_number(word) == value for word in spellings)


@settings(deadline=None)
@given(st.sampled_from(sorted(HINDI)).filter(lambda word: HINDI[word] > 0))
def test_every_hindi_number_is_read_before_a_unit(word: str) -> None:
    assert read(f"{word} hazar") == HINDI[word] * 1000


DIGITS_HI = str.maketrans("0123456789", "०१२३४५६७८९")

WRITTEN: list[Callable[[Decimal], str]] = [
    str,
    lambda amount: format_currency(amount, "INR", locale="en_IN"),
    lambda amount: format_currency(amount, "INR", locale="hi_IN"),
    lambda amount: format_currency(amount, "INR", locale="hi_IN").translate(DIGITS_HI),
    lambda amount: format_currency(amount, "INR", format_type="name", locale="en_IN"),
    lambda amount: format_currency(amount, "INR", format_type="name", locale="hi_IN"),
    lambda amount: format_decimal(amount, locale="en_IN"),
    lambda amount: format_decimal(amount, locale="hi_IN"),
    lambda amount: format_decimal(amount, locale="en_US"),
    lambda amount: f"Rs. {amount}/-",
]


@settings(deadline=None)
@given(st.decimals(LEAST, MOST, places=2), st.sampled_from(WRITTEN))
def test_every_amount_is_read_back_however_it_was_written(amount: Decimal, write: Callable[[Decimal], str]) -> None:
    assert read(write(amount)) == amount


@settings(deadline=None)
@given(st.integers(1, 9999), st.sampled_from([1_000, 100_000, 10_000_000]), st.sampled_from(["en_IN", "hi_IN"]))
def test_every_amount_in_the_short_form_of_the_language_is_read_back(hundredths: int, unit: int, locale: str) -> None:
    amount = Decimal(hundredths) / 100 * unit
    written = format_compact_currency(amount, "INR", locale=locale, fraction_digits=4)
    assert rupees(written, Decimal(0), Decimal(10) ** 12) == amount
