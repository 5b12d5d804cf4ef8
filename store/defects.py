"""Defects that people report, and what becomes of them. What they write is sealed under their conversation's key."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from domain.defects import Defect, DefectReport, DefectStatus, DefectSummary, Step
from domain.references import references
from store.sealing import KeyRing
from store.work import NoWork

KIND = "DEF"
MOST_LISTED = 90
"""ten pages of a list; older ones are found by their reference"""
LONGEST_RESOLUTION = 2000
"""characters: a text shows no more of one value"""
BEGINNING = 60
"""characters of a description that a list shows"""

KEY = "select wrapped from keys where conversation = %s"
KNOWN = "select reference from defects where id = %s and conversation = %s"
APPEND = """
insert into defects (id, conversation, reference, order_number, report_sealed, photo)
values (%s, %s, %s, %s, %s, %s) on conflict do nothing
"""
REMEMBER = "insert into defect_history (defect, place, happened_on, status) values (%s, %s, %s, %s)"
OF = """
select d.reference, d.status, d.report_sealed, k.wrapped from defects d
left join keys k on k.conversation = d.conversation
where d.conversation = %s order by d.made_at desc, d.reference limit %s
"""
READ = """
select d.id, d.reference, d.status, d.report_sealed, d.order_number, d.resolution_sealed, k.wrapped,
       case when d.photo is null then 'none' when m.state in ('refused', 'failed', 'revoked') then 'lost'
            else 'kept' end
from defects d left join keys k on k.conversation = d.conversation left join media m on m.inbox = d.photo
where d.conversation = %s and d.reference = %s
"""
HISTORY = "select happened_on, status from defect_history where defect = %s order by place"
HOLD = """
select d.id, d.conversation, d.status, k.wrapped from defects d left join keys k on k.conversation = d.conversation
where d.reference = %s for update of d
"""
MOVE = "update defects set status = %s, resolution_sealed = coalesce(%s, resolution_sealed) where id = %s"
LAST = "select coalesce(max(place), -1) + 1 from defect_history where defect = %s"


class DefectTable:
    """The defects of all people. Reading raises sealing.Erased for a conversation whose key was destroyed."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def append(self, conversation: UUID, key: UUID, report: DefectReport) -> str:
        """Put it on record; its reference. The same key twice is one defect. Raises store.work.NoWork for a
        conversation that is gone."""
        caption = report.photo.caption if report.photo else ""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(KEY, (conversation,))).fetchone()
            if row is None:
                raise NoWork("the conversation that reports this defect was erased")
            sealed = self._keys.seal(conversation, row[0]).seal_json(
                "defects.report", {"description": report.description, "caption": caption}
            )
            photo = report.photo.inbox if report.photo else None
            for name in references(KIND, key):
                async with connection.transaction():
                    cursor = await connection.execute(APPEND, (key, conversation, name, report.order, sealed, photo))
                    if cursor.rowcount:
                        await connection.execute(REMEMBER, (key, 0, report.on, "received"))
                        return name
                known = await (await connection.execute(KNOWN, (key, conversation))).fetchone()
                if known is not None:
                    return str(known[0])
        raise AssertionError("references go on without an end")

    async def of(self, conversation: UUID) -> tuple[DefectSummary, ...]:
        """The defects reported in this conversation, the newest first."""
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(OF, (conversation, MOST_LISTED))).fetchall()
        found = []
        for name, status, sealed, wrapped in rows:
            seal = self._keys.seal(conversation, wrapped)
            words = seal.open_json("defects.report", sealed)["description"]
            found.append(DefectSummary(name, status, beginning(words)))
        return tuple(found)

    async def read(self, conversation: UUID, name: str) -> Defect | None:
        """The defect of this reference that was reported in this conversation; None where there is none."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(READ, (conversation, name))).fetchone()
            if row is None:
                return None
            id, _, status, sealed, order, resolution, wrapped, photo = row
            steps = await (await connection.execute(HISTORY, (id,))).fetchall()
        seal = self._keys.seal(conversation, wrapped)
        history = tuple(Step(*step) for step in steps)
        return Defect(
            name,
            status,
            history[0].on,
            seal.open_json("defects.report", sealed)["description"],
            order,
            photo,
            history,
            seal.open("defects.resolution", resolution) if resolution else "",
        )

    async def move(self, name: str, status: DefectStatus, on: date, resolution: str = "") -> bool:
        """Those who look into it say where it stands and, in words for the person, how it was resolved.

        False where there is no such defect. A status that it has already is no new step of its history. Raises
        ValueError for words that no message could show.
        """
        if len(resolution) > LONGEST_RESOLUTION:
            raise ValueError(f"a resolution has {LONGEST_RESOLUTION} characters at most")
        async with self._pool.connection() as connection, connection.transaction():
            row = await (await connection.execute(HOLD, (name,))).fetchone()
            if row is None:
                return False
            id, conversation, before, wrapped = row
            sealed = None
            if resolution:
                sealed = self._keys.seal(conversation, wrapped).seal("defects.resolution", resolution)
            await connection.execute(MOVE, (status, sealed, id))
            if status != before:
                place = await (await connection.execute(LAST, (id,))).fetchone()
                await connection.execute(REMEMBER, (id, place[0] if place else 0, on, status))
        return True


def beginning(words: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= BEGINNING else line[: BEGINNING - 1].rstrip() + "…"
