"""OrdersFound in a company's own system: `GET /orders?phone=` and `GET /orders/{number}`, called as partners are."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from urllib.parse import quote
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from activities.effects import OutsideMisconfigured, OutsideRefused
from activities.partners import NOT_FOUND, Partner
from domain.orders import (
    NO_PHONE,
    Order,
    OrderEvent,
    OrderFound,
    OrderLine,
    OrdersFound,
    OrderStatus,
    OrderSummary,
    OrdersWanted,
    OrderWanted,
)
from store.places import Places

M = TypeVar("M", bound=BaseModel)


class _Summary(BaseModel):
    number: str = Field(min_length=1, max_length=20)
    status: OrderStatus
    placed_on: date
    eta: date | None = None


class _Line(BaseModel):
    product: str = Field(min_length=1, max_length=100)
    quantity: int = Field(gt=0)
    unit: str = Field("pieces", max_length=20)


class _Event(BaseModel):
    at: AwareDatetime
    status: OrderStatus
    note: str = Field("", max_length=200)


class _Order(_Summary):
    phone: str
    """whose it is, in E.164: nobody else is shown it"""
    lines: list[_Line]
    events: list[_Event] = []


class _Orders(BaseModel):
    orders: list[_Summary]


class OrderSystem:
    """What a company's system knows of orders. Raises OutsideRefused(NO_PHONE) for one who hides their phone number."""

    def __init__(self, partner: Partner, places: Places) -> None:
        self._partner = partner
        self._places = places

    async def find_orders(self, conversation: UUID, key: UUID, wanted: OrdersWanted) -> OrdersFound:
        """All orders that were placed under the phone number of this person, the newest first."""
        answer = _read(_Orders, await self._partner.get("/orders", phone=await self._phone(conversation)))
        rows = sorted(answer.orders, key=lambda one: (one.placed_on, one.number), reverse=True)
        return OrdersFound(tuple(OrderSummary(one.number, one.status, one.placed_on, one.eta) for one in rows))

    async def read_order(self, conversation: UUID, key: UUID, wanted: OrderWanted) -> OrderFound:
        """The order of this number, if it was placed under the phone number of this person."""
        phone = await self._phone(conversation)
        try:
            found = _read(_Order, await self._partner.get(f"/orders/{quote(wanted.number, safe='')}"))
        except OutsideRefused as refused:
            if refused.reason != NOT_FOUND:
                raise
            return OrderFound(None)
        if _digits(found.phone) != _digits(phone):
            return OrderFound(None)
        lines = tuple(OrderLine(one.product, one.quantity, one.unit) for one in found.lines)
        events = tuple(OrderEvent(one.at, one.status, one.note) for one in sorted(found.events, key=lambda one: one.at))
        return OrderFound(Order(found.number, found.status, found.placed_on, found.eta, lines, events))

    async def _phone(self, conversation: UUID) -> str:
        place = await self._places.of(conversation)
        if place is None or not place.phone:
            raise OutsideRefused(NO_PHONE)
        return place.phone


def _read(model: type[M], answer: object) -> M:
    try:
        return model.model_validate(answer)
    except ValidationError as error:
        # Where it is wrong, and never what is there: that may be somebody's phone number.
        places = sorted({".".join(map(str, one["loc"])) for one in error.errors(include_input=False)})
        raise OutsideMisconfigured(f"order system: an answer of another shape, at {', '.join(places)}") from None


def _digits(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdigit())
