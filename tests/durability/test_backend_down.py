"""The decision backend is down for hours: told once, seen by operators, and gone on from by itself."""

from __future__ import annotations

from temporalio.client import Client

from tests.durability.script import TALK, talk, waits_for
from tests.running.person import Person
from tests.running.waiting import until


def a_name(person: Person) -> str:
    """A name that nobody else has, made of letters alone: the backend's profile is set by it."""
    return "Asha " + "".join(chr(ord("a") + int(digit)) for digit in person.alias[-10:])


async def at_the_summary(asha: Person, name: str) -> None:
    """Tell everything and be asked whether it is right."""
    await talk(asha, 0, 3)
    for line in (name, *TALK[4:9]):
        await asha.write(line)
        await asha.settle()
    assert await waits_for(asha) == "answer:summary"


async def told(asha: Person) -> int:
    """How often they were told of the outage."""
    return sum("system is not answering just now" in line for line in await asha.lines())


async def test_it_is_told_once_and_seen_and_gone_on_from_by_itself(asha: Person, temporal: Client) -> None:
    name = a_name(asha)
    await asha.decide(name, state="down")
    await at_the_summary(asha, name)
    await asha.write("1")

    async def is_waiting() -> bool:
        return await waits_for(asha) == "backend"

    await until(is_waiting, 40)
    await asha.settle()
    assert await told(asha) == 1
    workflow = (await asha.inspect())["workflow_id"]

    async def is_found() -> bool:
        found = [one.id async for one in temporal.list_workflows("WaitingFor = 'backend' AND Stage = 'offers'")]
        return workflow in found

    await until(is_found)
    await asha.write("help")
    await asha.settle()
    assert any("whenever you like" in line for line in await asha.lines()), "commands are honoured meanwhile"

    await asha.wait(600)
    assert await waits_for(asha) == "backend"
    assert [row["text_key"] for row in (await asha.inspect())["outbox"]].count("backend_down") == 1

    await asha.decide(name, state="up")
    for _ in range(12):
        await asha.wait(300)
        if await waits_for(asha) == "answer:offer":
            break
    assert sum("offers for you. Choose" in line for line in await asha.lines()) == 1
    assert [row["text_key"] for row in (await asha.inspect())["outbox"]].count("backend_down") == 1
