"""The words of an order, and what is asked about orders: of our own tables, or of a company's system."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from domain.effects import Effect

OrderStatus = Literal["received", "confirmed", "in_production", "ready", "shipped", "delivered", "on_hold", "cancelled"]
"""where an order stands; the first six in this order, the others at any time"""

ON_THE_WAY: frozenset[OrderStatus] = frozenset({"received", "confirmed", "in_production", "ready", "shipped"})
"""those of which a delivery is still to come"""

NO_PHONE = "no_phone"
"""why a company's system cannot be asked: it knows people by their phone numbers, and this one has hidden theirs"""


@dataclass(frozen=True)
class OrderLine:
    """So much of one thing, counted in `unit` ("pieces")."""

    product: str
    quantity: int
    unit: str = "pieces"


@dataclass(frozen=True)
class OrderEvent:
    """What happened to an order, and when (aware). `note` is what the desk says of it, in its own words."""

    at: datetime
    status: OrderStatus
    note: str = ""


@dataclass(frozen=True)
class Order:
    """An order. `eta` is the day of delivery: the day it is expected, or the one it came."""

    number: str
    """`ORD-001`"""
    status: OrderStatus
    placed_on: date
    eta: date | None
    lines: tuple[OrderLine, ...]
    events: tuple[OrderEvent, ...] = ()
    """the oldest first"""


@dataclass(frozen=True)
class OrderSummary:
    """An order in one row of a list."""

    number: str
    status: OrderStatus
    placed_on: date
    eta: date | None


@dataclass(frozen=True)
class OrdersWanted:
    """Whose they are is known by the conversation. `today` is where the person is."""

    today: date


@dataclass(frozen=True)
class OrdersFound:
    """Somebody's orders, the newest first."""

    orders: tuple[OrderSummary, ...]


@dataclass(frozen=True)
class OrderWanted:
    """One order, by its number as `order_number_in` writes it."""

    number: str
    today: date


@dataclass(frozen=True)
class OrderFound:
    """The order; None where this person has none of this number, whoever else may have."""

    order: Order | None


FIND_ORDERS = Effect("find_orders", OrdersWanted, OrdersFound)
"""All orders of the person who asks."""

READ_ORDER = Effect("read_order", OrderWanted, OrderFound)
"""One order of the person who asks."""

_NAMED = re.compile(
    r"\b(?:orders?|ord)\b[\s-]*(?:(?:number|num|no|id|nr)\b\.?)?[\s:#-]*(?:(?:ord)\b[\s:#-]*)?(\d{1,9})\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\bord(\d{1,9})\b", re.IGNORECASE)
_ALONE = re.compile(r"(?:(?:number|num|no|nr)\b\.?)?\s*#?\s*(\d{1,9})\.?", re.IGNORECASE)
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]")


def order_number_in(text: str) -> str | None:
    """The order number in what somebody wrote, as `ORD-001`: at least three digits. None where there is none.

    Taken are `ORD-001`, `ord 1`, `order no. 1`, also inside a sentence, and `#001`, `001` alone, in any script's
    digits. Two different numbers in one text are none: nobody knows which is meant.
    """
    numbers = {int(digits) for digits in _digits_in(_plain(text))}
    if len(numbers) != 1:
        return None
    return f"ORD-{numbers.pop():03d}"


def _digits_in(text: str) -> list[str]:
    alone = _ALONE.fullmatch(text)
    if alone:
        return [alone[1]]
    return [found[1] for form in (_NAMED, _JOINED) for found in form.finditer(text)]


def _plain(text: str) -> str:
    text = _DASHES.sub("-", _UNSEEN.sub("", unicodedata.normalize("NFKC", text)))
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text).strip()
