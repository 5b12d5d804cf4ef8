"""Programs: what can be invested in, by category and rank."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg.rows import class_row
from psycopg_pool import AsyncConnectionPool

from domain.investments import Program

_COLUMNS = "country, category, name, description, minimum_investment, processing_time, link, rank"
FIRST = f"select {_COLUMNS} from programs where category = %s order by rank, name limit %s"
ALL = f"select {_COLUMNS} from programs order by category, rank, name"
PUT = f"""
insert into programs ({_COLUMNS})
values (%(country)s, %(category)s, %(name)s, %(description)s, %(minimum_investment)s, %(processing_time)s, %(link)s,
    %(rank)s)
on conflict (name) do update set
    country = excluded.country, category = excluded.category, description = excluded.description,
    minimum_investment = excluded.minimum_investment, processing_time = excluded.processing_time,
    link = excluded.link, rank = excluded.rank, changed_at = now()
where (programs.country, programs.category, programs.description, programs.minimum_investment,
    programs.processing_time, programs.link, programs.rank)
    is distinct from (excluded.country, excluded.category, excluded.description, excluded.minimum_investment,
    excluded.processing_time, excluded.link, excluded.rank)
"""


class Programs:
    """All programs."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def first(self, category: str, most: int) -> tuple[Program, ...]:
        """The first programs of a category, by rank."""
        return await self._read(FIRST, (category, most))

    async def all(self) -> tuple[Program, ...]:
        """Every program, by category and rank."""
        return await self._read(ALL)

    async def put(self, programs: Sequence[Program]) -> None:
        """Have these programs as they are here, known by their names. Others, and what is as it was, stay untouched."""
        async with self._pool.connection() as connection, connection.transaction(), connection.cursor() as cursor:
            await cursor.executemany(PUT, [vars(program) for program in programs])

    async def _read(self, query: str, values: tuple[Any, ...] = ()) -> tuple[Program, ...]:
        async with self._pool.connection() as connection, connection.cursor(row_factory=class_row(Program)) as cursor:
            return tuple(await (await cursor.execute(query, values)).fetchall())
