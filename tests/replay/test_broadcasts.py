"""Broadcasts that are under way go on with every later version of their workflow."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer, WorkflowReplayResult
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions
from temporalio.workflow import NondeterminismError

from domain.broadcasts import BROADCAST, BroadcastOrder
from tests.replay.record import HISTORIES
from workflows.broadcast import Broadcast

RECORDED = sorted((HISTORIES / "broadcasts").glob("*.json"))
NAMES = ["scheduled"]


@workflow.defn(name=BROADCAST, sandboxed=False)
class SleepsFirst(Broadcast):
    """One that does things in another order."""

    @workflow.init
    def __init__(self, order: BroadcastOrder) -> None:
        super().__init__(order)

    @workflow.run
    async def run(self, order: BroadcastOrder) -> None:
        """Rest before the first look."""
        await asyncio.sleep(1)
        await super().run(order)


async def replayed(how: type[Broadcast], file: Path) -> list[WorkflowReplayResult]:
    """All runs of one broadcast, replayed with this workflow."""
    recorded = json.loads(file.read_text())
    replayer = Replayer(
        workflows=[how],
        workflow_runner=SandboxedWorkflowRunner(
            restrictions=SandboxRestrictions.default.with_passthrough_modules("domain")
        ),
    )
    return [
        await replayer.replay_workflow(
            WorkflowHistory.from_json(recorded["workflow"], {"events": events}), raise_on_replay_failure=False
        )
        for events in recorded["runs"]
    ]


def test_every_history_there_is_is_replayed() -> None:
    assert [file.stem for file in RECORDED] == NAMES


@pytest.mark.parametrize("file", RECORDED, ids=lambda file: file.stem)
async def test_every_recorded_broadcast_replays(file: Path) -> None:
    """What to do where it does not: see tests/replay/test_replay.py."""
    assert [one.replay_failure for one in await replayed(Broadcast, file)] == [None]


@pytest.mark.parametrize("file", RECORDED, ids=lambda file: file.stem)
async def test_one_that_does_things_in_another_order_is_found_out(file: Path) -> None:
    [result] = await replayed(SleepsFirst, file)
    assert isinstance(result.replay_failure, NondeterminismError)


@pytest.mark.parametrize("file", RECORDED, ids=lambda file: file.stem)
def test_the_histories_hold_what_happened_and_nobody(file: Path) -> None:
    recorded = json.loads(file.read_text())
    kinds = [event["eventType"] for run in recorded["runs"] for event in run]
    assert "EVENT_TYPE_TIMER_STARTED" in kinds
    assert kinds.count("EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED") == 5
    assert kinds.count("EVENT_TYPE_ACTIVITY_TASK_COMPLETED") >= 5
    assert not [kind for kind in kinds if "TIME_SKIPPING" in kind]
    assert "+91" not in file.read_text()
