"""Record the histories that every later version of a workflow of ours must be able to replay.

    python -m tests.replay.record [broadcast]

Plays talks, or a broadcast, on a stack of its own and writes `histories/<name>.json`, all runs of one talk in each. No
time in them was skipped, and nothing in them is anybody's: of a talk only ids, keys and names are in a history.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from temporalio.client import Client

from domain.broadcasts import broadcast_workflow
from tests.durability.script import TALK, talk, waits_for
from tests.running.crowd import crowd, unpaced
from tests.running.everything import Everything, start_everything
from tests.running.levers import goes_wrong
from tests.running.person import Person
from tests.running.product import SECRETS, Addresses, Product
from tests.running.spare import running
from tests.running.waiting import until

HISTORIES = Path(__file__).parent / "histories"


async def plain(http: httpx.AsyncClient, at: Addresses) -> Person:
    """A few questions and answers, one of them wrong, one a command."""
    person = await Person.appear(http, at)
    for line in ("hi", "what?", "English", "help", "1"):
        await person.write(line)
        await person.settle()
    return person


async def with_work(http: httpx.AsyncClient, at: Addresses) -> Person:
    """The whole way, with work done beside it, and messages that come in the middle of it."""
    person = await Person.appear(http, at)
    await talk(person, 0, len(TALK) - 1)
    await person.write("hello", "2")
    await person.settle()
    await person.write(TALK[-1])
    await person.settle()
    return person


async def backend_down(http: httpx.AsyncClient, at: Addresses) -> Person:
    """Work that fails for good, a deadline that comes before the one that was armed, a word said meanwhile."""
    person = await Person.appear(http, at)
    name = "Asha " + "".join(chr(ord("a") + int(digit)) for digit in person.alias[-10:])
    await person.decide(name, state="down")
    await talk(person, 0, 3)
    for line in (name, *TALK[4:9]):
        await person.write(line)
        await person.settle()
    await person.write(TALK[9])

    async def is_waiting() -> bool:
        return await waits_for(person) == "backend"

    await until(is_waiting, 60)
    await person.write("hello?")
    await person.settle()
    return person


async def delivery_outage(http: httpx.AsyncClient, at: Addresses) -> Person:
    """What a turn could not send is delivered beside it, while the person goes on writing."""
    person = await Person.appear(http, at)
    await goes_wrong(http, person, "error", times=2, code=131000)
    await person.write("hi")
    await person.write("help")
    await person.settle()
    await person.write("English")
    await person.settle()
    return person


async def moved(http: httpx.AsyncClient, at: Addresses) -> Person:
    """Where the server suggests to continue as new all the time."""
    person = await Person.appear(http, at)
    await talk(person, 0, len(TALK))
    return person


async def parked(http: httpx.AsyncClient, at: Addresses) -> Person:
    """A silence that parks the talk, and a return."""
    person = await Person.appear(http, at)
    await talk(person, 0, 3)

    async def is_parked() -> bool:
        return bool((await person.inspect())["state"]["parked"])

    await until(is_parked)
    for line in ("hi", "1"):
        await person.write(line)
        await person.settle()
    return person


async def record(where: Everything) -> None:
    """Play everything, and write it down."""
    impatient = Product(where.own[0], worker_module="tests.replay.impatient")
    plays: list[tuple[Callable[[httpx.AsyncClient, Addresses], Awaitable[Person]], Addresses]] = [
        (plain, where.straight),
        (with_work, where.straight),
        (backend_down, where.straight),
        (delivery_outage, where.straight),
        (moved, where.forced),
        (parked, impatient.at),
    ]
    async with httpx.AsyncClient(timeout=60, trust_env=False) as http, running(impatient):
        for play, at in plays:
            client = await Client.connect(at.temporal, namespace=at.namespace)
            workflow = (await (await play(http, at)).inspect())["workflow_id"]
            write(play.__name__, workflow, [run async for run in runs_of(client, workflow)])


async def record_broadcast(at: Addresses) -> None:
    """A broadcast that waits for its time, is paused and resumed before it and in the middle, and reaches everybody."""
    number = unpaced(at)
    client = await Client.connect(at.temporal, namespace=at.namespace)
    headers = {"Authorization": f"Bearer {SECRETS['ADMIN_API_KEY']}"}
    async with httpx.AsyncClient(timeout=60, trust_env=False, headers=headers, base_url=at.url) as http:
        people = await crowd(http, at, number, 6)
        wanted = {
            "bot": number.bot,
            "template": {"name": "loan_offers_ready"},
            "rate": 0.5,
            "at": (datetime.now(UTC) + timedelta(seconds=20)).isoformat(),
        }
        ordered = (await http.post("/send-broadcast", json=wanted)).raise_for_status().json()["broadcast_id"]
        path, workflow = f"/broadcasts/{ordered}", broadcast_workflow(ordered)

        async def delivered(number: int) -> bool:
            report = (await http.get(path)).raise_for_status().json()
            return bool(report["outcomes"]["delivered"] >= number)

        async def events(number: int) -> bool:
            return (await client.get_workflow_handle(workflow).describe()).history_length >= number

        await until(lambda: events(10))
        for what in ("pause", "resume"):
            before = (await client.get_workflow_handle(workflow).describe()).history_length
            (await http.post(f"{path}/{what}")).raise_for_status()
            await until(lambda before=before: events(before + 8))  # type: ignore[misc]
        await until(lambda: delivered(2))
        for what in ("pause", "resume"):
            (await http.post(f"{path}/{what}")).raise_for_status()
        await until(lambda: delivered(len(people)), 60)
        await client.get_workflow_handle(workflow).result()
    write("broadcasts/scheduled", workflow, [run async for run in runs_of(client, workflow)])


async def runs_of(client: Client, workflow: str) -> AsyncIterator[dict[str, Any]]:
    """The histories of all runs of a workflow, the newest first."""
    run: str | None = (await client.get_workflow_handle(workflow).describe()).run_id
    while run:
        history = await client.get_workflow_handle(workflow, run_id=run).fetch_history()
        run = history.events[0].workflow_execution_started_event_attributes.continued_execution_run_id
        yield json.loads(history.to_json())


def write(name: str, workflow: str, runs: list[dict[str, Any]]) -> None:
    """The runs of one talk, a line an event, without the names of this machine and its processes."""
    for object_ in walk(runs):
        for key in ("identity", "binaryChecksum", "buildId"):
            if key in object_:
                object_[key] = "recorded"
        # Where the code stood on this machine is nobody's business, and replay does not look.
        object_.pop("stackTrace", None)
        if object_.get("kind") == "TASK_QUEUE_KIND_STICKY":
            object_["name"] = "recorded"
    written = ",\n".join("[\n" + ",\n".join(json.dumps(event) for event in run["events"]) + "\n]" for run in runs[::-1])
    file = HISTORIES / f"{name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'{{"workflow": "{workflow}", "runs": [{written}]}}\n')
    print(f"{name}: {len(runs)} runs, {sum(len(run['events']) for run in runs)} events")


def walk(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a piece of JSON."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from walk(one)


async def main() -> None:
    """Start everything, record, stop everything."""
    with TemporaryDirectory(prefix="sutradhar-record-", ignore_cleanup_errors=True) as folder:
        everything = await start_everything(Path(folder))
        try:
            if sys.argv[1:] == ["broadcast"]:
                await record_broadcast(everything.where.straight)
            else:
                await record(everything.where)
        finally:
            await everything.stop()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
