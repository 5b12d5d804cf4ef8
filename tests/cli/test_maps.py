"""Maps and rehearsals from the command line: what they write, what they print, what a mistake is told."""

from __future__ import annotations

import httpx

from journeys.registry import BOTS
from tests.cli.conftest import CommandLine
from tests.running.person import Person
from tests.running.product import Addresses


async def test_the_pages_are_those_of_this_code(sutradhar: CommandLine) -> None:
    ended = await sutradhar("map", "--check", "--json")
    assert (ended.code, ended.json()) == (0, {"changed": []})


async def test_a_bot_that_there_is_not_is_told_which_there_are(sutradhar: CommandLine) -> None:
    for command in ("map", "rehearse"):
        ended = await sutradhar(command, *(("horoscope",) if command == "map" else ("--bot", "horoscope")))
        assert ended.code == 2
        assert ", ".join(sorted(BOTS)) in ended.err


async def test_counts_are_for_one_bot(sutradhar: CommandLine) -> None:
    ended = await sutradhar("map", "--days", "7")
    assert ended.code == 2
    assert "name it" in ended.err


async def test_a_map_with_counts_tells_how_many_stand_where(
    sutradhar: CommandLine, at: Addresses, http: httpx.AsyncClient
) -> None:
    kiran = await Person.appear(http, at, "orders")
    await kiran.write("hi")
    await kiran.settle()
    ended = await sutradhar("map", "orders", "--days", "1", "--json")
    assert ended.code == 0
    assert ended.json()["mermaid"].startswith("flowchart")


async def test_a_release_that_changes_nothing_is_said_to(
    sutradhar: CommandLine, at: Addresses, http: httpx.AsyncClient
) -> None:
    kiran = await Person.appear(http, at, "nexora")
    await kiran.write("hi")
    await kiran.settle()
    ended = await sutradhar("rehearse", "--bot", "nexora", "--json")
    found = ended.json()
    assert found["conversations"] >= 1
    assert found["in_trouble"] == 0
    assert ended.code == 0
    assert "would not notice" in (await sutradhar("rehearse", "--bot", "nexora")).out
