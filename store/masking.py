"""Masking what people wrote where it may be a secret: dots in place of the words, in every row that holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow

from store.kinds import EDIT
from store.sealing import Seal

DOTS = "••••••"
"""always as many: they do not tell how long it was"""
MASKED = "masked"
"""marks a body whose words are gone"""
WORDS = ("text", "caption", "body", "title")
"""the fields of an inbox row's body that hold what somebody wrote"""
RAW = "raw"
"""the item as the provider sent it, where that is kept"""

# An edit has a row of its own, which holds the new words; what it rewrites is told in its body, which is sealed.
ROWS = """
select id, provider_id, kind, body_sealed from inbox
where conversation = %(conversation)s and (id = any(%(rows)s) or kind = 'edit' or provider_id = any(%(names)s))
"""
MASK = "update inbox set body_sealed = %s where id = %s"

Connection = AsyncConnection[TupleRow]


@dataclass(frozen=True)
class _Row:
    id: int
    name: str
    """the provider's id of the message"""
    body: dict[str, Any]
    rewrites: str
    """the provider's id of the message that it rewrites, if it is an edit"""

    @property
    def about(self) -> str:
        """The message whose words these are."""
        return self.rewrites or self.name


async def mask(
    connection: Connection, seal: Seal, conversation: UUID, rows: Sequence[int], edits: Sequence[int] = ()
) -> None:
    """Mask these rows of the inbox, what they rewrite, and what rewrites them.

    `edits` are rows of edits: they are masked where what they rewrite is masked already.
    """
    found = await _rows(connection, seal, conversation, [*rows, *edits])
    hidden = {row.about for row in found if row.id in rows}
    asked = {row.rewrites for row in found if row.id in edits}
    meant = await _rows(connection, seal, conversation, names=[*hidden, *asked])
    hidden |= {row.name for row in meant if row.name in asked and MASKED in row.body}
    for row in meant:
        if row.about in hidden and row.body != masked(row.body):
            await connection.execute(MASK, (seal.seal("inbox.body", masked(row.body)), row.id))


async def _rows(
    connection: Connection, seal: Seal, conversation: UUID, ids: Sequence[int] = (), names: Sequence[str] = ()
) -> list[_Row]:
    """These rows, those of these messages, and every edit."""
    cursor = await connection.execute(ROWS, {"conversation": conversation, "rows": list(ids), "names": list(names)})
    found = []
    async for id, name, kind, sealed in cursor:
        body = seal.open_json("inbox.body", sealed)
        found.append(_Row(id, name, body, str(body.get("target", "")) if kind == EDIT else ""))
    return found


def masked(body: dict[str, Any]) -> dict[str, Any]:
    """The body of a row without the words: dots where there were any, and no copy of them."""
    shown = {key: DOTS if key in WORDS and value else value for key, value in body.items() if key != RAW}
    return {**shown, MASKED: True}
