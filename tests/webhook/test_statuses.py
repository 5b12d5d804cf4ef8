"""What became of our messages: statuses in any order, early, late, twice, and of messages that nobody knows."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.running.levers import goes_wrong, looks_at_the_chat, messages_of
from tests.running.person import Person
from tests.running.tables import Tables
from tests.running.waiting import until
from tests.running.wire import Meta, status, wamid


@pytest.fixture
async def asha(http: httpx.AsyncClient, meta: Meta) -> Person:
    """Somebody who has appeared and not written yet."""
    return await Person.appear(http, meta.at)


async def last_out(asha: Person) -> dict[str, Any]:
    """The newest message of the outbox; empty where there is none yet."""
    return next(iter((await asha.inspect())["outbox"]), {})


async def becomes(asha: Person, state: str) -> dict[str, Any]:
    """Wait until the newest message of the outbox is in this state."""

    async def is_so() -> dict[str, Any]:
        row = await last_out(asha)
        return row if row.get("state") == state else {}

    return await until(is_so)


async def answers(http: httpx.AsyncClient, asha: Person) -> int:
    """How many messages have reached the phone."""
    return sum(one["direction"] == "out" for one in await messages_of(http, asha))


async def test_a_message_is_delivered_and_then_read(http: httpx.AsyncClient, asha: Person) -> None:
    await asha.write("hi")
    await asha.settle()
    await becomes(asha, "delivered")
    await looks_at_the_chat(http, asha)
    await becomes(asha, "read")


async def test_statuses_that_come_before_the_send_has_returned_are_of_that_message(
    http: httpx.AsyncClient, asha: Person
) -> None:
    await goes_wrong(http, asha, "status_first")
    await asha.write("hi")
    await asha.settle()
    row = await becomes(asha, "delivered")
    [sent] = [one["id"] for one in await messages_of(http, asha) if one["direction"] == "out"]
    assert row["provider_id"] == sent


async def test_statuses_in_the_wrong_order_end_at_the_highest(http: httpx.AsyncClient, asha: Person) -> None:
    await goes_wrong(http, asha, "statuses_reversed")
    await asha.write("hi")
    await asha.settle()
    await becomes(asha, "delivered")


async def test_a_message_that_fails_after_it_was_accepted_says_why_and_the_talk_goes_on(
    http: httpx.AsyncClient, asha: Person
) -> None:
    await goes_wrong(http, asha, "accept_then_fail", code=131026)
    await asha.write("hi")
    await asha.settle()
    assert (await becomes(asha, "failed"))["error"] == 131026
    await asha.write("English")
    await asha.settle()
    assert (await asha.inspect())["waiting_for"] == "answer:intent"


async def test_what_was_delivered_has_not_failed_whatever_comes_later(meta: Meta, asha: Person) -> None:
    await asha.write("hi")
    await asha.settle()
    row = await becomes(asha, "delivered")
    await meta.statuses(status("failed", row["provider_id"], errors=[{"code": 131026}]))
    assert (await last_out(asha))["state"] == "delivered"
    await meta.statuses(status("sent", row["provider_id"]), status("read", row["provider_id"]))
    assert (await last_out(asha))["state"] == "read"


async def test_what_had_failed_was_delivered_after_all(http: httpx.AsyncClient, meta: Meta, asha: Person) -> None:
    await goes_wrong(http, asha, "accept_then_fail", code=131026)
    await asha.write("hi")
    await asha.settle()
    row = await becomes(asha, "failed")
    await meta.statuses(status("sent", row["provider_id"]))
    assert (await last_out(asha))["state"] == "failed"
    await meta.statuses(status("delivered", row["provider_id"]))
    assert (await last_out(asha))["state"] == "delivered"


async def test_a_status_of_a_message_that_nobody_knows_is_acknowledged_and_kept(meta: Meta, tables: Tables) -> None:
    id = wamid()
    for _ in range(2):
        answer = await meta.statuses(status("delivered", id, biz_opaque_callback_data="order-4711"))
        assert answer.status_code == 200
    assert await tables.rows("select status from statuses where provider_id = %s", id) == [("delivered",)]


async def test_a_lost_answer_is_made_good_by_the_status_and_nothing_is_sent_twice(
    http: httpx.AsyncClient, asha: Person
) -> None:
    """The provider took the message and the connection broke: whether it was sent, only the status tells."""
    await goes_wrong(http, asha, "accept_then_drop")
    await asha.write("hi")
    await becomes(asha, "delivered")
    await asha.settle()
    assert await answers(http, asha) == 1
    await asha.write("English")
    await asha.settle()
    assert (await asha.inspect())["waiting_for"] == "answer:intent", "its question counts as shown"
    assert await answers(http, asha) == 2


async def test_a_send_that_never_arrived_is_in_doubt_for_a_while_and_then_made_again(
    http: httpx.AsyncClient, asha: Person
) -> None:
    await goes_wrong(http, asha, "drop")
    await asha.write("hi")
    await becomes(asha, "unknown")
    assert await answers(http, asha) == 0
    row = await becomes(asha, "delivered")
    assert row["attempts"] == 2
    assert await answers(http, asha) == 1
