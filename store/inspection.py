"""One conversation laid open, for the drawer of the phone: all it holds, unsealed. Mounted in dev only."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

from store.sealing import KeyRing, Seal

CONVERSATION = """
select c.bot, c.stage, c.language, c.waiting_for, extract(epoch from c.waiting_since)::float8 as waiting_since,
       c.wake_at, c.turn, c.owner, c.trouble, c.stopped, c.state_sealed, k.wrapped
from conversations c left join keys k on k.conversation = c.id where c.id = %s
"""
INBOX = """
select i.id, extract(epoch from i.arrived_at)::float8 as at, i.kind, i.provider_id, i.turn, i.trace, i.body_sealed,
       case when m.inbox is not null then json_build_object(
           'state', m.state, 'reason', m.reason, 'mime_type', m.mime_type, 'size', m.size) end as media
from inbox i left join media m on m.inbox = i.id where i.conversation = %s order by i.id desc limit 50
"""
OUTBOX = """
select id, turn, place, state, text_key, provider_id, attempts, error_code as error, reason, purpose, as_template,
       extract(epoch from not_before)::float8 as not_before, trace, message_sealed
from outbox where conversation = %s order by turn desc, place desc limit 50
"""


class Inspection:
    """Reads a conversation for people who build one."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def of(self, conversation: UUID) -> dict[str, Any]:
        """Everything. Raises sealing.Erased."""
        async with self._pool.connection() as connection, connection.cursor(row_factory=dict_row) as cursor:
            row = await (await cursor.execute(CONVERSATION, (conversation,))).fetchone()
            inbox = await (await cursor.execute(INBOX, (conversation,))).fetchall()
            outbox = await (await cursor.execute(OUTBOX, (conversation,))).fetchall()
        if row is None:
            raise LookupError(f"there is no conversation {conversation}")
        seal = self._keys.seal(conversation, row.pop("wrapped"))
        state = row.pop("state_sealed")
        return {
            **row,
            "state": json.loads(seal.open("conversations.state", state)) if state else {},
            "inbox": [_opened(one, seal, "payload", "body_sealed", "inbox.body") for one in inbox],
            "outbox": [_opened(one, seal, "message", "message_sealed", "outbox.message") for one in outbox],
        }


def _opened(row: dict[str, Any], seal: Seal, name: str, column: str, about: str) -> dict[str, Any]:
    opened = seal.open_json(about, row.pop(column))
    return {**row, name: opened}
