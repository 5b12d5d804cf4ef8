"""Handing over to Temporal: what one conversation cannot be told is no reason to keep the others waiting."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg_pool import AsyncConnectionPool
from temporalio.client import Client, Interceptor, OutboundInterceptor, StartWorkflowInput, WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode

from domain.conversation import workflow_id
from domain.inbound import Sender
from domain.numbers import Number
from handing.conversations import HandOver
from store.arrivals import Arrival, Arrivals
from store.database import open_pool
from tests.running.product import Addresses
from tests.running.tables import KEYS


class Refusing(Interceptor):
    """Temporal, refusing to be told of certain conversations."""

    def __init__(self, status: RPCStatusCode) -> None:
        self.status = status
        self.refused: set[str] = set()
        self.asked = 0

    def intercept_client(self, next: OutboundInterceptor) -> OutboundInterceptor:
        refusing = self

        class Outbound(OutboundInterceptor):
            async def start_workflow(self, input: StartWorkflowInput) -> WorkflowHandle[Any, Any]:
                refusing.asked += 1
                if input.id in refusing.refused:
                    raise RPCError("refused", refusing.status, b"")
                return await self.next.start_workflow(input)

        return Outbound(next)


@pytest.fixture
async def pool(spare: Addresses) -> AsyncIterator[AsyncConnectionPool]:
    """The database of a product that does not run."""
    pool = await open_pool(spare.database_url, 5)
    yield pool
    await pool.close()


async def left_lying(pool: AsyncConnectionPool, at: Addresses) -> UUID:
    """Somebody has written, a while ago, and it was not handed over."""
    arrivals = Arrivals(pool, KEYS)
    number = Number("meta", at.number, "", "loan", at.namespace)
    found = await arrivals.conversation(Sender(phone=f"+9190{uuid4().int % 10**8:08d}"), number)
    await arrivals.store(found, Arrival("meta", f"wamid.{uuid4().hex}", "text", {"text": "hi"}))
    async with pool.connection() as connection:
        await connection.execute(
            "update inbox set arrived_at = now() - interval '1 minute' where conversation = %s", (found.conversation,)
        )
    return found.conversation


async def waiting(pool: AsyncConnectionPool, conversations: list[UUID]) -> list[UUID]:
    """Those of them that were not handed over."""
    async with pool.connection() as connection:
        cursor = await connection.execute(
            "select conversation from inbox where signalled_at is null and conversation = any(%s)", (conversations,)
        )
        return [row[0] for row in await cursor.fetchall()]


async def handing(pool: AsyncConnectionPool, at: Addresses, refusing: Refusing) -> HandOver:
    """What hands over, to a Temporal that may refuse."""
    return HandOver(pool, await Client.connect(at.temporal, namespace=at.namespace, interceptors=[refusing]))


async def test_one_that_temporal_refuses_keeps_nobody_else_waiting(pool: AsyncConnectionPool, spare: Addresses) -> None:
    refusing = Refusing(RPCStatusCode.INVALID_ARGUMENT)
    over = await handing(pool, spare, refusing)
    everybody = [await left_lying(pool, spare) for _ in range(6)]
    refusing.refused = {workflow_id(everybody[0]), workflow_id(everybody[3])}
    await over.sweep()
    assert set(await waiting(pool, everybody)) == {everybody[0], everybody[3]}
    assert await over.hand_over(everybody[0]) is False
    new = await left_lying(pool, spare)
    assert await over.hand_over(new) is True, "nor is anybody else held up for a while"
    refusing.refused = set()
    await over.sweep()
    assert await waiting(pool, everybody) == []


async def test_a_temporal_that_is_away_is_not_asked_for_everybody(pool: AsyncConnectionPool, spare: Addresses) -> None:
    refusing = Refusing(RPCStatusCode.UNAVAILABLE)
    over = await handing(pool, spare, refusing)
    await over.sweep()
    everybody = [await left_lying(pool, spare) for _ in range(6)]
    refusing.refused, refusing.asked = {workflow_id(one) for one in everybody}, 0
    begun = time.monotonic()
    await over.sweep()
    for one in everybody:
        assert await over.hand_over(one) is False
    assert refusing.asked == 1
    assert time.monotonic() - begun < 1
