"""After a fix: have conversations in trouble tried again. An operator's act is a row of the inbox, like all else."""

from __future__ import annotations

from uuid import UUID, uuid4

from psycopg_pool import AsyncConnectionPool

from store.arrivals import Arrival, Arrivals, Found
from store.places import Places
from store.sealing import KeyRing

IN_TROUBLE = "select id from conversations where trouble <> '' order by changed_at"


class Retrying:
    """Orders retries. The API's sweeper hands them over."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._places = Places(pool, keys)
        self._arrivals = Arrivals(pool, keys)

    async def retry(self, conversation: UUID) -> bool:
        """Have this one tried again; False where there is none. Raises sealing.Erased."""
        place = await self._places.of(conversation)
        if place is None:
            return False
        await self._arrivals.store(
            Found(conversation, place.seal), Arrival("operator", f"retry-{uuid4()}", "retry", {})
        )
        return True

    async def in_trouble(self) -> list[UUID]:
        """All that an operator must look at, the longest in trouble first."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute(IN_TROUBLE)
            return [row[0] for row in await cursor.fetchall()]
