"""Orders in a company's own system: asked as partners are, shown to those alone whose phone number they have."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest
from psycopg_pool import AsyncConnectionPool

from activities.effects import OutsideMisconfigured, OutsideRefused, OutsideUnavailable
from activities.order_system import OrderSystem
from activities.partners import Partner
from domain.inbound import Sender
from domain.orders import NO_PHONE, Order, OrderEvent, OrderLine, OrdersWanted, OrderWanted
from store.arrivals import Arrivals
from store.places import Places
from store.sealing import KeyRing
from tests.store.conftest import NUMBER, Someone, a_phone

TODAY = date(2026, 11, 21)
WANTED = OrderWanted("ORD-041", TODAY)


class Company:
    """A system of orders at the other end of HTTP."""

    def __init__(self) -> None:
        self.asked: list[httpx.Request] = []
        self.status = 200
        self.answer: Any = {}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return httpx.Response(self.status, json=self.answer)


def order(phone: str, **fields: Any) -> dict[str, Any]:
    """An order as a company tells it."""
    return {
        "number": "ORD-041",
        "phone": phone,
        "status": "shipped",
        "placed_on": "2026-11-02",
        "eta": "2026-11-25",
        "lines": [{"product": "Steel hinge", "quantity": 40}],
        "events": [
            {"at": "2026-11-03T14:30:00+05:30", "status": "shipped", "note": "by road"},
            {"at": "2026-11-02T14:30:00+05:30", "status": "received"},
        ],
        **fields,
    }


@pytest.fixture
def company() -> Company:
    return Company()


@pytest.fixture
async def system(pool: AsyncConnectionPool, keys: KeyRing, company: Company) -> AsyncIterator[OrderSystem]:
    async with httpx.AsyncClient(transport=httpx.MockTransport(company)) as http:
        yield OrderSystem(Partner("order system", http, "http://orders.example/v1", "a-key"), Places(pool, keys))


@pytest.fixture
def phone() -> str:
    return a_phone()


@pytest.fixture
async def ravi(pool: AsyncConnectionPool, keys: KeyRing, phone: str) -> Someone:
    """Who writes under this phone number."""
    return Someone(pool, await Arrivals(pool, keys).conversation(Sender(phone=phone), NUMBER))


async def test_orders_are_asked_for_by_phone_number(
    system: OrderSystem, company: Company, ravi: Someone, phone: str
) -> None:
    rows = [{"number": f"ORD-00{n}", "status": "ready", "placed_on": f"2026-11-0{n}"} for n in (1, 3, 2)]
    company.answer = {"orders": rows}
    found = await system.find_orders(ravi.conversation, uuid4(), OrdersWanted(TODAY))
    assert [one.number for one in found.orders] == ["ORD-003", "ORD-002", "ORD-001"]
    (request,) = company.asked
    assert (request.method, request.url.path) == ("GET", "/v1/orders")
    assert dict(request.url.params) == {"phone": phone}
    assert request.headers["authorization"] == "Bearer a-key"


async def test_an_order_is_told_in_full(system: OrderSystem, company: Company, ravi: Someone, phone: str) -> None:
    company.answer = order(phone)
    found = await system.read_order(ravi.conversation, uuid4(), WANTED)
    assert found.order == Order(
        "ORD-041",
        "shipped",
        date(2026, 11, 2),
        date(2026, 11, 25),
        (OrderLine("Steel hinge", 40),),
        (
            OrderEvent(datetime(2026, 11, 2, 9, tzinfo=UTC), "received"),
            OrderEvent(datetime(2026, 11, 3, 9, tzinfo=UTC), "shipped", "by road"),
        ),
    )
    assert company.asked[0].url.path == "/v1/orders/ORD-041"


async def test_somebody_elses_order_is_not_told_from_one_that_there_is_not(
    system: OrderSystem, company: Company, ravi: Someone
) -> None:
    company.answer = order(a_phone())
    assert (await system.read_order(ravi.conversation, uuid4(), WANTED)).order is None
    company.status, company.answer = 404, {"error": {"code": "unknown_order", "message": "there is none"}}
    assert (await system.read_order(ravi.conversation, uuid4(), WANTED)).order is None


async def test_who_hides_their_phone_number_cannot_be_looked_up(
    system: OrderSystem, company: Company, pool: AsyncConnectionPool, keys: KeyRing
) -> None:
    hidden = await Arrivals(pool, keys).conversation(Sender(bsuid=f"IN.{uuid4().hex}"), NUMBER)
    with pytest.raises(OutsideRefused, match=NO_PHONE):
        await system.find_orders(hidden.conversation, uuid4(), OrdersWanted(TODAY))
    assert company.asked == []


@pytest.mark.parametrize("status", [500, 503, 429])
async def test_an_outage_is_tried_again(system: OrderSystem, company: Company, ravi: Someone, status: int) -> None:
    company.status = status
    with pytest.raises(OutsideUnavailable, match=f"HTTP {status}"):
        await system.read_order(ravi.conversation, uuid4(), WANTED)


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        (401, {"error": {"code": "unauthorized"}}),
        (404, "nothing at this address"),
        (200, []),
        (200, {"orders": [{"number": "ORD-001", "status": "lost in space", "placed_on": "2026-11-02"}]}),
    ],
)
async def test_what_is_not_understood_is_for_somebody_to_look_at(
    system: OrderSystem, company: Company, ravi: Someone, status: int, answer: Any
) -> None:
    """A 404 without the partners' own words is a wrong address."""
    company.status, company.answer = status, answer
    with pytest.raises(OutsideMisconfigured):
        await system.find_orders(ravi.conversation, uuid4(), OrdersWanted(TODAY))


async def test_what_went_wrong_is_told_without_anybodys_number(
    system: OrderSystem, company: Company, ravi: Someone, phone: str
) -> None:
    company.answer = order(phone, status="lost in space", events=[{"at": "2026-11-02T10:00:00", "status": "ready"}])
    with pytest.raises(OutsideMisconfigured, match=r"at events\.0\.at, status") as wrong:
        await system.read_order(ravi.conversation, uuid4(), WANTED)
    assert phone not in str(wrong.value)


async def test_a_refusal_is_one(system: OrderSystem, company: Company, ravi: Someone) -> None:
    company.status, company.answer = 422, {"error": {"code": "invalid_phone", "message": "no"}}
    with pytest.raises(OutsideRefused, match="invalid_phone"):
        await system.find_orders(ravi.conversation, uuid4(), OrdersWanted(TODAY))
