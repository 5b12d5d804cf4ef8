"""A defect or an issue is on record once, under a reference of its own, for those alone who reported it."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4, uuid5

import pytest
from psycopg_pool import AsyncConnectionPool

from domain.defects import DefectReport, Step
from domain.enquiries import IssueReport
from domain.files import SentFile
from domain.references import ALPHABET, LENGTH, reference
from store.arrivals import Arrival, Arrivals
from store.defects import BEGINNING, LONGEST_RESOLUTION, DefectTable
from store.issues import IssueTable
from store.sealing import Erased, KeyRing
from store.work import NoWork
from tests.store.conftest import Someone, someone

TODAY, LATER = date(2026, 11, 21), date(2026, 11, 23)
REPORT = DefectReport("Two hinges of ORD-002 are bent", "ORD-002", None, TODAY)
ISSUE = IssueReport("The invoice never came", TODAY)


@pytest.fixture
def defects(pool: AsyncConnectionPool, keys: KeyRing) -> DefectTable:
    return DefectTable(pool, keys)


@pytest.fixture
def issues(pool: AsyncConnectionPool, keys: KeyRing) -> IssueTable:
    return IssueTable(pool, keys)


async def test_what_was_reported_can_be_read(defects: DefectTable, asha: Someone) -> None:
    name = await defects.append(asha.conversation, uuid4(), REPORT)
    found = await defects.read(asha.conversation, name)
    assert found is not None
    assert (found.description, found.order, found.photo, found.status) == (
        "Two hinges of ORD-002 are bent",
        "ORD-002",
        "none",
        "received",
    )
    assert found.history == (Step(TODAY, "received"),)
    assert [one.reference for one in await defects.of(asha.conversation)] == [name]


async def test_the_same_work_twice_is_one_defect(defects: DefectTable, asha: Someone) -> None:
    """Also when both tries are under way at once."""
    key = uuid4()
    names = await asyncio.gather(*(defects.append(asha.conversation, key, REPORT) for _ in range(8)))
    assert set(names) == {reference("DEF", key)}
    assert len(await defects.of(asha.conversation)) == 1


async def test_many_at_once_have_references_of_their_own(
    defects: DefectTable, issues: IssueTable, asha: Someone
) -> None:
    reported = await asyncio.gather(*(defects.append(asha.conversation, uuid4(), REPORT) for _ in range(30)))
    assert len(set(reported)) == 30
    told = await asyncio.gather(*(issues.append(asha.conversation, uuid4(), ISSUE) for _ in range(30)))
    assert len(set(told)) == 30


async def test_two_that_draw_the_same_reference_get_two(
    defects: DefectTable, issues: IssueTable, pool: AsyncConnectionPool, keys: KeyRing, asha: Someone
) -> None:
    """Keys that differ by a multiple of what references tell apart."""
    ravi = await someone(pool, keys)
    key = UUID(int=uuid4().int >> 2)
    twin = UUID(int=key.int + len(ALPHABET) ** LENGTH)
    assert reference("DEF", key) == reference("DEF", twin)
    for table, report in ((defects, REPORT), (issues, ISSUE)):
        first = await table.append(asha.conversation, key, report)  # type: ignore[arg-type]
        second = await table.append(ravi.conversation, twin, report)  # type: ignore[arg-type]
        assert second != first
        assert second.endswith(reference("DEF", uuid5(twin, "1"))[4:])
        assert await table.append(ravi.conversation, twin, report) == second  # type: ignore[arg-type]


async def test_nobody_gets_another_ones_defect_or_issue(
    defects: DefectTable, issues: IssueTable, pool: AsyncConnectionPool, keys: KeyRing, asha: Someone
) -> None:
    ravi = await someone(pool, keys)
    defect = await defects.append(asha.conversation, uuid4(), REPORT)
    issue = await issues.append(asha.conversation, uuid4(), ISSUE)
    assert await defects.of(ravi.conversation) == ()
    assert await defects.read(ravi.conversation, defect) is None
    assert await issues.read(ravi.conversation, issue) is None
    assert await issues.read(asha.conversation, issue) == "The invoice never came"


async def test_what_becomes_of_it_is_told(defects: DefectTable, asha: Someone) -> None:
    name = await defects.append(asha.conversation, uuid4(), REPORT)
    assert await defects.move(name, "in_review", LATER)
    assert await defects.move(name, "in_review", LATER)
    assert await defects.move(name, "resolved", LATER, "Two new hinges are on their way.")
    found = await defects.read(asha.conversation, name)
    assert found is not None
    assert [step.status for step in found.history] == ["received", "in_review", "resolved"]
    assert (found.status, found.resolution) == ("resolved", "Two new hinges are on their way.")


async def test_moving_one_that_there_is_not_or_with_endless_words_is_refused(
    defects: DefectTable, asha: Someone
) -> None:
    assert not await defects.move("DEF-222222", "resolved", LATER)
    name = await defects.append(asha.conversation, uuid4(), REPORT)
    with pytest.raises(ValueError, match="characters at most"):
        await defects.move(name, "resolved", LATER, "x" * (LONGEST_RESOLUTION + 1))


@pytest.mark.parametrize(("state", "told"), [("fetched", "kept"), ("failed", "lost"), ("revoked", "lost")])
async def test_a_photo_is_with_it_as_long_as_it_is_kept(
    defects: DefectTable, pool: AsyncConnectionPool, keys: KeyRing, asha: Someone, state: str, told: str
) -> None:
    row = await Arrivals(pool, keys).store(
        asha.found, Arrival("meta", f"wamid.{uuid4().hex}", "attached", {"media": "image"})
    )
    assert row is not None
    async with pool.connection() as connection:
        await connection.execute(
            "insert into media (inbox, conversation, kind, state) values (%s, %s, 'image', %s)",
            (row, asha.conversation, state),
        )
    name = await defects.append(
        asha.conversation, uuid4(), replace(REPORT, photo=SentFile(row, "image", "the left one"))
    )
    found = await defects.read(asha.conversation, name)
    assert found is not None
    assert found.photo == told


async def test_a_list_shows_how_a_long_description_begins(defects: DefectTable, asha: Someone) -> None:
    await defects.append(asha.conversation, uuid4(), replace(REPORT, description="bent and\nscratched " * 50))
    (row,) = await defects.of(asha.conversation)
    assert row.description.startswith("bent and scratched bent")
    assert len(row.description) <= BEGINNING


async def test_what_was_written_is_sealed(
    defects: DefectTable, issues: IssueTable, pool: AsyncConnectionPool, asha: Someone
) -> None:
    name = await defects.append(asha.conversation, uuid4(), REPORT)
    await defects.move(name, "resolved", LATER, "Two new hinges are on their way.")
    await issues.append(asha.conversation, uuid4(), ISSUE)
    async with pool.connection() as connection:
        rows = await (
            await connection.execute(
                "select encode(report_sealed, 'escape') || encode(resolution_sealed, 'escape') from defects"
                " where conversation = %(c)s"
                " union all select encode(description_sealed, 'escape') from issues where conversation = %(c)s",
                {"c": asha.conversation},
            )
        ).fetchall()
    assert len(rows) == 2
    for (sealed,) in rows:
        assert not any(word in sealed for word in ("hinges", "invoice"))


async def test_with_the_key_destroyed_nothing_can_be_read_or_written(
    defects: DefectTable, issues: IssueTable, pool: AsyncConnectionPool, asha: Someone
) -> None:
    name = await defects.append(asha.conversation, uuid4(), REPORT)
    async with pool.connection() as connection:
        await connection.execute("delete from keys where conversation = %s", (asha.conversation,))
    with pytest.raises(Erased):
        await defects.read(asha.conversation, name)
    for table, report in ((defects, REPORT), (issues, ISSUE)):
        with pytest.raises(NoWork):
            await table.append(asha.conversation, uuid4(), report)  # type: ignore[arg-type]
