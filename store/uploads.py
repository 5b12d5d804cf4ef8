"""What a provider holds of our files, until it forgets them: each is uploaded once for each of our numbers."""

from __future__ import annotations

from psycopg_pool import AsyncConnectionPool

FIND = """
select provider_id from uploads where number = %s and blob = %s and expires_at > now() + interval '1 hour'
"""
KEEP = """
insert into uploads (number, blob, provider_id, expires_at)
values (%(number)s, %(blob)s, %(provider_id)s, now() + %(lasts)s::interval)
on conflict (number, blob) do update set provider_id = excluded.provider_id, expires_at = excluded.expires_at
"""
FORGET = "delete from uploads where number = %s and blob = %s"
LASTS_DAYS = 30
"""how long Meta keeps what is uploaded (Meta, media)"""


class Uploads:
    """All uploads."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def find(self, number: str, blob: str) -> str:
        """The provider's id of a file of ours; nothing where it has none, or not for an hour more."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(FIND, (number, blob))).fetchone()
        return str(row[0]) if row else ""

    async def keep(self, number: str, blob: str, provider_id: str) -> None:
        """The provider has it now."""
        fields = {"number": number, "blob": blob, "provider_id": provider_id, "lasts": f"{LASTS_DAYS} days"}
        async with self._pool.connection() as connection:
            await connection.execute(KEEP, fields)

    async def forget(self, number: str, blob: str) -> None:
        """The provider has it no more."""
        async with self._pool.connection() as connection:
            await connection.execute(FORGET, (number, blob))
