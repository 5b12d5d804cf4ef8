"""Instalments follow the convention of Indian lenders, and a schedule adds up to the paisa."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.loans import apr, emi, schedule
from domain.money import PAISA, to_paisa

PRINCIPALS = st.decimals(Decimal("0.01"), Decimal(50_000_000), places=2)
RATES = st.decimals(0, 48, places=2)
MONTHS = st.integers(1, 120)


@pytest.mark.parametrize(
    ("principal", "rate", "months", "instalment"),
    [
        ("500000", "12.5", 60, "11248.97"),
        ("100000", "12", 12, "8884.88"),
        ("120000", "0", 12, "10000.00"),
        ("100000", "0", 3, "33333.33"),
        ("50000", "18", 1, "50750.00"),
    ],
)
def test_the_equated_instalment(principal: str, rate: str, months: int, instalment: str) -> None:
    assert emi(Decimal(principal), Decimal(rate), months) == Decimal(instalment)


def test_a_schedule_begins_with_a_month_s_interest_on_all_of_it_and_ends_with_nothing_owed() -> None:
    rows = schedule(Decimal(500_000), Decimal("12.5"), 60)
    assert [row.number for row in rows] == list(range(1, 61))
    assert (rows[0].interest, rows[0].principal, rows[0].balance) == (
        Decimal("5208.33"),
        Decimal("6040.64"),
        Decimal("493959.36"),
    )
    assert rows[-1].balance == 0
    assert {row.payment for row in rows[:-1]} == {Decimal("11248.97")}
    assert abs(rows[-1].payment - Decimal("11248.97")) < 1


@settings(deadline=None)
@given(PRINCIPALS, RATES, MONTHS)
def test_every_schedule_sums_to_the_paisa(principal: Decimal, rate: Decimal, months: int) -> None:
    rows = schedule(principal, rate, months)
    assert len(rows) == months
    assert sum(row.principal for row in rows) == principal
    assert sum(row.payment for row in rows) == principal + sum(row.interest for row in rows)
    balance = principal
    for row in rows:
        assert row.payment == row.interest + row.principal
        assert row.balance == balance - row.principal
        assert min(row.payment, row.interest, row.principal, row.balance) >= 0
        assert all(amount == to_paisa(amount) for amount in (row.payment, row.interest, row.principal))
        balance = row.balance
    assert balance == 0


def test_a_loan_so_small_that_rounding_repays_it_early_ends_with_empty_rows() -> None:
    rows = schedule(Decimal(1), Decimal(0), 60)
    assert rows[49].balance == 0
    assert {row.payment for row in rows[50:]} == {Decimal(0)}


def test_without_fees_the_annual_percentage_rate_is_the_rate() -> None:
    assert apr(Decimal(500_000), Decimal("11248.97"), 60) == Decimal("12.50")


def test_fees_taken_from_the_amount_raise_the_annual_percentage_rate() -> None:
    """5,00,000 at 12.5 % over 60 months, less a fee of 2 % and the 18 % tax on it."""
    fee = Decimal(10_000) * Decimal("1.18")
    assert apr(Decimal(500_000) - fee, Decimal("11248.97"), 60) == Decimal("13.56")


def test_one_instalment_and_no_interest() -> None:
    assert apr(Decimal(1000), Decimal(1010), 1) == Decimal("12.00")
    assert apr(Decimal(1200), Decimal(100), 12) == Decimal("0.00")


@settings(deadline=None)
@given(st.decimals(10_000, 5_000_000, places=0), st.decimals(1, 48, places=2), st.integers(3, 84))
def test_the_annual_percentage_rate_finds_the_rate_again(principal: Decimal, rate: Decimal, months: int) -> None:
    """Within what rounding the instalment to a paisa moves it."""
    assert abs(apr(principal, emi(principal, rate, months), months) - rate) <= PAISA


@pytest.mark.parametrize(
    ("principal", "rate", "months", "complaint"),
    [
        (0, 12, 12, "paisa or more"),
        (-5, 12, 12, "paisa or more"),
        (1000, -1, 12, "not negative"),
        (1000, 12, 0, "one month"),
    ],
)
def test_a_loan_that_cannot_be_is_refused(principal: int, rate: int, months: int, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        emi(Decimal(principal), Decimal(rate), months)
    with pytest.raises(ValueError, match=complaint):
        schedule(Decimal(principal), Decimal(rate), months)


def test_instalments_that_do_not_pay_back_what_was_disbursed_have_no_rate() -> None:
    with pytest.raises(ValueError, match="less than what was disbursed"):
        apr(Decimal(1200), Decimal("99.99"), 12)
