"""What nobody needs any more and nothing else does away with: counted, and cleared.

Nothing of a conversation is among it: how long people's answers are kept is for who answers for them to decide, and
`store/erasure.py` is for one person.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import LiteralString

from psycopg_pool import AsyncConnectionPool

ORPHANED = 30
"""days after which no provider tells of a message any more"""


@dataclass(frozen=True)
class Sort:
    """One sort of leftovers: what it is called, and which rows of which table."""

    name: str
    what: str
    table: LiteralString
    rows: LiteralString


SORTS = (
    Sort("uploads", "files that the provider has forgotten", "uploads", "expires_at < now()"),
    Sort("pace", "pairs and numbers that owe nothing", "pace", "empty_at < now() - interval '1 day'"),
    Sort(
        "statuses",
        "statuses whose message never came",
        "statuses",
        "at < now() - make_interval(days => greatest(%(days)s, %(orphaned)s))",
    ),
    Sort(
        "amendments",
        "edits and revokes whose message never came",
        "amendments",
        "applied_at is null and made_at < now() - make_interval(days => greatest(%(days)s, %(orphaned)s))",
    ),
    Sort(
        "dead_letters",
        "dead letters that were replayed",
        "dead_letters",
        "replayed_at < now() - make_interval(days => %(days)s)",
    ),
    Sort(
        "idempotency", "requests that no caller repeats any more", "idempotency", "made_at < now() - interval '2 days'"
    ),
    Sort(
        "erasures",
        "notes of erasures that are finished",
        "erasures",
        "finished_at < now() - make_interval(days => greatest(%(days)s, 365))",
    ),
)


class Cleaning:
    """All sorts."""

    def __init__(self, pool: AsyncConnectionPool, days: int) -> None:
        """`days`: what has to have been over for so long."""
        self._pool = pool
        self._fields = {"days": days, "orphaned": ORPHANED}

    async def count(self, sort: Sort) -> int:
        """How much there is."""
        async with self._pool.connection() as connection:
            cursor = await connection.execute(f"select count(*) from {sort.table} where {sort.rows}", self._fields)
            row = await cursor.fetchone()
        return int(row[0]) if row else 0

    async def clear(self, sort: Sort) -> int:
        """Do away with it; how much there was."""
        async with self._pool.connection() as connection, connection.transaction():
            if sort.table == "dead_letters":
                await connection.execute(
                    f"delete from keys where conversation in (select id from dead_letters where {sort.rows})",
                    self._fields,
                )
            cursor = await connection.execute(f"delete from {sort.table} where {sort.rows}", self._fields)
        return cursor.rowcount
