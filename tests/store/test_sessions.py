"""Sessions counted, over rows whose figures are known."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest
from psycopg_pool import AsyncConnectionPool

from domain.inbound import Sender
from domain.numbers import Number
from store.arrivals import Arrival, Arrivals
from store.database import open_pool
from store.sealing import KeyRing
from store.sessions import Sessions
from tests.running.everything import TEMPLATE, Everything
from tests.store.conftest import a_phone

MSME = Number("twilio", "whatsapp:+14155550101", "", "msme", "msmebazaar")
LOAN = Number("meta", "100000000000001", "", "loan", "flowless")


@pytest.fixture
async def alone(shared: Everything) -> AsyncIterator[AsyncConnectionPool]:
    """A pool of connections to a database in which nothing was said yet."""
    name = f"sessions_{uuid4().hex[:12]}"
    pool = await open_pool(await shared.servers.create_database(name, TEMPLATE), 2)
    yield pool
    await pool.close()
    await shared.servers.drop_database(name)


async def came_to(
    pool: AsyncConnectionPool, keys: KeyRing, *stages: str, hours_ago: float = 1, number: Number = MSME
) -> UUID:
    """Somebody who went through these stages and last wrote so long ago."""
    arrival = Arrival(number.provider, f"id.{uuid4().hex}", "text", {"text": "hi"})
    stored = await Arrivals(pool, keys).take(Sender(phone=a_phone()), number, arrival)
    for stage in stages:
        await run(
            pool,
            "insert into stage_changes (conversation, bot, stage) values (%s, %s, %s)",
            stored.conversation,
            number.bot,
            stage,
        )
    await run(
        pool,
        "update conversations set stage = %s, last_in_at = now() - make_interval(secs => %s) where id = %s",
        stages[-1] if stages else "",
        hours_ago * 3600,
        stored.conversation,
    )
    return stored.conversation


async def run(pool: AsyncConnectionPool, query: str, *values: object) -> None:
    """Run a statement."""
    async with pool.connection() as connection:
        await connection.execute(query, values)


async def test_sessions_stand_where_they_stand(alone: AsyncConnectionPool, keys: KeyRing) -> None:
    await came_to(alone, keys, "name", "sector", "completed")
    await came_to(alone, keys, "name", "completed", hours_ago=100)
    await came_to(alone, keys, "name", "sector")
    await came_to(alone, keys, "name", hours_ago=23.9)
    await came_to(alone, keys, "name", hours_ago=24.1)
    await came_to(alone, keys, "language", number=LOAN)
    counted = await Sessions(alone).count("msme", 30)
    assert (counted.all, counted.completed, counted.active, counted.expired) == (5, 2, 2, 1)
    assert counted.steps == {"completed": 2, "name": 2, "sector": 1}
    assert counted.reached == {"name": 5, "completed": 2, "sector": 2}
    assert counted.completion == 0.4
    assert (await Sessions(alone).count("loan", 30)).all == 1


async def test_who_was_silent_for_longer_than_is_asked_for_is_not_counted(
    alone: AsyncConnectionPool, keys: KeyRing
) -> None:
    await came_to(alone, keys, "name", hours_ago=47)
    await came_to(alone, keys, "name", "completed", hours_ago=49)
    counted = await Sessions(alone).count("msme", 2)
    assert (counted.all, counted.expired, counted.completed) == (1, 1, 0)
    assert counted.reached == {"name": 1}


async def test_who_completed_it_has_whatever_they_do_next(alone: AsyncConnectionPool, keys: KeyRing) -> None:
    await came_to(alone, keys, "name", "completed", "name", hours_ago=30)
    counted = await Sessions(alone).count("msme", 30)
    assert (counted.completed, counted.expired) == (1, 0)
    assert counted.steps == {"name": 1}


async def test_errors_are_messages_that_never_go_out_and_conversations_in_trouble(
    alone: AsyncConnectionPool, keys: KeyRing
) -> None:
    conversation = await came_to(alone, keys, "name")
    for place, (state, reason) in enumerate(
        [("delivered", ""), ("read", ""), ("pending", ""), ("failed", "refused"), ("failed", "superseded")]
    ):
        await run(
            alone,
            "insert into outbox (id, conversation, turn, place, text_key, message_sealed, state, reason)"
            " values (gen_random_uuid(), %s, 1, %s, 'name', '', %s, %s)",
            conversation,
            place,
            state,
            reason,
        )
    await run(alone, "update conversations set trouble = 'KeyError in run' where id = %s", conversation)
    counted = await Sessions(alone).count("msme", 30)
    assert (counted.wanted, counted.failed, counted.error) == (4, 1, 0.25)
    assert counted.in_trouble == 1


async def test_where_nobody_wrote_nothing_is_divided(alone: AsyncConnectionPool) -> None:
    counted = await Sessions(alone).count("msme", 30)
    assert (counted.all, counted.completion, counted.error, counted.in_trouble) == (0, 0.0, 0.0, 0)
