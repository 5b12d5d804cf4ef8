"""Webhooks get through: in order, again until the product takes them, and once more when asked."""

from __future__ import annotations

import asyncio

from tests.sandbox.conftest import APP_SECRET, VERIFY_TOKEN, Bench, Starting, serving
from tests.sandbox.fake_product import FakeProduct

WAITING = "waiting"


async def test_a_refused_webhook_is_posted_again_after_growing_delays(bench: Bench) -> None:
    bench.product.refusals.extend([500, 503, 202])
    user = await bench.user()
    sent = await bench.send(user, {"type": "text", "body": "hi"})
    assert sent["webhook_status"] == 500
    assert (await bench.chat(user))[0]["status"] == WAITING
    for attempt, delay in enumerate([0.5, 1.0, 2.0]):
        await bench.clock.until_asleep(attempt + 1)
        bench.clock.advance(delay)
    await bench.product.until(lambda: bench.product.texts == ["hi"])
    assert bench.clock.slept == [0.5, 1.0, 2.0]
    assert bench.product.messages[0]["id"] == sent["message_id"]


async def test_messages_of_one_person_wait_for_each_other_and_for_nobody_else(bench: Bench) -> None:
    slow, quick = await bench.user(), await bench.user()
    bench.product.refusals.append(500)
    await bench.send(slow, {"type": "text", "body": "one"})
    await bench.clock.until_asleep(1)
    behind = await bench.send(slow, {"type": "text", "body": "two"})
    assert behind["webhook_status"] is None
    await bench.send(quick, {"type": "text", "body": "from another"})
    assert bench.product.texts == ["from another"]
    bench.clock.advance(0.5)
    await bench.product.until(lambda: len(bench.product.texts) == 3)
    assert bench.product.texts == ["from another", "one", "two"]


async def test_many_messages_at_once_keep_their_order(bench: Bench) -> None:
    user = await bench.user()
    async with asyncio.TaskGroup() as group:
        for place in range(20):
            group.create_task(bench.send(user, {"type": "text", "body": f"{place}"}))
    arrived = [message["id"] for message in bench.product.messages]
    assert arrived == [message["id"] for message in await bench.chat(user)]


async def test_a_product_that_is_away_loses_nothing(starting: Starting) -> None:
    """Nobody answers, twice, and then somebody does: what waits is delivered."""
    away = FakeProduct(APP_SECRET, VERIFY_TOKEN)
    async with serving(away.app()) as address:
        pass
    port = int(address.rsplit(":", 1)[1])
    async with starting.sandbox(product_url=address) as bench:
        first, second = await bench.user(), await bench.user()
        sent = await bench.send(first, {"type": "text", "body": "anybody there?"})
        assert sent["webhook_status"] is None
        await bench.send(second, {"type": "text", "body": "hello?"})
        await bench.clock.until_asleep(2)
        bench.clock.advance(0.5)
        await bench.clock.until_asleep(4)
        async with serving(away.app(), port):
            bench.clock.advance(1)
            await away.until(lambda: sorted(away.texts) == ["anybody there?", "hello?"])


async def test_one_delivery_to_a_product_that_was_away_wakes_all_that_wait(starting: Starting) -> None:
    away = FakeProduct(APP_SECRET, VERIFY_TOKEN)
    async with serving(away.app()) as address:
        pass
    port = int(address.rsplit(":", 1)[1])
    async with starting.sandbox(product_url=address) as bench:
        await bench.send(await bench.user(), {"type": "text", "body": "waiting"})
        await bench.clock.until_asleep(1)
        async with serving(away.app(), port):
            await bench.send(await bench.user(), {"type": "text", "body": "new"})
            await away.until(lambda: len(away.texts) == 2)
    assert sorted(away.texts) == ["new", "waiting"]


async def test_a_webhook_is_given_up_after_seven_days(bench: Bench) -> None:
    user = await bench.user()
    bench.product.refusals.extend([500, 500])
    await bench.send(user, {"type": "text", "body": "hi"})
    await bench.clock.until_asleep(1)
    bench.clock.advance(7 * 24 * 3600 + 1)
    await bench.product.until(lambda: not bench.product.refusals)
    await bench.send(user, {"type": "text", "body": "next"})
    assert bench.product.texts == ["next"]
    assert (await bench.chat(user))[0]["status"] == "failed"


async def test_the_last_webhook_can_be_duplicated_byte_by_byte(bench: Bench) -> None:
    user = await bench.greeted()
    await bench.send(user, {"type": "text", "body": "twice"})
    answer = await bench.order(user, "duplicate-last-webhook")
    assert answer.json() == {"webhook_status": 200}
    assert bench.product.texts == ["hi", "twice", "twice"]
    assert bench.product.received[-1].raw == bench.product.received[-2].raw


async def test_there_is_nothing_to_duplicate_before_the_first_message(bench: Bench) -> None:
    answer = await bench.order(await bench.user(), "duplicate-last-webhook")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "no_webhook")
