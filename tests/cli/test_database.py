"""The database by command: brought up to date, filled, emptied; and what keeps it from being emptied by mistake."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg_pool import AsyncConnectionPool

from domain.inbound import Sender
from domain.numbers import DEFAULT_NUMBERS
from store.arrivals import Arrivals
from tests.cli.conftest import CommandLine
from tests.running.everything import Everything
from tests.running.tables import KEYS


@pytest.fixture
async def empty(sutradhar: CommandLine, shared: Everything) -> AsyncIterator[CommandLine]:
    """The command line over a database with nothing in it."""
    name = f"cli_{uuid4().hex[:12]}"
    url = await shared.servers.create_database(name)
    yield CommandLine({**sutradhar.environment, "DATABASE_URL": url})
    await shared.servers.drop_database(name)


async def conversations(line: CommandLine) -> int:
    """How many there are."""
    async with await psycopg.AsyncConnection.connect(line.environment["DATABASE_URL"]) as connection:
        row = await (await connection.execute("select count(*) from conversations")).fetchone()
    return int(row[0]) if row else 0


async def test_a_dry_run_names_what_would_run_and_runs_nothing(empty: CommandLine) -> None:
    dry = (await empty("migrate", "--dry-run", "--json")).json()["would_run"]
    assert dry[0] == "0001_conversations.sql"
    assert (await empty("migrate", "--dry-run", "--json")).json()["would_run"] == dry
    assert (await empty("migrate", "--json")).json()["ran"] == dry
    assert (await empty("migrate")).out == "The database is up to date.\n"


async def test_a_database_that_is_behind_says_what_to_type(empty: CommandLine) -> None:
    ended = await empty("stats")
    assert ended.code == 1
    assert "sutradhar migrate" in ended.err


async def test_init_db_makes_and_fills_it_and_does_so_again(empty: CommandLine) -> None:
    for _ in range(2):
        ended = await empty("init-db", "--json")
        assert ended.code == 0, ended.err
        assert ended.json()["seeded"] == ["programs", "orders"]
    async with await psycopg.AsyncConnection.connect(empty.environment["DATABASE_URL"]) as connection:
        [(programs,)] = await (await connection.execute("select count(*) from programs")).fetchall()
    assert programs > 0


@pytest.mark.parametrize("command", ["seed-programs", "seed-orders"])
async def test_seeds_can_be_put_in_alone(apart: CommandLine, command: str) -> None:
    ended = await apart(command, "--json")
    assert ended.code == 0, ended.err
    assert ended.json()["seeded"] == [command.removeprefix("seed-")]


async def test_an_empty_database_is_not_filled_before_it_has_tables(empty: CommandLine) -> None:
    ended = await empty("seed-programs")
    assert ended.code == 1
    assert "sutradhar migrate" in ended.err


async def test_resetting_without_a_yes_asks_and_with_nobody_there_it_says_so(
    apart: CommandLine, pool: AsyncConnectionPool
) -> None:
    await Arrivals(pool, KEYS).conversation(Sender(phone="+919700000001"), DEFAULT_NUMBERS[0])
    ended = await apart("reset-db")
    assert ended.code == 2
    assert "--yes" in ended.err
    assert await conversations(apart) == 1


async def test_resetting_takes_everything_and_begins_anew(apart: CommandLine, pool: AsyncConnectionPool) -> None:
    await Arrivals(pool, KEYS).conversation(Sender(phone="+919700000001"), DEFAULT_NUMBERS[0])
    ended = await apart("reset-db", "--yes", "--json")
    assert ended.code == 0, ended.err
    assert ended.json()["conversations"] == 1
    assert await conversations(apart) == 0


async def test_in_production_a_yes_is_not_enough(apart: CommandLine, pool: AsyncConnectionPool) -> None:
    await Arrivals(pool, KEYS).conversation(Sender(phone="+919700000001"), DEFAULT_NUMBERS[0])
    allowed = "meta,twilio,decision,mail,jobs,orders,auth,speech"
    production = {"MODE": "production", "TIME_SKIPPING": "off", "ALLOW_STAND_INS": allowed}
    name = urlsplit(apart.environment["DATABASE_URL"]).path.lstrip("/")
    for words in (["--yes"], ["--yes", "--yes-production", "another"]):
        ended = await apart("reset-db", *words, **production)
        assert ended.code == 2
        assert "--yes-production" in ended.err
        assert name not in ended.err, "it is not for copying"
    assert (await apart("reset-db", "--yes-production", "another")).code == 2, "in dev too: it was not this one"
    assert await conversations(apart) == 1
    ended = await apart("reset-db", "--yes-production", name, **production)
    assert ended.code == 0, ended.err
    assert await conversations(apart) == 0


async def test_a_reset_leaves_everything_where_temporal_is_away(apart: CommandLine, pool: AsyncConnectionPool) -> None:
    """Else its workflows would go on for conversations that nobody knows."""
    await Arrivals(pool, KEYS).conversation(Sender(phone="+919700000001"), DEFAULT_NUMBERS[0])
    ended = await apart("reset-db", "--yes", TEMPORAL_ADDRESS="127.0.0.1:1")
    assert ended.code == 1
    assert "Temporal" in ended.err
    assert await conversations(apart) == 1
