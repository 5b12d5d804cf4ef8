"""A real PostgreSQL: started, killed, started again."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psycopg
import pytest

from stack.databases import create_database, drop_database
from stack.errors import NotFound, StackError, StoreMismatch, WrongSetting
from stack.postgres import Postgres, find_binaries
from tests.stack.alive import owner

Make = Callable[..., Postgres]


@pytest.fixture
async def make(tmp_path: Path) -> AsyncIterator[Make]:
    """Servers over one folder; those that still run are stopped in the end."""
    made: list[Postgres] = []

    def one(password: str = "secret") -> Postgres:
        made.append(Postgres(tmp_path / "postgres", tmp_path / "postgres.log", password, find_binaries({})))
        return made[-1]

    yield one
    for server in made:
        await server.stop()


async def ask(url: str, query: str) -> object:
    """The one value that a query gives."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        cursor = await connection.execute(query)
        row = await cursor.fetchone() if cursor.description else None
        return row and row[0]


async def test_it_keeps_what_was_committed_through_kill_9_and_a_stop(make: Make) -> None:
    server = make()
    await server.start()
    await server.create_database("ours")
    url = server.url("ours")
    await ask(url, "CREATE TABLE kept AS SELECT 1 AS value")

    server.child.kill()
    await server.start()
    assert await ask(url, "SELECT count(*) FROM kept") == 1

    await server.stop()
    await server.start()
    assert await ask(url, "SELECT count(*) FROM kept") == 1


async def test_a_second_start_listens_where_the_first_did(make: Make) -> None:
    first = make()
    await first.start()
    await first.stop()

    assert make().port == first.port


async def test_a_note_of_a_dead_server_whose_number_now_belongs_to_another_process_does_not_stop_it(
    make: Make,
) -> None:
    """As after a kill -9 and a restart of the machine."""
    server = make()
    await server.start()
    note = server.data / "postmaster.pid"
    lines = note.read_text().splitlines()
    server.child.kill()
    note.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

    await server.start()

    assert await ask(server.url("postgres"), "SELECT 1") == 1


async def test_a_server_left_running_over_the_folder_is_stopped_first(make: Make) -> None:
    left_running, server = make(), make()
    await left_running.start()

    await server.start()

    assert not left_running.child.running
    assert await ask(server.url("postgres"), "SELECT 1") == 1


async def test_only_the_password_opens_it(make: Make) -> None:
    server = make()
    await server.start()

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        await ask(server.url("postgres").replace("secret", "guessed"), "SELECT 1")


async def test_a_password_that_was_lost_is_told_with_the_way_out(make: Make) -> None:
    server = make()
    await server.start()
    await server.stop()
    other = make("another")

    with pytest.raises(StoreMismatch, match=r"secrets\.json.*DATA_DIR"):
        await other.start()


async def test_data_of_another_major_version_is_refused_with_the_way_out(make: Make) -> None:
    server = make()
    server.data.mkdir(parents=True)
    (server.data / "PG_VERSION").write_text("9\n")

    with pytest.raises(StoreMismatch, match=r"made by PostgreSQL 9.*POSTGRES_BIN.*DATA_DIR"):
        await server.start()


async def test_a_first_start_that_was_broken_off_begins_anew(make: Make) -> None:
    server = make()
    (server.folder / "data.new").mkdir(parents=True)
    (server.folder / "data.new" / "half").write_text("made")

    await server.start()

    assert await ask(server.url("postgres"), "SELECT 1") == 1


async def test_databases_are_copied_from_a_template_and_dropped_under_their_users(make: Make) -> None:
    server = make()
    await server.start()
    await server.create_database("migrated")
    await ask(server.url("migrated"), "CREATE TABLE kept AS SELECT 1 AS value")

    assert await create_database(server.url("postgres"), "copy", template="migrated")
    assert not await create_database(server.url("postgres"), "copy", template="migrated")
    user = await psycopg.AsyncConnection.connect(server.url("copy"))
    await user.execute("SELECT * FROM kept")
    await drop_database(server.url("postgres"), "copy")
    await user.close()

    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        await ask(server.url("copy"), "SELECT 1")


async def test_its_log_holds_no_statement_and_no_value(make: Make) -> None:
    server = make()
    await server.start()
    await ask(server.url("postgres"), "CREATE TABLE people (name text PRIMARY KEY)")
    for _ in range(2):
        try:
            await ask(server.url("postgres"), "INSERT INTO people VALUES ('Asha Example')")
        except psycopg.errors.UniqueViolation:
            continue

    log = server.child.log.read_text()
    assert "duplicate key" in log
    assert "Asha" not in log


async def test_it_never_runs_as_root_even_in_a_folder_of_roots_alone(make: Make, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    server = make()

    await server.start()

    assert owner(server.child.pid) != 0


def test_a_wrong_bin_directory_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="POSTGRES_BIN"):
        find_binaries({"POSTGRES_BIN": str(tmp_path)})


def test_the_setting_wins_over_the_embedded_one() -> None:
    embedded = find_binaries({})

    assert find_binaries({"POSTGRES_BIN": str(embedded.folder)}) == embedded


def test_a_program_that_is_no_postgresql_is_named(tmp_path: Path) -> None:
    for name in ("postgres", "initdb"):
        (tmp_path / name).write_text("#!/bin/sh\necho hello\n")
        (tmp_path / name).chmod(0o755)

    with pytest.raises(NotFound, match="is it PostgreSQL"):
        find_binaries({"POSTGRES_BIN": str(tmp_path)})


def test_all_of_these_can_be_shown_as_they_are() -> None:
    assert all(issubclass(kind, StackError) for kind in (NotFound, StoreMismatch, WrongSetting))
