"""Whatever is changed in the conversation's workflow, those that are under way go on: their histories replay."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions
from temporalio.workflow import NondeterminismError

from tests.durability.script import TALK
from tests.replay.changed import ShowsLater, WaitsFirst
from tests.replay.record import HISTORIES, walk
from workflows.conversation import Conversation

RECORDED = ("backend_down", "delivery_outage", "moved", "parked", "plain", "with_work")

MANUAL = """
{name}, run {run}: a conversation that is under way cannot go on with workflows/conversation.py as it is now.
    {error}
Every open conversation of this shape would stop where it stands, on every worker of the new release. What to do:
1. If the order of its commands (timers, activities, search attributes, details) was not meant to change: undo that.
2. If it was: keep the old order for those under way, `if workflow.patched("<what changed>"): … else: …`, and this test
   stays as it is. The branch may go when no run is older than the release: they continue as new by themselves.
3. If it happened already: go back to the last release. Nothing is lost, the turns are in the database; the workflow
   tasks fail and are tried again until a worker understands them. Then 2.
4. Never record these histories anew to make the test pass: add others (`python -m tests.replay.record`), keep the old.
"""


def runs(name: str) -> Iterator[tuple[int, WorkflowHistory]]:
    """The recorded runs of one talk."""
    recorded = json.loads((HISTORIES / f"{name}.json").read_text())
    for number, events in enumerate(recorded["runs"], 1):
        yield number, WorkflowHistory.from_json(recorded["workflow"], {"events": events})


def replayer(workflow: type[Conversation]) -> Replayer:
    """A replayer that has the same sandbox around the workflow as the worker."""
    return Replayer(
        workflows=[workflow],
        workflow_runner=SandboxedWorkflowRunner(
            restrictions=SandboxRestrictions.default.with_passthrough_modules("domain")
        ),
    )


async def failures(workflow: type[Conversation], name: str) -> list[tuple[int, Exception]]:
    """The runs of a talk that this workflow cannot replay, and why."""
    failed = []
    for number, history in runs(name):
        result = await replayer(workflow).replay_workflow(history, raise_on_replay_failure=False)
        if result.replay_failure is not None:
            failed.append((number, result.replay_failure))
    return failed


@pytest.mark.parametrize("name", RECORDED)
async def test_every_recorded_talk_replays(name: str) -> None:
    failed = await failures(Conversation, name)
    told = "".join(MANUAL.format(name=name, run=run, error=str(error)[:300]) for run, error in failed)
    assert not failed, told


@pytest.mark.parametrize(("changed", "by"), [(WaitsFirst, RECORDED), (ShowsLater, ("backend_down", "with_work"))])
async def test_a_workflow_that_does_things_in_another_order_is_found_out(
    changed: type[Conversation], by: tuple[str, ...]
) -> None:
    for name in by:
        failed = await failures(changed, name)
        assert failed, f"{name} replays with {changed.__name__}: what is that history good for?"
        assert all(isinstance(error, NondeterminismError) for _, error in failed)


def test_every_history_there_is_is_replayed() -> None:
    assert {file.stem for file in HISTORIES.glob("*.json")} == set(RECORDED)


def test_the_histories_hold_what_they_are_named_after() -> None:
    kinds = {name: [event["eventType"] for _, history in runs(name) for event in _events(history)] for name in RECORDED}
    assert "EVENT_TYPE_ACTIVITY_TASK_COMPLETED" in kinds["with_work"]
    assert "EVENT_TYPE_ACTIVITY_TASK_FAILED" in kinds["backend_down"]
    assert "EVENT_TYPE_TIMER_CANCELED" in kinds["backend_down"], "a deadline came before the one that was armed"
    assert '"deliver"' in (HISTORIES / "delivery_outage.json").read_text()
    assert kinds["moved"].count("EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW") > 5
    assert "EVENT_TYPE_TIMER_FIRED" in kinds["parked"]
    assert "EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW" in kinds["parked"]
    assert all("EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED" in kinds[name] for name in RECORDED)
    assert not [kind for every in kinds.values() for kind in every if "TIME_SKIPPING" in kind]


@pytest.mark.parametrize("file", sorted(HISTORIES.glob("*.json")), ids=lambda file: file.stem)
def test_the_histories_hold_ids_keys_and_names_and_nobodys_words(file: Path) -> None:
    text = file.read_text()
    for object_ in walk(json.loads(text)):
        if set(object_) >= {"metadata", "data"} and isinstance(object_["data"], str):
            text += base64.b64decode(object_["data"]).decode()
        assert object_.get("identity", "recorded") == "recorded"
        if object_.get("kind") == "TASK_QUEUE_KIND_STICKY":
            assert object_["name"] == "recorded", "it is named after the machine"
    for said in [*TALK[3:5], "1987-11-05", "Asha", "+91"]:
        assert said not in text
    assert not re.search(r"\b9198\d{8}\b", text), "a phone number"


def _events(history: WorkflowHistory) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = json.loads(history.to_json())["events"]
    return events
