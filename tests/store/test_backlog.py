"""What waits and what is wrong, as those on duty are told of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from psycopg_pool import AsyncConnectionPool

from store.backlog import INBOX, LETTERS, OUTBOX, PARKED, TROUBLE, Backlogs
from tests.store.conftest import Someone

OURS = "100000000000001"


@pytest.fixture
async def empty(pool: AsyncConnectionPool) -> AsyncIterator[AsyncConnectionPool]:
    """The database without anything that waits, for other tests of this process leave things lying."""
    async with pool.connection() as connection:
        await connection.execute("truncate inbox, outbox, dead_letters, numbers, heartbeats cascade")
        await connection.execute("update conversations set trouble = ''")
    yield pool
    async with pool.connection() as connection:
        await connection.execute("truncate numbers, heartbeats")


async def run(pool: AsyncConnectionPool, query: str, *values: object) -> None:
    """Have it so."""
    async with pool.connection() as connection:
        await connection.execute(query.encode(), values)


async def test_where_nothing_waits_there_is_nothing(empty: AsyncConnectionPool) -> None:
    now = await Backlogs(empty, [OURS]).read()

    assert (now.inbox, now.inbox_age, now.outbox_age, now.trouble, now.stopped) == (0, 0, 0, 0, 0)
    assert (dict(now.outbox), dict(now.letters), now.worker_silent) == ({"parked": 0}, {}, None)


async def test_a_message_waits_until_a_turn_has_taken_it(empty: AsyncConnectionPool, asha: Someone) -> None:
    backlogs = Backlogs(empty, [OURS])
    before = await backlogs.read()
    await run(empty, "update inbox set arrived_at = now() - interval '90 seconds'")

    waiting = await backlogs.read()
    assert waiting.inbox == before.inbox >= 1
    assert 90 <= waiting.inbox_age < 100

    await run(empty, "update inbox set turn = 1")
    assert ((await backlogs.read()).inbox, (await backlogs.read()).inbox_age) == (0, 0)


async def test_what_an_erased_person_wrote_waits_for_nobody(empty: AsyncConnectionPool, asha: Someone) -> None:
    await run(empty, "delete from keys where conversation = %s", asha.conversation)
    await run(empty, "update inbox set turn = 1 where conversation <> %s", asha.conversation)

    assert (await Backlogs(empty, [OURS]).read()).inbox == 0


async def test_unsent_messages_are_counted_by_state_and_the_oldest_is_as_old_as_it_is(
    empty: AsyncConnectionPool, asha: Someone
) -> None:
    states = ("pending", "deferred", "deferred", "unknown", "sending", "parked", "accepted", "delivered", "failed")
    for turn, state in enumerate(states):
        await asha.to_be_sent(turn, state=state)
    await run(empty, "update outbox set made_at = now() - interval '1 day' where state in ('parked', 'delivered')")
    await run(empty, "update outbox set made_at = now() - interval '5 minutes' where state = 'unknown'")

    now = await Backlogs(empty, [OURS]).read()

    assert now.outbox == {"pending": 1, "deferred": 2, "unknown": 1, "sending": 1, "parked": 1}
    assert 300 <= now.outbox_age < 310


async def test_dead_letters_are_counted_until_they_are_replayed(empty: AsyncConnectionPool) -> None:
    for reason, replayed in (("unreadable", None), ("unreadable", None), ("no_sender", None), ("erased", "2026-11-27")):
        await run(
            empty,
            "insert into dead_letters (id, provider, reason, item_sealed, fingerprint, replayed_at)"
            " values (%s, 'meta', %s, '', %s, %s)",
            uuid4(),
            reason,
            uuid4().bytes,
            replayed,
        )

    assert (await Backlogs(empty, [OURS]).read()).letters == {"unreadable": 2, "no_sender": 1}


async def test_conversations_in_trouble_are_counted(empty: AsyncConnectionPool, asha: Someone) -> None:
    await run(empty, "update conversations set trouble = 'KeyError in ask' where id = %s", asha.conversation)

    assert (await Backlogs(empty, [OURS]).read()).trouble == 1


async def test_numbers_of_ours_that_are_stopped_are_named_with_the_providers_code(empty: AsyncConnectionPool) -> None:
    for number, stopped in ((OURS, "2026-11-27"), ("100000000000002", None), ("somebody's", "2026-11-27")):
        await run(empty, "insert into numbers (number, stopped_at, code) values (%s, %s, 190)", number, stopped)
    backlogs = Backlogs(empty, [OURS, "100000000000002"])

    assert (await backlogs.read()).stopped == 1
    assert await backlogs.stopped() == {OURS: 190}


async def test_the_worker_is_silent_since_its_last_sign(empty: AsyncConnectionPool) -> None:
    await run(empty, "insert into heartbeats values ('worker', now() - interval '20 seconds')")

    silent = (await Backlogs(empty, [OURS]).read()).worker_silent

    assert silent is not None
    assert 20 <= silent < 30


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (INBOX, "inbox_not_taken"),
        (OUTBOX, "outbox_unsent"),
        (PARKED, "outbox_parked"),
        (LETTERS, "dead_letters_open"),
        (TROUBLE, "conversations_in_trouble"),
    ],
)
async def test_no_query_looks_through_all_there_ever_was(pool: AsyncConnectionPool, query: str, index: str) -> None:
    """PostgreSQL may take the small way: an index that holds only what waits."""
    async with pool.connection() as connection, connection.transaction():
        await connection.execute("set local enable_seqscan = off")
        await connection.execute("set local enable_sort = off")
        plan = await (await connection.execute(f"explain {query}".encode())).fetchall()

    assert index in "\n".join(line for (line,) in plan)
