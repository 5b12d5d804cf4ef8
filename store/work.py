"""Work wanted by conversations: its arguments and its results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from store.sealing import KeyRing, Seal

READ = """
select w.argument_sealed, w.ended_at is not null, w.refused is not null, w.trace, k.wrapped
from work w left join keys k on k.conversation = w.conversation
where w.conversation = %s and w.key = %s
"""
FINISH = "update work set result_sealed = %s, refused = null, ended_at = now() where conversation = %s and key = %s"
REFUSE = "update work set refused = %s, ended_at = now() where conversation = %s and key = %s"


@dataclass(frozen=True)
class Ordered:
    """Work as its activity finds it."""

    argument: Any
    ended: str
    """finished | refused, when an earlier attempt had ended it; else nothing"""
    seal: Seal
    trace: str
    """of the webhook that led to it"""


class NoWork(Exception):
    """Work that no row wants any more: its conversation was erased."""


class WorkTable:
    """All work of all conversations."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def read(self, conversation: UUID, key: str) -> Ordered:
        """What is wanted under this key. Raises NoWork, sealing.Erased."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(READ, (conversation, key))).fetchone()
        if row is None:
            raise NoWork("this work is wanted by no conversation")
        argument, ended, refused, trace, wrapped = row
        seal = self._keys.seal(conversation, wrapped)
        how = ("refused" if refused else "finished") if ended else ""
        return Ordered(seal.open_json("work.argument", argument), how, seal, trace)

    async def finish(self, conversation: UUID, key: str, seal: Seal, result: Any) -> None:
        """Keep a result."""
        async with self._pool.connection() as connection:
            await connection.execute(FINISH, (seal.seal_json("work.result", result), conversation, key))

    async def refuse(self, conversation: UUID, key: str, reason: str) -> None:
        """Keep a refusal: the code, never the words."""
        async with self._pool.connection() as connection:
            await connection.execute(REFUSE, (reason, conversation, key))
