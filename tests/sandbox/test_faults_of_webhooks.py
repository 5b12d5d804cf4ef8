"""Webhooks that come twice, late, out of order, in one with others', or badly signed."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.sandbox.conftest import LOAN, Bench, Starting
from tests.sandbox.fake_product import FakeProduct


async def wrote(bench: Bench, user: dict[str, Any], body: str) -> int | None:
    status: int | None = (await bench.send(user, {"type": "text", "body": body}))["webhook_status"]
    return status


async def test_a_webhook_can_come_once_more_after_it_was_taken(bench: Bench) -> None:
    user = await bench.user()
    await bench.order(user, "faults", mode="duplicate_webhook")
    await wrote(bench, user, "twice")
    await wrote(bench, user, "once")
    assert bench.product.texts == ["twice", "twice", "once"]
    assert bench.product.received[0].raw == bench.product.received[1].raw


async def test_a_webhook_can_come_twice_at_once(bench: Bench) -> None:
    """Both are under way before either is answered."""
    user = await bench.user()
    both = asyncio.Barrier(2)

    async def meet(value: dict[str, Any], message: dict[str, Any]) -> None:
        async with asyncio.timeout(10):
            await both.wait()

    bench.product.handler = meet
    await bench.order(user, "faults", mode="duplicate_webhook_at_once")
    assert await wrote(bench, user, "twice") == 200
    assert bench.product.texts == ["twice", "twice"]


async def test_a_webhook_can_be_held_back_and_those_behind_it_wait(bench: Bench) -> None:
    user = await bench.user()
    await bench.order(user, "faults", mode="hold_webhook", seconds=3600)
    assert await wrote(bench, user, "held") is None
    assert await wrote(bench, user, "behind it") is None
    await bench.clock.until_asleep(1)
    assert bench.product.texts == []
    bench.clock.advance(3600)
    await bench.product.until(lambda: bench.product.texts == ["held", "behind it"])


async def test_a_webhook_can_be_overtaken_by_the_next(bench: Bench) -> None:
    user = await bench.user()
    await bench.order(user, "faults", mode="reorder_webhooks")
    assert await wrote(bench, user, "first") is None
    await wrote(bench, user, "second")
    await bench.product.until(lambda: len(bench.product.texts) == 2)
    assert bench.product.texts == ["second", "first"]
    bench.clock.advance(60)
    await wrote(bench, user, "third")
    assert bench.product.texts == ["second", "first", "third"]


async def test_a_webhook_that_nothing_overtakes_comes_alone(bench: Bench) -> None:
    user = await bench.user()
    await bench.order(user, "faults", mode="reorder_webhooks", seconds=2)
    await wrote(bench, user, "first")
    await bench.clock.until_asleep(1)
    bench.clock.advance(2)
    await bench.product.until(lambda: bench.product.texts == ["first"])


async def test_a_webhook_that_waits_to_be_overtaken_survives_a_restart(starting: Starting) -> None:
    async with starting.sandbox() as bench:
        user = await bench.user()
        await bench.order(user, "faults", mode="reorder_webhooks")
        await wrote(bench, user, "first")
    async with starting.sandbox():
        await starting.product.until(lambda: starting.product.texts == ["first"])


async def test_what_comes_within_a_while_can_be_gathered_into_one_webhook(bench: Bench) -> None:
    people = [await bench.greeted(), await bench.greeted()]
    already = len(bench.product.received)
    await bench.order(people[0], "faults", mode="batch_webhooks", seconds=1)
    await wrote(bench, people[0], "one")
    await wrote(bench, people[1], "two")
    await wrote(bench, people[0], "three")
    await bench.clock.until_asleep(1)
    assert len(bench.product.received) == already
    wamid = (await bench.graph.text(LOAN, people[1]["phone"], "hello")).json()["messages"][0]["id"]
    bench.clock.advance(1)
    await bench.product.until(lambda: len(bench.product.texts) == 5)
    [batch] = bench.product.received[already:]
    assert [message["text"]["body"] for message in batch.messages] == ["one", "two", "three"]
    assert [status["id"] for status in batch.statuses] == [wamid, wamid]
    assert len(batch.value["contacts"]) == 2
    async with asyncio.timeout(10):
        while {message["status"] for user in people for message in await bench.chat(user)} != {"delivered"}:
            await asyncio.sleep(0)


async def test_a_batch_that_is_open_when_the_sandbox_stops_is_delivered_after_its_start(starting: Starting) -> None:
    async with starting.sandbox() as bench:
        user = await bench.user()
        await bench.order(user, "faults", mode="batch_webhooks", seconds=60)
        await wrote(bench, user, "gathered")
    async with starting.sandbox():
        await starting.product.until(lambda: starting.product.texts == ["gathered"])


async def test_a_webhook_can_be_badly_signed_and_comes_again_as_it_should_be(bench: Bench) -> None:
    user = await bench.user()
    await bench.order(user, "faults", mode="wrong_signature")
    assert await wrote(bench, user, "really me") == 401
    assert bench.product.texts == []
    await bench.clock.until_asleep(1)
    bench.clock.advance(0.5)
    await bench.product.until(lambda: bench.product.texts == ["really me"])


async def test_faults_strike_one_webhook_each_and_not_its_retries(bench: Bench, product: FakeProduct) -> None:
    user = await bench.user()
    product.refusals.append(500)
    await bench.order(user, "faults", mode="duplicate_webhook")
    await wrote(bench, user, "refused at first")
    await bench.clock.until_asleep(1)
    bench.clock.advance(0.5)
    await bench.product.until(lambda: bool(bench.product.texts))
    await wrote(bench, user, "next")
    assert bench.product.texts == ["refused at first", "next"]
