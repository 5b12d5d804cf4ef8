"""What goes out: claimed with a lease, accepted, and then only upwards.

pending → sending → accepted → sent → delivered → read; failed ends it, unless `delivered` arrives after all. A send
whose answer was lost is `unknown`; one that must wait for the person to write is `parked`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from domain.inbound import StatusUpdate
from store.database import UNSTORABLE

LEASE = "interval '8 seconds'"
"""longer than any one request may take"""
DOUBT = "interval '10 seconds'"
"""how long a status may take to tell what became of an unknown send, before it is sent again"""

CLAIM = f"""
update outbox o set state = 'sending', lease_until = now() + {LEASE}, attempts = attempts + 1, changed_at = now()
where o.id = (
    select id from outbox where conversation = %s and state in ('pending', 'sending', 'unknown')
    order by turn, place limit 1 for update
) and (
    (o.state = 'pending' and (o.not_before is null or o.not_before <= now()))
    or (o.state = 'unknown' and o.changed_at < now() - {DOUBT})
)
returning o.id, o.turn, o.place, o.question, o.message_sealed, o.attempts
"""
WHY_NOT = f"""
select state, greatest(0, extract(epoch from case state
    when 'pending' then not_before - now()
    when 'sending' then lease_until - now()
    else changed_at + {DOUBT} - now() end))::float8
from outbox where conversation = %s and state in ('pending', 'sending', 'unknown') order by turn, place limit 1
"""
EXPIRED = """
update outbox set state = 'unknown', changed_at = now()
where conversation = %s and state = 'sending' and lease_until < now()
"""
ACCEPTED = """
with early as (
    select status, error_code from statuses where provider_id = %(provider_id)s
    order by array_position(array['read', 'delivered', 'failed', 'sent'], status) limit 1
), row as (
    update outbox set
        state = case when state in ('sending', 'unknown')
            then coalesce((select status from early), 'accepted') else state end,
        error_code = coalesce((select error_code from early where status = 'failed'), 0),
        provider_id = %(provider_id)s, lease_until = null, changed_at = now()
    where id = %(id)s returning conversation, question
)
update conversations c set shown = row.question from row where c.id = row.conversation and row.question <> ''
"""
RESULT = """
update outbox set state = %(state)s, error_code = %(code)s, lease_until = null, changed_at = now(),
    not_before = case when %(pause)s::float8 > 0 then now() + make_interval(secs => %(pause)s::float8) end,
    attempts = attempts - %(uncounted)s
where id = %(id)s and state = 'sending'
"""
RANK = "array_position(array['pending','sending','unknown','parked','accepted','sent','delivered','read'], {})"
STATUS = f"""
with row as (
    update outbox o set
        state = case
            when %(status)s = 'failed' then
                case when o.state in ('delivered', 'read') then o.state else 'failed' end
            when o.state = 'failed' then case when %(status)s in ('delivered', 'read') then %(status)s else o.state end
            when {RANK.format("%(status)s")} > {RANK.format("o.state")} then %(status)s
            else o.state end,
        provider_id = coalesce(o.provider_id, %(provider_id)s),
        error_code = case when %(status)s = 'failed' then %(code)s else o.error_code end,
        changed_at = now()
    where o.id = coalesce(%(key)s, (select id from outbox where provider_id = %(provider_id)s limit 1))
    returning o.conversation, o.question, o.turn, o.state
), shown as (
    -- A send whose answer was lost was shown all the same.
    update conversations c set shown = row.question from row
    where c.id = row.conversation and row.question <> '' and row.state in ('sent', 'delivered', 'read')
      and c.shown <> row.question
      and not exists (select from outbox later where later.conversation = c.id and later.question <> ''
                      and later.turn > row.turn and later.provider_id is not null)
)
select count(*) from row
"""
ORPHAN = """
insert into statuses (provider, provider_id, status, error_code, at)
values (%s, %s, %s, %s, to_timestamp(%s)) on conflict do nothing
"""
STATUSES = ("sent", "delivered", "read", "failed")


@dataclass(frozen=True)
class Claimed:
    """A row of the outbox that is ours to send now. Its id is the key that the provider echoes."""

    id: UUID
    turn: int
    place: int
    question: str
    sealed: bytes
    attempts: int


@dataclass(frozen=True)
class Blocked:
    """The first unsent row cannot be sent yet."""

    state: str
    seconds: float


class Outbox:
    """The outbox of every conversation."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def claim(self, conversation: UUID) -> Claimed | None:
        """The first unsent row, if it may be sent now; None when it may not, or there is none."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(CLAIM, (conversation,))).fetchone()
        return Claimed(*row) if row else None

    async def blocked(self, conversation: UUID) -> Blocked | None:
        """Why nothing could be claimed; None when nothing is left."""
        async with self._pool.connection() as connection:
            await connection.execute(EXPIRED, (conversation,))
            row = await (await connection.execute(WHY_NOT, (conversation,))).fetchone()
        return Blocked(*row) if row else None

    async def accepted(self, row: Claimed, provider_id: str) -> None:
        """The provider took it: from now on its question is the one shown."""
        async with self._pool.connection() as connection:
            await connection.execute(ACCEPTED, {"id": row.id, "provider_id": provider_id})

    async def later(self, row: Claimed, code: int, pause: float, counted: bool) -> None:
        """Not sent: to be tried again after so many seconds."""
        await self._result(row, "pending", code, pause, counted)

    async def unknown(self, row: Claimed) -> None:
        """The answer was lost: it may have been sent."""
        await self._result(row, "unknown", 0, 0, True)

    async def parked(self, row: Claimed, code: int) -> None:
        """Not sent: it waits until the person writes."""
        await self._result(row, "parked", code, 0, True)

    async def failed(self, row: Claimed, code: int) -> None:
        """Not sent, and it never will be."""
        await self._result(row, "failed", code, 0, True)

    async def _result(self, row: Claimed, state: str, code: int, pause: float, counted: bool) -> None:
        fields = {"id": row.id, "state": state, "code": code, "pause": pause, "uncounted": 0 if counted else 1}
        async with self._pool.connection() as connection:
            await connection.execute(RESULT, fields)

    async def statuses(self, updates: Sequence[StatusUpdate]) -> int:
        """What became of messages, in bulk; a status that finds no message yet is kept. How many cannot be stored."""
        known = [update for update in updates if update.status in STATUSES]
        # In one order, whoever tells them: else two webhooks could each hold a row that the other waits for.
        known.sort(key=lambda update: (update.key, update.provider_id))
        try:
            await self._climb(known)
        except UNSTORABLE:
            # Which of them it was, nobody says: each on its own, so that its neighbours are not lost with it.
            return sum([await self.statuses([update]) for update in known]) if len(known) > 1 else 1
        return 0

    async def _climb(self, updates: Sequence[StatusUpdate]) -> None:
        if not updates:
            return
        async with self._pool.connection() as connection:
            cursors = []
            async with connection.pipeline():
                for update in updates:
                    cursors.append(await connection.execute(STATUS, _fields(update)))
            for update, cursor in zip(updates, cursors, strict=True):
                found = await cursor.fetchone()
                if found is None or found[0] == 0:
                    await _keep(connection, update)


async def _keep(connection: AsyncConnection[TupleRow], update: StatusUpdate) -> None:
    await connection.execute(ORPHAN, ("meta", update.provider_id, update.status, update.error_code, update.at))
    # The send may have been answered between the look and the keeping: then nobody else would ever join them.
    await connection.execute(STATUS, _fields(update))


def _fields(update: StatusUpdate) -> dict[str, Any]:
    try:
        key = UUID(update.key) if update.key else None
    except ValueError:
        key = None
    return {"status": update.status, "provider_id": update.provider_id, "key": key, "code": update.error_code}
