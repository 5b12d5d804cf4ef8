"""Telling a broadcast's workflow that something was asked of it: it looks in the database what."""

from __future__ import annotations

import asyncio
from uuid import UUID

import structlog
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.service import RPCError

from domain.broadcasts import BROADCAST, CHANGED, BroadcastOrder, broadcast_workflow
from domain.conversation import CONVERSATIONS
from handing.conversations import NOTICED_AFTER, PATIENCE
from store.broadcasts import Broadcasts
from workflows.temporal import AWAY, is_of_one

log = structlog.get_logger()


class BroadcastHandOver:
    """Signals broadcasts, starting them where they do not run."""

    def __init__(self, broadcasts: Broadcasts, client: Client) -> None:
        self._broadcasts = broadcasts
        self._client = client

    async def tell(self, broadcast: UUID) -> bool:
        """Have its workflow look now. False where Temporal is away: the sweeper tells it later."""
        try:
            return await self._tell(broadcast)
        except AWAY as error:
            _log(broadcast, error)
            return False

    async def sweep(self) -> int:
        """Tell those that were not told, or have not looked for long; how many."""
        told = 0
        for broadcast in await self._broadcasts.untold():
            try:
                told += await self._tell(broadcast)
            except AWAY as error:
                _log(broadcast, error)
                if not is_of_one(error):
                    break
        return told

    async def _tell(self, broadcast: UUID) -> bool:
        asked_at = await self._broadcasts.asked_at(broadcast)
        if asked_at is None:
            return False
        async with asyncio.timeout(PATIENCE):
            await self._client.start_workflow(
                BROADCAST,
                BroadcastOrder(),
                id=broadcast_workflow(broadcast),
                task_queue=CONVERSATIONS,
                task_timeout=NOTICED_AFTER,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                start_signal=CHANGED,
            )
        await self._broadcasts.told(broadcast, asked_at)
        return True


def _log(broadcast: UUID, error: BaseException) -> None:
    name = error.status.name if isinstance(error, RPCError) else type(error).__name__
    log.warning("temporal did not take a broadcast", broadcast=str(broadcast), error=name)
