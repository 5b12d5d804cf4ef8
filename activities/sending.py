"""Sending what the outbox holds, in order per person, one at a time; and going on with what could not go at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from temporalio import activity
from temporalio.exceptions import ApplicationError, ApplicationErrorCategory

import channels
from activities.judging import PROBES_EVERY, Doubt, Fail, Go, Park, Verdict, Wait, doubt_of, judge
from activities.media import Attachments
from domain.conversation import DELIVER, conversation_of
from domain.messages import Message, Template, attachment_of, message_from_json
from domain.numbers import Number, provider_of
from store.blobs import BlobGone, BlobsMisconfigured, BlobsUnavailable
from store.numbers import Numbers, Templates
from store.outbox import Claim, Outbox, Unsent
from store.pace import NumberPace
from store.places import Place, Places
from store.sealing import Erased
from telemetry import metrics, traces

log = structlog.get_logger()

AT_ONCE = 2.0
"""seconds that a turn may spend on sending; the rest is delivered beside it"""
DELIVERY = 8.0
"""seconds of one attempt of a delivery"""
LEASE_BEYOND = 2.0
"""seconds that a lease outlives the request it is for"""
LOOKS_EVERY = 1.0
"""seconds between two looks whether a status has told what became of a send"""
UPLOAD_PAUSE = 3.0
"""seconds until a file is uploaded again"""
BACKOFF = (1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0)
"""seconds after the first, second, … counted failure"""

Clock = Callable[[], datetime]
"""what time it is for the conversation"""


@dataclass(frozen=True)
class Left:
    """Something is left to send: try again after so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Found:
    """A send in doubt was found at the provider: it is accepted."""


@dataclass(frozen=True)
class Spot:
    """A message's place in the outbox of its conversation."""

    turn: int
    place: int


def running_from(moment: datetime) -> Clock:
    """A clock that reads this moment now and goes on from there."""
    begun = time.monotonic()
    return lambda: moment + timedelta(seconds=time.monotonic() - begun)


class Sending:
    """Sends through the channels; every answer ends in the row's state, none in an exception."""

    def __init__(
        self,
        outbox: Outbox,
        places: Places,
        pace: NumberPace,
        numbers: Numbers,
        templates: Templates,
        by_number: channels.Channels,
        attachments: Attachments,
        ours: Mapping[str, Number],
    ) -> None:
        self._outbox = outbox
        self._places = places
        self._pace = pace
        self._numbers = numbers
        self._templates = templates
        self._channels = by_number
        self._attachments = attachments
        self._ours = ours
        self._courtesies: set[asyncio.Task[None]] = set()

    async def send(
        self, conversation: UUID, place: Place, most: float, clock: Clock, last: Spot | None = None
    ) -> Left | None:
        """Send what is unsent, in order, for at most so many seconds; what is left, if anything.

        `last` is the last message there can be, where the caller knows: then no query is spent on finding no more.
        """
        until = time.monotonic() + most
        number = self._ours.get(place.number) or Number(provider_of(place.number), place.number, "", "", "")
        while time.monotonic() < until:
            row = await self._outbox.first(conversation)
            if row is None:
                return None
            with traces.bound(row.trace):
                left = await self._deal_with(row, place, number, max(0.1, until - time.monotonic()), clock)
            if left is not None:
                return left
            if last is not None and (row.turn, row.place) == (last.turn, last.place):
                return None
        return Left(0)

    def mark_read(self, place: Place, provider_id: str, *, typing: bool) -> None:
        """Show that we read, and perhaps that we are typing. It is a courtesy: nobody waits for it."""
        task = asyncio.create_task(self._mark_read(place, provider_id, typing=typing))
        self._courtesies.add(task)
        task.add_done_callback(self._courtesies.discard)

    async def _mark_read(self, place: Place, provider_id: str, *, typing: bool) -> None:
        try:
            async with asyncio.timeout(5):
                await self._channels.of(place.number).mark_read(place.number, provider_id, typing=typing)
        except (channels.ChannelError, TimeoutError) as error:
            log.info("read mark not taken", number=place.number, error=type(error).__name__)

    @activity.defn(name=DELIVER)
    async def deliver(self) -> None:
        """Send what a turn could not. Raises a retryable error while something is left, with the pause it needs."""
        info = activity.info()
        conversation = conversation_of(info.workflow_id or "")
        try:
            place = await self._places.of(conversation)
        except Erased:
            return
        if place is None:
            return
        left = await self.send(conversation, place, DELIVERY, running_from(info.started_time))
        if left is not None:
            pause = timedelta(seconds=min(max(left.seconds, 0.2), 600))
            raise ApplicationError(
                "something is left to send", next_retry_delay=pause, category=ApplicationErrorCategory.BENIGN
            )

    async def _deal_with(self, row: Unsent, place: Place, number: Number, most: float, clock: Clock) -> Left | None:
        """One message as far as it goes now; Left when it, and those behind it, must wait."""
        verdict: Verdict = judge(row, clock(), number)
        if row.state == "unknown" and not isinstance(verdict, Wait):
            # The doubt is over, and no status came.
            left = await self._looked_for(row, place, most, clock)
            if left is not None:
                return None if isinstance(left, Found) else left
        match verdict:
            case Wait(until, reason):
                if reason:
                    metrics.sent("deferred", row.purpose)
                    await self._outbox.deferred(row, until, reason, claimed=False)
                return _until(until, clock, looks=row.state in ("sending", "unknown"))
            case Doubt(until):
                await self._outbox.in_doubt(row, until, clock(), mine=False)
                return _until(until, clock, looks=True)
            case Park(reason):
                metrics.sent("parked", row.purpose)
                await self._outbox.parked(row, reason, claimed=False)
                return None
            case Fail(reason):
                metrics.sent("failed", row.purpose)
                log.info("a message is not sent", row=str(row.id), reason=reason)
                await self._outbox.failed(row, reason, claimed=False)
                return None
            case Go(as_template):
                return await self._go(row, place, number, as_template, most, clock)

    async def _looked_for(self, row: Unsent, place: Place, most: float, clock: Clock) -> Left | Found | None:
        """Whether the provider lists a message that may have been sent; None where it does not, or has no list."""
        channel = self._channels.of(place.number)
        if not isinstance(channel, channels.Finds):
            return None
        try:
            message = self._stored(row, place, row.as_template)
            recipient = channels.Recipient(phone=place.phone, bsuid=place.bsuid)
            async with asyncio.timeout(most):
                listed = await channel.find(place.number, message, recipient, await self._outbox.made_at(row))
        except ValueError:
            return None  # what cannot be sent was not
        except (channels.ChannelError, TimeoutError) as error:
            log.warning("a send stays in doubt", row=str(row.id), error=type(error).__name__)
            until = clock() + doubt_of(row.purpose)
            await self._outbox.still_in_doubt(row, until)
            return _until(until, clock, looks=True)
        taken = await self._outbox.taken(listed)
        found = next((id for id in listed if id not in taken), None)
        if found is None:
            return None
        log.info("a send in doubt was found", row=str(row.id))
        metrics.sent("accepted", row.purpose)
        await self._outbox.accepted(row, found)
        return Found()

    async def _go(
        self, row: Unsent, place: Place, number: Number, as_template: bool, most: float, clock: Clock
    ) -> Left | None:
        message = await self._message(row, place, as_template)
        if message is None:
            return None
        full_for = await self._pace.take(number.id, number.rate)
        if full_for > 0:
            return Left(full_for)
        if row.number_stopped and not await self._numbers.may_probe(number.id, PROBES_EVERY.total_seconds()):
            return Left(1.0)
        now = clock()
        lease = now + timedelta(seconds=most + LEASE_BEYOND)
        if await self._outbox.claim(row, Claim(now, lease, as_template, number.pair_seconds)):
            return await self._send(row, place, number, message, most, clock)
        # Somebody else was quicker, or a status told what became of it: look again.
        return None if row.state in ("unknown", "sending") else Left(0.2)

    def _stored(self, row: Unsent, place: Place, as_template: bool) -> Message:
        """What a row holds. Raises ValueError for a kind that this release does not know."""
        column, sealed = "outbox.message", row.sealed
        if as_template and row.template_sealed is not None:
            column, sealed = "outbox.template", row.template_sealed
        return message_from_json(place.seal.open_json(column, sealed))

    async def _message(self, row: Unsent, place: Place, as_template: bool) -> Message | None:
        """What is to be sent; None when it is given up or parked, which is written down then."""
        try:
            message = self._stored(row, place, as_template)
            self._channels.of(place.number).check(message)
        except channels.Unsendable as error:
            metrics.sent("failed", row.purpose)
            log.error("a message cannot be sent", row=str(row.id), error=type(error).__name__)
            await self._outbox.failed(row, "unsendable", claimed=False)
            return None
        except ValueError:
            metrics.sent("parked", row.purpose)
            log.error("a message of a kind that this release does not know is kept", row=str(row.id))
            await self._outbox.parked(row, "later_release", claimed=False)
            return None
        if isinstance(message, Template) and not await self._templates.usable(message.name, message.language):
            metrics.sent("parked", row.purpose)
            await self._outbox.parked(row, "template", claimed=False)
            return None
        return message

    async def _send(
        self, row: Unsent, place: Place, number: Number, message: Message, most: float, clock: Clock
    ) -> Left | None:
        """Send one row that is ours."""
        until = time.monotonic() + most
        try:
            recipient = channels.Recipient(phone=place.phone, bsuid=place.bsuid)
        except ValueError:
            metrics.sent("failed", row.purpose)
            await self._outbox.failed(row, "no_address", claimed=True)
            return None
        try:
            async with asyncio.timeout(most):
                file = await self._file(message, place)
        except (TimeoutError, channels.Unknown, BlobsUnavailable, BlobsMisconfigured) as error:
            # The file could not be brought to the provider; nothing was said to anybody yet.
            log.warning("a file could not be uploaded", row=str(row.id), error=type(error).__name__)
            return await self._put_off(row, UPLOAD_PAUSE, "upload", 0, clock, counted=True)
        except (BlobGone, Erased):
            metrics.sent("failed", row.purpose)
            await self._outbox.failed(row, "file_gone", claimed=True)
            return None
        except channels.ChannelError as error:
            return await self._not_accepted(row, number, error, clock)
        try:
            async with asyncio.timeout(max(0.1, until - time.monotonic())):
                channel = self._channels.of(place.number)
                accepted = await channel.send(place.number, message, recipient, str(row.id), file)
        except (TimeoutError, channels.Unknown):
            now = clock()
            metrics.sent("unknown", row.purpose)
            log.warning("a send is in doubt", row=str(row.id))
            decided_at = now + doubt_of(row.purpose)
            await self._outbox.in_doubt(row, decided_at, now, mine=True)
            return _until(decided_at, clock, looks=True)
        except channels.ChannelError as error:
            attachment = attachment_of(message)
            if attachment is not None and isinstance(error, channels.Refused) and not row.attempts:
                # Perhaps the provider has forgotten our file: it is uploaded anew, once.
                await self._attachments.forget(place.number, attachment)
                return await self._put_off(row, UPLOAD_PAUSE, "upload", error.code, clock, counted=True)
            return await self._not_accepted(row, number, error, clock)
        metrics.sent("accepted", row.purpose)
        log.info("sent", row=str(row.id), attempts=row.attempts + 1)
        await self._outbox.accepted(row, accepted.provider_id)
        if row.number_stopped and await self._numbers.mended(number.id):
            log.info("messages are accepted from this number again", number=number.id)
        return None

    async def _file(self, message: Message, place: Place) -> str:
        """What the provider calls the file that a message shows, once it has it; nothing where it shows none."""
        attachment = attachment_of(message)
        if attachment is None:
            return ""
        return await self._attachments.media_id(place.number, place.seal, attachment)

    async def _not_accepted(
        self, row: Unsent, number: Number, error: channels.ChannelError, clock: Clock
    ) -> Left | None:
        """What is done about each kind of refusal."""
        match error:
            case channels.Defer():
                return await self._put_off(row, error.pause(row.deferrals), "limit", error.code, clock)
            case channels.ChannelStopped():
                if await self._numbers.stop(number.id, error.code, PROBES_EVERY.total_seconds()):
                    log.error("nothing is accepted from this number", number=number.id, code=error.code)
                return await self._put_off(row, PROBES_EVERY.total_seconds(), "number_stopped", error.code, clock)
            case channels.RetryLater():
                pause = max(error.seconds, BACKOFF[min(row.attempts, len(BACKOFF) - 1)])
                return await self._put_off(row, pause, "outage", error.code, clock, counted=True)
            case channels.NeedsTemplate():
                metrics.sent("parked", row.purpose)
                await self._outbox.parked(row, "window", error.code, claimed=True)
            case channels.Refused(reason=channels.Reason.TEMPLATE) if row.template_sealed is not None:
                # Whatever is wrong with the template: the message itself can still go when the person writes.
                metrics.sent("parked", row.purpose)
                log.error("a template cannot be used", row=str(row.id), code=error.code)
                await self._outbox.parked(row, "template", error.code, claimed=True)
            case _:
                reason = error.reason.value if isinstance(error, channels.Refused) else "refused"
                metrics.sent("failed", row.purpose)
                log.error("a message was refused", row=str(row.id), code=error.code, reason=reason)
                await self._outbox.failed(row, reason, error.code, claimed=True)
        return None

    async def _put_off(
        self, row: Unsent, pause: float, reason: str, code: int, clock: Clock, *, counted: bool = False
    ) -> Left:
        metrics.sent("retried" if counted else "deferred", row.purpose)
        until = clock() + timedelta(seconds=pause)
        await self._outbox.deferred(row, until, reason, code, claimed=True, counted=counted)
        return Left(pause)


def _until(moment: datetime, clock: Clock, *, looks: bool) -> Left:
    """What is left until then. A status may end a doubt at any moment: what is behind it shall not wait longer."""
    seconds = max(0.0, (moment - clock()).total_seconds())
    return Left(min(seconds, LOOKS_EVERY) if looks else seconds)


def moment(seconds: float) -> datetime:
    """Seconds since the epoch as a moment."""
    return datetime.fromtimestamp(seconds, UTC)
