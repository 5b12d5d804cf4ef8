"""What became of messages, as statuses tell it: written in bulk, and only upwards.

accepted < sent < delivered < read; `failed` ends it, unless `delivered` arrives after all. A status that comes before
its message has a provider's id finds it by our key, which it echoes; one that finds no message waits to be joined.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from domain.inbound import StatusUpdate
from store.database import UNSTORABLE

TOLD = ("sent", "delivered", "read", "failed")
WINDOW_CLOSED = "(131047, 63016)"
"""Meta's and Twilio's code for what came after the window had closed: told after acceptance too, and then the message
is parked"""

RANK = (
    "array_position(array['pending','sending','deferred','unknown','parked','accepted','sent','delivered','read'], {})"
)
TABLE = """
select key, provider_id, status, code, at
from unnest(%(keys)s::uuid[], %(ids)s::text[], %(statuses)s::text[], %(codes)s::int[], %(ats)s::float8[])
    as t (key, provider_id, status, code, at)
"""
CLIMB = f"""
with told as materialized ({TABLE}),
target as materialized (
    select t.*, coalesce(by_key.id, by_id.id) as row
    from told t
    left join outbox by_key on by_key.id = t.key
    left join lateral (
        select id from outbox where provider_id = t.provider_id and by_key.id is null limit 1
    ) by_id on true
),
-- In one order for all: else two webhooks could each hold a row that the other waits for.
locked as materialized (
    select id from outbox where id in (select row from target) order by id for update
),
strongest as (
    select distinct on (row) row, provider_id, status, code,
           min(at) filter (where status <> 'failed') over (partition by row) as sent_at
    from target where row is not null
    order by row, array_position(array['read', 'delivered', 'failed', 'sent'], status)
),
climbed as (
    update outbox o set
        state = case
            when s.status = 'failed' and o.state in ('delivered', 'read') then o.state
            when s.status = 'failed' and s.code in {WINDOW_CLOSED} and o.purpose <> 'marketing' then 'parked'
            when s.status = 'failed' then 'failed'
            when o.state = 'failed' and o.reason <> 'in_doubt' and s.status = 'sent' then o.state
            when o.state = 'failed' then s.status
            when {RANK.format("s.status")} > {RANK.format("o.state")} then s.status
            else o.state end,
        provider_id = coalesce(o.provider_id, s.provider_id),
        sent_at = least(o.sent_at, to_timestamp(s.sent_at)),
        error_code = case when s.status = 'failed' then s.code else o.error_code end,
        reason = case
            when s.status = 'failed' and o.state not in ('delivered', 'read')
                then case when s.code in {WINDOW_CLOSED} then 'window' else 'told' end
            when s.status in ('delivered', 'read') or o.reason = 'in_doubt' then '' else o.reason end,
        changed_at = now()
    from strongest s join locked on locked.id = s.row
    where o.id = s.row
    returning o.conversation, o.question, o.as_template, o.turn, o.state
),
arrived as materialized (
    select c.id, climbed.question from conversations c join climbed on climbed.conversation = c.id
    where climbed.question <> '' and not climbed.as_template and climbed.state in ('sent', 'delivered', 'read')
      and c.shown <> climbed.question
      and not exists (select from outbox later where later.conversation = c.id
                      and (later.question <> '' or later.clears)
                      and later.turn > climbed.turn and later.provider_id is not null)
    order by c.id for update of c
),
-- A send whose answer was lost was shown all the same.
shown as (update conversations c set shown = arrived.question from arrived where c.id = arrived.id)
select provider_id, status, code, at, key
from target where row is null
"""
KEEP = f"""
insert into statuses (provider, provider_id, status, error_code, at)
select case when provider_id ~ '^[SM]M[0-9a-f]{{32}}$' then 'twilio' else 'meta' end,
       provider_id, status, code, to_timestamp(at) from ({TABLE}) told order by provider_id, status
on conflict do nothing
"""


class Statuses:
    """Writes statuses down. Those of several webhooks at once go in one statement."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool
        self._gathered: list[tuple[StatusUpdate, asyncio.Future[int]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def tell(self, updates: Sequence[StatusUpdate]) -> int:
        """Write these; how many cannot be stored. Raises psycopg's errors when the database is away."""
        known = [update for update in updates if update.status in TOLD]
        if not known:
            return 0
        loop = asyncio.get_running_loop()
        mine = [(update, loop.create_future()) for update in known]
        self._gathered += mine
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_all())
        # Each is waited for, so that none of their exceptions goes unseen.
        told = await asyncio.gather(*(future for _, future in mine), return_exceptions=True)
        for outcome in told:
            if isinstance(outcome, BaseException):
                raise outcome
        return sum(outcome for outcome in told if isinstance(outcome, int))

    async def _write_all(self) -> None:
        """While one statement is on its way, the next one gathers: no webhook waits for company."""
        try:
            while self._gathered:
                batch, self._gathered = self._gathered, []
                try:
                    lost = await self._write([update for update, _ in batch])
                except BaseException as error:
                    for _, future in batch:
                        if not future.done():
                            future.set_exception(error)
                    if not isinstance(error, Exception):
                        raise
                    continue
                for update, future in batch:
                    if not future.done():
                        future.set_result(int(id(update) in lost))
        finally:
            self._writing = None

    async def _write(self, updates: Sequence[StatusUpdate]) -> set[int]:
        """Write these in one go; those that cannot be stored, by identity."""
        try:
            async with self._pool.connection() as connection:
                await _climb(connection, updates)
        except UNSTORABLE:
            # Which of them it was, nobody says: each half on its own, so that its neighbours are not lost with it.
            if len(updates) == 1:
                return {id(updates[0])}
            half = len(updates) // 2
            return await self._write(updates[:half]) | await self._write(updates[half:])
        return set()


async def _climb(connection: AsyncConnection[TupleRow], updates: Sequence[StatusUpdate]) -> None:
    fields = _columns(updates)
    orphans = await (await connection.execute(CLIMB, fields)).fetchall()
    if not orphans:
        return
    columns = {
        "ids": [row[0] for row in orphans],
        "statuses": [row[1] for row in orphans],
        "codes": [row[2] for row in orphans],
        "ats": [row[3] for row in orphans],
        "keys": [row[4] for row in orphans],
    }
    await connection.execute(KEEP, columns)
    # The send may have been answered between the look and the keeping: then nobody else would ever join them.
    await connection.execute(CLIMB, columns)


def _columns(updates: Sequence[StatusUpdate]) -> dict[str, list[object]]:
    return {
        "keys": [_key(update.key) for update in updates],
        "ids": [update.provider_id for update in updates],
        "statuses": [update.status for update in updates],
        "codes": [update.error_code for update in updates],
        "ats": [update.at for update in updates],
    }


def _key(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
