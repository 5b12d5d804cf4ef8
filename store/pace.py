"""How fast a number sends, across any number of workers: a leaky bucket in PostgreSQL, for both directions together.

A process takes room for a few messages at a time and uses it within a moment, so that one row is not the place where
all workers queue. What was taken and not used is lost: at low rates nobody needs it, at high rates nothing is left.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass

import psycopg
import structlog
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout

log = structlog.get_logger()

AT_ONCE = 0.05
"""seconds of a number's rate that a process takes at a time, and for how long it may use it"""
BURST = 1.0
"""seconds of a number's rate that may go at once (Meta's limit is by the second)"""

TAKE = """
insert into pace (bucket, empty_at) values ('number:' || %(number)s, now() + make_interval(secs => %(costs)s))
on conflict (bucket) do update
    set empty_at = greatest(pace.empty_at, now()) + make_interval(secs => %(costs)s)
    where pace.empty_at <= now() + make_interval(secs => %(room)s)
returning 0::float8
"""
FULL = """
select greatest(0, extract(epoch from empty_at - now()) - %(room)s)::float8 from pace
where bucket = 'number:' || %(number)s
"""
HEARD = """
insert into pace (bucket, empty_at)
values ('number:' || %(number)s, now() + make_interval(secs => least(%(costs)s::float8, %(most)s::float8)))
on conflict (bucket) do update set empty_at = least(
    greatest(pace.empty_at, now()) + make_interval(secs => %(costs)s), now() + make_interval(secs => %(most)s))
"""
LOSABLE = "set local synchronous_commit = off"
"""Pace that a crash forgets is harmless, and nobody waits for a disk while holding the row that all want."""


@dataclass
class _Held:
    """Room taken and not used yet."""

    messages: int = 0
    until: float = 0.0


class NumberPace:
    """The buckets of all numbers."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool
        self._held: dict[str, _Held] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._heard: Counter[tuple[str, int]] = Counter()
        self._telling: asyncio.Task[None] | None = None

    async def take(self, number: str, rate: int) -> float:
        """Take room for one message: 0.0 when it may go now, else the seconds until there may be room."""
        async with self._locks.setdefault(number, asyncio.Lock()):
            held = self._held.setdefault(number, _Held())
            if not held.messages or time.monotonic() > held.until:
                wanted = max(1, int(rate * AT_ONCE))
                full_for = await self._take(number, rate, wanted)
                if full_for > 0:
                    return full_for
                held.messages, held.until = wanted, time.monotonic() + AT_ONCE
            held.messages -= 1
            return 0.0

    async def _take(self, number: str, rate: int, messages: int) -> float:
        costs = messages / rate
        fields = {"number": number, "costs": costs, "room": BURST - costs}
        async with self._pool.connection() as connection, connection.transaction():
            async with connection.pipeline():
                await connection.execute(LOSABLE)
                cursor = await connection.execute(TAKE, fields)
            if await cursor.fetchone() is not None:
                return 0.0
            row = await (await connection.execute(FULL, fields)).fetchone()
        # At least a moment: the row was full just now.
        return max(row[0] if row else 0.0, costs)

    def heard(self, number: str, rate: int) -> None:
        """Count a message that came in: written down soon, several at a time, and never waited for."""
        self._heard[number, rate] += 1
        if self._telling is None:
            self._telling = asyncio.create_task(self._tell())

    @property
    def telling(self) -> bool:
        """Whether something that came in is not written down yet."""
        return self._telling is not None

    async def _tell(self) -> None:
        try:
            while self._heard:
                await asyncio.sleep(AT_ONCE)
                heard, self._heard = self._heard, Counter()
                await self._write(heard)
        except (psycopg.Error, PoolTimeout, PoolClosed) as error:
            # A number may send a little too fast for a moment then: Meta says so, and it is put off.
            log.info("what came in is not counted towards the pace", error=type(error).__name__)
        finally:
            self._telling = None

    async def _write(self, heard: Counter[tuple[str, int]]) -> None:
        async with self._pool.connection() as connection, connection.transaction(), connection.pipeline():
            await connection.execute(LOSABLE)
            # In one order for all, so that no two wait for each other.
            for (number, rate), messages in sorted(heard.items()):
                fields = {"number": number, "costs": messages / rate, "most": 2 * BURST}
                await connection.execute(HEARD, fields)
