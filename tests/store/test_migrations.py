"""Migrations only go forward, once each, whoever starts first."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from store.database import MIGRATIONS, MigrationChanged, migrate
from tests.running.everything import Everything
from tests.running.product import SECRETS


@pytest.fixture
async def empty(shared: Everything) -> AsyncIterator[str]:
    """The connection string of a database with nothing in it."""
    name = f"empty_{uuid4().hex[:12]}"
    yield await shared.servers.create_database(name)
    await shared.servers.drop_database(name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two migrations."""
    (tmp_path / "0001_first.sql").write_text("create table first (id integer); insert into first values (1);")
    (tmp_path / "0002_second.sql").write_text("alter table first add column name text;")
    return tmp_path


async def rows(url: str, query: str) -> list[tuple[object, ...]]:
    """What a query finds."""
    async with await psycopg.AsyncConnection.connect(url) as connection:
        return await (await connection.execute(query)).fetchall()


async def test_they_run_in_order_and_a_second_time_there_is_nothing_to_do(empty: str, folder: Path) -> None:
    assert await migrate(empty, folder) == ["0001_first.sql", "0002_second.sql"]
    assert await migrate(empty, folder) == []
    assert await rows(empty, "select id, name from first") == [(1, None)]


async def test_a_file_that_comes_later_is_run_alone(empty: str, folder: Path) -> None:
    await migrate(empty, folder)
    (folder / "0003_third.sql").write_text("insert into first values (3, 'three');")
    assert await migrate(empty, folder) == ["0003_third.sql"]


async def test_a_file_that_was_edited_after_it_ran_is_refused_and_nothing_runs(empty: str, folder: Path) -> None:
    await migrate(empty, folder)
    (folder / "0001_first.sql").write_text("create table first (id bigint);")
    (folder / "0003_third.sql").write_text("create table third (id integer);")
    with pytest.raises(MigrationChanged, match=r"0001_first\.sql was edited after it ran: undo that"):
        await migrate(empty, folder)
    assert await rows(empty, "select to_regclass('third')") == [(None,)]


async def test_one_that_fails_leaves_nothing_of_itself_and_runs_again_when_mended(empty: str, folder: Path) -> None:
    (folder / "0003_third.sql").write_text("create table third (id integer); select 1/0;")
    with pytest.raises(psycopg.errors.DivisionByZero):
        await migrate(empty, folder)
    assert await rows(empty, "select to_regclass('third')") == [(None,)]
    (folder / "0003_third.sql").write_text("create table third (id integer);")
    assert await migrate(empty, folder) == ["0003_third.sql"]


async def test_processes_that_start_together_run_each_once(empty: str) -> None:
    ran = await asyncio.gather(*(migrate(empty) for _ in range(4)))
    assert sorted(name for names in ran for name in names) == sorted(file.name for file in MIGRATIONS.glob("*.sql"))


async def test_the_command_says_what_it_ran(empty: str) -> None:
    async def command() -> str:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "cli", "migrate",
            env={**SECRETS, "DATABASE_URL": empty}, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        said, _ = await process.communicate()
        assert process.returncode == 0
        return said.decode()

    ran = [f"ran: {file.name}" for file in sorted(MIGRATIONS.glob("*.sql"))]
    assert (await command()).splitlines() == ran
    assert await command() == "The database is up to date.\n"
