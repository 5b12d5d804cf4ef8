"""Broadcasts: ordered, paused, resumed, cancelled, and what has become of them. See broadcast_pages.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal, LiteralString
from uuid import UUID, uuid4

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

from domain.broadcasts import OUTCOMES, Outcome
from domain.messages import Message, message_to_json
from store.outbox import UNSENT
from store.sealing import Erased, KeyRing
from store.sends import KEEP, Answer, Wanted, earlier_of

Asked = Literal["pause", "resume", "cancel"]
Why = Literal["skipped", "failed"]
"""outcomes that have reasons"""
State = Literal["scheduled", "running", "paused", "done", "cancelled"]

COLUMN = "broadcasts.said"
ORDERED = "broadcast"
"""of what came of an Idempotency-Key"""

AMONG: LiteralString = """
c.bot = %(bot)s and (%(number)s = '' or c.number = %(number)s)
and (%(step)s = '' or c.stage = %(step)s or c.waiting_for = 'answer:' || %(step)s)
"""
"""whose conversations are meant"""
REACHES = f"select count(*) from conversations c where {AMONG}"
STEPS = """
select distinct stage from stage_changes where bot = %(bot)s and stage <> ''
union select distinct substr(waiting_for, 8) from conversations where bot = %(bot)s and waiting_for like 'answer:%%'
order by 1
"""
ORDER = """
insert into broadcasts (id, bot, number, step, template, said_sealed, rate, at, trace)
values (%(id)s, %(bot)s, %(number)s, %(step)s, %(template)s, %(said)s, %(rate)s, coalesce(%(at)s, now()), %(trace)s)
"""
FIELDS = """
b.id, b.bot, b.number, b.step, b.template, b.rate, b.at,
case when b.state in ('scheduled', 'running') and b.paused then 'paused' else b.state end,
b.recipients, b.made_at, b.started_at, b.ended_at
"""
READ = f"""
select {FIELDS}, b.said_sealed, k.wrapped from broadcasts b left join keys k on k.conversation = b.id where b.id = %s
"""
LIST = f"""
select {FIELDS} from broadcasts b
where %(at)s::timestamptz is null or (b.made_at, b.id) < (%(at)s, %(id)s::uuid)
order by b.made_at desc, b.id desc limit %(limit)s
"""
OUT: LiteralString = """
left join lateral (
    -- What one channel takes in several messages has come when the last of them has.
    select id, state, reason, error_code, accepted_at, changed_at from outbox where inbox = r.inbox
    order by array_position(array['failed','pending','sending','deferred','unknown','parked','accepted','sent',
                                  'delivered','read'], state) limit 1
) o on true
"""
OUTCOME: LiteralString = f"""
case when r.state <> 'made' then r.state
     when o.id is null or o.state in {UNSENT} or o.state = 'parked' then 'waiting'
     when o.state = 'failed' and o.reason = 'cancelled' then 'cancelled'
     else o.state end
"""
REASON: LiteralString = """
case when r.state <> 'made' then r.reason when o.reason = 'window' then 'window_closed'
     when o.reason = 'cancelled' then '' else coalesce(o.reason, '') end
"""
COUNTS = f"""
select {OUTCOME}, {REASON}, count(*), min(o.accepted_at), max(o.accepted_at), count(o.accepted_at)
from broadcast_recipients r {OUT} where r.broadcast = %s group by 1, 2
"""
RECIPIENTS = f"""
select r.place, r.conversation, c.address_sealed, k.wrapped, {OUTCOME}, {REASON}, coalesce(o.error_code, 0),
       coalesce(o.changed_at, r.decided_at)
from broadcast_recipients r {OUT}
join conversations c on c.id = r.conversation left join keys k on k.conversation = c.id
where r.broadcast = %(id)s and r.place > %(after)s and (%(outcome)s::text is null or {OUTCOME} = %(outcome)s)
order by r.place limit %(limit)s
"""
LOCK = "select state from broadcasts where id = %s for update"
PAUSE = "update broadcasts set paused = %s, asked_at = clock_timestamp(), told_at = null where id = %s"
CANCEL = """
update broadcasts set state = 'cancelled', ended_at = now(), asked_at = clock_timestamp(), told_at = null where id = %s
"""
# Of those a turn has not taken, the row goes; one that is being taken is waited for, and then is in the outbox.
WITHDRAW_IN = """
with gone as (
    delete from inbox i using broadcast_recipients r
    where r.broadcast = %(id)s and r.inbox = i.id and i.turn is null returning i.id
)
update broadcast_recipients r set state = 'cancelled', decided_at = now() from gone
where r.broadcast = %(id)s and r.inbox = gone.id
"""
WITHDRAW_OUT = """
update outbox o set state = 'failed', reason = 'cancelled', not_before = null, changed_at = now()
from broadcast_recipients r
where r.broadcast = %(id)s and o.inbox = r.inbox and o.state in ('pending', 'deferred', 'parked')
"""
WITHDRAW_WAITING = """
update broadcast_recipients set state = 'cancelled', decided_at = now() where broadcast = %(id)s and state = 'waiting'
"""
UNTOLD = """
select id from broadcasts
where told_at is null and asked_at < now() - interval '2 seconds'
   or state in ('scheduled', 'running') and not paused and at < now() - interval '2 minutes'
      and coalesce(looked_at, at) < now() - interval '2 minutes'
order by made_at limit 100
"""
ASKED_AT = "select asked_at from broadcasts where id = %s"
TOLD = "update broadcasts set told_at = now() where id = %s and asked_at = %s"


class Over(Exception):
    """Nothing can be asked of it any more. Its text is the state that it ended in: done or cancelled."""


@dataclass(frozen=True)
class NewBroadcast:
    """What is to be said, and to whom. `said` is one message, or a template's by language."""

    bot: str
    said: Message | Mapping[str, Message]
    rate: float
    at: datetime | None = None
    """None for at once"""
    number: str = ""
    step: str = ""
    template: str = ""
    """its name"""
    trace: str = ""


@dataclass(frozen=True)
class Broadcast:
    """One broadcast, as it stands."""

    id: UUID
    bot: str
    number: str
    step: str
    template: str
    rate: float
    at: datetime
    state: State
    recipients: int
    """when it started"""
    made_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Tally:
    """What has become of the recipients of one broadcast."""

    outcomes: dict[Outcome, int]
    reasons: dict[Why, dict[str, int]]
    """of those skipped and those failed, how many for each reason"""
    rate_reached: float | None
    """messages a second, from the first that was accepted to the last, pauses included; None for fewer than two"""


@dataclass(frozen=True)
class Recipient:
    """One who is to hear it. Personal data: the phone number."""

    place: int
    conversation: UUID
    phone: str
    outcome: Outcome
    reason: str
    error_code: int
    at: datetime | None


class Broadcasts:
    """All of them."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def reaches(self, bot: str, number: str = "", step: str = "") -> int:
        """How many conversations are meant now."""
        fields = {"bot": bot, "number": number, "step": step}
        async with self._pool.connection() as connection:
            row = await (await connection.execute(REACHES, fields)).fetchone()
        return row[0] if row else 0

    async def steps(self, bot: str) -> list[str]:
        """Every step of a bot at which anybody ever was."""
        async with self._pool.connection() as connection:
            return [step async for (step,) in await connection.execute(STEPS, {"bot": bot})]

    async def order(self, wanted: Wanted | None, new: NewBroadcast) -> UUID:
        """Put a broadcast down; its id, or that of the twin that came before it. Raises sends.OtherBody."""
        id = uuid4()
        wrapped, seal = self._keys.new(id)
        fields = {
            "id": id,
            "bot": new.bot,
            "number": new.number,
            "step": new.step,
            "template": new.template,
            "said": seal.seal(COLUMN, said_to_json(new.said)),
            "rate": new.rate,
            "at": new.at,
            "trace": new.trace,
        }
        async with self._pool.connection() as connection, connection.transaction():
            if wanted is not None:
                answer = Jsonb(asdict(Answer(ORDERED, str(id))))
                kept = await connection.execute(KEEP, (wanted.key, wanted.body, answer))
                if await kept.fetchone() is None:
                    earlier = await earlier_of(connection, wanted)
                    if isinstance(earlier, Answer):
                        return UUID(earlier.id)
            await connection.execute("insert into keys (conversation, wrapped) values (%s, %s)", (id, wrapped))
            await connection.execute(ORDER, fields)
        return id

    async def read(self, id: UUID) -> tuple[Broadcast, str] | None:
        """One broadcast, and its words where it is no template; None where there is none of this id."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(READ, (id,))).fetchone()
        if row is None:
            return None
        *fields, sealed, wrapped = row
        try:
            said = self._keys.seal(id, wrapped).open_json(COLUMN, sealed)
        except Erased:
            said = {}
        return Broadcast(*fields), said.get("message", {}).get("body", "")

    async def page(self, limit: int, before: tuple[datetime, UUID] | None = None) -> list[Broadcast]:
        """Broadcasts, the newest first."""
        at, id = before or (None, None)
        async with self._pool.connection() as connection:
            cursor = await connection.execute(LIST, {"at": at, "id": id, "limit": limit})
            return [Broadcast(*row) async for row in cursor]

    async def tally(self, broadcast: Broadcast) -> Tally:
        """What has become of its recipients; who was erased since is counted as skipped."""
        outcomes: dict[Outcome, int] = dict.fromkeys(OUTCOMES, 0)
        reasons: dict[Why, Counter[str]] = {"skipped": Counter(), "failed": Counter()}
        first: datetime | None = None
        last: datetime | None = None
        accepted = 0
        async with self._pool.connection() as connection:
            async for outcome, reason, number, early, late, times in await connection.execute(COUNTS, (broadcast.id,)):
                outcomes[outcome] += number
                if outcome in reasons:
                    reasons[outcome][reason or "unknown"] += number
                accepted += times
                first = min(filter(None, (first, early)), default=None)
                last = max(filter(None, (last, late)), default=None)
        erased = broadcast.recipients - sum(outcomes.values())
        if erased > 0:
            outcomes["skipped"] += erased
            reasons["skipped"]["erased"] += erased
        seconds = (last - first).total_seconds() if first and last else 0.0
        rate = (accepted - 1) / seconds if accepted > 1 and seconds > 0 else None
        return Tally(outcomes, {name: dict(counts) for name, counts in reasons.items()}, rate)

    async def recipients(self, id: UUID, limit: int, after: int = 0, outcome: str | None = None) -> list[Recipient]:
        """Its recipients in the order they are dealt with."""
        fields = {"id": id, "after": after, "outcome": outcome, "limit": limit}
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(RECIPIENTS, fields)).fetchall()
        return [
            Recipient(place, conversation, self._phone(conversation, address, wrapped), *rest)
            for place, conversation, address, wrapped, *rest in rows
        ]

    async def ask(self, id: UUID, what: Asked) -> None:
        """Pause, resume or cancel; what is not out yet of a cancelled one is withdrawn. Twice is once.

        Raises LookupError where there is none of this id, Over where it is done or was cancelled before.
        """
        async with self._pool.connection() as connection, connection.transaction():
            row = await (await connection.execute(LOCK, (id,))).fetchone()
            if row is None:
                raise LookupError("there is no broadcast of this id")
            if row[0] == "cancelled" and what == "cancel":
                return
            if row[0] in ("done", "cancelled") and what != "cancel":
                raise Over(row[0])
            if row[0] == "done" and not await self._under_way(connection, id):
                raise Over(row[0])
            if what != "cancel":
                await connection.execute(PAUSE, (what == "pause", id))
                return
            await connection.execute(CANCEL, (id,))
            for withdraw in (WITHDRAW_WAITING, WITHDRAW_IN, WITHDRAW_OUT):
                await connection.execute(withdraw, {"id": id})

    async def untold(self) -> list[UUID]:
        """Broadcasts whose workflow was not told of what was asked, or has not looked for long: it may be lost."""
        async with self._pool.connection() as connection:
            return [id async for (id,) in await connection.execute(UNTOLD)]

    async def asked_at(self, id: UUID) -> datetime | None:
        """When something was last asked of it."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(ASKED_AT, (id,))).fetchone()
        return row[0] if row else None

    async def told(self, id: UUID, asked_at: datetime) -> None:
        """Its workflow was told of what was asked then; of what was asked since it was not."""
        async with self._pool.connection() as connection:
            await connection.execute(TOLD, (id, asked_at))

    async def _under_way(self, connection: AsyncConnection[TupleRow], id: UUID) -> bool:
        """Whether anything that was made is not out yet."""
        rows = await (await connection.execute(COUNTS, (id,))).fetchall()
        return any(row[0] == "waiting" for row in rows)

    def _phone(self, conversation: UUID, address: bytes, wrapped: bytes | None) -> str:
        try:
            opened = self._keys.seal(conversation, wrapped).open_json("conversations.address", address)
        except Erased:
            return ""
        return str(opened.get("phone", ""))


def said_to_json(said: Message | Mapping[str, Message]) -> dict[str, Any]:
    """What a broadcast says, as plain data."""
    if isinstance(said, Mapping):
        return {"by_language": {language: message_to_json(message) for language, message in said.items()}}
    return {"message": message_to_json(said)}


def said_in(said: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The message of a broadcast for one who speaks this language, as plain data."""
    by_language = said.get("by_language")
    if by_language is None:
        message: dict[str, Any] = said["message"]
        return message
    chosen: dict[str, Any] = by_language.get(language) or next(iter(by_language.values()))
    return chosen
