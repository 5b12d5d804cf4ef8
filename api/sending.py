"""`POST /api/whatsapp/send`: the business says something on its own, to somebody who has written to it.

It goes the way of everything that is said: a row of the inbox, a turn, the outbox in its order. The call waits for a
moment whether the provider takes the message; after that it is `queued`, and goes out as soon as it can.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal
from uuid import uuid4

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

import channels
from api import documented
from api.access import Caller, Door
from api.asked import IdempotencyKey, Name, Phone
from api.errors import Problem
from channels import meta
from channels.meta.limits import TEXT_BODY
from domain.messages import Text
from domain.numbers import Number
from domain.said import ANSWER, WINDOW
from handing.conversations import HandOver
from store.arrivals import Arrival, Found
from store.directory import Directory, Known
from store.kinds import BUSINESS
from store.sends import PROVIDER, Answer, Came, Order, OtherBody, Sends, Wanted
from telemetry import traces

WAITS = 3.0
"""seconds for the provider to take it"""
LOOKS_EVERY = 0.05
THERE = ("accepted", "sent", "delivered", "read")

REFUSED = {
    "never_wrote": "nobody has written from this number: only who wrote to the business can be written to",
    "window_closed": "the person wrote more than 24 hours ago: they can be written to when they write again",
    "opted_out": "the person does not want to be written to: they said `stop`",
    "erased": "all that was kept of this person was destroyed",
    "refused": "the provider does not take this message for this person",
}
"""why a message is not sent, and never will be"""


def sendable(text: str) -> str:
    """The text, if WhatsApp shows it as one message. Raises ValueError."""
    try:
        meta.render(Text(text))
    except channels.LimitExceeded as long:
        raise ValueError(f"{long.length} characters where WhatsApp takes {long.limit}") from None
    except channels.Unsendable as error:
        raise ValueError(str(error)) from None
    return text


class ToSend(BaseModel):
    """A message to somebody."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"phone_number": "+919800000001", "message": "Your order ORD-001 is on its way.", "bot": "orders"}
            ]
        },
    )

    phone_number: Phone
    message: Annotated[str, Field(min_length=1, max_length=TEXT_BODY), AfterValidator(sendable)] = Field(
        description="Words, as WhatsApp shows them: *bold*, _italic_.",
        examples=["Your order ORD-001 is on its way."],
        json_schema_extra={"format": "words"},
    )
    bot: Name | None = Field(
        None,
        description="In which conversation, where the person has several: there it is needed.",
        examples=["orders"],
    )
    number: Name | None = Field(
        None,
        description="The same, by the id of our number: where two businesses have a bot of the same name.",
        examples=["100000000000003"],
    )


class Sent(BaseModel):
    """The message is on its way."""

    success: Literal[True] = Field(examples=[True])
    message_id: str = Field(
        description="The provider's where the message is accepted, else ours: GET /api/whatsapp/messages has both.",
        examples=["wamid.HBgMOTE5ODAwMDAwMDAxFQIAERgSQUFBQUFBQUFBQUFBQUFBQUFBAA=="],
    )
    status: Literal["accepted", "queued"] = Field(
        description="queued: it waits behind others, or for an outage to end; it is sent as soon as it can be.",
        examples=["accepted"],
    )


class Desk:
    """Takes messages in, and waits for what becomes of them."""

    def __init__(self, directory: Directory, sends: Sends, handing: HandOver, numbers: Sequence[Number]) -> None:
        self._directory = directory
        self._sends = sends
        self._handing = handing
        self._numbers = {number.id: number for number in numbers}

    async def send(self, caller: str, wanted: ToSend, key: str | None) -> Answer:
        """Send a message, once for each Idempotency-Key; how it is answered.

        Raises Problem: 422 for another body under that key, 409 where it could be meant for several conversations.
        """
        asked = self._sends.wanted(f"{caller}\0send", key, wanted.model_dump_json()) if key is not None else None
        try:
            taken = (await self._sends.earlier(asked) if asked else None) or await self._take(wanted, asked)
        except OtherBody:
            raise Problem(
                422, "other_body", "Idempotency-Key: it came before with another body; a new message needs a new key"
            ) from None
        if isinstance(taken, Answer):
            return taken
        await self._handing.hand_over(taken.conversation, "api")
        answer = await self._wait(taken)
        return await self._sends.answered(asked, answer) if asked else answer

    async def _take(self, wanted: ToSend, asked: Wanted | None) -> Answer | Order:
        found = self._chosen(await self._directory.of(wanted.phone_number), wanted)
        why = "never_wrote" if found is None else why_not(found, datetime.now(UTC))
        if found is None or found.seal is None or why:
            refusal = Answer(why)
            return await self._sends.refuse(asked, refusal) if asked else refusal
        body = {"text": wanted.message, "purpose": ANSWER}
        arrival = Arrival(PROVIDER, str(uuid4()), BUSINESS, body, trace=traces.current())
        return await self._sends.order(asked, Found(found.conversation, found.seal), arrival)

    def _chosen(self, known: Sequence[Known], wanted: ToSend) -> Known | None:
        """The one conversation that is meant. Raises Problem 409 where it could be several."""
        ours = self._numbers.get(wanted.number or "")
        fit = [
            one
            for one in known
            if wanted.bot in (None, one.bot)
            and (wanted.number is None or (ours is not None and (one.business, one.bot) == (ours.business, ours.bot)))
        ]
        if len(fit) > 1:
            field = "bot" if len({one.bot for one in fit}) > 1 else "number"
            names = ", ".join(sorted({one.bot if field == "bot" else one.number for one in fit}))
            raise Problem(409, "which_one", f"body.{field}: the person has several conversations, name one of {names}")
        return fit[0] if fit else None

    async def _wait(self, order: Order) -> Answer:
        """What becomes of it within a moment."""
        until = time.monotonic() + WAITS
        while True:
            came = await self._sends.came(order)
            answer = answer_of(came)
            # Judged by the conversation's own clock the window may be closed: then it shall not wait for another day.
            if answer is None and came.state == "parked" and await self._sends.withdraw(order):
                answer = Answer("window_closed")
            if answer is not None:
                return answer
            if time.monotonic() > until:
                return Answer("queued", order.id)
            await asyncio.sleep(LOOKS_EVERY)


def why_not(known: Known, now: datetime) -> str:
    """Why nothing can be said in this conversation now; nothing where it can, or the turn must tell."""
    if known.seal is None:
        return "erased"
    if known.unheard:
        return ""
    if known.opted_out:
        return "opted_out"
    if known.wrote_at is None or now - known.wrote_at >= WINDOW:
        return "window_closed"
    return ""


def answer_of(came: Came) -> Answer | None:
    """How a call is answered when this has become of its message; None while that is not decided."""
    if came.state in THERE:
        return Answer("accepted", came.provider_id)
    if came.state == "failed":
        known = {"opted_out": "opted_out", "window": "window_closed"}
        return Answer(known.get(came.reason, "refused"))
    return None


def sending_router(desk: Desk, door: Door) -> APIRouter:
    """The route."""
    router = APIRouter(tags=["messages"])
    may_send = door.needs("send")

    @router.post("/api/whatsapp/send", responses=documented.UNAVAILABLE)
    async def send(
        body: ToSend,
        caller: Caller = may_send,
        idempotency_key: IdempotencyKey = None,
    ) -> Sent:
        """Say something to somebody who wrote within the last 24 hours. Needs a key with the scope `send`.

        409 tells why a message is not sent: `never_wrote`, `window_closed`, `opted_out`, `erased`, `refused`; or that
        the person has several conversations, and one is to be named: `which_one`.
        """
        answer = await desk.send(caller.id, body, idempotency_key)
        match answer.code:
            case "accepted" | "queued" as status:
                return Sent(success=True, message_id=answer.id, status=status)
            case why:
                raise Problem(409, why, REFUSED[why])

    return router
