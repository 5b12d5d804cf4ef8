"""Dead letters: what a webhook brought and nobody could take, each kept sealed under a key of its own, with the reason.

After a fix (a number added, a release that understands it) they are replayed: `sutradhar dead-letters replay`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg_pool import AsyncConnectionPool

from store.sealing import KeyRing

KEEP = """
insert into dead_letters (id, provider, number, reason, detail, item_sealed, fingerprint, trace)
values (%s, %s, %s, %s, %s, %s, %s, %s)
on conflict (fingerprint) do update set arrived_at = now(), replayed_at = null
    where dead_letters.replayed_at is not null
returning id
"""
KEY = "insert into keys (conversation, wrapped) values (%s, %s)"
OPEN = """
select id, provider, number, reason, detail, arrived_at from dead_letters
where replayed_at is null order by arrived_at limit %s
"""
READ = """
select l.item_sealed, k.wrapped from dead_letters l left join keys k on k.conversation = l.id where l.id = %s
"""
REPLAYED = "update dead_letters set replayed_at = now() where id = %s"


@dataclass(frozen=True)
class Letter:
    """What may be shown of one: nothing that somebody wrote."""

    id: UUID
    provider: str
    number: str
    """ours, that it came to"""
    reason: str
    """unreadable | unknown_number | no_sender | unstorable"""
    detail: str
    """the field and the kind of what was found, never its value"""
    arrived_at: datetime


class DeadLetters:
    """All of them."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def keep(self, provider: str, number: str, reason: str, detail: str, item: Any, trace: str = "") -> bool:
        """Keep an item as the provider would send it again; False when the same one is kept already."""
        text = json.dumps(item, sort_keys=True, ensure_ascii=True)
        letter = uuid4()
        wrapped, seal = self._keys.new(letter)
        sealed, fingerprint = seal.seal("dead_letters.item", text), self._keys.hash("dead letter", text)
        fields = (letter, provider, number, reason, detail[:500], sealed, fingerprint, trace)
        async with self._pool.connection() as connection, connection.transaction():
            row = await (await connection.execute(KEEP, fields)).fetchone()
            if row is not None and row[0] == letter:
                await connection.execute(KEY, (letter, wrapped))
        return row is not None

    async def open(self, most: int = 1000) -> list[Letter]:
        """Those that nobody has replayed, the oldest first."""
        async with self._pool.connection() as connection:
            return [Letter(*row) async for row in await connection.execute(OPEN, (most,))]

    async def item(self, letter: UUID) -> Any:
        """What is in one. Raises LookupError where there is none, sealing.Erased."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(READ, (letter,))).fetchone()
        if row is None:
            raise LookupError(f"there is no dead letter {letter}")
        return self._keys.seal(letter, row[1]).open_json("dead_letters.item", row[0])

    async def replayed(self, letter: UUID) -> None:
        """Somebody could take it after all."""
        async with self._pool.connection() as connection:
            await connection.execute(REPLAYED, (letter,))
