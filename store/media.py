"""What people attached: whether it is wanted, fetched or given up, and where it is kept. Rows by the inbox's id."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from store.amendments import REVOKED
from store.blobs import Blobs
from store.sealing import KeyRing, Seal
from store.work import NoWork

Connection = AsyncConnection[TupleRow]

WANT = "insert into media (inbox, conversation, kind) values (%s, %s, %s) on conflict (inbox) do nothing"
READ = """
select i.kind, i.body_sealed, c.number, k.wrapped, m.state
from inbox i join conversations c on c.id = i.conversation
left join keys k on k.conversation = i.conversation left join media m on m.inbox = i.id
where i.id = %s and i.conversation = %s
"""
# A revoke holds the inbox row while it changes the medium's: whoever is second sees what the first has done.
HOLD = "select kind from inbox where id = %s for share"
FETCHED = """
update media set state = 'fetched', blob = %(blob)s, mime_type = %(mime_type)s, size = %(size)s, sha256 = %(sha256)s,
    reason = '', ended_at = now()
where inbox = %(inbox)s and state = 'wanted'
"""
ENDED = "update media set state = %s, reason = %s, ended_at = now() where inbox = %s and state = 'wanted'"
STATE = "select state from media where inbox = %s"
LEFT_BEHIND = "select inbox, blob from media where state = 'revoked' and blob is not null limit 200"
CLEARED = "update media set blob = null where inbox = %s"


@dataclass(frozen=True)
class Wanted:
    """A medium as the one who fetches it finds it."""

    inbox: int
    conversation: UUID
    state: str
    """wanted, or fetched | refused | failed | revoked, when that was settled before"""
    number: str
    """ours, the one they last wrote to"""
    content: dict[str, Any]
    """the fields of `domain.inbound.MediaContent`; nothing when it was taken back"""
    seal: Seal

    @property
    def blob(self) -> str:
        """The key it is kept under: the same on every try."""
        return f"{self.conversation}/media-{self.inbox}"


@dataclass(frozen=True)
class File:
    """What was fetched: MIME type, bytes, digest of what the person sent."""

    mime_type: str
    size: int
    sha256: bytes


class Media:
    """All media of all conversations."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def read(self, conversation: UUID, inbox: int) -> Wanted:
        """What is wanted under this row of the inbox. Raises store.work.NoWork where there is no such row or it is of
        something else, and sealing.Erased."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(READ, (inbox, conversation))).fetchone()
            if row is None:
                raise NoWork("this medium belongs to no message of the conversation")
            kind, sealed, number, wrapped, state = row
            seal = self._keys.seal(conversation, wrapped)
            content: dict[str, Any] = seal.open_json("inbox.body", sealed)
            if kind == REVOKED:
                await want(connection, conversation, inbox, content.get("media", ""))
                await connection.execute(ENDED, (REVOKED, "", inbox))
                return Wanted(inbox, conversation, REVOKED, number, {}, seal)
            if "media_id" not in content:
                raise NoWork(f"a message of kind {kind!r} has nothing to fetch")
            if state is None:
                await want(connection, conversation, inbox, content["media"])
        return Wanted(inbox, conversation, state or "wanted", number, content, seal)

    async def fetched(self, wanted: Wanted, file: File) -> str:
        """It is kept under `wanted.blob`. The state it has now: revoked when it was taken back meanwhile."""
        async with self._pool.connection() as connection, connection.transaction():
            held = await (await connection.execute(HOLD, (wanted.inbox,))).fetchone()
            if held is None or held[0] == REVOKED:
                await connection.execute(ENDED, (REVOKED, "", wanted.inbox))
            else:
                fields = {"mime_type": file.mime_type, "size": file.size, "sha256": file.sha256}
                await connection.execute(FETCHED, {"inbox": wanted.inbox, "blob": wanted.blob, **fields})
            return await _state(connection, wanted.inbox)

    async def given_up(self, wanted: Wanted, state: str, reason: str) -> str:
        """It is refused or failed, and why, in one word. The state it has now."""
        async with self._pool.connection() as connection:
            await connection.execute(ENDED, (state, reason, wanted.inbox))
            return await _state(connection, wanted.inbox)

    async def clear_revoked(self, blobs: Blobs) -> int:
        """Do away with the files of what was taken back after it had been fetched; how many. Raises the errors of
        Blobs; what is left then is found again."""
        async with self._pool.connection() as connection:
            left = await (await connection.execute(LEFT_BEHIND)).fetchall()
        for inbox, blob in left:
            await blobs.delete(blob)
            async with self._pool.connection() as connection:
                await connection.execute(CLEARED, (inbox,))
        return len(left)


async def want(connection: Connection, conversation: UUID, inbox: int, kind: str) -> None:
    """Say that what this message attached is to be fetched. Twice is once."""
    await connection.execute(WANT, (inbox, conversation, kind))


async def abandon(connection: Connection, inbox: int, reason: str) -> None:
    """Every try to fetch it met an outage: nobody tries any more."""
    await connection.execute(ENDED, ("failed", reason, inbox))


async def _state(connection: Connection, inbox: int) -> str:
    row = await (await connection.execute(STATE, (inbox,))).fetchone()
    return str(row[0]) if row else REVOKED
