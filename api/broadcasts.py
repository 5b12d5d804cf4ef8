"""`POST /send-broadcast` and `/broadcasts`: something said to many, and what has become of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from api import documented
from api.access import Caller, Door
from api.asked import IdempotencyKey, Limit, cursor, placed
from api.broadcasting import BroadcastDesk, ToBroadcast, unknown
from api.reading import BEFORE, NEXT
from domain.broadcasts import Outcome
from store.broadcasts import Asked, Broadcast, Broadcasts, State, Tally, Why

ID = "0f8fad5b-d9cb-469f-a165-70867728950e"
OUTCOMES = (
    "waiting (not decided, or on its way), accepted (by the provider), sent, delivered, read, failed,"
    " skipped (nothing was made for them), cancelled"
)
SHOWN: dict[str, Any] = {
    "broadcast_id": ID,
    "bot": "msme",
    "number": None,
    "step": "pincode",
    "template": None,
    "state": "running",
    "rate": 5.0,
    "at": "2026-11-27T09:00:00Z",
    "made_at": "2026-11-27T08:30:00Z",
    "started_at": "2026-11-27T09:00:00.012Z",
    "ended_at": None,
    "recipients": 180,
}
Id = Annotated[UUID, Path(description="As POST /send-broadcast answered.", examples=[ID])]


class OrderedAnswer(BaseModel):
    """It will be said."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{name: SHOWN[name] for name in ("broadcast_id", "bot", "rate", "at")}]}
    )

    broadcast_id: UUID
    bot: str
    rate: float = Field(description="Messages a second.")
    at: datetime = Field(description="When it starts.")


class BroadcastAnswer(BaseModel):
    """A broadcast."""

    model_config = ConfigDict(json_schema_extra={"examples": [SHOWN]})

    broadcast_id: UUID
    bot: str
    number: str | None
    step: str | None
    template: str | None = Field(description="Its name; null where it is words.")
    state: State
    rate: float = Field(description="Messages a second that it may make.")
    at: datetime
    made_at: datetime
    started_at: datetime | None
    ended_at: datetime | None = Field(description="When the last recipient was decided, or it was cancelled.")
    recipients: int | None = Field(description="How many there were when it started; null before.")


class BroadcastReport(BroadcastAnswer):
    """A broadcast, and what has become of its recipients."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **SHOWN,
                    "message": "Your pincode is all that is missing.",
                    "outcomes": {
                        "waiting": 12,
                        "accepted": 3,
                        "sent": 8,
                        "delivered": 140,
                        "read": 9,
                        "failed": 1,
                        "skipped": 7,
                        "cancelled": 0,
                    },
                    "reasons": {"skipped": {"opted_out": 2, "window_closed": 5}, "failed": {"in_doubt": 1}},
                    "rate_reached": 4.97,
                }
            ]
        }
    )

    message: str | None = Field(description="The words; null where it is a template.")
    outcomes: dict[Outcome, int] = Field(description=f"How many: {OUTCOMES}.")
    reasons: dict[Why, dict[str, int]] = Field(
        description="Why: opted_out, no_marketing, window_closed, never_wrote, erased; of failed ones others, too."
    )
    rate_reached: float | None = Field(
        description="Messages a second from the first acceptance to the last, pauses included."
    )


class BroadcastsAnswer(BaseModel):
    """Broadcasts, the newest first."""

    broadcasts: list[BroadcastAnswer]
    next_before: str | None = Field(description=NEXT, examples=["WyIyMDI2LTExLTIxVDA5OjMwOjAwKzAwOjAwIl0"])


class RecipientAnswer(BaseModel):
    """One who is to hear it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "conversation_id": ID,
                    "phone_number": "+919800000001",
                    "outcome": "delivered",
                    "reason": None,
                    "error_code": None,
                    "at": "2026-11-27T09:00:04.5Z",
                }
            ]
        }
    )

    conversation_id: UUID
    phone_number: str | None = Field(description="Null for a key without the scope `read`, and where it is hidden.")
    outcome: Outcome = Field(description=OUTCOMES)
    reason: str | None
    error_code: int | None = Field(description="The provider's.")
    at: datetime | None = Field(description="When that came to be; null while nothing is decided.")


class RecipientsAnswer(BaseModel):
    """Recipients, in the order they are dealt with."""

    recipients: list[RecipientAnswer]
    next_after: int | None = Field(
        description="What to ask for as `after` to get the next page; null on the last one.", examples=[50]
    )


def broadcasts_router(desk: BroadcastDesk, broadcasts: Broadcasts, door: Door) -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["broadcasts"], responses=documented.UNAVAILABLE)
    may = door.needs("broadcast")

    async def read(id: UUID) -> tuple[Broadcast, str]:
        found = await broadcasts.read(id)
        if found is None:
            raise unknown()
        return found

    async def asked(id: UUID, what: Asked) -> BroadcastReport:
        await desk.ask(id, what)
        return await report(id)

    async def report(id: UUID) -> BroadcastReport:
        broadcast, words = await read(id)
        return report_of(broadcast, words, await broadcasts.tally(broadcast))

    @router.post("/send-broadcast", status_code=202)
    async def send(
        body: ToBroadcast,
        caller: Caller = may,
        idempotency_key: IdempotencyKey = None,
    ) -> OrderedAnswer:
        """Say something to all people of a bot, or to those at a step of it. Needs a key with the scope `broadcast`.

        409 `nobody`: there is nobody to write to. Everything else that cannot be is 422, with the field named.
        """
        broadcast, _ = await read(await desk.order(caller.id, body, idempotency_key))
        return OrderedAnswer(broadcast_id=broadcast.id, bot=broadcast.bot, rate=broadcast.rate, at=broadcast.at)

    @router.get("/broadcasts", dependencies=[may])
    async def every(
        limit: Limit = 50,
        before: Annotated[
            str | None, Query(description=BEFORE, json_schema_extra={"format": "contacts-cursor"})
        ] = None,
    ) -> BroadcastsAnswer:
        """All broadcasts, the newest first. Needs the scope `broadcast`."""
        page = await broadcasts.page(limit + 1, None if before is None else placed(before, datetime, UUID))
        last = page[limit - 1] if len(page) > limit else None
        return BroadcastsAnswer(
            broadcasts=[answer_of(one) for one in page[:limit]],
            next_before=cursor(last.made_at, last.id) if last else None,
        )

    @router.get("/broadcasts/{id}", dependencies=[may])
    async def one(id: Id) -> BroadcastReport:
        """A broadcast, and how many of its recipients have what. Needs the scope `broadcast`."""
        return await report(id)

    @router.get("/broadcasts/{id}/recipients")
    async def recipients(
        id: Id,
        caller: Caller = may,
        limit: Limit = 50,
        after: Annotated[int, Query(ge=0, le=2**31 - 1, description="The `next_after` of the page before.")] = 0,
        outcome: Annotated[Outcome | None, Query(description="Only these.")] = None,
    ) -> RecipientsAnswer:
        """Each recipient, once it has started. Needs the scope `broadcast`; for phone numbers `read`, too."""
        await read(id)
        page = await broadcasts.recipients(id, limit + 1, after, outcome)
        return RecipientsAnswer(
            recipients=[
                RecipientAnswer(
                    conversation_id=one.conversation,
                    phone_number=one.phone or None if caller.may("read") else None,
                    outcome=one.outcome,
                    reason=one.reason or None,
                    error_code=one.error_code or None,
                    at=one.at,
                )
                for one in page[:limit]
            ],
            next_after=page[limit - 1].place if len(page) > limit else None,
        )

    @router.post("/broadcasts/{id}/pause", dependencies=[may])
    async def pause(id: Id) -> BroadcastReport:
        """Make no more messages until it is resumed; those made go out. 409 `over`. Needs the scope `broadcast`."""
        return await asked(id, "pause")

    @router.post("/broadcasts/{id}/resume", dependencies=[may])
    async def resume(id: Id) -> BroadcastReport:
        """Go on. 409 `over`. Needs the scope `broadcast`."""
        return await asked(id, "resume")

    @router.post("/broadcasts/{id}/cancel", dependencies=[may])
    async def cancel(id: Id) -> BroadcastReport:
        """End it: what is not out yet is withdrawn. 409 `over`. Needs the scope `broadcast`."""
        return await asked(id, "cancel")

    return router


def answer_of(broadcast: Broadcast) -> BroadcastAnswer:
    """A broadcast as callers see it."""
    return BroadcastAnswer(**_fields(broadcast))


def report_of(broadcast: Broadcast, words: str, tally: Tally) -> BroadcastReport:
    """A broadcast and its counts as callers see them."""
    return BroadcastReport(
        **_fields(broadcast),
        message=words or None,
        outcomes=tally.outcomes,
        reasons=tally.reasons,
        rate_reached=None if tally.rate_reached is None else round(tally.rate_reached, 2),
    )


def _fields(broadcast: Broadcast) -> dict[str, Any]:
    return {
        "broadcast_id": broadcast.id,
        "bot": broadcast.bot,
        "number": broadcast.number or None,
        "step": broadcast.step or None,
        "template": broadcast.template or None,
        "state": broadcast.state,
        "rate": broadcast.rate,
        "at": broadcast.at,
        "made_at": broadcast.made_at,
        "started_at": broadcast.started_at,
        "ended_at": broadcast.ended_at,
        "recipients": None if broadcast.started_at is None else broadcast.recipients,
    }
