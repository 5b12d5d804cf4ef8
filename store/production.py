"""Production lines and their shifts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from psycopg_pool import AsyncConnectionPool

from domain.production import LineState, ProductionLine, Shift

PUT_LINE = """
insert into production_lines (name, place, state) values (%s, %s, %s)
on conflict (name) do update set place = excluded.place, state = excluded.state
"""
PUT_SHIFT = """
insert into production_shifts (line, day, name, product, planned, made, good) values (%s, %s, %s, %s, %s, %s, %s)
on conflict (line, day, name) do update
set product = excluded.product, planned = excluded.planned, made = excluded.made, good = excluded.good
"""
SHIFTS = """
select s.line, s.day, s.name, s.product, s.planned, s.made, s.good
from production_shifts s join production_lines l on l.name = s.line
where s.day >= %s and s.day < %s order by s.day, l.place, s.name <> 'morning', s.name
"""
LINES = """
select l.name, l.state, coalesce(string_agg(distinct s.product, ', '), ''),
       coalesce(sum(s.made), 0)::int, coalesce(sum(s.good), 0)::int
from production_lines l left join production_shifts s on s.line = l.name and s.day = %s
group by l.name, l.state, l.place order by l.place
"""


class ProductionTable:
    """The plan, and how it goes."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def shifts(self, first: date, days: int) -> tuple[Shift, ...]:
        """The shifts of so many days from the first, by day, line and hour."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute(SHIFTS, (first, first + timedelta(days=days)))
            return tuple(Shift(*row) for row in await cursor.fetchall())

    async def lines(self, today: date) -> tuple[ProductionLine, ...]:
        """All lines, with what they make on this day and how good it is."""
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(LINES, (today,))).fetchall()
        return tuple(ProductionLine(*row) for row in rows)

    async def put(self, lines: Sequence[tuple[str, LineState]], shifts: Sequence[Shift]) -> None:
        """Keep lines (name and state, in the order of lists) and shifts as they stand now; others stay."""
        async with self._pool.connection() as connection, connection.transaction(), connection.cursor() as cursor:
            await cursor.executemany(PUT_LINE, [(name, place, state) for place, (name, state) in enumerate(lines)])
            rows = [(one.line, one.day, one.name, one.product, one.planned, one.made, one.good) for one in shifts]
            await cursor.executemany(PUT_SHIFT, rows)
