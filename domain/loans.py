"""Instalments, schedules and the annual percentage rate of a loan repaid monthly.

The convention of the field: an equated instalment is `P·r·(1+r)^n / ((1+r)^n - 1)` with the monthly rate
`r = annual percent / 12 / 100`; each month bears interest of `balance · r`; what rounding leaves over is in the last
instalment. The annual percentage rate is the monthly internal rate of return times twelve (Reserve Bank of India,
Key Facts Statement for Loans & Advances, 15 April 2024). Amounts are in rupees, rounded half up to the paisa.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

from domain.money import to_paisa

_MONTHS_A_YEAR = 12
_HALVINGS = 100


@dataclass(frozen=True, slots=True)
class Instalment:
    """One row of a repayment schedule, in rupees: `payment` is `interest` and `principal` together."""

    number: int
    """1 for the first month"""
    payment: Decimal
    interest: Decimal
    principal: Decimal
    balance: Decimal
    """what is still owed after it"""


def emi(principal: Decimal, annual_rate_percent: Decimal, months: int) -> Decimal:
    """The equated monthly instalment: 5,00,000 at 12.5 % over 60 months is 11,248.97.

    `P·r·(1+r)^n / ((1+r)^n - 1)`; at a rate of zero, `P / n`. Raises ValueError for a principal that is not positive, a
    negative rate or less than one month.
    """
    owed = _checked(principal, months)
    with localcontext(_precise()):
        rate = _monthly(annual_rate_percent)
        growth = (1 + rate) ** months
        return to_paisa(owed / months if growth == 1 else owed * rate * growth / (growth - 1))


def schedule(principal: Decimal, annual_rate_percent: Decimal, months: int) -> tuple[Instalment, ...]:
    """Every month's row, as many as `months`.

    Interest is `balance · r`, rounded to the paisa; the principal parts add up to the principal exactly, because the
    last instalment takes what rounding left over. No balance is ever negative: where rounding pays a tiny loan off
    early, the rows behind are zero. Raises ValueError as `emi` does.
    """
    payment = emi(principal, annual_rate_percent, months)
    rows = []
    with localcontext(_precise()):
        rate, balance = _monthly(annual_rate_percent), _checked(principal, months)
        for number in range(1, months + 1):
            interest = to_paisa(balance * rate)
            part = balance if number == months else min(payment - interest, balance)
            balance -= part
            rows.append(Instalment(number, interest + part, interest, part, balance))
    return tuple(rows)


def apr(net_disbursed: Decimal, instalment: Decimal, months: int) -> Decimal:
    """The annual percentage rate, in percent with two decimals: 12 times the monthly rate at which the instalments are
    worth what the borrower received (the amount after fees and the tax on them).

    `net = instalment · (1 - (1+r)^-n) / r` is solved by bisection over decimals, a hundred halvings: the error before
    rounding is below 10^-25 percent. Raises ValueError for amounts that are not positive, less than one month, and
    instalments that do not pay back what was disbursed.
    """
    received = _checked(net_disbursed, months)
    with localcontext(_precise()):
        if instalment * months < received:
            raise ValueError("the instalments are less than what was disbursed: is the fee's sign right?")
        # An annuity is worth less than instalment / r, so the rate is below instalment / received.
        low, high = Decimal(0), instalment / received
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            worth = instalment * (1 - (1 + middle) ** -months) / middle
            low, high = (middle, high) if worth > received else (low, middle)
        return to_paisa(high * _MONTHS_A_YEAR * 100)


def _monthly(annual_rate_percent: Decimal) -> Decimal:
    if annual_rate_percent < 0:
        raise ValueError("a rate of interest is not negative: percent a year, 12.5 for 12.5 %")
    return annual_rate_percent / _MONTHS_A_YEAR / 100


def _precise() -> Context:
    return Context(prec=50, rounding=ROUND_HALF_UP)


def _checked(amount: Decimal, months: int) -> Decimal:
    if to_paisa(amount) <= 0:
        raise ValueError("a loan's amount is a paisa or more")
    if months < 1:
        raise ValueError("a loan runs for one month or more")
    return to_paisa(amount)
