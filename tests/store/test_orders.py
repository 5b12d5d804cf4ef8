"""Everybody sees their own orders and nobody another's, whatever becomes of phone numbers."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from psycopg_pool import AsyncConnectionPool

from activities.order_desk import OwnOrders
from domain.inbound import Sender
from domain.orders import Order, OrderEvent, OrderLine, OrdersWanted, OrderWanted
from store.arrivals import Arrivals
from store.orders import OrderTable
from store.sealing import KeyRing
from store.seeding import demonstration_orders
from tests.store.conftest import NUMBER, Someone, a_phone

TODAY = date(2026, 11, 21)
ORDER = Order(
    "ORD-041",
    "shipped",
    date(2026, 11, 2),
    date(2026, 11, 25),
    (OrderLine("Steel hinge", 40), OrderLine("Cable tray", 3, "metres")),
    (OrderEvent(datetime(2026, 11, 2, 9, tzinfo=UTC), "received"),),
)


async def somebody(pool: AsyncConnectionPool, keys: KeyRing, phone: str, bsuid: str = "") -> Someone:
    """Who writes under this number."""
    return Someone(pool, await Arrivals(pool, keys).conversation(Sender(phone=phone, bsuid=bsuid), NUMBER))


@pytest.fixture
def table(pool: AsyncConnectionPool, keys: KeyRing) -> OrderTable:
    return OrderTable(pool, keys)


async def test_an_order_is_found_by_whose_phone_it_was_placed_under(
    pool: AsyncConnectionPool, keys: KeyRing, table: OrderTable
) -> None:
    phone = a_phone()
    await table.put(phone, ORDER)
    asha = await somebody(pool, keys, phone)
    assert [one.number for one in await table.of(asha.conversation)] == ["ORD-041"]
    assert await table.read(asha.conversation, "ORD-041") == ORDER


async def test_nobody_gets_another_ones_order(pool: AsyncConnectionPool, keys: KeyRing, table: OrderTable) -> None:
    phone = a_phone()
    await table.put(phone, ORDER)
    for stranger in (await somebody(pool, keys, a_phone()), await somebody(pool, keys, "", f"IN.{uuid4().hex}")):
        assert await table.of(stranger.conversation) == ()
        assert await table.read(stranger.conversation, "ORD-041") is None
    assert await table.read(uuid4(), "ORD-041") is None


async def test_two_with_the_same_number_each_have_their_own(
    pool: AsyncConnectionPool, keys: KeyRing, table: OrderTable
) -> None:
    phones = (a_phone(), a_phone())
    await table.put(phones[0], ORDER)
    await table.put(phones[1], replace(ORDER, status="cancelled"))
    people = [await somebody(pool, keys, phone) for phone in phones]
    found = [await table.read(person.conversation, "ORD-041") for person in people]
    assert [order.status for order in found if order] == ["shipped", "cancelled"]


async def test_who_gets_somebodys_old_number_gets_none_of_their_orders(
    pool: AsyncConnectionPool, keys: KeyRing, table: OrderTable
) -> None:
    """A known phone with another BSUID is a recycled number: a new person."""
    phone = a_phone()
    await table.put(phone, ORDER)
    before = await somebody(pool, keys, phone, f"IN.{uuid4().hex}")
    assert await table.of(before.conversation)
    after = await somebody(pool, keys, phone, f"IN.{uuid4().hex}")
    assert after.conversation != before.conversation
    assert await table.of(after.conversation) == ()
    assert await table.read(before.conversation, "ORD-041") == ORDER


async def test_who_changes_their_number_keeps_their_orders(
    pool: AsyncConnectionPool, keys: KeyRing, table: OrderTable
) -> None:
    old, new = Sender(phone=a_phone()), Sender(phone=a_phone())
    await table.put(old.phone, ORDER)
    await table.put(new.phone, replace(ORDER, number="ORD-042", placed_on=date(2026, 11, 3)))
    asha = await somebody(pool, keys, old.phone)
    await table.of(asha.conversation)
    await Arrivals(pool, keys).renamed(old, new, NUMBER)
    assert [one.number for one in await table.of(asha.conversation)] == ["ORD-042", "ORD-041"]


async def test_an_order_put_again_is_as_it_stands_now(
    pool: AsyncConnectionPool, keys: KeyRing, table: OrderTable
) -> None:
    phone = a_phone()
    asha = await somebody(pool, keys, phone)
    later = replace(ORDER, status="delivered", lines=ORDER.lines[:1])
    await asyncio.gather(*(table.put(phone, one) for one in (ORDER, ORDER, ORDER)))
    await table.put(phone, later)
    assert await table.read(asha.conversation, "ORD-041") == later


async def test_no_phone_number_is_in_the_tables(pool: AsyncConnectionPool, keys: KeyRing, table: OrderTable) -> None:
    phone = a_phone()
    await table.put(phone, ORDER)
    async with pool.connection() as connection:
        rows = await (await connection.execute("select o::text from orders o")).fetchall()
    assert rows
    for (row,) in rows:
        assert phone.lstrip("+") not in row
        assert phone.lstrip("+").encode().hex() not in row


class TestADemonstration:
    async def test_gives_who_has_no_orders_those_of_the_seeds(
        self, pool: AsyncConnectionPool, keys: KeyRing, asha: Someone
    ) -> None:
        desk = OwnOrders(pool, keys, demonstration=True)
        found = await desk.find_orders(asha.conversation, uuid4(), OrdersWanted(TODAY))
        assert {one.number for one in found.orders} == {one.number for one in demonstration_orders(TODAY)}
        assert {one.status for one in found.orders} == {
            "received", "confirmed", "in_production", "ready", "shipped", "delivered", "on_hold", "cancelled"
        }  # fmt: skip

    async def test_at_the_first_look_by_number_too(
        self, pool: AsyncConnectionPool, keys: KeyRing, asha: Someone
    ) -> None:
        desk = OwnOrders(pool, keys, demonstration=True)
        found = await desk.read_order(asha.conversation, uuid4(), OrderWanted("ORD-002", TODAY))
        assert found.order == next(one for one in demonstration_orders(TODAY) if one.number == "ORD-002")

    async def test_gives_nothing_to_who_has_orders(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        phone = a_phone()
        await OrderTable(pool, keys).put(phone, ORDER)
        asha = await somebody(pool, keys, phone)
        desk = OwnOrders(pool, keys, demonstration=True)
        found = await desk.read_order(asha.conversation, uuid4(), OrderWanted("ORD-002", TODAY))
        assert found.order is None
        assert len((await desk.find_orders(asha.conversation, uuid4(), OrdersWanted(TODAY))).orders) == 1

    async def test_looked_at_by_several_at_once_gives_each_order_once(
        self, pool: AsyncConnectionPool, keys: KeyRing, asha: Someone
    ) -> None:
        desk = OwnOrders(pool, keys, demonstration=True)
        looks = [desk.find_orders(asha.conversation, uuid4(), OrdersWanted(TODAY)) for _ in range(5)]
        for found in await asyncio.gather(*looks):
            assert len(found.orders) == len(demonstration_orders(TODAY))

    async def test_is_not_there_unless_it_is_switched_on(
        self, pool: AsyncConnectionPool, keys: KeyRing, asha: Someone
    ) -> None:
        desk = OwnOrders(pool, keys, demonstration=False)
        assert (await desk.find_orders(asha.conversation, uuid4(), OrdersWanted(TODAY))).orders == ()
        assert (await desk.read_order(asha.conversation, uuid4(), OrderWanted("ORD-001", TODAY))).order is None
