"""What waits, and what is wrong: read for metrics and health, a query of a few rows each. Counts, no row's content."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from psycopg_pool import AsyncConnectionPool

PATIENCE = 2.0
"""seconds for all of it: a scrape that hangs tells less than one that says so"""
# An erased conversation's rows are never taken: there is nothing to read in them.
INBOX = """
select count(*), coalesce(extract(epoch from now() - min(arrived_at)), 0)::float8 from inbox
where turn is null and exists (select from keys where keys.conversation = inbox.conversation)
"""
OUTBOX = """
select state, count(*), extract(epoch from now() - min(made_at))::float8 from outbox
where state in ('pending', 'sending', 'deferred', 'unknown') group by state
"""
PARKED = "select count(*) from outbox where state = 'parked'"
LETTERS = "select reason, count(*) from dead_letters where replayed_at is null group by reason"
TROUBLE = "select count(*) from conversations where trouble <> ''"
STOPPED = "select number, code from numbers where stopped_at is not null and number = any(%s)"
SILENT = "select extract(epoch from now() - at)::float8 from heartbeats where process = 'worker'"


@dataclass(frozen=True)
class Backlog:
    """What waits now. Ages are in seconds, 0 where nothing waits."""

    inbox: int
    inbox_age: float
    outbox: Mapping[str, int]
    """by state, those only that a message can still be sent from"""
    outbox_age: float
    """of the oldest that is unsent; one that is parked waits for the person, and is not counted"""
    letters: Mapping[str, int]
    """dead letters that nobody has replayed, by reason"""
    trouble: int
    """conversations that wait for an operator"""
    stopped: int
    """numbers of ours that nothing is accepted from"""
    worker_silent: float | None
    """since the last sign of life of any worker; None when there was never one"""


class Backlogs:
    """Reads it."""

    def __init__(self, pool: AsyncConnectionPool, numbers: Sequence[str]) -> None:
        """`numbers` are ours by the provider's id: what is written down of others is no concern of ours."""
        self._pool = pool
        self._numbers = list(numbers)

    async def read(self) -> Backlog:
        """All of it, in one round trip. Raises psycopg's errors and TimeoutError."""
        async with asyncio.timeout(PATIENCE), self._pool.connection(PATIENCE) as connection:
            async with connection.pipeline():
                inbox = await connection.execute(INBOX)
                outbox = await connection.execute(OUTBOX)
                parked = await connection.execute(PARKED)
                letters = await connection.execute(LETTERS)
                trouble = await connection.execute(TROUBLE)
                stopped = await connection.execute(STOPPED, (self._numbers,))
                silent = await connection.execute(SILENT)
            [(waiting, age)] = await inbox.fetchall()
            unsent = await outbox.fetchall()
            [(parked_now,)] = await parked.fetchall()
            [(in_trouble,)] = await trouble.fetchall()
            beats = await silent.fetchone()
            return Backlog(
                inbox=waiting,
                inbox_age=age,
                outbox={**{state: count for state, count, _ in unsent}, "parked": parked_now},
                outbox_age=max((oldest for _, _, oldest in unsent), default=0.0),
                letters=dict(await letters.fetchall()),
                trouble=in_trouble,
                stopped=len(await stopped.fetchall()),
                worker_silent=beats[0] if beats else None,
            )

    async def stopped(self) -> dict[str, int]:
        """Our numbers that nothing is accepted from, and the provider's code for it. Raises as `read` does."""
        async with asyncio.timeout(PATIENCE), self._pool.connection(PATIENCE) as connection:
            return dict(await (await connection.execute(STOPPED, (self._numbers,))).fetchall())
