"""What a provider's list of messages is asked for: how far it was read, what of it is known, what is on its way.

For a provider that does not tell a second time (Twilio).
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg_pool import AsyncConnectionPool

LOCK = 7_243_015
"""advisory lock: one process reads the list"""
FORGOTTEN_AFTER = timedelta(days=7)
READ_TO = "select read_to, looked_at from list_readings where number = %s"
READ = """
insert into list_readings (number, read_to) values (%(number)s, %(read_to)s)
on conflict (number) do update set read_to = greatest(list_readings.read_to, excluded.read_to),
    failed_at = null, failed_code = 0
"""
LOOKED = "update list_readings set looked_at = now(), failed_at = null, failed_code = 0 where number = %s"
FAILED = """
insert into list_readings (number, read_to, failed_at, failed_code) values (%(number)s, %(read_to)s, now(), %(code)s)
on conflict (number) do update set failed_at = now(), failed_code = excluded.failed_code
"""
KNOWN = """
select provider_id from inbox where provider = 'twilio' and provider_id = any(%(ids)s)
union
select id from unnest(%(ids)s::text[]) id where sha256(convert_to(id, 'UTF8')) in (select digest from unlisted_messages)
"""
# A message that was sent and is not there yet: from what the provider calls its own messages it is one of Twilio's.
ON_ITS_WAY = """
select o.provider_id, extract(epoch from now() - o.accepted_at)::float8 from outbox o
where o.state in ('accepted', 'sent')
  and o.accepted_at between now() - %(oldest)s::interval and now() - %(youngest)s::interval
  and o.provider_id ~ '^[SM]M[0-9a-f]{32}$'
order by o.accepted_at desc limit %(most)s
"""
LAST_FAILURE = "select failed_at, failed_code from list_readings where number = %s"
LAST_REFUSED = """
select o.changed_at, o.error_code from outbox o join conversations c on c.id = o.conversation
where o.error_code <> 0 and c.number = %s and o.changed_at > now() - interval '7 days'
order by o.changed_at desc limit 1
"""
FORGET = "delete from unlisted_messages where at < now() - %s::interval"


@dataclass(frozen=True)
class Reading:
    """How far a number's list was read, and when it was last asked what became of what was sent."""

    read_to: datetime
    looked_at: datetime


@dataclass(frozen=True)
class OnItsWay:
    """A message that nobody has told the end of, by the provider's id; seconds since it was accepted."""

    provider_id: str
    age: float


@dataclass(frozen=True)
class Mishap:
    """Something the provider refused, and its code."""

    at: datetime
    code: int


class CatchingUp:
    """Reads and writes it. All methods raise psycopg's errors when the database is away."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    @contextlib.asynccontextmanager
    async def alone(self) -> AsyncIterator[bool]:
        """True while no other process is at it; it is ours until the end of the block, or of this process."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute("select pg_try_advisory_lock(%s)", (LOCK,))).fetchone()
            ours = bool(row and row[0])
            try:
                yield ours
            finally:
                if ours:
                    await connection.execute("select pg_advisory_unlock(%s)", (LOCK,))

    async def reading(self, number: str) -> Reading | None:
        """How far this number's list was read; None where it never was."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(READ_TO, (number,))).fetchone()
        return Reading(*row) if row else None

    async def read(self, number: str, read_to: datetime) -> None:
        """Everything that came in until then was taken."""
        async with self._pool.connection() as connection:
            await connection.execute(READ, {"number": number, "read_to": read_to})

    async def looked(self, number: str) -> None:
        """It was asked now what became of what was sent."""
        async with self._pool.connection() as connection:
            await connection.execute(LOOKED, (number,))

    async def failed(self, number: str, read_to: datetime, code: int) -> None:
        """The list could not be read; `read_to` is where a first reading begins."""
        async with self._pool.connection() as connection:
            await connection.execute(FAILED, {"number": number, "read_to": read_to, "code": code})

    async def known(self, ids: Sequence[str]) -> set[str]:
        """Those of these messages that are in the inbox, or belonged to somebody who was erased."""
        async with self._pool.connection() as connection:
            return {row[0] for row in await (await connection.execute(KNOWN, {"ids": list(ids)})).fetchall()}

    async def on_their_way(self, youngest: timedelta, oldest: timedelta, most: int) -> list[OnItsWay]:
        """Messages of these ages that were accepted and of which nobody has told the end, the newest first."""
        fields = {"youngest": youngest, "oldest": oldest, "most": most}
        async with self._pool.connection() as connection:
            return [OnItsWay(*row) for row in await (await connection.execute(ON_ITS_WAY, fields)).fetchall()]

    async def forget(self) -> None:
        """What is so old that no list tells of it to us any more."""
        async with self._pool.connection() as connection:
            await connection.execute(FORGET, (FORGOTTEN_AFTER,))

    async def last_mishap(self, number: str) -> Mishap | None:
        """The last thing that went wrong with this number, in sending or in reading the list, within a week."""
        async with self._pool.connection() as connection:
            failed = await (await connection.execute(LAST_FAILURE, (number,))).fetchone()
            refused = await (await connection.execute(LAST_REFUSED, (number,))).fetchone()
        found = [Mishap(*row) for row in (failed, refused) if row is not None and row[0] is not None]
        return max(found, key=lambda mishap: mishap.at, default=None)
