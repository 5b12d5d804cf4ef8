"""The views of statistics, over rows whose figures are known."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import pytest
from psycopg_pool import AsyncConnectionPool

from domain.inbound import Sender
from domain.numbers import Number
from store.arrivals import Arrival, Arrivals
from store.database import open_pool
from store.lead_list import LeadList
from store.sealing import KeyRing
from store.statistics import Statistics
from tests.running.everything import TEMPLATE, Everything
from tests.store.conftest import a_phone

NEXORA = Number("meta", "100000000000002", "", "nexora", "flowless")


@pytest.fixture
async def alone(shared: Everything) -> AsyncIterator[AsyncConnectionPool]:
    """A pool of connections to a database in which nothing was said yet."""
    name = f"statistics_{uuid4().hex[:12]}"
    pool = await open_pool(await shared.servers.create_database(name, TEMPLATE), 2)
    yield pool
    await pool.close()
    await shared.servers.drop_database(name)


async def begun(pool: AsyncConnectionPool, keys: KeyRing) -> UUID:
    """A conversation with nexora in which one message came in ten seconds ago."""
    arrival = Arrival("meta", f"wamid.{uuid4().hex}", "text", {"text": "hi"})
    stored = await Arrivals(pool, keys).take(Sender(phone=a_phone()), NEXORA, arrival)
    await run(
        pool,
        "update inbox set turn = 1, arrived_at = now() - interval '10 seconds' where conversation = %s",
        stored.conversation,
    )
    return stored.conversation


async def answered(pool: AsyncConnectionPool, conversation: UUID, after: float, state: str, reason: str = "") -> None:
    """Its turn said something, which was accepted so many seconds after the message had come."""
    await run(
        pool,
        "insert into outbox (id, conversation, turn, place, text_key, message_sealed, state, reason, accepted_at)"
        " select gen_random_uuid(), %(id)s, 1, (select count(*) from outbox where conversation = %(id)s), 'main', '',"
        " %(state)s, %(reason)s, case when %(state)s <> 'failed' then arrived_at + make_interval(secs => %(after)s) end"
        " from inbox where conversation = %(id)s limit 1",
        {"id": conversation, "state": state, "reason": reason, "after": after},
    )


async def run(pool: AsyncConnectionPool, query: str, *values: object) -> None:
    """Run a statement; of several values, or of named ones."""
    async with pool.connection() as connection:
        await connection.execute(query, values[0] if values and isinstance(values[0], dict) else values)


async def test_response_times_are_from_a_message_to_the_first_acceptance(
    alone: AsyncConnectionPool, keys: KeyRing
) -> None:
    for seconds in (1.0, 2.0, 3.0):
        conversation = await begun(alone, keys)
        await answered(alone, conversation, seconds, "read")
        await answered(alone, conversation, seconds + 5, "read")
    [nexora] = (await Statistics(alone).read(1)).answering
    assert (nexora.bot, nexora.answered) == ("nexora", 3)
    assert nexora.p50 == pytest.approx(2.0)
    assert nexora.p95 == pytest.approx(2.9)


async def test_what_was_superseded_or_not_wanted_is_no_error(alone: AsyncConnectionPool, keys: KeyRing) -> None:
    conversation = await begun(alone, keys)
    for state, reason in (
        ("read", ""),
        ("failed", "superseded"),
        ("failed", "opted_out"),
        ("failed", "in_doubt"),
        ("parked", "window"),
    ):
        await answered(alone, conversation, 1, state, reason)
    report = await Statistics(alone).read(1)
    [errors] = report.errors
    assert (errors.wanted, errors.failed) == (3, 1)
    assert errors.rate == pytest.approx(1 / 3)
    assert [(one.reason, one.number) for one in report.failures] == [("in_doubt", 1)]
    assert {(one.direction, one.what): one.number for one in report.by_status} == {
        ("in", "taken"): 1,
        ("out", "read"): 1,
        ("out", "failed"): 3,
        ("out", "parked"): 1,
    }
    assert [(one.received, one.sent) for one in report.by_contact] == [(1, 1)]


async def test_a_funnel_counts_each_conversation_once_in_each_stage_it_ever_reached(
    alone: AsyncConnectionPool, keys: KeyRing
) -> None:
    reached = (("main", "main", "lead"), ("main",))
    for stages in reached:
        conversation = await begun(alone, keys)
        for stage in stages:
            await run(
                alone,
                "insert into stage_changes (conversation, bot, stage) values (%s, 'nexora', %s)",
                conversation,
                stage,
            )
    report = await Statistics(alone).read(1)
    assert [(one.stage, one.conversations) for one in report.funnel] == [("main", 2), ("lead", 1)]
    assert (await Statistics(alone).read(1, "loan")).funnel == []


async def test_they_stopped_where_we_wait_for_them_and_they_have_been_silent_for_a_day(
    alone: AsyncConnectionPool, keys: KeyRing
) -> None:
    for days, waiting_for in ((2, "answer:main"), (0, "answer:main"), (2, "work:jobs"), (2, "answer:main")):
        await run(
            alone,
            "update conversations set waiting_for = %s, last_in_at = now() - make_interval(days => %s) where id = %s",
            waiting_for,
            days,
            await begun(alone, keys),
        )
    [silent] = (await Statistics(alone).read(1)).drop_off
    assert (silent.waiting_for, silent.conversations) == ("answer:main", 2)


async def test_leads_are_counted_by_the_day_their_conversation_began_and_listed_opened(
    alone: AsyncConnectionPool, keys: KeyRing
) -> None:
    conversation, _ = await begun(alone, keys), await begun(alone, keys)
    async with alone.connection() as connection:
        row = await (
            await connection.execute(
                "select c.person, k.wrapped from conversations c join keys k on k.conversation = c.id where c.id = %s",
                (conversation,),
            )
        ).fetchone()
    assert row is not None
    seal = keys.seal(conversation, row[1])
    sealed = [seal.seal(f"leads.{name}", value) for name, value in
              (("phone", "+919700000001"), ("name", "Asha Rao"), ("email", "asha@example.com"))]  # fmt: skip
    await run(
        alone,
        "insert into leads (id, person, conversation, phone_sealed, name_sealed, email_sealed, score, work)"
        " values (gen_random_uuid(), %s, %s, %s, %s, %s, 40, gen_random_uuid())",
        row[0],
        conversation,
        *sealed,
    )
    [day] = (await Statistics(alone).read(1)).leads
    assert (day.conversations, day.leads) == (2, 1)
    [lead] = await LeadList(alone, keys).newest(10)
    assert (lead.name, lead.email, lead.budget, lead.score) == ("Asha Rao", "asha@example.com", "", 40)
    await run(alone, "delete from keys where conversation = %s", conversation)
    assert await LeadList(alone, keys).newest(10) == []
