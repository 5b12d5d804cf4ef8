"""Money is exact: whole paisa, half up, and no float anywhere."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_currency
from hypothesis import given
from hypothesis import strategies as st

from domain.money import Rupees, to_paisa

AMOUNTS = st.decimals(-(10**12), 10**12, places=2)


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [
        ("1.005", "1.01"),
        ("1.004", "1.00"),
        ("-1.005", "-1.01"),
        ("2.675", "2.68"),
        ("45000", "45000.00"),
        ("1E+3", "1000.00"),
    ],
)
def test_half_a_paisa_is_rounded_up(amount: str, rounded: str) -> None:
    assert str(to_paisa(Decimal(amount))) == rounded


def test_a_float_is_refused_because_its_paisa_are_lost_already() -> None:
    with pytest.raises(TypeError, match="not a float"):
        to_paisa(0.1)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not a float"):
        Rupees(0.1)  # type: ignore[arg-type]


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity", "1E+50"])
def test_what_is_no_finite_amount_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        to_paisa(Decimal(amount))


def test_amounts_add_subtract_multiply_and_compare() -> None:
    assert Rupees(Decimal("10.50")) + Rupees(Decimal("0.75")) == Rupees(Decimal("11.25"))
    assert Rupees(Decimal(10)) - Rupees(Decimal("10.01")) == Rupees(Decimal("-0.01"))
    assert Rupees(Decimal(1000)) * Decimal("0.18") == Rupees(Decimal(180))
    assert Rupees(Decimal("0.01")) * Decimal("0.5") == Rupees(Decimal("0.01"))
    assert Rupees(Decimal(9)) < Rupees(Decimal(10))


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("0", "₹0"),
        ("999", "₹999"),
        ("45000", "₹45,000"),
        ("120000", "₹1,20,000"),
        ("1234567.5", "₹12,34,567.50"),
        ("-45000", "-₹45,000"),
        ("10000000", "₹1,00,00,000"),
    ],
)
def test_an_amount_is_written_the_indian_way(amount: str, written: str) -> None:
    assert str(Rupees(Decimal(amount))) == written


@given(AMOUNTS)
def test_writing_agrees_with_the_locale_data(amount: Decimal) -> None:
    written = format_currency(amount, "INR", locale="en_IN")
    assert str(Rupees(amount)) == written.removesuffix(".00") or amount == 0


@given(AMOUNTS)
def test_paisa_and_back(amount: Decimal) -> None:
    assert Rupees.of_paisa(Rupees(amount).paisa) == Rupees(amount)
