"""Going through the recipients of a broadcast: each is decided once, in the transaction that makes their message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from domain.broadcasts import Page
from domain.said import MARKETING, WINDOW
from store.arrivals import Arrival, Found, store
from store.broadcasts import AMONG, COLUMN, said_in
from store.kinds import BUSINESS, NOT_WRITTEN
from store.outbox import UNSENT
from store.sealing import Erased, KeyRing, Seal

PROVIDER = "broadcast"
"""of such rows of the inbox"""
SCANNED = 200
"""recipients looked at in one transaction: most of a page may be people to whom nothing can be said"""
BURST = 1.0
"""seconds of its rate that a broadcast may catch up at once, as after a page that was interrupted"""
IN_HAND, IN_HAND_FOR = 20, 5.0
"""messages, and seconds of the rate, that may be made and not be out: with more, those who talk would queue behind"""

LOOK = """
select b.state, b.paused, b.at, b.rate, extract(epoch from b.room_at - now())::float8, b.template, b.trace,
       b.bot, b.number, b.step, b.said_sealed, k.wrapped
from broadcasts b left join keys k on k.conversation = b.id where b.id = %s for no key update of b
"""
LOOKED = "update broadcasts set looked_at = now() where id = %s"
FIX = f"""
with chosen as (
    insert into broadcast_recipients (broadcast, conversation, place)
    select %(id)s, c.id, row_number() over (order by c.made_at, c.id) from conversations c where {AMONG}
    on conflict do nothing returning true
)
update broadcasts set state = 'running', started_at = now(), recipients = (select count(*) from chosen)
where id = %(id)s
"""
IN_HAND_NOW = f"""
select (select count(*) from inbox i where i.turn is null and i.provider = '{PROVIDER}'
            and starts_with(i.provider_id, %(id)s::text))
     + (select count(*) from outbox o join inbox i on i.id = o.inbox
        where o.state in {UNSENT} and i.provider = '{PROVIDER}' and starts_with(i.provider_id, %(id)s::text))
"""
# Whoever is being erased is passed over: by the next look they are gone.
WAITING = """
select r.conversation, c.language, c.last_in_at, p.stopped, p.marketing_stopped,
       exists (select from inbox i where i.conversation = c.id and i.turn is null and i.kind <> all(%(not_written)s)),
       k.wrapped
from broadcast_recipients r
join conversations c on c.id = r.conversation
join persons p on p.id = c.person
left join keys k on k.conversation = c.id
where r.broadcast = %(id)s and r.state = 'waiting'
order by r.place limit %(limit)s for key share of c skip locked
"""
LEFT = "select exists (select from broadcast_recipients where broadcast = %s and state = 'waiting')"
DECIDED = """
update broadcast_recipients set state = %(state)s, reason = %(reason)s, inbox = %(inbox)s, decided_at = now()
where broadcast = %(id)s and conversation = %(conversation)s and state = 'waiting'
"""
USED = """
update broadcasts set room_at = greatest(room_at, now() - make_interval(secs => %(burst)s))
                              + make_interval(secs => %(made)s / rate)
where id = %(id)s
"""
FIRST_ROOM = "update broadcasts set room_at = now() where id = %s and room_at is null"
DONE = "update broadcasts set state = 'done', ended_at = now() where id = %s"


@dataclass(frozen=True)
class Taken:
    """What one look came to."""

    page: Page | None = None
    """nothing is to be done before the workflow has rested"""
    made: Sequence[UUID] = ()
    """conversations to hand over"""
    skipped: Counter[str] = field(default_factory=Counter)
    wait: float = 0.0
    """seconds until there may be room for more"""
    full: bool = False
    """it waits for what is in hand, not for its own pace"""


@dataclass(frozen=True)
class _Waiting:
    """One recipient, as far as it decides whether anything is said to them."""

    conversation: UUID
    language: str
    wrote_at: datetime | None
    opted_out: bool
    marketing_opted_out: bool
    unheard: bool
    """something that they wrote was taken by no turn yet: it may open the window, or opt them in again"""
    wrapped: bytes | None


class BroadcastPages:
    """Takes recipients, a few at a time."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def take(self, id: UUID, seconds: float, now: datetime) -> Taken:
        """Decide some recipients, of so many seconds' messages at the most, and make their messages.

        `now` is by the clock of its workflow. Who the recipients are is fixed by the first look when it is time.
        """
        async with self._pool.connection() as connection, connection.transaction():
            row = await (await connection.execute(LOOK, (id,))).fetchone()
            if row is None or row[0] in ("done", "cancelled"):
                return Taken(Page(over=True))
            state, paused, at, rate, full_for, template, trace, bot, number, step, sealed, wrapped = row
            await connection.execute(LOOKED, (id,))
            if paused:
                return Taken(Page(paused=True))
            if at > now and state == "scheduled":
                return Taken(Page(look_at=at.timestamp()))
            if state == "scheduled":
                await connection.execute(FIX, {"id": id, "bot": bot, "number": number, "step": step})
            if full_for is not None and full_for > 0:
                return Taken(wait=full_for)
            in_hand = await (await connection.execute(IN_HAND_NOW, {"id": id})).fetchone()
            if in_hand is not None and in_hand[0] >= max(IN_HAND, rate * IN_HAND_FOR):
                return Taken(wait=1.0, full=True)
            said = self._keys.seal(id, wrapped).open_json(COLUMN, sealed)
            most = max(1, round(rate * seconds))
            return await self._decide(connection, id, most, now, said, trace, templated=bool(template))

    async def _decide(
        self,
        connection: AsyncConnection[TupleRow],
        id: UUID,
        most: int,
        now: datetime,
        said: dict[str, Any],
        trace: str,
        *,
        templated: bool,
    ) -> Taken:
        fields = {"id": id, "limit": SCANNED, "not_written": list(NOT_WRITTEN)}
        waiting = [_Waiting(*row) for row in await (await connection.execute(WAITING, fields)).fetchall()]
        if not waiting:
            left = await (await connection.execute(LEFT, (id,))).fetchone()
            if left is not None and left[0]:
                return Taken(wait=0.2)
            await connection.execute(DONE, (id,))
            return Taken(Page(over=True))
        made: list[UUID] = []
        skipped: Counter[str] = Counter()
        for one in waiting:
            seal = self._seal(one)
            why = why_not(one, now, templated=templated) if seal is not None else "erased"
            row = None
            if not why and seal is not None:
                message = said_in(said, one.language)
                body = {"text": message.get("body", ""), "message": message, "purpose": MARKETING}
                arrival = Arrival(PROVIDER, f"{id}:{one.conversation}", BUSINESS, body, trace=trace)
                row = await store(connection, Found(one.conversation, seal), arrival)
                made.append(one.conversation)
            else:
                skipped[why] += 1
            decided = {"id": id, "conversation": one.conversation, "inbox": row, "reason": why}
            await connection.execute(DECIDED, {**decided, "state": "skipped" if why else "made"})
            if len(made) >= most:
                break
        if made:
            await connection.execute(FIRST_ROOM, (id,))
            await connection.execute(USED, {"id": id, "made": float(len(made)), "burst": BURST})
        return Taken(made=made, skipped=skipped)

    def _seal(self, one: _Waiting) -> Seal | None:
        try:
            return self._keys.seal(one.conversation, one.wrapped)
        except Erased:
            return None


def why_not(one: _Waiting, now: datetime, *, templated: bool) -> str:
    """Why nothing is made for this recipient; nothing where something is, or their turn must tell."""
    if one.unheard:
        return ""
    if one.opted_out:
        return "opted_out"
    if one.marketing_opted_out:
        return "no_marketing"
    if one.wrote_at is None:
        return "never_wrote"
    if now - one.wrote_at >= WINDOW and not templated:
        return "window_closed"
    return ""
