"""What the phone in the browser needs: a conversation laid open, and its clock. Mounted in MODE=dev only."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, StringConstraints
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.enums.v1 import UpdateWorkflowExecutionLifecycleStage
from temporalio.api.update import v1 as update
from temporalio.api.update.v1 import WaitPolicy
from temporalio.api.workflowservice.v1 import UpdateWorkflowExecutionRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkipper

from api.errors import Problem
from domain.conversation import SETTLED, Settled, workflow_id
from domain.inbound import Sender
from domain.numbers import Number
from settings import Settings
from store.arrivals import Arrivals
from store.inspection import Inspection

COMPLETED = UpdateWorkflowExecutionLifecycleStage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_COMPLETED
MOVING = (
    RPCStatusCode.RESOURCE_EXHAUSTED,
    RPCStatusCode.UNAVAILABLE,
    RPCStatusCode.ABORTED,
    RPCStatusCode.FAILED_PRECONDITION,
    RPCStatusCode.DEADLINE_EXCEEDED,
    RPCStatusCode.CANCELLED,
)
"""what an update that meets a continue-as-new, or a server that is too busy, is refused with; it is asked again"""
MOVES_IN = 0.02
"""seconds"""
AT_ONCE = 1.0
"""seconds that what has arrived has before the clock is moved"""


Name = Annotated[str, StringConstraints(pattern=r"^[!-~]*$", max_length=200)]
"""as numbers and BSUIDs are written; anything else is nobody's, and half a surrogate pair has not even a hash"""


class Who(BaseModel):
    """A person, by our number and by theirs (E.164) or their BSUID."""

    number: Name
    user: Name


class Move(Who):
    """How far to move one conversation's clock."""

    seconds: float = Field(ge=0.001, le=400 * 86400)


class Moved(BaseModel):
    """How far it was moved."""

    moved: float


class SettledAnswer(BaseModel):
    """What a conversation waits for, all that had arrived being dealt with."""

    waiting_for: str


def dev_router(settings: Settings, arrivals: Arrivals, inspection: Inspection, client: Client) -> APIRouter:
    """The phone's routes."""
    router = APIRouter(prefix="/dev", tags=["dev"])
    numbers: dict[str, Number] = {number.id: number for number in settings.numbers}

    async def conversation_of(who: Who) -> UUID:
        number = numbers.get(who.number)
        by_phone = who.user[:1] in "+0123456789"
        sender = Sender(phone="+" + who.user.lstrip("+")) if by_phone else Sender(bsuid=who.user)
        found = await arrivals.find(sender, number) if number else None
        if found is None:
            raise Problem(404, "no_conversation", "this person has not written to this number yet")
        return found.conversation

    @router.get("/conversations")
    async def conversation(number: Annotated[Name, Query()], user: Annotated[Name, Query()]) -> dict[str, Any]:
        """Everything about one conversation, unsealed."""
        found = await conversation_of(Who(number=number, user=user))
        workflow = workflow_id(found)
        return {
            "conversation_id": str(found),
            "workflow_id": workflow,
            "temporal_url": f"{settings.temporal_ui_url}/namespaces/{settings.temporal_namespace}/workflows/{workflow}",
            **await inspection.of(found),
        }

    @router.post("/settled")
    async def settled(who: Who) -> SettledAnswer:
        """Wait until all that has arrived is dealt with."""
        return SettledAnswer(waiting_for=await settle(client, await conversation_of(who)))

    @router.post("/clock")
    async def clock(move: Move) -> Moved:
        """Move one conversation's clock, and wait until what that brings about is dealt with."""
        if settings.time_skipping == "off":
            why = "the Temporal server that runs here is older than 1.32: it cannot move a conversation's clock"
            raise Problem(409, "clock_unavailable", why)
        found = await conversation_of(move)
        # What has arrived comes before the move; work that is tried again and again may go on during it.
        with suppress(TimeoutError):
            await asyncio.wait_for(settle(client, found), AT_ONCE)
        handle = client.get_workflow_handle(workflow_id(found))
        await TimeSkipper(client).fast_forward(handle, timedelta(seconds=move.seconds))
        await settle(client, found)
        return Moved(moved=move.seconds)

    return router


async def settle(client: Client, conversation: UUID) -> str:
    """Wait until all that has arrived is dealt with; what it waits for then."""
    asked = UpdateWorkflowExecutionRequest(
        namespace=client.namespace,
        workflow_execution=WorkflowExecution(workflow_id=workflow_id(conversation)),
        wait_policy=WaitPolicy(lifecycle_stage=COMPLETED),
        request=update.Request(meta=update.Meta(update_id=str(uuid4())), input=update.Input(name=SETTLED)),
    )
    while True:
        try:
            # Without the client's own retries: they would come back to a conversation that moves a second later.
            answer = await client.workflow_service.update_workflow_execution(asked, retry=False)
        except RPCError as error:
            if error.status not in MOVING:
                raise
            await asyncio.sleep(MOVES_IN)
            continue
        if answer.HasField("outcome"):
            settled: Settled
            [settled] = await client.data_converter.decode_wrapper(answer.outcome.success, [Settled])
            return settled.waiting_for
