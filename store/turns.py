"""A turn's reading and writing: the conversation's row locked, what happened since, and all that was decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, LiteralString
from uuid import UUID, uuid5

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg.types.json import Jsonb

from domain.messages import Message, message_to_json
from domain.said import ANSWER
from store import masking, vault
from store.kinds import STAMPED
from store.places import Place
from store.sealing import KeyRing

READ = """
select c.bot, c.number, c.state_sealed, c.turn, c.turn_id, c.decided, c.address_sealed, k.wrapped,
       c.stopped, p.stopped, c.stage
from conversations c join persons p on p.id = c.person left join keys k on k.conversation = c.id
where c.id = %s for no key update of c
"""
# A text was stamped with the question that we knew to be shown. The provider's own times know better, where it told
# them: when a question was there before the text was written, or only after (whole seconds, so a second apart).
# A text without a stamp came after what cleared the last question, where we knew by then that this was there.
INBOX = f"""
select i.id, i.kind, i.body_sealed,
       case when i.kind not in {STAMPED} or i.said_at is null then i.question
            when stamped.sent_at > i.said_at or later.turn is not null then coalesce(there.question, '')
            else i.question end,
       i.provider_id, i.said_at, i.trace
from inbox i
left join lateral (
    select turn, place, sent_at from outbox
    where conversation = i.conversation
      and case when i.question <> '' then question = i.question else clears and accepted_at <= i.arrived_at end
    order by turn desc, place desc limit 1
) stamped on true
left join lateral (
    select question, turn, place from outbox
    where conversation = i.conversation and (clears or (question <> '' and not as_template)) and sent_at < i.said_at
    order by turn desc, place desc limit 1
) there on true
left join lateral (
    select there.turn where (there.turn, there.place) > (coalesce(stamped.turn, -1), coalesce(stamped.place, 0))
) later on true
"""
# Locked, so that an edit comes either before the turn that takes its message, or after it.
ARRIVED = INBOX + " where i.id = any(%s) and i.turn is null order by i.id for update of i"
LYING = INBOX + " where i.conversation = %s and i.turn is null order by i.id for update of i"
ENDED = "select key, result_sealed, refused from work where conversation = %s and key = any(%s)"
UNPARK = """
update outbox set
    state = case when question in ('', %(asks)s) then 'pending' else 'failed' end,
    reason = case when question in ('', %(asks)s) then '' else 'superseded' end,
    not_before = null, changed_at = now()
where conversation = %(id)s and state = 'parked'
"""
WRITE = """
update conversations set
    state_sealed = %(state)s, turn = %(turn)s, turn_id = %(turn_id)s, decided = %(decided)s,
    stage = %(stage)s, language = %(language)s, wake_at = %(wake_at)s, trouble = %(trouble)s, stopped = %(stopped)s,
    waiting_for = %(waiting_for)s,
    waiting_since = case when waiting_for = %(waiting_for)s then waiting_since else now() end,
    last_in_at = greatest(last_in_at, %(wrote_at)s), changed_at = now()
where id = %(id)s
"""
OPT = """
update persons set stopped = %s where id = (select person from conversations where id = %s) and stopped <> %s
"""
REACHED = "insert into stage_changes (conversation, bot, stage) values (%s, %s, %s)"
CHOSE = "insert into choices (conversation, bot, question, option) values (%s, %s, %s, %s)"
TAKEN = "update inbox set turn = %s where id = any(%s)"
SAY = """
insert into outbox (id, conversation, turn, place, text_key, question, message_sealed, template_sealed, purpose,
                    clears, inbox, trace)
values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
WANT = """
insert into work (conversation, key, effect, argument_sealed, trace) values (%s, %s, %s, %s, %s)
on conflict (conversation, key) do update set
    argument_sealed = excluded.argument_sealed, trace = excluded.trace, wanted_at = now()
where work.ended_at is null
"""


@dataclass(frozen=True)
class Row:
    """A conversation as a turn finds it."""

    bot: str
    state: str
    """opaque; empty before the first turn"""
    turn: int
    turn_id: str
    decided: dict[str, Any] | None
    place: Place
    stopped: bool
    """opted out, as far as this conversation was told"""
    person_stopped: bool
    """opted out of all that the business says"""
    stage: str = ""


@dataclass(frozen=True)
class InboxRow:
    """Something that came in and was not taken by a turn yet."""

    id: int
    kind: str
    body: dict[str, Any]
    question: str
    provider_id: str
    said_at: datetime | None = None
    """by the provider's clock"""
    trace: str = ""
    folded: tuple[int, ...] = ()
    """rows of the same burst whose words this one holds too"""


@dataclass(frozen=True)
class Result:
    """How work ended: a result, or the code of a refusal."""

    result: Any = None
    refused: str | None = None


@dataclass(frozen=True)
class ToSay:
    """One message for the outbox."""

    text_key: str
    message: Message
    question: str = ""
    purpose: str = ANSWER
    template: Message | None = None
    """what may be sent in its place when the window is closed"""
    clears: bool = False
    """once it is there, the question shown before is not the one that the person answers"""
    asked_by: int | None = None
    """the row of the inbox by which the business wants it said, beside the dialogue"""


@dataclass(frozen=True)
class ToDo:
    """Work for the table of work."""

    key: str
    effect: str
    argument: Any


@dataclass(frozen=True)
class Written:
    """All that a turn decided."""

    turn_id: str
    state: str
    decided: dict[str, Any]
    stage: str
    language: str
    waiting_for: str
    wake_at: float | None
    trouble: str
    stopped: bool
    taken: Sequence[int] = ()
    wrote_at: float | None = None
    """when the person wrote, if they did: their window is open from then on, and what was parked for it may go"""
    asks: str = ""
    """the question they are to answer now, unless this turn puts it itself: a parked one that is another is void"""
    trace: str = ""
    say: Sequence[ToSay] = ()
    chosen: Sequence[tuple[str, str]] = ()
    """questions with fixed options that were answered, and the option's id"""
    work: Sequence[ToDo] = field(default=())
    secrets: Sequence[tuple[str, str]] = ()
    """for the vault: reference and value"""
    masked: Sequence[int] = ()
    """rows of the inbox whose words may be a secret"""
    edits: Sequence[int] = ()
    """rows that rewrite others, which may have been masked before"""


class NoConversation(Exception):
    """A workflow asks for a conversation that has no row: it was erased, and the workflow may be ended."""


Connection = AsyncConnection[TupleRow]


async def read(connection: Connection, keys: KeyRing, conversation: UUID) -> Row:
    """The conversation's row, locked until the transaction ends. Raises NoConversation, sealing.Erased."""
    found = await (await connection.execute(READ, (conversation,))).fetchone()
    if found is None:
        raise NoConversation(f"there is no conversation {conversation}")
    bot, number, state, turn, turn_id, decided, address, wrapped, stopped, person_stopped, stage = found
    seal = keys.seal(conversation, wrapped)
    where = seal.open_json("conversations.address", address)
    place = Place(number, where["phone"], where["bsuid"], seal)
    opened = seal.open("conversations.state", state) if state else ""
    return Row(bot, opened, turn, turn_id, decided, place, stopped, person_stopped, stage)


async def arrived(connection: Connection, row: Row, ids: Sequence[int]) -> list[InboxRow]:
    """Those of these inbox rows that no turn has taken, in the order they came."""
    return await _inbox(connection, row, ARRIVED, list(ids)) if ids else []


async def lying(connection: Connection, row: Row, conversation: UUID) -> list[InboxRow]:
    """All inbox rows that no turn has taken: a workflow that was lost may have heard of some and told nobody."""
    return await _inbox(connection, row, LYING, conversation)


async def _inbox(connection: Connection, row: Row, query: LiteralString, about: UUID | list[int]) -> list[InboxRow]:
    cursor = await connection.execute(query, (about,))
    return [
        InboxRow(id, kind, row.place.seal.open_json("inbox.body", body), *rest)
        async for id, kind, body, *rest in cursor
    ]


async def results(connection: Connection, row: Row, conversation: UUID, work: Sequence[str]) -> dict[str, Result]:
    """How this work ended, by its key."""
    if not work:
        return {}
    cursor = await connection.execute(ENDED, (conversation, list(work)))
    return {
        key: Result(row.place.seal.open_json("work.result", sealed) if sealed else None, refused)
        async for key, sealed, refused in cursor
    }


async def write(connection: Connection, row: Row, conversation: UUID, written: Written) -> None:
    """Everything a turn decided, in one round trip; where there were secrets or edits, what was written is masked."""
    number = row.turn + 1
    async with connection.pipeline():
        await connection.execute(
            WRITE,
            {
                "id": conversation,
                "turn": number,
                "turn_id": written.turn_id,
                "state": row.place.seal.seal("conversations.state", written.state),
                "decided": Jsonb(written.decided),
                "stage": written.stage,
                "language": written.language,
                "waiting_for": written.waiting_for,
                "wake_at": written.wake_at,
                "trouble": written.trouble,
                "stopped": written.stopped,
                "wrote_at": None if written.wrote_at is None else datetime.fromtimestamp(written.wrote_at, UTC),
            },
        )
        if written.stopped != row.person_stopped:
            await connection.execute(OPT, (written.stopped, conversation, written.stopped))
        if written.stage != row.stage:
            await connection.execute(REACHED, (conversation, row.bot, written.stage))
        for question, option in written.chosen:
            await connection.execute(CHOSE, (conversation, row.bot, question, option))
        if written.taken:
            await connection.execute(TAKEN, (number, list(written.taken)))
        if written.wrote_at is not None and not written.stopped:
            await connection.execute(UNPARK, {"id": conversation, "asks": written.asks})
        seal = row.place.seal
        for place, say in enumerate(written.say):
            key = uuid5(conversation, f"say:{number}:{place}")
            message = seal.seal("outbox.message", message_to_json(say.message))
            template = seal.seal("outbox.template", message_to_json(say.template)) if say.template else None
            fields = (key, conversation, number, place, say.text_key, say.question, message, template, say.purpose)
            await connection.execute(SAY, (*fields, say.clears, say.asked_by, written.trace))
        await vault.keep(connection, seal, conversation, written.secrets)
        for work in written.work:
            argument = seal.seal_json("work.argument", work.argument)
            await connection.execute(WANT, (conversation, work.key, work.effect, argument, written.trace))
    if written.masked or written.edits:
        await masking.mask(connection, row.place.seal, conversation, written.masked, written.edits)
