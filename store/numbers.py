"""Our numbers, as far as something is wrong with them; and the provider's word on our templates."""

from __future__ import annotations

import time

from psycopg_pool import AsyncConnectionPool

STOP = """
insert into numbers (number, stopped_at, code, probe_at)
values (%(number)s, now(), %(code)s, now() + %(probe)s::interval)
on conflict (number) do update set
    stopped_at = coalesce(numbers.stopped_at, now()), code = excluded.code, probe_at = excluded.probe_at
returning xmax = 0
"""
PROBE = """
update numbers set probe_at = now() + %(probe)s::interval where number = %(number)s and probe_at <= now() returning true
"""
MEND = "delete from numbers where number = %s returning code"
RESUME = "update numbers set probe_at = now() where number = %s returning true"
TEMPLATE = """
insert into templates (name, language, status, reason) values (%s, %s, %s, %s)
on conflict (name, language) do update set status = excluded.status, reason = excluded.reason, changed_at = now()
"""
UNUSABLE = "select name, language from templates where status in ('paused', 'disabled', 'rejected', 'pending')"
FRESH = 2.0
"""seconds for which what is known of templates is not asked for again"""


class Numbers:
    """Which of our numbers are stopped: by the first message that the provider refuses for the number's sake."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def stop(self, number: str, code: int, probe_after: float) -> bool:
        """Nothing is accepted from this number; true when that is news."""
        fields = {"number": number, "code": code, "probe": f"{probe_after} seconds"}
        async with self._pool.connection() as connection:
            row = await (await connection.execute(STOP, fields)).fetchone()
        return bool(row and row[0])

    async def may_probe(self, number: str, probe_after: float) -> bool:
        """Whether we are the one who tries a message again; the next one may do so after so many seconds."""
        fields = {"number": number, "probe": f"{probe_after} seconds"}
        async with self._pool.connection() as connection:
            return await (await connection.execute(PROBE, fields)).fetchone() is not None

    async def mended(self, number: str) -> bool:
        """Something was accepted from it again; true when that is news."""
        async with self._pool.connection() as connection:
            return await (await connection.execute(MEND, (number,))).fetchone() is not None

    async def resume(self, number: str) -> bool:
        """Somebody has mended it: try at once. False when it is not stopped."""
        async with self._pool.connection() as connection:
            return await (await connection.execute(RESUME, (number,))).fetchone() is not None


class Templates:
    """What the provider says of our templates; of those it says nothing of, that they may be used."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool
        self._unusable: set[tuple[str, str]] = set()
        self._read_at = float("-inf")

    async def told(self, name: str, language: str, status: str, reason: str = "") -> None:
        """The provider changed its mind."""
        async with self._pool.connection() as connection:
            await connection.execute(TEMPLATE, (name, language, status, reason))
        self._read_at = float("-inf")

    async def usable(self, name: str, language: str) -> bool:
        """Whether a template may be sent."""
        if time.monotonic() - self._read_at > FRESH:
            async with self._pool.connection() as connection:
                rows = await (await connection.execute(UNUSABLE)).fetchall()
            self._unusable, self._read_at = {(row[0], row[1]) for row in rows}, time.monotonic()
        return (name, language) not in self._unusable
