"""Sending what the outbox holds, in order per person, one at a time; and going on with what could not go at once."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError

from channels import meta
from domain.conversation import DELIVER, conversation_of
from domain.messages import message_from_json
from store.outbox import Blocked, Claimed, Outbox
from store.places import Place, Places
from store.sealing import Erased

log = structlog.get_logger()

AT_ONCE = 2.0
"""seconds that a turn may spend on sending; the rest is delivered beside it"""
DELIVERY = 8.0
"""seconds of one attempt of a delivery"""
STOPPED_PAUSE = 60.0
"""seconds until a number that nothing is accepted from is tried again"""
LOOKS_EVERY = 1.0
"""seconds between two looks whether a status has told what became of a send"""
BACKOFF = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0)
"""seconds after the first, second, … counted failure"""


@dataclass(frozen=True)
class Left:
    """Something is left to send: try again after so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Spot:
    """A message's place in the outbox of its conversation."""

    turn: int
    place: int


class Sending:
    """Sends through the channels; every answer ends in the row's state, none in an exception."""

    def __init__(self, outbox: Outbox, places: Places, graph: meta.GraphClient) -> None:
        self._outbox = outbox
        self._places = places
        self._graph = graph

    async def send(self, conversation: UUID, place: Place, most: float, last: Spot | None = None) -> Left | None:
        """Send what is unsent, in order, for at most so many seconds; what is left, if anything.

        `last` is the last message there can be, where the caller knows: then no query is spent on finding no more.
        """
        until = time.monotonic() + most
        while time.monotonic() < until:
            row = await self._outbox.claim(conversation)
            if row is None or not await self._send(place, row, max(0.1, until - time.monotonic())):
                return await self._left(conversation)
            if last is not None and (row.turn, row.place) == (last.turn, last.place):
                return None
        return Left(0)

    async def mark_read(self, place: Place, provider_id: str, *, typing: bool) -> None:
        """Show that we read, and perhaps that we are typing. It is a courtesy: it never delays or fails anything."""
        try:
            async with asyncio.timeout(1):
                await self._graph.mark_read(place.number, provider_id, typing=typing)
        except (meta.GraphError, TimeoutError) as error:
            log.info("read mark not taken", number=place.number, error=type(error).__name__)

    @activity.defn(name=DELIVER)
    async def deliver(self) -> None:
        """Send what a turn could not. Raises a retryable error while something is left, with the pause it needs."""
        conversation = conversation_of(activity.info().workflow_id or "")
        try:
            place = await self._places.of(conversation)
        except Erased:
            return
        left = await self.send(conversation, place, DELIVERY) if place is not None else None
        if left is not None:
            pause = timedelta(seconds=min(max(left.seconds, 0.2), 600))
            raise ApplicationError("something is left to send", next_retry_delay=pause)

    async def _left(self, conversation: UUID) -> Left | None:
        blocked: Blocked | None = await self._outbox.blocked(conversation)
        if blocked is None:
            return None
        # A status may end the doubt at any moment: what is behind it shall not wait for longer than it must.
        return Left(min(blocked.seconds, LOOKS_EVERY) if blocked.state in ("sending", "unknown") else blocked.seconds)

    async def _send(self, place: Place, row: Claimed, most: float) -> bool:
        """Send one row; false when those behind it must wait."""
        try:
            recipient = meta.Recipient(phone=place.phone, bsuid=place.bsuid)
            message = meta.render(message_from_json(place.seal.open_json("outbox.message", row.sealed)))
            async with asyncio.timeout(most):
                accepted = await self._graph.send(place.number, message, recipient, str(row.id))
        except (TimeoutError, meta.Unknown):
            await self._outbox.unknown(row)
            log.warning("a send is in doubt", row=str(row.id))
            return False
        except meta.Defer as defer:
            await self._outbox.later(row, defer.code, defer.seconds, counted=False)
            return False
        except meta.ChannelStopped as stopped:
            log.error("nothing is accepted from this number", number=place.number, code=stopped.code)
            await self._outbox.later(row, stopped.code, STOPPED_PAUSE, counted=False)
            return False
        except meta.RetryLater as retry:
            pause = max(retry.seconds, BACKOFF[min(row.attempts, len(BACKOFF)) - 1])
            await self._outbox.later(row, retry.code, pause, counted=True)
            return False
        except meta.NeedsTemplate as needs:
            await self._outbox.parked(row, needs.code)
            return True
        except (meta.Refused, meta.Unsendable, ValueError) as refused:
            code = getattr(refused, "code", 0)
            log.error("a message was refused", row=str(row.id), code=code, error=type(refused).__name__)
            await self._outbox.failed(row, code)
            return True
        await self._outbox.accepted(row, accepted.provider_id)
        return True
