"""Where conversations stand, read only: each with its state, for a rehearsal; all of a bot counted, for its map."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from store.sealing import Erased, KeyRing

AT_A_TIME = 500
"""rows fetched at once"""
STANDING = """
select c.id, c.bot, c.state_sealed, k.wrapped, c.waiting_for,
       array(select w.key from work w where w.conversation = c.id and w.ended_at is null)
from conversations c left join keys k on k.conversation = c.id
where c.state_sealed is not null and (%(bot)s = '' or c.bot = %(bot)s) order by c.id
"""
COUNT = "select count(*) from conversations where state_sealed is not null and (%(bot)s = '' or bot = %(bot)s)"
CAME_TO = """
select stage, count(distinct conversation) from stage_changes
where bot = %(bot)s and at >= current_date - (%(days)s::integer - 1) group by stage
"""
STAND_AT = """
select stage, waiting_for, count(*) from conversations
where bot = %(bot)s and waiting_for <> '' and changed_at >= current_date - (%(days)s::integer - 1)
group by stage, waiting_for
"""


@dataclass(frozen=True)
class Standing:
    """A conversation as the last turn left it."""

    conversation: UUID
    bot: str
    state: str | None
    """opaque; None where it was erased"""
    waiting_for: str
    working: frozenset[str]
    """keys of work that has not ended"""


async def how_many(pool: AsyncConnectionPool, bot: str = "") -> int:
    """How many conversations had a turn; of one bot, or of all."""
    async with pool.connection() as connection:
        found = await (await connection.execute(COUNT, {"bot": bot})).fetchone()
    return int(found[0]) if found else 0


async def standing(pool: AsyncConnectionPool, keys: KeyRing, bot: str = "") -> AsyncIterator[Standing]:
    """Each conversation that had a turn, as of one moment; of one bot, or of all. Raises sealing.KeyMissing."""
    async with pool.connection() as connection, connection.transaction():
        await connection.execute("set transaction isolation level repeatable read, read only")
        async with connection.cursor(name="standing") as cursor:
            cursor.itersize = AT_A_TIME
            await cursor.execute(STANDING, {"bot": bot})
            async for conversation, of_bot, sealed, wrapped, waiting_for, working in cursor:
                try:
                    state = keys.seal(conversation, wrapped).open("conversations.state", sealed)
                except Erased:
                    state = None
                yield Standing(conversation, of_bot, state, waiting_for, frozenset(working))


async def came_to(pool: AsyncConnectionPool, bot: str, days: int) -> dict[str, int]:
    """How many conversations of a bot came into each of its stages in the last days, today among them."""
    async with pool.connection() as connection:
        cursor = await connection.execute(CAME_TO, {"bot": bot, "days": days})
        return {stage: number async for stage, number in cursor}


async def stand_at(pool: AsyncConnectionPool, bot: str, days: int) -> dict[tuple[str, str], int]:
    """How many stand where: (stage, what is waited for), of those that anything happened to in the last days."""
    async with pool.connection() as connection:
        cursor = await connection.execute(STAND_AT, {"bot": bot, "days": days})
        return {(stage, waiting_for): number async for stage, waiting_for, number in cursor}
