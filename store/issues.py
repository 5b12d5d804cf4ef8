"""Issues that people report, for somebody to look into."""

from __future__ import annotations

from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from domain.enquiries import IssueReport
from domain.references import references
from store.sealing import KeyRing
from store.work import NoWork

KIND = "ISS"

KEY = "select wrapped from keys where conversation = %s"
KNOWN = "select reference from issues where id = %s and conversation = %s"
APPEND = """
insert into issues (id, conversation, reference, description_sealed, reported_on)
values (%s, %s, %s, %s, %s) on conflict do nothing
"""
READ = """
select i.description_sealed, k.wrapped from issues i left join keys k on k.conversation = i.conversation
where i.conversation = %s and i.reference = %s
"""


class IssueTable:
    """The issues of all people."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def append(self, conversation: UUID, key: UUID, report: IssueReport) -> str:
        """Put it on record; its reference. The same key twice is one issue. Raises store.work.NoWork for a
        conversation that is gone."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(KEY, (conversation,))).fetchone()
            if row is None:
                raise NoWork("the conversation that reports this issue was erased")
            sealed = self._keys.seal(conversation, row[0]).seal("issues.description", report.description)
            for name in references(KIND, key):
                cursor = await connection.execute(APPEND, (key, conversation, name, sealed, report.on))
                if cursor.rowcount:
                    return name
                known = await (await connection.execute(KNOWN, (key, conversation))).fetchone()
                if known is not None:
                    return str(known[0])
        raise AssertionError("references go on without an end")

    async def read(self, conversation: UUID, name: str) -> str | None:
        """What was written, for those who look into it; None where this conversation has no such issue."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(READ, (conversation, name))).fetchone()
        return None if row is None else self._keys.seal(conversation, row[1]).open("issues.description", row[0])
