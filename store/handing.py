"""Which rows of the inbox no signal has told of yet."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

UNSIGNALLED = "select id from inbox where conversation = %s and signalled_at is null order by id"
SIGNALLED = "update inbox set signalled_at = now() where id = any(%s)"
LEFT_LYING = """
select distinct conversation from inbox
where signalled_at is null and arrived_at < now() - interval '2 seconds' limit 200
"""
OVERSLEPT = """
select id from conversations
where wake_at < extract(epoch from now()) - 120 and changed_at < now() - interval '2 minutes' limit 200
"""


class Handing:
    """The inbox, as far as signalling goes."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    @asynccontextmanager
    async def unsignalled(self, conversation: UUID) -> AsyncIterator[list[int]]:
        """The rows to signal, in order, nobody else signalling meanwhile; marked so when the block ends well.

        The lock is one of its own, not the conversation's row: a turn must not wait for Temporal's answer.
        """
        async with self._pool.connection() as connection, connection.transaction():
            async with connection.pipeline():
                await connection.execute("select pg_advisory_xact_lock(%s)", (_lock(conversation),))
                cursor = await connection.execute(UNSIGNALLED, (conversation,))
            rows = [row[0] for row in await cursor.fetchall()]
            yield rows
            if rows:
                await connection.execute(SIGNALLED, (rows,))

    async def left_lying(self) -> list[UUID]:
        """Conversations with rows that were not signalled for a while."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute(LEFT_LYING)
            return [row[0] for row in await cursor.fetchall()]

    async def overslept(self) -> list[UUID]:
        """Conversations whose deadline has long passed and that decided nothing: their alarm is dead."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute(OVERSLEPT)
            return [row[0] for row in await cursor.fetchall()]


def _lock(conversation: UUID) -> int:
    return int.from_bytes(conversation.bytes[:8], "big", signed=True)
