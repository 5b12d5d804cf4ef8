"""From time to time and after a fix. How conversations in trouble go on is in tests/durability/test_trouble.py."""

from __future__ import annotations

from uuid import uuid4

from psycopg_pool import AsyncConnectionPool

from tests.cli.conftest import CommandLine


async def count(pool: AsyncConnectionPool, query: str) -> int:
    """The one number of a query."""
    async with pool.connection() as connection:
        row = await (await connection.execute(query)).fetchone()
    return int(row[0]) if row else 0


async def test_what_nobody_needs_is_counted_and_then_cleared(apart: CommandLine, pool: AsyncConnectionPool) -> None:
    letter = uuid4()
    async with pool.connection() as connection:
        await connection.execute(
            "insert into uploads values ('1', 'old', 'a', now() - interval '1 hour'),"
            " ('1', 'new', 'b', now() + interval '1 day')"
        )
        await connection.execute(
            "insert into statuses (provider, provider_id, status, at) values"
            " ('meta', 'a', 'sent', now() - interval '31 days'), ('meta', 'b', 'sent', now())"
        )
        await connection.execute("insert into keys (conversation, wrapped) values (%s, 'x')", (letter,))
        await connection.execute(
            "insert into dead_letters (id, provider, reason, item_sealed, fingerprint, replayed_at)"
            " values (%s, 'meta', 'unreadable', 'x', 'y', now() - interval '31 days')",
            (letter,),
        )
    dry = (await apart("cleanup-sessions", "--dry-run", "--json")).json()
    assert dry["cleared"]["uploads"] == dry["cleared"]["statuses"] == dry["cleared"]["dead_letters"] == 1
    assert await count(pool, "select count(*) from uploads") == 2
    done = await apart("cleanup-sessions", "--json")
    assert done.json()["cleared"] == dry["cleared"]
    assert await count(pool, "select count(*) from uploads") == 1
    assert await count(pool, "select count(*) from statuses") == 1
    assert await count(pool, "select count(*) from keys") == 0
    assert (await apart("cleanup-sessions", "--days", "0")).code == 2


async def test_a_number_that_is_not_stopped_cannot_be_resumed(apart: CommandLine, pool: AsyncConnectionPool) -> None:
    ended = await apart("resume", "100000000000001")
    assert (ended.code, ended.err) == (1, "100000000000001 is not stopped\n")
    async with pool.connection() as connection:
        await connection.execute(
            "insert into numbers (number, stopped_at, code) values ('100000000000001', now(), 190)"
        )
    assert (await apart("resume", "100000000000001", "--json")).json() == {"resumed": "100000000000001"}


async def test_retrying_all_where_nobody_is_in_trouble_is_done_at_once(apart: CommandLine) -> None:
    assert (await apart("retry", "all", "--json")).json() == {"retried": []}
    ended = await apart("retry", "that one")
    assert (ended.code, "named by its id" in ended.err) == (2, True)
