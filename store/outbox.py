"""What goes out: looked at, claimed with a lease, sent; and what came of it.

    pending   decided, not tried yet
    deferred  tried or judged, to be tried again at `not_before`: a limit, an outage, a number that is stopped
    sending   claimed by somebody whose lease runs
    unknown   whether it was sent, nobody knows: a status may tell until `not_before`, then its purpose decides
    parked    the window is closed: it waits until the person writes
    accepted → sent → delivered → read, told by the provider (store/statuses.py)
    failed    never to be sent; `reason` or the provider's code says why

Times are the conversation's own, given by the caller: its clock may have been moved (docs/architecture.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from domain.said import MARKETING
from store.kinds import NO_MESSAGES
from telemetry import metrics

UNSENT = "('pending', 'sending', 'deferred', 'unknown')"

FIRST = f"""
select o.id, o.turn, o.place, o.question, o.state, o.purpose, o.attempts, o.deferrals, o.trace,
       o.message_sealed, o.template_sealed, o.not_before, o.lease_until,
       c.last_in_at, p.stopped, p.marketing_stopped,
       n.stopped_at is not null, coalesce(n.probe_at <= now(), true), pair.empty_at, c.bot, o.as_template,
       o.state = 'unknown' and o.purpose = 'marketing' and exists (
           select from outbox later join conversations told on told.id = later.conversation
           where later.purpose = 'marketing' and later.sent_at is not null and later.accepted_at > o.changed_at
             and told.number = c.number)
from outbox o
join conversations c on c.id = o.conversation
join persons p on p.id = c.person
left join numbers n on n.number = c.number
left join pace pair on pair.bucket = 'pair:' || c.id
where o.conversation = %s and o.state in {UNSENT}
order by o.turn, o.place limit 1
"""
CLAIM = """
with claimed as (
    update outbox set state = 'sending', attempts = attempts + 1, lease_until = %(lease)s, not_before = null,
        as_template = %(as_template)s, reason = '', changed_at = now()
    where id = %(id)s and state = %(state)s and attempts = %(attempts)s and deferrals = %(deferrals)s
    returning id
), kept as (
    -- A template goes in its place; what is no question, and so is not put again, is kept for when the person writes,
    -- unless it was a reminder or marketing: the template is all of it, and by then it is late.
    insert into outbox (id, conversation, turn, place, text_key, message_sealed, purpose, trace, state, reason)
    select gen_random_uuid(), conversation, turn, place + 1000, text_key, message_sealed, purpose, trace,
           'parked', 'window'
    from outbox where id = (select id from claimed) and %(as_template)s and question = ''
      and purpose not in ('reminder', 'marketing')
    on conflict (conversation, turn, place) do nothing
)
insert into pace (bucket, empty_at) select 'pair:' || %(conversation)s, %(now)s + %(each)s from claimed
on conflict (bucket) do update set empty_at = greatest(pace.empty_at, %(now)s) + %(each)s
returning true
"""
IN_DOUBT = """
update outbox set state = 'unknown', not_before = %(until)s, changed_at = now()
where id = %(id)s and state = 'sending' and (%(mine)s or lease_until < %(now)s)
"""
STILL_IN_DOUBT = """
update outbox set not_before = %(until)s, changed_at = now() where id = %(id)s and state = 'unknown'
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
        provider_id = %(provider_id)s, lease_until = null, not_before = null, deferrals = 0,
        accepted_at = coalesce(accepted_at, now()), changed_at = now()
    where id = %(id)s
    returning conversation, turn,
        case when as_template then '' else question end as question, as_template or clears as clears,
        purpose = 'answer' and inbox is null and not exists (
            select from outbox before where before.conversation = outbox.conversation and before.turn = outbox.turn
            and before.accepted_at is not null
        ) as answers
), shown as (
    update conversations c set shown = row.question from row
    where c.id = row.conversation and (row.question <> '' or row.clears)
)
-- How long those waited whom this answers first; a turn takes what came last, so the last few rows are enough.
select extract(epoch from now() - written.arrived_at)::float8
from row cross join lateral (
    select turn, kind, arrived_at from inbox where inbox.conversation = row.conversation order by id desc limit 50
) written
where row.answers and written.turn = row.turn and written.kind <> all(%(no_messages)s)
"""
NO_ERRORS = ("superseded", "opted_out")
"""why a message is not sent where nothing went wrong; the views of statistics name them too"""
MADE_AT = "select made_at from outbox where id = %s"
TAKEN = "select provider_id from outbox where provider_id = any(%s)"
SETTLE = """
update outbox set state = %(to)s, reason = %(reason)s, error_code = %(code)s, not_before = %(not_before)s,
    lease_until = null, changed_at = now(),
    attempts = attempts - %(given_back)s, deferrals = case when %(deferred)s then deferrals + 1 else 0 end
where id = %(id)s and state = %(from)s
"""


@dataclass(frozen=True)
class Unsent:
    """The first row of a conversation that is not sent yet, and all that decides whether it may go now.

    Its id is the key that the provider echoes.
    """

    conversation: UUID
    id: UUID
    turn: int
    place: int
    question: str
    state: str
    purpose: str
    attempts: int
    deferrals: int
    trace: str
    sealed: bytes
    template_sealed: bytes | None
    not_before: datetime | None
    lease_until: datetime | None
    wrote_at: datetime | None
    """when the person last wrote, by the provider's clock"""
    opted_out: bool
    marketing_opted_out: bool
    number_stopped: bool
    may_probe: bool
    """of a stopped number: whether it is time to try one message again"""
    pair_empty_at: datetime | None
    """when all that was sent to this person has leaked out of their bucket"""
    bot: str = ""
    as_template: bool = False
    """whether the last try sent the template"""
    later_told: bool = False
    """of marketing in doubt: statuses have come of what was sent later from the same number, and none of this"""


@dataclass(frozen=True)
class Claim:
    """What a claim puts down."""

    now: datetime
    lease_until: datetime
    as_template: bool
    leaks_in: float
    """seconds in which one message to one person leaks out of their bucket"""


class Outbox:
    """The outbox of every conversation."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def first(self, conversation: UUID) -> Unsent | None:
        """The first row that is not sent yet; None when nothing is left."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(FIRST, (conversation,))).fetchone()
        return None if row is None else Unsent(conversation, *row)

    async def claim(self, row: Unsent, claim: Claim) -> bool:
        """Make it ours to send; False when somebody else was quicker, or a status has told what became of it."""
        fields = {
            "id": row.id,
            "state": row.state,
            "attempts": row.attempts,
            "deferrals": row.deferrals,
            "conversation": row.conversation,
            "now": claim.now,
            "lease": claim.lease_until,
            "as_template": claim.as_template,
            "each": f"{claim.leaks_in} seconds",
        }
        async with self._pool.connection() as connection:
            return await (await connection.execute(CLAIM, fields)).fetchone() is not None

    async def accepted(self, row: Unsent, provider_id: str) -> None:
        """The provider took it: from now on its question is the one shown, unless a template went in its place."""
        async with self._pool.connection() as connection:
            fields = {"id": row.id, "provider_id": provider_id, "no_messages": list(NO_MESSAGES)}
            waited = await (await connection.execute(ACCEPTED, fields)).fetchall()
        metrics.happened(row.bot, "send", "good")
        for (seconds,) in waited:
            metrics.answered(row.bot, seconds)

    async def in_doubt(self, row: Unsent, until: datetime, now: datetime, *, mine: bool) -> None:
        """Its answer was lost, or the lease of whoever sent it ran out: a status may tell until then."""
        async with self._pool.connection() as connection:
            await connection.execute(IN_DOUBT, {"id": row.id, "until": until, "now": now, "mine": mine})

    async def still_in_doubt(self, row: Unsent, until: datetime) -> None:
        """Who could tell whether it was sent does not answer: nobody sends it before then."""
        async with self._pool.connection() as connection:
            await connection.execute(STILL_IN_DOUBT, {"id": row.id, "until": until})

    async def made_at(self, row: Unsent) -> datetime:
        """When it was decided, by the database's clock: it was not sent before."""
        async with self._pool.connection() as connection:
            found = await (await connection.execute(MADE_AT, (row.id,))).fetchone()
        if found is None:
            raise LookupError("the message is gone")
        moment: datetime = found[0]
        return moment

    async def taken(self, provider_ids: Sequence[str]) -> set[str]:
        """Those of these ids that are some message's already."""
        async with self._pool.connection() as connection:
            return {found[0] for found in await (await connection.execute(TAKEN, (list(provider_ids),))).fetchall()}

    async def deferred(
        self, row: Unsent, until: datetime, reason: str, code: int = 0, *, claimed: bool, counted: bool = False
    ) -> None:
        """Not sent: to be tried again then. Only what is `counted` costs an attempt."""
        await self._settle(
            row, "deferred", reason, code, until, claimed=claimed, given_back=int(claimed and not counted)
        )

    async def parked(self, row: Unsent, reason: str, code: int = 0, *, claimed: bool) -> None:
        """Not sent: it waits until the person writes. Marketing does not wait for another day: it fails."""
        state = "failed" if row.purpose == MARKETING else "parked"
        await self._settle(row, state, reason, code, None, claimed=claimed)

    async def failed(self, row: Unsent, reason: str, code: int = 0, *, claimed: bool) -> None:
        """Not sent, and it never will be."""
        await self._settle(row, "failed", reason, code, None, claimed=claimed)
        if reason not in NO_ERRORS:
            metrics.happened(row.bot, "send", "bad")

    async def _settle(
        self,
        row: Unsent,
        state: str,
        reason: str,
        code: int,
        not_before: datetime | None,
        *,
        claimed: bool,
        given_back: int = 0,
    ) -> None:
        fields = {
            "id": row.id,
            "from": "sending" if claimed else row.state,
            "to": state,
            "reason": reason,
            "code": code,
            "not_before": not_before,
            "given_back": given_back,
            "deferred": state == "deferred",
        }
        async with self._pool.connection() as connection:
            await connection.execute(SETTLE, fields)
