"""Handing over to the conversation what its inbox holds: one function for whoever put it there, and for the sweeper."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from enum import Enum, auto
from uuid import UUID

import psycopg
import structlog
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError

from domain.conversation import ARRIVED, CONVERSATIONS, WORKFLOW, Arrived, Carry, workflow_id
from store.handing import Handing
from telemetry import metrics
from telemetry.labels import By
from telemetry.labels import Handed as HandedLabel
from workflows.temporal import AWAY, is_of_one

log = structlog.get_logger()

PATIENCE = 3.0
"""seconds for one signal; an RPC's own deadline was seen to hang for twice as long with the server gone"""
NOTICED_AFTER = timedelta(seconds=4)
"""a worker killed in mid-turn is noticed after so long; a turn that takes longer tells Temporal so by itself"""
QUEUES_FOR = 0.25
"""seconds that a webhook waits for others to be handed over; then it is acknowledged, and swept up a moment later"""
BREAK = 2.0
"""seconds without a try after one that failed: meanwhile webhooks are answered at once, and swept up later"""


class Handed(Enum):
    """How it went with one conversation."""

    OVER = auto()
    NOT_THIS = auto()
    """Temporal refused this one; others it may take"""
    NOTHING_NOW = auto()
    """nobody can be handed over just now"""


TOLD: dict[Handed, HandedLabel] = {Handed.OVER: "over", Handed.NOT_THIS: "refused", Handed.NOTHING_NOW: "away"}
"""what metrics call it"""


class HandOver:
    """Signals conversations, starting them where they do not run."""

    def __init__(self, pool: AsyncConnectionPool, client: Client, pause: float = 0.0) -> None:
        """`pause`: seconds that a conversation waits for more before it takes its turn."""
        self._handing = Handing(pool)
        # Each holds a connection while Temporal answers: what comes in must find one all the same.
        self._slots = asyncio.Semaphore(max(1, pool.max_size // 2))
        self._client = client
        self._pause = pause
        self._broken_until = 0.0

    async def hand_over(self, conversation: UUID, by: By = "webhook") -> bool:
        """Signal what was not yet, in order. False when that could not be done now: the sweeper tries again."""
        return await self._hand_over(conversation, by) is Handed.OVER

    async def sweep(self) -> int:
        """Hand over what was left lying; how many conversations that was."""
        over = 0
        for conversation in await self._handing.left_lying():
            handed = await self._hand_over(conversation, "sweeper")
            if handed is Handed.NOTHING_NOW:
                break
            over += handed is Handed.OVER
        return over

    async def wake(self) -> int:
        """Wake conversations that slept through a deadline, as when Temporal's store was lost; how many."""
        overslept = await self._handing.overslept()
        for conversation in overslept:
            try:
                await self._signal(conversation, [])
            except AWAY as error:
                log.warning("temporal did not take a wake-up", conversation=str(conversation), error=_named(error))
                if not is_of_one(error):
                    break
        return len(overslept)

    async def _hand_over(self, conversation: UUID, by: By) -> Handed:
        handed = await self._try(conversation)
        metrics.handed_over(TOLD[handed], by)
        return handed

    async def _try(self, conversation: UUID) -> Handed:
        try:
            async with asyncio.timeout(QUEUES_FOR):
                await self._slots.acquire()
        except TimeoutError:
            return Handed.NOTHING_NOW
        try:
            return await self._try_now(conversation)
        finally:
            self._slots.release()

    async def _try_now(self, conversation: UUID) -> Handed:
        if time.monotonic() < self._broken_until:
            return Handed.NOTHING_NOW
        try:
            async with self._handing.unsignalled(conversation) as rows:
                if rows:
                    await self._signal(conversation, rows)
        except AWAY as error:
            log.warning("temporal did not take a signal", conversation=str(conversation), error=_named(error))
            if is_of_one(error):
                return Handed.NOT_THIS
            self._broken_until = time.monotonic() + BREAK
            return Handed.NOTHING_NOW
        except (psycopg.OperationalError, PoolTimeout) as error:
            # What came in is stored: the webhook is answered 200 all the same.
            log.warning("not handed over yet", error=type(error).__name__)
            return Handed.NOTHING_NOW
        return Handed.OVER

    async def _signal(self, conversation: UUID, rows: list[int]) -> None:
        async with asyncio.timeout(PATIENCE):
            await self._client.start_workflow(
                WORKFLOW,
                Carry(),
                id=workflow_id(conversation),
                task_queue=CONVERSATIONS,
                task_timeout=NOTICED_AFTER,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                start_signal=ARRIVED,
                start_signal_args=[Arrived(rows, self._pause if rows else 0.0)],
            )


def _named(error: BaseException) -> str:
    return error.status.name if isinstance(error, RPCError) else type(error).__name__
