"""Status callbacks: queued (in the answer of the send), then sent, delivered, read or failed, one post each.

They go to the address that the send named; the list of messages knows what became of one whether or not it was told.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from typing import Any

from sandbox.chats import Chats, Message
from sandbox.clock import Clock
from sandbox.config import Number
from sandbox.faults.modes import Mode, Strike
from sandbox.people import People, User
from sandbox.twilio.addresses import CHANNEL
from sandbox.twilio.errors import message_of
from sandbox.twilio.posting import Posts
from sandbox.twilio.records import Record, Records, status_of

log = logging.getLogger(__name__)

BEHIND_THE_ANSWER = 0.04
"""Seconds that keep the first callback behind the answer to the send."""

INSTALLATION = "XE00000000000000000000000000000001"
EVENTS = {"delivered": "DELIVERED", "read": "READ"}


class Statuses:
    """Tells what became of each message of the business, in the chat and to the product."""

    def __init__(
        self,
        account: str,
        numbers: dict[str, Number],
        clock: Clock,
        people: People,
        chats: Chats,
        records: Records,
        posts: Posts,
    ) -> None:
        self._account = account
        self._numbers = numbers
        self._clock = clock
        self._people = people
        self._chats = chats
        self._records = records
        self._posts = posts
        self._runs: set[asyncio.Task[None]] = set()
        self._telling: dict[str, asyncio.Task[None]] = {}
        self._failing: set[str] = set()

    def resume(self) -> None:
        """Tell what an earlier process accepted and was killed before it could tell."""
        for message in self._chats.without_status():
            user = self._people.get(message.user)
            if user is not None and self._numbers[user.number].provider == "twilio":
                self.delivered(user, message)

    def delivered(
        self, user: User, message: Message, faults: tuple[Strike, ...] = (), *, at_once: bool = False
    ) -> asyncio.Task[None]:
        """The message reached the phone; for a user with `reads`, it is read at once. Ends when all of it is told."""
        told = ["sent", "delivered", *(["read"] if user.reads else [])]
        run = self._telling[message.id] = self._start(self._tell_all(user, message, told, faults, at_once=at_once))
        run.add_done_callback(lambda _: self._telling.pop(message.id, None))
        return run

    def read(self, user: User, message: Message) -> None:
        """The person has seen the message; it is told behind what is still being told of it.

        One that is about to fail never reached them, though the chat shows it for a moment.
        """
        if message.id in self._failing:
            return

        async def told() -> None:
            if (earlier := self._telling.get(message.id)) is not None:
                await asyncio.wait([earlier])
            await self._tell_one(user.id, message.id, "read")

        self._start(told())

    def failed(self, user_id: str, message: Message, code: int) -> None:
        """The message was accepted and could not be delivered after all; `user_id` is empty where nobody gets it."""

        async def told() -> None:
            await asyncio.sleep(BEHIND_THE_ANSWER)
            await self._tell_one(user_id, message.id, "failed", code)

        self._failing.add(message.id)
        self._start(told()).add_done_callback(lambda _: self._failing.discard(message.id))

    async def close(self) -> None:
        """Tell nothing more."""
        for run in self._runs:
            run.cancel()
        await asyncio.gather(*self._runs, return_exceptions=True)

    async def _tell_all(
        self, user: User, message: Message, told: Sequence[str], faults: tuple[Strike, ...], *, at_once: bool
    ) -> None:
        modes = {strike.mode: strike for strike in faults}
        if not at_once:
            await asyncio.sleep(BEHIND_THE_ANSWER)
        if modes:
            # The chat shows what happened; only what is told of it goes wrong.
            self._show(user.id, message.id, told[-1], None)
        if (delay := modes.get(Mode.DELAY_STATUSES)) is not None:
            await self._clock.sleep(delay.seconds)
        for status in _wrongly(told, set(modes)):
            await self._tell_one(user.id, message.id, status, shown=not modes)

    async def _tell_one(
        self, user_id: str, sid: str, status: str, code: int | None = None, *, shown: bool = True
    ) -> None:
        if shown:
            self._show(user_id, sid, status, code)
        record = self._records.get(sid)
        if record is None or not record.callback:
            return
        form = callback_form(self._account, record, status_of(status, code), code)
        await self._posts.post(record.number, user_id, "statuses", record.callback, form, lane=f"statuses {sid}")

    def _show(self, user_id: str, sid: str, status: str, code: int | None) -> None:
        self._chats.set_status(sid, user_id, status, code)
        user = self._people.get(user_id)
        self._records.touch(sid, self._clock.now() if user is None else self._people.now(user))

    def _start(self, told: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        run = asyncio.get_running_loop().create_task(told)
        self._runs.add(run)
        run.add_done_callback(self._ended)
        return run

    def _ended(self, run: asyncio.Task[None]) -> None:
        self._runs.discard(run)
        if not run.cancelled() and (error := run.exception()) is not None:
            log.error("telling a status failed", exc_info=error)


def _wrongly(told: Sequence[str], modes: set[Mode]) -> list[str]:
    """The statuses that are told, in the order in which they are."""
    if Mode.DROP_STATUSES in modes:
        return []
    kept = [status for status in told if status != "delivered" or Mode.DROP_DELIVERED not in modes]
    if modes & {Mode.STATUSES_REVERSED, Mode.STATUSES_SHUFFLED}:
        kept.reverse()
    return kept * 2 if Mode.DUPLICATE_STATUSES in modes else kept


def callback_form(account: str, record: Record, status: str, code: int | None) -> dict[str, str]:
    """The form of a status callback (Twilio, "Outbound message status"); the set of its fields may change."""
    form = {
        "AccountSid": account,
        "ApiVersion": "2010-04-01",
        "ChannelInstallSid": INSTALLATION,
        "ChannelPrefix": CHANNEL.rstrip(":"),
        "ChannelToAddress": record.recipient.removeprefix(CHANNEL),
        "From": record.sender,
        "MessageSid": record.sid,
        "MessageStatus": status,
        "SmsSid": record.sid,
        "SmsStatus": status,
        "StructuredMessage": "false",
        "To": record.recipient,
    }
    if record.service is not None:
        form["MessagingServiceSid"] = record.service
    if status in EVENTS:
        form["EventType"] = EVENTS[status]
    if code is not None:
        form |= {"ErrorCode": str(code), "ErrorMessage": message_of(code), "ChannelStatusMessage": message_of(code)}
    return form
