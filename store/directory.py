"""Who is behind a phone number: their conversations, with the bots of every business."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from store.kinds import NOT_WRITTEN
from store.sealing import Erased, KeyRing, Seal

FIND = """
select c.id, p.business, c.bot, c.number, c.stage, c.waiting_for, c.changed_at, p.stopped,
       c.last_in_at,
       exists (select from inbox i where i.conversation = c.id and i.turn is null and i.kind <> all(%s)), k.wrapped
from aliases a join persons p on p.id = a.person join conversations c on c.person = p.id
left join keys k on k.conversation = c.id
where a.kind = 'phone' and a.hash = %s and (%s::text is null or c.bot = %s)
order by c.made_at, c.id
"""


@dataclass(frozen=True)
class Known:
    """A conversation of somebody's, as far as it concerns those who want to write or to look."""

    conversation: UUID
    business: str
    bot: str
    number: str
    """ours, the one they last wrote to"""
    stage: str
    waiting_for: str
    changed_at: datetime
    opted_out: bool
    wrote_at: datetime | None
    """when they last wrote, by the provider's clock; None before the first turn"""
    unheard: bool
    """something that they wrote was taken by no turn yet: it may open the window, or opt them in again"""
    seal: Seal | None
    """None when it was erased"""


class Directory:
    """All people, by their phone numbers."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def of(self, phone: str, bot: str | None = None) -> list[Known]:
        """All conversations of whoever has this number (E.164) now, or the one with this bot. Raises KeyMissing."""
        fields = (list(NOT_WRITTEN), self._keys.hash("phone", phone), bot, bot)
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(FIND, fields)).fetchall()
        return [Known(*(*row[:-1], self._seal(row[0], row[-1]))) for row in rows]

    def _seal(self, conversation: UUID, wrapped: bytes | None) -> Seal | None:
        try:
            return self._keys.seal(conversation, wrapped)
        except Erased:
            return None
