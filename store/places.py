"""Where a conversation's answers go, and the key to read them with."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from store.sealing import KeyRing, Seal

PLACE = """
select c.number, c.address_sealed, k.wrapped from conversations c left join keys k on k.conversation = c.id
where c.id = %s
"""


@dataclass(frozen=True)
class Place:
    """Our number, and the person's address: personal data."""

    number: str
    phone: str
    bsuid: str
    seal: Seal


class Places:
    """The places of all conversations."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def of(self, conversation: UUID) -> Place | None:
        """A conversation's place; None where there is no such conversation. Raises sealing.Erased."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(PLACE, (conversation,))).fetchone()
        if row is None:
            return None
        seal = self._keys.seal(conversation, row[2])
        address = seal.open_json("conversations.address", row[1])
        return Place(row[0], address["phone"], address["bsuid"], seal)
