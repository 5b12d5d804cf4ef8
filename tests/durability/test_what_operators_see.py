"""What an operator sees in Temporal: where each talk stands, in words that name nobody."""

from __future__ import annotations

from typing import Any

import pytest
from temporalio.api.sdk.v1 import WorkflowMetadata
from temporalio.client import Client

from tests.durability.script import TALK, talk
from tests.running.person import Person
from tests.running.waiting import until

NAME = "Canary Nightingale"


async def attributes(temporal: Client, person: Person) -> dict[str, Any]:
    """What the visibility store has of their talk."""
    workflow = (await person.inspect())["workflow_id"]
    [found] = [
        one async for one in temporal.list_workflows(f"WorkflowId = '{workflow}' AND ExecutionStatus = 'Running'")
    ]
    return {pair.key.name: pair.value for pair in found.typed_search_attributes if pair.key.name[0].isupper()}


async def shows(temporal: Client, person: Person, **wanted: str) -> None:
    """Wait until the visibility store, which is a moment behind, shows this."""

    async def so() -> bool:
        shown = await attributes(temporal, person)
        return {name: shown.get(name) for name in wanted} == wanted

    await until(so)


async def details(temporal: Client, person: Person) -> str:
    """The current details that the Temporal UI shows of their talk."""
    handle = temporal.get_workflow_handle((await person.inspect())["workflow_id"])
    metadata: WorkflowMetadata = await handle.query("__temporal_workflow_metadata", result_type=WorkflowMetadata)
    return str(metadata.current_details)


async def test_search_attributes_follow_the_talk(asha: Person, temporal: Client) -> None:
    await talk(asha, 0, 1)
    await shows(temporal, asha, Bot="loan", Stage="language", Language="en", WaitingFor="answer:language", Owner="bot")
    await asha.write("हिन्दी")
    await asha.settle()
    await shows(temporal, asha, Stage="intent", Language="hi", WaitingFor="answer:intent")
    await talk(asha, 2, len(TALK))
    await shows(temporal, asha, Bot="loan", Stage="kyc", Language="hi", WaitingFor="kyc", Owner="bot")


async def test_talks_are_found_by_where_they_stand(asha: Person, temporal: Client) -> None:
    await talk(asha, 0, 6)
    workflow = (await asha.inspect())["workflow_id"]

    async def is_found() -> bool:
        query = "Bot = 'loan' AND Stage = 'application' AND WaitingFor = 'answer:monthly_income' AND Owner = 'bot'"
        return workflow in [one.id async for one in temporal.list_workflows(query)]

    await until(is_found)


async def test_details_and_summaries_can_be_read_and_name_nobody(asha: Person, temporal: Client) -> None:
    await talk(asha, 0, 3)
    await asha.write(NAME)
    await asha.settle()
    shown = await details(temporal, asha)
    assert shown.startswith("**loan** · stage **application** · waiting for **answer:date_of_birth** · en")
    assert "next alarm: nudge" in shown or "next alarm: park" in shown
    await talk(asha, 4, 10)
    handle = temporal.get_workflow_handle((await asha.inspect())["workflow_id"])
    history = await handle.fetch_history()
    summaries = {
        temporal.data_converter.payload_converter.from_payload(event.user_metadata.summary)
        for event in history.events
        if event.HasField("user_metadata") and event.user_metadata.HasField("summary")
    }
    assert {"fetch offers", "record consent"} <= summaries
    assert summaries <= {"fetch offers", "record consent", "nudge", "park", "what could not be sent at once"}
    everything = history.to_json() + await details(temporal, asha)
    # Not the year alone: a time stamp's nanoseconds may well hold its digits.
    for private in ("Canary", "Nightingale", "1987-11", "11/1987", "November", asha.alias.lstrip("+")):
        assert private not in everything


@pytest.mark.parametrize("line", ["what is this?", "stop"])
async def test_a_talk_that_stands_still_shows_where(asha: Person, temporal: Client, line: str) -> None:
    await talk(asha, 0, 3)
    await asha.write(line)
    await asha.settle()
    seen = (await asha.inspect())["waiting_for"]
    await shows(temporal, asha, WaitingFor=seen)
