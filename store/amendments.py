"""Edits and revokes: done to the message they mean, whichever of the two comes first.

Whoever stores one writes first and looks then, so one of the two sees the other, but for a moment in which neither has
committed: what is left over by that is found by the sweeper (`Amendments.left_over`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from store.masking import MASKED
from store.sealing import Erased, KeyMissing, KeyRing, Seal

Connection = AsyncConnection[TupleRow]

KEEP = """
insert into amendments (id, conversation, provider, target, kind, body_sealed, said_at)
values (%s, %s, %s, %s, %s, %s, %s) on conflict (id) do nothing returning id
"""
WAITING = """
select id, kind, body_sealed from amendments
where provider = %s and target = %s and conversation = %s and applied_at is null order by said_at, id for update
"""
TARGET = """
select id, kind, body_sealed, question, turn from inbox
where provider = %s and provider_id = %s and conversation = %s for update
"""
CHANGE = "update inbox set kind = %s, body_sealed = %s where id = %s"
FORGET_MEDIUM = "update media set state = 'revoked', ended_at = now() where inbox = %s"
# What it said is in its message from then on, and in its own row of the inbox: here nobody looks at it again.
APPLIED = "update amendments set applied_at = now(), body_sealed = %s where id = %s"
LEFT_OVER = """
select distinct a.conversation, a.provider, a.target, k.wrapped from amendments a
join inbox i on i.provider = a.provider and i.provider_id = a.target and i.conversation = a.conversation
left join keys k on k.conversation = a.conversation
where a.applied_at is null limit 200
"""
REVOKED = "revoked"
"""kind of an inbox row whose message its author has taken back: nothing of it is left"""


@dataclass(frozen=True)
class Amendment:
    """An edit or a revoke of somebody's own message."""

    provider: str
    provider_id: str
    """its own"""
    target: str
    """the provider's id of the message meant"""
    kind: str
    """edit | revoke"""
    text: str
    said_at: float


@dataclass(frozen=True)
class Effect:
    """What an amendment came to. One is late when a turn had taken its message; `question` is what that answered."""

    late: bool = False
    question: str = ""


async def amend(connection: Connection, conversation: UUID, seal: Seal, amendment: Amendment) -> Effect:
    """Keep it, and do it to its message if that is there. One that was kept before changes nothing."""
    kept = await connection.execute(
        KEEP,
        (
            uuid5(conversation, f"amendment:{amendment.provider}:{amendment.provider_id}"),
            conversation,
            amendment.provider,
            amendment.target,
            amendment.kind,
            seal.seal("amendments.body", {"text": amendment.text}),
            datetime.fromtimestamp(amendment.said_at, UTC),
        ),
    )
    if await kept.fetchone() is None:
        return Effect()
    return await apply_waiting(connection, conversation, seal, amendment.provider, amendment.target)


async def apply_waiting(connection: Connection, conversation: UUID, seal: Seal, provider: str, target: str) -> Effect:
    """Do what waits for this message to it, in the order it was said; nothing while the message is not there."""
    found = await (await connection.execute(TARGET, (provider, target, conversation))).fetchone()
    if found is None:
        return Effect()
    row, kind, sealed, question, turn = found
    body: dict[str, Any] = seal.open_json("inbox.body", sealed)
    for id, what, told in await (await connection.execute(WAITING, (provider, target, conversation))).fetchall():
        kind, body = amended(kind, body, what, seal.open_json("amendments.body", told)["text"])
        await connection.execute(APPLIED, (seal.seal("amendments.body", {"text": ""}), id))
    await connection.execute(CHANGE, (kind, seal.seal("inbox.body", body), row))
    if kind == REVOKED:
        await connection.execute(FORGET_MEDIUM, (row,))
    return Effect(late=turn is not None, question=question)


def amended(kind: str, body: dict[str, Any], what: str, text: str) -> tuple[str, dict[str, Any]]:
    """Kind and body of a message after an edit or a revoke. Of a medium only the caption can be rewritten.

    What was masked stays so: whoever writes a code anew does not mean it to be read either.
    """
    if what == "revoke":
        return REVOKED, {}
    if MASKED in body:
        return kind, body
    if kind == "text":
        return kind, {"text": text}
    return (kind, {**body, "caption": text}) if "caption" in body else (kind, body)


class Amendments:
    """What was left over."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def left_over(self) -> int:
        """Do what waits although its message has come; for how many messages."""
        async with self._pool.connection() as connection:
            waiting = await (await connection.execute(LEFT_OVER)).fetchall()
        for conversation, provider, target, wrapped in waiting:
            try:
                seal = self._keys.seal(conversation, wrapped)
                async with self._pool.connection() as connection, connection.transaction():
                    await apply_waiting(connection, conversation, seal, provider, target)
            except (Erased, KeyMissing):
                continue
        return len(waiting)
