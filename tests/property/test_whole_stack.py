"""The same promise on the whole stack: webhook, Temporal, worker, and an outside world that does its worst.

`STACK_EXAMPLES=50` looks at as many random conversations; by default a few, the same ones each time.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine, Iterator
from contextlib import AsyncExitStack
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.running.everything import Everything
from tests.running.person import Person
from tests.running.product import Product
from tests.running.spare import held, running
from tests.running.tables import tables_of
from tests.running.waiting import until

EXAMPLES = int(os.environ.get("STACK_EXAMPLES", "5"))
FAULTS: tuple[dict[str, Any], ...] = (
    {"mode": "error", "code": 131000},
    {"mode": "error", "code": 131056},
    {"mode": "http", "code": 500},
    {"mode": "drop"},
    {"mode": "accept_then_drop"},
    {"mode": "status_first"},
    {"mode": "statuses_reversed"},
    {"mode": "statuses_shuffled"},
    {"mode": "drop_delivered"},
    {"mode": "duplicate_statuses"},
    {"mode": "delay_statuses", "seconds": 2},
    {"mode": "duplicate_webhook"},
    {"mode": "duplicate_webhook_at_once"},
    {"mode": "reorder_webhooks", "seconds": 0.3},
    {"mode": "hold_webhook", "seconds": 0.5},
    {"mode": "edit_before_target"},
    {"mode": "millisecond_timestamps"},
)
WORDS = ("Asha Rao", "back", "help", "hi", "menu", "5/11/1987", "language")

STEP = st.one_of(
    st.tuples(st.just("write"), st.lists(st.sampled_from(WORDS), min_size=1, max_size=2)),
    st.tuples(st.just("write"), st.lists(st.sampled_from(WORDS), min_size=1, max_size=2)),
    st.tuples(st.just("fault"), st.sampled_from(FAULTS)),
    st.tuples(st.just("kill"), st.sampled_from(["worker", "api"])),
    st.tuples(st.just("again"), st.none()),
)
TAKEN = """
select count(*) filter (where turn is null), count(*) - count(distinct provider_id) from inbox where conversation = %s
"""
UNSENT = """
select count(*) from outbox
where conversation = %s and state not in ('accepted', 'sent', 'delivered', 'read') and reason <> 'in_doubt'
"""


class Stack:
    """A product that may be killed, in a loop of its own."""

    def __init__(self, shared: Everything) -> None:
        self.loop = asyncio.new_event_loop()
        self.open = AsyncExitStack()
        self.shared = shared

    def run(self, doing: Coroutine[Any, Any, Any]) -> Any:
        """Do it now."""
        return self.loop.run_until_complete(doing)

    async def start(self) -> None:
        """Start it."""
        at = await self.open.enter_async_context(held(self.shared.own))
        self.product = await self.open.enter_async_context(running(Product(at)))
        self.tables = await self.open.enter_async_context(tables_of(at))
        self.http = await self.open.enter_async_context(httpx.AsyncClient(timeout=60, trust_env=False))

    async def live(self, steps: list[tuple[str, Any]]) -> None:
        """One conversation through all of this; then everything is mended, comes to rest and is counted."""
        asha = await Person.appear(self.http, self.product.at)
        control = f"{asha.at.sandbox}/sandbox/users/{asha.id}"
        for words in ("hi", "English", "1"):
            await asha.write(words)
            await asha.settle()
        for what, with_what in steps:
            match what:
                case "write":
                    await asha.write(*with_what)
                case "fault":
                    (
                        await self.http.post(f"{control}/faults", json={**with_what, "fail_next_sends": 1})
                    ).raise_for_status()
                case "kill":
                    (self.product.worker if with_what == "worker" else self.product.api).restart()
                case "again":
                    await asha.last_webhook_again()
        (await self.http.post(f"{control}/faults", json={"mode": "drop", "fail_next_sends": 0})).raise_for_status()
        await self.product.ready()
        await asha.write("hi")
        await self.rests(asha)
        await self.count(asha)

    async def rests(self, asha: Person) -> None:
        """Wait until all that was written has come and is dealt with."""

        async def at_rest() -> bool:
            try:
                messages = (await self.http.get(f"{asha.at.sandbox}/sandbox/users/{asha.id}/messages")).json()
                await asha.settle()
            except (RuntimeError, httpx.HTTPError):
                return False
            return all(one["status"] == "delivered" for one in messages if one["direction"] == "in")

        await until(at_rest, 90)

    async def count(self, asha: Person) -> None:
        """Nothing was lost, nothing doubled, all is in order."""
        seen = await asha.inspect()
        conversation = seen["conversation_id"]
        assert await self.tables.rows(TAKEN, conversation) == [(0, 0)]
        assert await self.tables.value(UNSENT, conversation) == 0
        assert seen["trouble"] == ""
        sends = (
            await self.http.get(f"{asha.at.sandbox}/sandbox/sends", params={"user": asha.id, "limit": 1000})
        ).json()
        assert sends["doubled"] == {}
        rows = await self.tables.rows("select id, turn, place from outbox where conversation = %s", conversation)
        spots = {str(id): (turn, place) for id, turn, place in rows}
        order = [spots[one["key"]] for one in sends["sends"]]
        assert order == sorted(order)


@pytest.fixture
def stack(shared: Everything) -> Iterator[Stack]:
    """It runs."""
    stack = Stack(shared)
    stack.run(stack.start())
    yield stack
    stack.run(stack.open.aclose())
    stack.loop.close()


@pytest.mark.timeout(3000)
def test_nothing_is_lost_and_nothing_is_doubled(stack: Stack) -> None:
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize="STACK_EXAMPLES" not in os.environ,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(st.lists(STEP, min_size=3, max_size=10))
    def each(steps: list[tuple[str, Any]]) -> None:
        stack.run(stack.live(steps))

    each()
