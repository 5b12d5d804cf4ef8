"""Budgets are read in US dollars, as people write and say them; another currency is asked again, never converted."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.parsers import Invalid, dollars

LEAST, MOST = Decimal(1_000), Decimal(1_000_000_000)


def read(text: str) -> Decimal:
    return dollars(text, LEAST, MOST)


@pytest.mark.parametrize(
    "typed",
    [
        "$250k",
        "250,000",
        "250000",
        "$250,000.00",
        "$ 250 000",
        "250k$",
        "250K",
        "USD 250,000",
        "USD250k",
        "US$ 250,000",
        "250000 usd",
        "250 thousand us dollars",
        "US dollars 250000",
        "0.25m",
        "$0.25M",
        "0.25 million",
        "a quarter million",
        "2.5 lakh dollars",
        "2.5L USD",
        "2,50,000 dollars",
        "two hundred fifty thousand",
        "Two hundred and fifty thousand dollars",
        "250 grand",
        "about 250 thousand usd",
        "approx. 250k",
        "my budget is 250k",
        "I have 250 thousand dollars",
        "we would like to invest $250,000",
        "up to 250k",
        "under $250k",
        "at least $250,000",
        "not more than 250k",
        "max 250k",
        "250k max",
        "250k+",
        "> 250k",
        "२५०,००० dollars",
        "$250,000 (two hundred fifty thousand)",
    ],
)
def test_a_quarter_of_a_million_dollars(typed: str) -> None:
    assert read(typed) == 250_000


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.2m", 1_200_000),
        ("$1.2 M", 1_200_000),
        ("2 mil", 2_000_000),
        ("1.5mn usd", 1_500_000),
        ("half a million", 500_000),
        ("one million", 1_000_000),
        ("ten million dollars", 10_000_000),
        ("$1b", 1_000_000_000),
        ("1 crore dollars", 10_000_000),
        ("1 million 200 thousand", 1_200_000),
        ("$1,000", 1_000),
    ],
)
def test_other_amounts(typed: str, amount: int) -> None:
    assert read(typed) == amount


@pytest.mark.parametrize(
    "typed",
    [
        "€250k",
        "250.000 €",
        "250k euros",
        "£200,000",
        "₹50 lakh",
        "rs 5000000",
        "50 lakh rupees",
        "AED 1 million",
        "CAD 300k",
        "A$300,000",
        "300k canadian dollars",
        "50 lakh",
        "2.5L",
        "1 crore",
        "पचास लाख",
    ],
)
def test_another_currency_is_asked_again_and_so_are_lakhs_that_do_not_say_of_what(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(typed)
    assert refused.value.reason == "budget_currency"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "amount_unreadable"),
        ("a lot", "amount_unreadable"),
        ("dollars", "amount_unreadable"),
        ("$", "amount_unreadable"),
        ("m", "amount_unreadable"),
        ("250.000", "amount_unreadable"),
        ("250k or a house", "amount_unreadable"),
        ("-250000", "amount_negative"),
        ("200-300k", "amount_is_range"),
        ("$250K-$300K", "amount_is_range"),
        ("between 200k and 300k", "amount_is_range"),
        ("300k or 400k", "amount_several"),
        ("250k per year", "amount_other_period"),
        ("250", "amount_too_small"),
        ("$999.99", "amount_too_small"),
        ("20 billion", "amount_too_large"),
    ],
)
def test_what_is_no_budget_is_told_why(typed: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(typed)
    assert refused.value.reason == reason


def test_limits_are_told_in_dollars() -> None:
    with pytest.raises(Invalid) as small:
        read("20")
    with pytest.raises(Invalid) as large:
        read("2 billion")
    assert (small.value.values, large.value.values) == (
        {"least": {"dollars": "1000"}},
        {"most": {"dollars": "1000000000"}},
    )


@given(st.integers(1_000, 1_000_000_000))
def test_what_is_read_back_is_what_was_meant(amount: int) -> None:
    for written in (f"${amount:,}", f"{amount} USD", f"US$ {amount:,}.00"):
        assert read(written) == amount
