"""What went to and fro with one person, counted."""

from __future__ import annotations

from collections import Counter
from typing import Any

import httpx

from tests.rest.conftest import Api, also_talks_with, problem
from tests.rest.test_sending import conversation_of, some_words
from tests.running.levers import goes_wrong
from tests.running.person import Person
from tests.running.tables import Tables


async def stats_of(api: Api, phone: str, **query: Any) -> dict[str, Any]:
    """What is told of somebody."""
    answer = await api.get(f"/webhook/stats/{phone}", **query)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_counts_and_times_are_those_of_the_messages(api: Api, asha: Person, http: httpx.AsyncClient) -> None:
    await asha.write("English", "help")
    await asha.settle()
    await goes_wrong(http, asha, "error", code=131026)
    await api.send(asha.alias, some_words())
    told = await stats_of(api, asha.alias)
    messages = (await api.messages(asha.alias, limit=200))["messages"]
    for direction in ("incoming", "outgoing"):
        counted = Counter(one["status"] for one in messages if one["direction"] == direction)
        assert sum(told[direction].values()) == sum(counted.values())
    assert told["incoming"] == {"handled": 3}
    assert told["outgoing"]["failed"] == 1
    assert told["first_message_time"] == messages[-1]["timestamp"]
    assert told["last_message_time"] == messages[0]["timestamp"]


async def test_the_stage_and_what_is_waited_for_are_told_of_each_conversation(api: Api, asha: Person) -> None:
    seen = await asha.inspect()
    told = await stats_of(api, asha.alias)
    standing = {"bot": "loan", "stage": seen["stage"], "waiting_for": seen["waiting_for"]}
    assert (told["stage"], told["conversations"]) == (seen["stage"], [standing])
    await also_talks_with(asha, "orders")
    both = (await stats_of(api, asha.alias))["conversations"]
    assert both == [standing, {"bot": "orders", "stage": "", "waiting_for": ""}]
    assert (await stats_of(api, asha.alias, bot="orders"))["incoming"] == {}


async def test_how_long_answers_took_is_from_the_message_to_the_first_acceptance(
    api: Api, asha: Person, tables: Tables
) -> None:
    """Four messages in four turns, answered after one, two, three and ten seconds."""
    for _ in range(3):
        await asha.write("hi")
        await asha.settle()
    conversation = await conversation_of(asha)
    turns = await tables.rows("select turn from inbox where conversation = %s order by turn", conversation)
    for (turn,), seconds in zip(turns, (1, 2, 3, 10), strict=True):
        took = (
            "update outbox o set accepted_at = i.arrived_at + make_interval(secs => %s) from inbox i"
            " where i.conversation = o.conversation and i.turn = o.turn and o.conversation = %s and o.turn = %s"
            " returning true"
        )
        assert await tables.rows(took, seconds, conversation, turn)
    told = (await stats_of(api, asha.alias))["response_seconds"]
    assert told == {"answered": 4, "p50": 2.5, "p95": 8.95}


async def test_what_the_business_says_on_its_own_is_no_answer(api: Api, asha: Person) -> None:
    before = (await stats_of(api, asha.alias))["response_seconds"]
    assert before["answered"] == 1
    assert 0 < before["p50"] == before["p95"]
    await api.send(asha.alias, some_words())
    assert (await stats_of(api, asha.alias))["response_seconds"] == before


async def test_who_was_erased_is_still_counted(api: Api, asha: Person, tables: Tables) -> None:
    before = await stats_of(api, asha.alias)
    assert await tables.rows("delete from keys where conversation = %s returning true", await conversation_of(asha))
    after = await stats_of(api, asha.alias)
    assert after["incoming"] == before["incoming"]
    assert after["first_message_time"] == before["first_message_time"]


async def test_who_never_wrote_is_not_found_and_what_is_no_number_is_refused(api: Api) -> None:
    assert problem(await api.get("/webhook/stats/+919899999999")) == (404, "never_wrote")
    assert problem(await api.get("/webhook/stats/nobody")) == (422, "invalid")
