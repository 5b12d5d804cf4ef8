"""What Temporal knows of a talk can be lost, thrown away or put back: the talk itself is in the database."""

from __future__ import annotations

from uuid import uuid4

import httpx
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import EventType
from temporalio.api.workflowservice.v1 import ResetWorkflowExecutionRequest
from temporalio.client import Client, WorkflowHandle

from tests.durability.script import TALK, WAITS, same_for_all, talk, waits_for
from tests.running.person import Person
from tests.running.product import Addresses
from tests.running.waiting import until


async def workflow_of(temporal: Client, person: Person) -> WorkflowHandle[object, object]:
    """The workflow of somebody's talk."""
    return temporal.get_workflow_handle((await person.inspect())["workflow_id"])


async def test_a_workflow_that_was_terminated_is_started_again_by_the_next_message(
    http: httpx.AsyncClient, at: Addresses, temporal: Client
) -> None:
    asha, undisturbed = [await Person.appear(http, at, name="Asha Rao") for _ in range(2)]
    await talk(undisturbed)
    await talk(asha, 0, 6)
    await (await workflow_of(temporal, asha)).terminate("by mistake")
    await talk(asha, 6)
    assert await same_for_all(asha) == await same_for_all(undisturbed)


async def test_terminated_with_work_under_way_it_is_asked_for_again_and_done_once(
    asha: Person, temporal: Client
) -> None:
    name = "Asha " + "".join(chr(ord("a") + int(digit)) for digit in asha.alias[-10:])
    await asha.decide(name, state="down")
    await talk(asha, 0, 3)
    for line in (name, *TALK[4:9]):
        await asha.write(line)
        await asha.settle()
    await asha.write(TALK[9])

    async def is_asking() -> bool:
        return await waits_for(asha) == "work:fetch_offers"

    await until(is_asking)
    await (await workflow_of(temporal, asha)).terminate("by mistake")
    await asha.decide(name, state="up")
    await asha.write("hello?")
    await asha.settle()
    assert await waits_for(asha) == "answer:offer"
    assert sum("offers for you. Choose" in line for line in await asha.lines()) == 1


async def test_a_workflow_that_was_reset_says_nothing_again_and_goes_on(asha: Person, temporal: Client) -> None:
    """A reset plays all signals of the discarded part again: what a turn has taken is not taken twice."""
    await talk(asha, 0, 6)
    before = await asha.lines()
    workflow = await workflow_of(temporal, asha)
    history = await workflow.fetch_history()
    done = [
        event.event_id for event in history.events if event.event_type == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
    ]
    await temporal.workflow_service.reset_workflow_execution(
        ResetWorkflowExecutionRequest(
            namespace=temporal.namespace,
            workflow_execution=WorkflowExecution(workflow_id=workflow.id),
            reason="to the second turn",
            workflow_task_finish_event_id=done[2],
            request_id=str(uuid4()),
        )
    )
    await asha.settle()
    assert await asha.lines() == before
    assert await waits_for(asha) == WAITS[5]
    await talk(asha, 6, 8)
    assert await waits_for(asha) == WAITS[7]
