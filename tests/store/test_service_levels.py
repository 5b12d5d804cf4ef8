"""Service levels by bot: whether it answers, how long an answer took, who comes to the end, and what went wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from psycopg_pool import AsyncConnectionPool

from domain.numbers import Number
from journeys.loan import Loan
from store import service_levels
from store.outbox import Outbox, Unsent
from store.sealing import KeyRing
from store.service_levels import SESSIONS, WAITING, ServiceLevels, Sessions
from telemetry import metrics
from tests.store.conftest import NUMBER, Someone, claim_first, someone
from tests.store.test_turns import Table

SPARE = Number("meta", "100000000000010", "", "loan", "flowless")
DESK = Number("meta", "100000000000011", "", "orders", "orders")
OURS = [NUMBER, SPARE, DESK]
ALL_ANSWER = {"loan": True, "orders": True}


@pytest.fixture
async def empty(pool: AsyncConnectionPool) -> AsyncIterator[AsyncConnectionPool]:
    """A database in which a worker lives and nothing waits, for other tests of this process leave things lying."""
    async with pool.connection() as connection:
        await connection.execute("truncate inbox, numbers, heartbeats, stage_changes cascade")
        await connection.execute("insert into heartbeats values ('worker', now())")
    yield pool
    async with pool.connection() as connection:
        await connection.execute("truncate numbers, heartbeats, stage_changes")


async def run(pool: AsyncConnectionPool, query: str, *values: object) -> None:
    """Have it so."""
    async with pool.connection() as connection:
        await connection.execute(query.encode(), values)


async def answers(pool: AsyncConnectionPool) -> dict[str, bool]:
    """Which bots answer."""
    return dict((await ServiceLevels(pool, OURS).read()).answers)


def value(name: str, **labels: str) -> float:
    """The value of one series of this process."""
    found = metrics.REGISTRY.get_sample_value(name, labels)
    assert found is not None, (name, labels)
    return found


async def test_every_bot_with_a_number_answers_while_nothing_is_wrong(empty: AsyncConnectionPool) -> None:
    assert await answers(empty) == ALL_ANSWER


async def test_a_bot_whose_message_waits_for_a_minute_does_not_answer(
    empty: AsyncConnectionPool, asha: Someone
) -> None:
    await run(empty, "update inbox set arrived_at = now() - interval '50 seconds'")
    assert await answers(empty) == ALL_ANSWER
    await run(empty, "update inbox set arrived_at = now() - interval '70 seconds'")
    assert await answers(empty) == {"loan": False, "orders": True}
    await run(empty, "update inbox set turn = 1")
    assert await answers(empty) == ALL_ANSWER


async def test_without_a_sign_of_life_of_a_worker_nobody_answers(empty: AsyncConnectionPool) -> None:
    await run(empty, "update heartbeats set at = now() - interval '40 seconds'")
    assert not any((await answers(empty)).values())
    await run(empty, "truncate heartbeats")
    assert not any((await answers(empty)).values())


async def test_a_bot_answers_as_long_as_one_of_its_numbers_is_open(empty: AsyncConnectionPool) -> None:
    for number, loan in ((NUMBER, True), (SPARE, False)):
        await run(empty, "insert into numbers (number, stopped_at, code) values (%s, now(), 190)", number.id)
        assert await answers(empty) == {"loan": loan, "orders": True}


async def reached(asha: Someone, *stages: tuple[str, float]) -> None:
    """They came to these stages of msme, so many days ago."""
    for stage, days in stages:
        await run(
            asha.pool,
            "insert into stage_changes (conversation, bot, stage, at) values (%s, 'msme', %s, now() - %s)",
            asha.conversation,
            stage,
            timedelta(days=days),
        )


async def test_sessions_are_counted_once_there_was_time_to_complete_them(
    empty: AsyncConnectionPool, keys: KeyRing
) -> None:
    stories: list[list[tuple[str, float]]] = [
        [("language", 3), ("name", 3), ("completed", 2.9)],
        [("language", 2), ("completed", 0.1)],
        [("language", 2), ("name", 1.9)],
        [("language", 0.5)],  # at it still, perhaps
        [("language", 0.5), ("completed", 0.4)],
        [("language", 20), ("completed", 19)],
        [("language", 20), ("name", 5), ("", 4), ("language", 3), ("name", 3)],  # one person, however often
    ]
    for story in stories:
        await reached(await someone(empty, keys), *story)

    sessions = (await ServiceLevels(empty, OURS).read()).sessions
    assert sessions == {"msme": Sessions(begun=4, completed=2)}


async def test_sessions_are_counted_once_a_minute(
    empty: AsyncConnectionPool, asha: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    levels = ServiceLevels(empty, OURS)
    assert (await levels.read()).sessions == {}
    await reached(asha, ("language", 2))
    assert (await levels.read()).sessions == {}
    monkeypatch.setattr(service_levels, "COUNTED_EVERY", 0.0)
    assert (await levels.read()).sessions == {"msme": Sessions(1, 0)}


@pytest.mark.parametrize(("query", "index"), [(WAITING, "inbox_not_taken"), (SESSIONS, "stage_changes_by_time")])
async def test_no_query_looks_through_all_there_ever_was(pool: AsyncConnectionPool, query: str, index: str) -> None:
    fields = {
        "bots": ["msme"],
        "lasts": ["completed"],
        "within": timedelta(days=8),
        "to_complete": timedelta(days=1),
    }
    async with pool.connection() as connection, connection.transaction():
        await connection.execute("set local enable_seqscan = off")
        plan = await (await connection.execute(f"explain {query}".encode(), fields)).fetchall()

    assert index in "\n".join(line for (line,) in plan)


async def accepted(outbox: Outbox, asha: Someone) -> Unsent:
    """The provider takes their first message."""
    row = await claim_first(outbox, asha)
    assert row is not None
    await outbox.accepted(row, f"wamid.{row.id}")
    return row


async def test_how_long_somebody_waited_is_told_by_the_first_answer_alone(
    pool: AsyncConnectionPool, asha: Someone
) -> None:
    name = "sutradhar_answer_seconds"
    await run(
        pool,
        "update inbox set turn = 1, arrived_at = now() - interval '20 seconds' where conversation = %s",
        asha.conversation,
    )
    for place in range(2):
        await asha.to_be_sent(1, place)
    count, seconds = value(f"{name}_count", bot="loan"), value(f"{name}_sum", bot="loan")
    good = value("sutradhar_bot_events_total", bot="loan", event="send", result="good")

    assert (await accepted(Outbox(pool), asha)).bot == "loan"
    assert value(f"{name}_count", bot="loan") == count + 1
    assert 20 <= value(f"{name}_sum", bot="loan") - seconds < 50
    await accepted(Outbox(pool), asha)
    assert value(f"{name}_count", bot="loan") == count + 1
    assert value("sutradhar_bot_events_total", bot="loan", event="send", result="good") == good + 2


@pytest.mark.parametrize("purpose", ["reminder", "notice", "marketing"])
async def test_what_comes_unasked_answers_nobody(pool: AsyncConnectionPool, asha: Someone, purpose: str) -> None:
    await run(pool, "update inbox set turn = 1 where conversation = %s", asha.conversation)
    await asha.to_be_sent(1, purpose=purpose)
    before = value("sutradhar_answer_seconds_count", bot="loan")
    await accepted(Outbox(pool), asha)
    assert value("sutradhar_answer_seconds_count", bot="loan") == before


@pytest.mark.parametrize("kind", ["outcome", "retry", "edit", "business"])
async def test_what_nobody_wrote_is_not_waited_for(pool: AsyncConnectionPool, asha: Someone, kind: str) -> None:
    await run(pool, "update inbox set turn = 1, kind = %s where conversation = %s", kind, asha.conversation)
    await asha.to_be_sent(1)
    before = value("sutradhar_answer_seconds_count", bot="loan")
    await accepted(Outbox(pool), asha)
    assert value("sutradhar_answer_seconds_count", bot="loan") == before


@pytest.mark.parametrize(("reason", "errors"), [("refused", 1), ("in_doubt", 1), ("superseded", 0), ("opted_out", 0)])
async def test_what_is_never_sent_is_an_error_unless_nobody_wants_it_any_more(
    pool: AsyncConnectionPool, asha: Someone, reason: str, errors: int
) -> None:
    await asha.to_be_sent(1)
    row = await claim_first(Outbox(pool), asha)
    assert row is not None
    before = value("sutradhar_bot_events_total", bot="loan", event="send", result="bad")
    await Outbox(pool).failed(row, reason, claimed=True)
    assert value("sutradhar_bot_events_total", bot="loan", event="send", result="bad") == before + errors


async def test_a_turn_in_trouble_is_an_error_and_the_same_one_asked_for_again_is_no_other(
    asha: Someone, keys: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    def turns(result: str) -> float:
        return value("sutradhar_bot_events_total", bot="loan", event="turn", result=result)

    good, bad = turns("good"), turns("bad")
    async with Table(asha, keys) as table:
        await table.turn("run:1", await table.arrive("text", {"text": "hi"}))
        assert (turns("good"), turns("bad")) == (good + 1, bad)
        monkeypatch.setattr(Loan, "run", broken)
        row = await table.arrive("text", {"text": "1"})
        for _ in range(2):
            await table.turn("run:2", row)

    assert (turns("good"), turns("bad")) == (good + 1, bad + 1)
