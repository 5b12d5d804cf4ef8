"""`make chaos`: people talk while everything is killed under them; then what was lost, doubled or slow is reckoned.

CONVERSATIONS (200), SEED (a random one), WRITES (messages a second, 8) and SHORT=1 (a minute, for CI) change the run;
KEEP names a folder in which its logs are left.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psycopg

from stack import StackError
from tests.chaos import report
from tests.chaos.between import Between
from tests.chaos.machine import Machine, machine
from tests.chaos.people import People
from tests.chaos.plan import Plan, WrongWish, plan_of
from tests.chaos.reckoning import Reckoning, Seen, reckon
from tests.chaos.tables import ProductTables

CALM_AFTER = 10.0
"""seconds for which people go on talking after the last kill"""
A_SEND_WITHIN = 5.0
"""seconds after which a kill that waits for a send waits no more"""
SETTLES_WITHIN = 90.0
TELLS_EVERY = 5.0


def say(line: str) -> None:
    """One line, with the time that has passed."""
    print(f"{time.monotonic() - BEGUN:6.1f} s  {line}", flush=True)


BEGUN = time.monotonic()


async def run(plan: Plan, folder: Path) -> tuple[Reckoning, Machine]:
    """One run; what came of it."""
    say("starting PostgreSQL, Temporal, the sandbox, API and worker")
    limits = httpx.Limits(max_connections=plan.conversations + 10)
    async with (
        machine(folder, say) as ours,
        httpx.AsyncClient(timeout=90, limits=limits, trust_env=False) as http,
    ):
        people = People(http, ours.at.sandbox, ours.at.number, plan.every, plan.seed)
        between = Between(ours.at.sandbox, plan.dropped, random.Random(plan.seed), people.heard)
        tables = ProductTables(ours.at.database_url)
        async with between.listening():
            await tables.watch()
            await ours.start_product({"GRAPH_API_URL": f"{between.url}/graph"})
            await people.appear(plan.conversations)
            await _talk(plan, ours, people, between)
            await _settle(tables)
        seen = Seen(
            exchanges={person.phone: person.exchanges for person in people.all},
            acknowledged=await people.acknowledged(),
            taken=await tables.taken(),
            said=await tables.said(),
            changes=await tables.changes(),
            accepted=between.accepted,
            killed=ours.killed,
        )
        return reckon(seen), ours


async def _talk(plan: Plan, ours: Machine, people: People, between: Between) -> None:
    """People talk while things are killed, and for a while after."""
    watching = asyncio.create_task(ours.given_up())
    talking = asyncio.create_task(people.talk())
    telling = asyncio.create_task(_tell(plan, ours, people, between))
    killing = asyncio.create_task(_kill(plan, ours, between))
    try:
        await asyncio.wait({watching, killing}, return_when=asyncio.FIRST_COMPLETED)
        if watching.done():
            watching.result()
        people.stop()
        say("no more kills; the last answers are waited for")
        await asyncio.wait({watching, talking}, return_when=asyncio.FIRST_COMPLETED)
        if watching.done():
            watching.result()
        await talking
        await killing
    finally:
        for task in (watching, telling, killing, talking):
            task.cancel()


async def _kill(plan: Plan, ours: Machine, between: Between) -> None:
    for kill in plan.kills:
        await asyncio.sleep(kill.after)
        if kill.at_a_send:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(between.next_is_taken(), A_SEND_WITHIN)
        say(f"kill -9 of the {kill.what}")
        ours.kill(kill.what)
        await ours.back()
    await asyncio.sleep(CALM_AFTER)


async def _tell(plan: Plan, ours: Machine, people: People, between: Between) -> None:
    while True:
        await asyncio.sleep(TELLS_EVERY)
        waiting = [person.waiting.wrote for person in people.all if person.waiting is not None]
        longest = f", the longest for {time.time() - min(waiting):.1f} s" if waiting else ""
        say(
            f"{len(ours.killed)} of {len(plan.kills)} kills, {len(people.exchanges)} written,"
            f" {len(between.accepted)} sends taken; {len(waiting)} people wait{longest}"
        )


async def _settle(tables: ProductTables) -> None:
    """Wait until the product has dealt with all it has; what it has not after a while shows in the report."""
    deadline = time.monotonic() + SETTLES_WITHIN
    while time.monotonic() < deadline:
        try:
            untaken, unsent = await tables.unsettled()
        except psycopg.OperationalError:
            untaken = 1
        else:
            if untaken == unsent == 0:
                return
        await asyncio.sleep(0.5)
    say(f"not settled after {SETTLES_WITHIN:.0f} s: {untaken} of the inbox, {unsent} of the outbox")


def main() -> int:
    """Run it; 1 when something was lost, doubled without a doubt, out of order or slow; 2 for a wrong variable."""
    try:
        plan = plan_of(os.environ)
    except WrongWish as problem:
        print(problem, file=sys.stderr)
        return 2
    say(
        f"{plan.conversations} conversations, each writing every {plan.every:.0f} s or so; {len(plan.kills)} kills;"
        f" seed {plan.seed}"
    )
    with TemporaryDirectory(prefix="sutradhar-chaos-", ignore_cleanup_errors=True) as temporary:
        folder = Path(os.environ.get("KEEP") or temporary)
        try:
            found, ours = asyncio.run(run(plan, folder))
        except StackError as problem:
            print(problem, file=sys.stderr)
            return 1
    for line in report.lines(found, ours.killed):
        print(line)
    wrong = report.failures(found)
    for one in wrong:
        print(f"FAILED: {one}")
    print("nothing lost, nothing doubled" if not wrong else f"seed {plan.seed}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
