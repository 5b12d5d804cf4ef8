"""Signs of life: which processes are up, so that `/healthz` can tell."""

from __future__ import annotations

import asyncio
import contextlib

import psycopg
from psycopg_pool import AsyncConnectionPool, PoolTimeout

EVERY = 5.0
"""seconds between two signs"""
DEAD_AFTER = 15.0
"""seconds without one"""
BEAT = "insert into heartbeats (process, at) values (%s, now()) on conflict (process) do update set at = excluded.at"


class Heartbeats:
    """The table of signs of life."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def beat(self, process: str) -> None:
        """Give signs until cancelled; a database that is away is no reason to stop."""
        while True:
            with contextlib.suppress(psycopg.OperationalError, PoolTimeout):
                async with self._pool.connection() as connection:
                    await connection.execute(BEAT, (process,))
            await asyncio.sleep(EVERY)

    async def age(self, process: str) -> float | None:
        """Seconds since the last sign; None when there was never one."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute(
                "select extract(epoch from now() - at)::float8 from heartbeats where process = %s", (process,)
            )
            row = await cursor.fetchone()
        return row[0] if row else None
