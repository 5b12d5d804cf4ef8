"""What is measured, a function each. Each returns the lines it prints, with the number that was promised beside it."""

from __future__ import annotations

import asyncio
import statistics
import time
from datetime import timedelta

from psycopg import AsyncConnection
from temporalio.client import Client

from bench.people import People, Person
from bench.processes import Processes
from bench.quantiles import quantile
from dialogue import Finished, Journey, State, Typed, advance
from domain.conversation import workflow_id
from journeys.registry import journeys

WARM, MEASURED = 20, 200
AT_ONCE, EACH = 40, 20
OWN = ("API", "worker", "Temporal", "PostgreSQL")
OPEN = 1000

TO_A_NAME = ("hi", "english", "1")
"""what brings a person to the question that the benchmarks go to and fro over: a name, and back"""


async def _ready(people: People) -> Person:
    person = await people.new()
    for text in TO_A_NAME:
        await people.write(person, text)
    return person


async def idle_turn(people: People) -> list[str]:
    """One person alone: their message in to the answer at the Graph API, the sandbox's part included."""
    person = await _ready(people)
    took = []
    for turn in range(WARM + MEASURED):
        took.append(await people.write(person, "back" if turn % 2 else "Asha Rao"))
    took = took[WARM:]
    half, tail = quantile(took, 0.5) * 1000, quantile(took, 0.99) * 1000
    return [f"idle turn, message in to message out: p50 {half:.1f} ms, p99 {tail:.1f} ms (promised: p50 ≤ 50 ms)"]


async def many_at_once(people: People, processes: Processes) -> list[str]:
    """Forty conversations at once, back to back."""
    crowd = [await _ready(people) for _ in range(AT_ONCE)]
    before, begun = processes.used(), time.perf_counter()
    took: list[float] = []

    async def talk(person: Person) -> None:
        for turn in range(EACH):
            took.append(await people.write(person, "back" if turn % 2 else "Asha Rao"))

    await asyncio.gather(*(talk(person) for person in crowd))
    seconds, turns = time.perf_counter() - begun, AT_ONCE * EACH
    used = processes.used().since(before)
    each = {name: spent / turns * 1000 for name, spent in used.items()}
    own = sum(each[name] for name in OWN)
    return [
        f"{AT_ONCE} conversations at once: {turns / seconds:.1f} turns/s (promised: ≥ 45);"
        f" p50 {quantile(took, 0.5) * 1000:.0f} ms, p99 {quantile(took, 0.99) * 1000:.0f} ms",
        "CPU a turn: " + ", ".join(f"{name} {spent:.1f} ms" for name, spent in each.items()),
        f"CPU a turn, the product's own: {own:.1f} ms (promised: ≤ 30 ms)",
    ]


async def history(people: People, client: Client, database: str) -> list[str]:
    """Events of history that a plain turn costs."""
    person = await _ready(people)
    handle = client.get_workflow_handle(workflow_id(await _newest(database)))
    before = (await handle.describe()).history_length
    for turn in range(20):
        await people.write(person, "back" if turn % 2 else "Asha Rao")
    each = ((await handle.describe()).history_length - before) / 20
    return [f"history events a plain turn: {each:.1f} (promised: ≤ 7)"]


async def _newest(database: str) -> str:
    async with await AsyncConnection.connect(database) as connection:
        cursor = await connection.execute("select id from conversations order by made_at desc limit 1")
        row = await cursor.fetchone()
    assert row is not None
    return str(row[0])


def deciding() -> list[str]:
    """Deciding one event late in the loan journey."""
    bots = journeys(timedelta(minutes=30))
    raw, now, shown = _late(bots), 1.8e9, "?"
    took = []
    for _ in range(500):
        begun = time.perf_counter()
        advance(bots, raw, Typed(now, "hello?", shown))
        took.append(time.perf_counter() - begun)
    return [
        f"deciding an event late in the loan journey: p50 {statistics.median(took) * 1e6:.0f} µs (promised: ≤ 1000)"
    ]


def _late(bots: dict[str, Journey]) -> str:
    raw, now, ref = State.new("loan", "salt").dump(), 1.8e9, ""
    answers = ("hi", "english", "1", "Asha Rao", "5/11/1987", "1", "45k", "wedding", "agree", None, "1", None, "2")
    results = iter(
        (
            {"reference": "r", "wording": "consent_wording_1", "at": "2026-11-21T10:00:00+00:00"},
            {"application_id": "a", "decision": "offers", "offers": [_offer(number) for number in range(11)]},
        )
    )
    decision = None
    for answer in answers:
        if answer is None:
            assert decision is not None
            assert decision.work is not None
            decision = advance(bots, raw, Finished(now, decision.work.key, next(results)))
        else:
            decision = advance(bots, raw, Typed(now, answer, ref))
        raw = decision.state
        ref = next((said.ref for said in decision.say if said.ref), ref)
    return raw


def _offer(number: int) -> dict[str, object]:
    return {
        "offer_id": f"o{number}",
        "lender": "Gulmohar Finserv",
        "amount": "500000",
        "annual_rate": "12.5",
        "tenure_months": 36,
        "processing_fee": "5000",
        "valid_until": "2026-12-31",
    }


async def memory(people: People, processes: Processes) -> list[str]:
    """The worker with a thousand conversations open."""
    before = processes.memory("worker")
    for _ in range(OPEN // 50):
        crowd = [await people.new() for _ in range(50)]
        await asyncio.gather(*(people.write(person, "hi") for person in crowd))
    after = processes.memory("worker")
    return [f"the worker with {OPEN} open conversations: {after:.0f} MB (before: {before:.0f} MB)"]
