"""What every effect shares: its argument is read from the database, its result is written there.

Temporal learns only how it ended: finished | refused; an exception is an attempt to be repeated.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar
from uuid import UUID

from pydantic import TypeAdapter
from temporalio import activity
from temporalio.exceptions import ApplicationError

from domain.conversation import WorkOrder, conversation_of, token
from domain.effects import Effect
from store.sealing import Erased
from store.work import NoWork, Ordered, WorkTable
from telemetry import traces

A = TypeVar("A")
R = TypeVar("R")


class OutsideRefused(Exception):
    """The outside said no for good; `reason` is its code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OutsideUnavailable(Exception):
    """The outside cannot answer now: try again."""


class OutsideMisconfigured(Exception):
    """The outside does not know us, or we do not understand it: somebody must look; until then try again, slowly."""


def not_taken(name: str, status: int, check: str) -> OutsideUnavailable | OutsideMisconfigured:
    """An answer that is no success, by its HTTP status: what may pass, and what somebody must look at."""
    if status == 429 or status >= 500:
        return OutsideUnavailable(f"{name}: HTTP {status}")
    return OutsideMisconfigured(f"{name}: HTTP {status}: check {check}")


Performer = Callable[[UUID, UUID, A], Awaitable[R]]
"""(conversation, idempotency key, argument) -> result"""
Afterwards = Callable[[UUID, A], Awaitable[None]]
"""(conversation, argument)"""


def activity_of(
    effect: Effect[A, R], work: WorkTable, perform: Performer[A, R], afterwards: Afterwards[A] | None = None
) -> Callable[[WorkOrder], Awaitable[str]]:
    """The activity of an effect, named after it. `perform` raises OutsideRefused, or what is tried again.

    `afterwards` clears up once it is written down how the work ended, a refusal too: what it takes away is not
    needed for another try then. It may come twice.
    """
    reads: TypeAdapter[A] = TypeAdapter(effect.argument)
    writes: TypeAdapter[R] = TypeAdapter(effect.result)

    async def ended_by_trying(conversation: UUID, order: WorkOrder, ordered: Ordered) -> str:
        try:
            argument: Any = reads.validate_python(ordered.argument)
            with traces.bound(ordered.trace):
                result = await perform(conversation, token(conversation, order.key), argument)
        except OutsideRefused as refused:
            await work.refuse(conversation, order.key, refused.reason)
            return "refused"
        await work.finish(conversation, order.key, ordered.seal, writes.dump_python(result, mode="json"))
        return "finished"

    @activity.defn(name=effect.name)
    async def performed(order: WorkOrder) -> str:
        conversation = conversation_of(activity.info().workflow_id or "")
        try:
            ordered = await work.read(conversation, order.key)
        except (NoWork, Erased) as gone:
            raise ApplicationError(str(gone), type=type(gone).__name__, non_retryable=True) from None
        ended = ordered.ended or await ended_by_trying(conversation, order, ordered)
        if afterwards is not None:
            await afterwards(conversation, reads.validate_python(ordered.argument))
        return ended

    return performed
