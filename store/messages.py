"""All that was said in conversations, both ways, the newest first: page by page, unsealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from store.directory import Known
from store.kinds import NO_MESSAGES
from store.sealing import Erased, Seal

# One order for both tables: time, then what came in before what went out, then the place in its own table. What the
# business says on its own is a row of the inbox until its turn, and one of the outbox then, under the same id.
SAID = """
select i.arrived_at as at, 0 as side, i.conversation, i.id as n, i.provider_id as id, i.provider_id, i.kind,
       case when i.turn is null then 'received' else 'handled' end as state, '' as reason, i.body_sealed as sealed
from inbox i where i.conversation = any(%(of)s) and i.kind <> all(%(none)s)
union all
select i.arrived_at, 1, i.conversation, i.id, i.provider_id, null, 'business', 'pending', '', i.body_sealed
from inbox i where i.conversation = any(%(of)s) and i.kind = 'business' and i.turn is null
union all
select o.made_at, 1, o.conversation, o.turn::bigint * 1000000 + o.place, coalesce(asked.provider_id, o.id::text),
       o.provider_id, case when o.as_template then 'template' else '' end, o.state, o.reason, o.message_sealed
from outbox o left join inbox asked on asked.id = o.inbox where o.conversation = any(%(of)s)
"""
PAGE = f"""
select * from ({SAID}) said
where %(at)s::timestamptz is null or (at, side, conversation, n) < (%(at)s, %(side)s, %(conversation)s, %(n)s)
order by at desc, side desc, conversation desc, n desc limit %(limit)s
"""
COUNT = f"select count(*) from ({SAID}) said"


@dataclass(frozen=True)
class Spot:
    """A place among all messages: what is older comes after it."""

    at: datetime
    side: int
    conversation: UUID
    n: int


@dataclass(frozen=True)
class Message:
    """One message, as it was said. Personal data."""

    spot: Spot
    id: str
    provider_id: str
    """the provider's, once it has one"""
    outgoing: bool
    kind: str
    """text tap image … of what came in; text choice document … of what went out; `erased` of what nobody can read"""
    text: str
    state: str
    """received | handled, of what came in; of what went out, as in the outbox"""
    reason: str


class Messages:
    """The messages of all conversations."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def page(self, of: Sequence[Known], limit: int, before: Spot | None = None) -> tuple[int, list[Message]]:
        """How many messages these conversations have in all; and the newest so many of those before the spot."""
        fields: dict[str, Any] = {"of": [one.conversation for one in of], "none": list(NO_MESSAGES), "limit": limit}
        place = {
            "at": before.at if before else None,
            "side": before.side if before else 0,
            "conversation": before.conversation if before else None,
            "n": before.n if before else 0,
        }
        async with self._pool.connection() as connection:
            counted = await (await connection.execute(COUNT, fields)).fetchone()
            rows = await (await connection.execute(PAGE, fields | place)).fetchall()
        seals = {one.conversation: one.seal for one in of}
        return counted[0] if counted else 0, [_message(seals, *row) for row in rows]


def _message(
    seals: dict[UUID, Seal | None],
    at: datetime,
    side: int,
    conversation: UUID,
    n: int,
    id: str,
    provider_id: str | None,
    kind: str,
    state: str,
    reason: str,
    sealed: bytes,
) -> Message:
    outgoing = side == 1
    column = "outbox.message" if outgoing and kind != "business" else "inbox.body"
    seal = seals[conversation]
    try:
        if seal is None:
            raise Erased("the conversation's key was destroyed")
        body = seal.open_json(column, sealed)
    except Erased:
        kind, text = "erased", ""
    else:
        said = "text" if kind == "business" else kind or str(body["kind"])
        kind, text = said, words(body) if outgoing else words_written(kind, body)
    return Message(Spot(at, side, conversation, n), id, provider_id or "", outgoing, kind, text, state, reason)


def words(message: dict[str, Any]) -> str:
    """The words of a message of ours; nothing where it has none, as a template's name is none."""
    return str(message.get("body") or message.get("caption") or message.get("text") or "")


def words_written(kind: str, body: dict[str, Any]) -> str:
    """The words of what somebody wrote, tapped, or put to a file; nothing where there are none."""
    match kind:
        case "tap":
            return str(body.get("title", ""))
        case "reaction":
            return str(body.get("emoji", ""))
        case "location":
            named = ", ".join(part for part in (body.get("name"), body.get("address")) if part)
            return named or f"{body.get('latitude')}, {body.get('longitude')}"
    return str(body.get("text") or body.get("caption") or "")
