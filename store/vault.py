"""The vault: secrets that people told, sealed, under references. A turn puts them in; who uses one has it forgotten.

What nobody used is cleared after a day: a one-time code is worth nothing by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from store.sealing import KeyRing, Seal

OLD = "kept_at < now() - interval '1 day'"
"""as SQL: what waits in the vault and is not waited for any more"""
KEEP = """
insert into vault (conversation, ref, value_sealed) values (%s, %s, %s)
on conflict (conversation, ref) do update set value_sealed = excluded.value_sealed, kept_at = now()
"""
READ = """
select v.value_sealed, k.wrapped from vault v left join keys k on k.conversation = v.conversation
where v.conversation = %s and v.ref = %s
"""
FORGET = "delete from vault where conversation = %s and ref = %s"
CLEAR = f"delete from vault where {OLD}"


class NotInVault(Exception):
    """Nothing is kept under this reference: it was used and forgotten, cleared after a day, or erased."""


class Vault:
    """The secrets of all conversations."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def read(self, conversation: UUID, ref: str) -> str:
        """The value kept under this reference. Raises NotInVault, sealing.Erased, sealing.KeyMissing."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(READ, (conversation, ref))).fetchone()
        if row is None:
            raise NotInVault(f"nothing is kept under {ref}")
        value, wrapped = row
        return self._keys.seal(conversation, wrapped).open("vault.value", value)

    async def forget(self, conversation: UUID, ref: str) -> None:
        """Do away with it: it was used. What is gone already is no error."""
        async with self._pool.connection() as connection:
            await connection.execute(FORGET, (conversation, ref))

    async def clear(self) -> int:
        """Do away with what nobody used within a day; how much there was."""
        async with self._pool.connection() as connection:
            return (await connection.execute(CLEAR)).rowcount


async def keep(
    connection: AsyncConnection[TupleRow], seal: Seal, conversation: UUID, secrets: Sequence[tuple[str, str]]
) -> None:
    """Put values into the vault under their references, within a turn's transaction."""
    for ref, value in secrets:
        await connection.execute(KEEP, (conversation, ref, seal.seal("vault.value", value)))
