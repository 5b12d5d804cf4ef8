"""Frequent questions with their answers, by bot."""

from __future__ import annotations

from collections.abc import Sequence

from psycopg_pool import AsyncConnectionPool

from domain.enquiries import Faq

OF = "select id, title, question, answer from faqs where bot = %s order by place"
PUT = """
insert into faqs (bot, id, place, title, question, answer) values (%s, %s, %s, %s, %s, %s)
on conflict (bot, id) do update
set place = excluded.place, title = excluded.title, question = excluded.question, answer = excluded.answer
"""
OTHERS = "delete from faqs where bot = %s and id <> all(%s)"


class FaqTable:
    """The frequent questions of all bots."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def of(self, bot: str) -> tuple[Faq, ...]:
        """Those of a bot, in their order."""
        async with self._pool.connection() as connection:
            return tuple(Faq(*row) for row in await (await connection.execute(OF, (bot,))).fetchall())

    async def put(self, bot: str, faqs: Sequence[Faq]) -> None:
        """Let a bot have these, and no others."""
        async with self._pool.connection() as connection, connection.transaction(), connection.cursor() as cursor:
            await cursor.execute(OTHERS, (bot, [faq.id for faq in faqs]))
            rows = [(bot, one.id, place, one.title, one.question, one.answer) for place, one in enumerate(faqs)]
            await cursor.executemany(PUT, rows)
