"""Money in rupees: exact, never a float."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

PAISA = Decimal("0.01")
"""The smallest amount: a hundredth of a rupee."""

_EXACT = Context(prec=60, rounding=ROUND_HALF_UP)


def to_paisa(amount: Decimal | int) -> Decimal:
    """The amount in whole paisa, half a paisa rounded away from zero, with two decimals always.

    Raises TypeError for a float, whose paisa are already lost, and ValueError for what is no finite amount.
    """
    if not isinstance(amount, Decimal | int):
        raise TypeError(f"an amount is a Decimal or whole rupees, not a {type(amount).__name__}")
    exact = Decimal(amount)
    if not exact.is_finite() or exact.adjusted() > 40:
        raise ValueError("an amount is a finite number below 10^40")
    return exact.quantize(PAISA, context=_EXACT)


@dataclass(frozen=True, order=True, slots=True)
class Rupees:
    """An amount of money, in whole paisa. Adding and multiplying keep it so; `str` writes it the Indian way."""

    amount: Decimal

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", to_paisa(self.amount))

    @classmethod
    def of_paisa(cls, paisa: int) -> Rupees:
        """The amount of so many paisa."""
        return cls(Decimal(paisa).scaleb(-2, _EXACT))

    @property
    def paisa(self) -> int:
        """The amount in paisa."""
        return int(self.amount.scaleb(2, _EXACT))

    def __add__(self, other: Rupees) -> Rupees:
        return Rupees(_EXACT.add(self.amount, other.amount))

    def __sub__(self, other: Rupees) -> Rupees:
        return Rupees(_EXACT.subtract(self.amount, other.amount))

    def __mul__(self, factor: Decimal | int) -> Rupees:
        return Rupees(_EXACT.multiply(self.amount, factor))

    def __str__(self) -> str:
        """`₹1,20,000`, or `₹1,20,000.50` where there are paisa: groups of two digits above the thousands."""
        sign, digits = ("-" if self.amount < 0 else ""), f"{abs(self.amount):.2f}"
        whole, _, decimals = digits.partition(".")
        head, tail = whole[:-3], whole[-3:]
        groups = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)][::-1]
        return f"{sign}₹{','.join([*groups, tail])}" + (f".{decimals}" if decimals != "00" else "")
