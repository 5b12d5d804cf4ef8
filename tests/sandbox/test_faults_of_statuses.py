"""Statuses that come late, twice, out of order, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sandbox.conftest import LOAN, Bench, Starting


async def said(bench: Bench, user: dict[str, Any], mode: str, **fields: Any) -> str:
    """Say something to this person, whose statuses go wrong in this way."""
    await bench.order(user, "faults", mode=mode, **fields)
    wamid: str = (await bench.graph.text(LOAN, user["phone"], "hello")).json()["messages"][0]["id"]
    return wamid


async def heard(bench: Bench, user: dict[str, Any]) -> None:
    """Say something more and wait until its statuses came: by then, so would those of before."""
    wamid = (await bench.graph.text(LOAN, user["phone"], "and now")).json()["messages"][0]["id"]
    await bench.product.until(lambda: "delivered" in bench.product.statuses_of(wamid))


@pytest.mark.parametrize(
    ("mode", "told", "webhooks"),
    [
        ("statuses_reversed", ["read", "delivered", "sent"], 1),
        ("statuses_shuffled", ["read", "delivered", "sent"], 3),
        ("statuses_apart", ["sent", "delivered", "read"], 3),
        ("drop_delivered", ["sent", "read"], 1),
        ("duplicate_statuses", ["sent", "delivered", "read"] * 2, 4),
    ],
)
async def test_the_statuses_of_a_message_go_wrong(bench: Bench, mode: str, told: list[str], webhooks: int) -> None:
    user = await bench.greeted(reads=True)
    wamid = await said(bench, user, mode)
    await bench.product.until(lambda: len(bench.product.statuses_of(wamid)) == len(told))
    # A duplicate has a webhook of its own, and nothing keeps it behind the first one.
    together = sorted if mode == "duplicate_statuses" else list
    assert together(bench.product.statuses_of(wamid)) == together(told)
    assert len([received for received in bench.product.received if received.statuses]) == webhooks
    assert (await bench.chat(user))[-1]["status"] == "read"


async def test_delivered_can_be_all_that_is_missing(bench: Bench) -> None:
    user = await bench.greeted()
    wamid = await said(bench, user, "drop_delivered")
    await heard(bench, user)
    assert bench.product.statuses_of(wamid) == ["sent"]
    assert (await bench.chat(user))[1]["status"] == "delivered"


async def test_no_status_at_all_may_come(bench: Bench) -> None:
    user = await bench.greeted()
    wamid = await said(bench, user, "drop_statuses")
    await heard(bench, user)
    assert bench.product.statuses_of(wamid) == []
    assert (await bench.chat(user))[1]["status"] == "delivered"


async def test_statuses_can_be_late(bench: Bench) -> None:
    user = await bench.greeted()
    wamid = await said(bench, user, "delay_statuses", seconds=90)
    await heard(bench, user)
    assert bench.product.statuses_of(wamid) == []
    bench.clock.advance(90)
    await bench.product.until(lambda: bench.product.statuses_of(wamid) == ["sent", "delivered"])


async def test_statuses_that_were_late_when_the_sandbox_stopped_are_told_after_its_start(starting: Starting) -> None:
    async with starting.sandbox() as bench:
        user = await bench.greeted()
        wamid = await said(bench, user, "delay_statuses", seconds=90)
        await bench.clock.until_asleep(1)
    async with starting.sandbox():
        await starting.product.until(lambda: starting.product.statuses_of(wamid) == ["sent", "delivered"])
