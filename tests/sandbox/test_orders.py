"""A company's system of orders, as the partner contract has it."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from tests.sandbox.conftest import Bench

AUTHORISED = {"Authorization": "Bearer sandbox-orders-key"}
ASHA, RAVI = "+919800000001", "+919800000002"


async def orders(bench: Bench, phone: str, **headers: str) -> httpx.Response:
    return await bench.control.get("/order-system/orders", params={"phone": phone}, headers=AUTHORISED | headers)


async def order(bench: Bench, number: str, **headers: str) -> httpx.Response:
    return await bench.control.get(f"/order-system/orders/{number}", headers=AUTHORISED | headers)


async def treat(bench: Bench, **profile: Any) -> None:
    answer = await bench.control.put("/sandbox/orders", json=profile)
    assert answer.status_code == 200, answer.text


async def test_a_number_has_the_same_orders_always_and_no_other_has_them(bench: Bench) -> None:
    first, again, other = [(await orders(bench, phone)).json()["orders"] for phone in (ASHA, ASHA, RAVI)]
    assert first == again
    assert len(first) == 4
    assert {one["number"] for one in first}.isdisjoint(one["number"] for one in other)


async def test_one_of_them_is_told_in_full_with_whose_it_is(bench: Bench) -> None:
    row = (await orders(bench, ASHA)).json()["orders"][1]
    full = (await order(bench, row["number"])).json()
    assert {name: full[name] for name in row} == row
    assert full["phone"] == ASHA
    assert full["lines"]
    assert full["events"][-1]["status"] == full["status"]


@pytest.mark.parametrize("number", ["ORD-999", "ORD-123456789", "nothing"])
async def test_an_order_that_there_is_not_is_404(bench: Bench, number: str) -> None:
    answer = await order(bench, number)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "unknown_order")


async def test_a_phone_number_that_is_none_is_422(bench: Bench) -> None:
    answer = await orders(bench, "98")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_phone")


@pytest.mark.parametrize("authorization", ["", "Bearer wrong"])
async def test_a_wrong_key_is_401(bench: Bench, authorization: str) -> None:
    assert (await orders(bench, ASHA, Authorization=authorization)).status_code == 401
    assert (await order(bench, "ORD-999", Authorization=authorization)).status_code == 401


async def test_a_customer_has_as_many_orders_as_ordered(bench: Bench) -> None:
    await treat(bench, phone=ASHA, orders=0)
    assert (await orders(bench, ASHA)).json() == {"orders": []}
    assert len((await orders(bench, RAVI)).json()["orders"]) == 4
    shown = (await bench.control.get("/sandbox/orders", params={"phone": ASHA})).json()
    assert (shown["orders"], shown["state"]) == (0, "up")


async def test_it_can_be_down_for_everybody(bench: Bench) -> None:
    await treat(bench, state="down")
    assert (await orders(bench, ASHA)).status_code == 503
    assert (await order(bench, "ORD-999")).status_code == 503
    await treat(bench, state="up")
    assert (await orders(bench, ASHA)).status_code == 200


async def test_a_slow_one_takes_its_time(bench: Bench) -> None:
    await treat(bench, state="slow", seconds=12)
    asked = asyncio.create_task(orders(bench, ASHA))
    await bench.clock.until_asleep(1)
    assert not asked.done()
    bench.clock.advance(12)
    assert (await asked).status_code == 200
