"""What went to and fro in conversations, counted: nothing of it is opened for that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from store.kinds import NO_MESSAGES

IN = """
select case when turn is null then 'received' else 'handled' end, count(*), min(arrived_at), max(arrived_at)
from inbox where conversation = any(%(of)s) and kind <> all(%(none)s) group by 1
"""
OUT = "select state, count(*), min(made_at), max(made_at) from outbox where conversation = any(%(of)s) group by 1"
# Of several messages that one turn took, each waited for its answer.
WAITED = """
select count(*), percentile_cont(0.5) within group (order by seconds),
       percentile_cont(0.95) within group (order by seconds)
from response_times where conversation = any(%(of)s)
"""


@dataclass(frozen=True)
class Traffic:
    """Counts by state; times; and how long answers took, in seconds from the message to the first acceptance."""

    incoming: dict[str, int] = field(default_factory=dict)
    """received | handled"""
    outgoing: dict[str, int] = field(default_factory=dict)
    """as in the outbox"""
    first_at: datetime | None = None
    last_at: datetime | None = None
    answered: int = 0
    """messages that an answer is known to have gone out to"""
    p50: float | None = None
    p95: float | None = None


class Traffics:
    """The traffic of all conversations."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def of(self, conversations: Sequence[UUID]) -> Traffic:
        """What went to and fro in these."""
        fields = {"of": list(conversations), "none": list(NO_MESSAGES)}
        async with self._pool.connection() as connection:
            came = await (await connection.execute(IN, fields)).fetchall()
            went = await (await connection.execute(OUT, fields)).fetchall()
            waited = await (await connection.execute(WAITED, fields)).fetchone()
        answered, p50, p95 = waited or (0, None, None)
        return Traffic(
            {state: count for state, count, _, _ in came},
            {state: count for state, count, _, _ in went},
            min((first for _, _, first, _ in (*came, *went)), default=None),
            max((last for _, _, _, last in (*came, *went)), default=None),
            answered,
            p50,
            p95,
        )
