"""What Twilio told while nobody listened: read from its list of messages, and taken in as from its webhooks.

Twilio does not send a webhook again. So at the start of the API, and every few minutes, one process at a time reads
what came in since the last reading, with some of the time before it, and asks after messages that are on their way for
long. Whatever is known already is passed over, by its id.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg
import structlog
from psycopg_pool import PoolTimeout

from api.intake import Intake
from channels import twilio
from channels.errors import ChannelError
from domain.inbound import Item
from handing.conversations import HandOver
from store.catching_up import CatchingUp
from store.sealing import KeyMissing

log = structlog.get_logger()

EVERY = 180.0
"""seconds between two readings"""
OVERLAP = timedelta(minutes=10)
"""what was read before is read again: the list is not promised to be in order"""
SLICE = timedelta(hours=1)
"""of a long outage so much is read at once, so that a reading that breaks off goes on where it was"""
SLOWEST = 180.0
"""seconds after which a message's end should have been told; then it is asked for, and again at twice the age"""
OLDEST = timedelta(days=2)
MOST_LOOKS = 300
"""messages asked after in one go"""
MOST_WAITING = 5000


@dataclass(frozen=True)
class Caught:
    """How much was missed: messages of people, and statuses of ours."""

    messages: int = 0
    statuses: int = 0


class CatchUp:
    """Reads the list, for all our senders at Twilio."""

    def __init__(
        self,
        client: twilio.TwilioClient,
        store: CatchingUp,
        intake: Intake,
        handing: HandOver,
        senders: Sequence[str],
    ) -> None:
        self._client = client
        self._store = store
        self._intake = intake
        self._handing = handing
        self._senders = senders

    async def run(self) -> None:
        """Catch up at once and then every few minutes, until cancelled."""
        while True:
            try:
                caught = await self.once()
            except (psycopg.Error, PoolTimeout, KeyMissing) as error:
                log.warning("what was missed at Twilio cannot be stored yet", error=type(error).__name__)
            else:
                if caught.messages or caught.statuses:
                    log.info("caught up with Twilio", messages=caught.messages, statuses=caught.statuses)
            await asyncio.sleep(EVERY)

    async def once(self) -> Caught:
        """Catch up, unless another process is at it. Raises psycopg's errors when the database is away."""
        messages = statuses = 0
        async with self._store.alone() as alone:
            if not alone:
                return Caught()
            for sender in self._senders:
                now = datetime.now(UTC)
                try:
                    messages += await self._read(sender, now)
                    statuses += await self._look(sender, now) if sender == self._senders[0] else 0
                except ChannelError as error:
                    log.warning("Twilio's list of messages cannot be read", number=sender, error=str(error))
                    await self._store.failed(sender, now - OVERLAP, error.code)
            await self._store.forget()
        return Caught(messages, statuses)

    async def _read(self, sender: str, now: datetime) -> int:
        """Take what came in to this number since it was read last; how many messages nobody had told of."""
        reading = await self._store.reading(sender)
        since = (reading.read_to if reading else now) - OVERLAP
        count = 0
        while True:
            until = since + SLICE
            last = until >= now
            # Without an end to the last of it: our clock and theirs need not agree.
            found = [
                one
                async for one in self._client.messages(to=sender, since=since, until=None if last else until)
                if one.incoming
            ]
            count += await self._take(found)
            await self._store.read(sender, now if last else until)
            if last:
                return count
            since = until

    async def _take(self, found: Sequence[twilio.Listed]) -> int:
        known = await self._store.known([one.sid for one in found])
        missed = [one for one in reversed(found) if one.sid not in known]
        for one in missed:
            files = await self._client.files(one.sid) if one.files else []
            taken = await self._intake.take(twilio.incoming_of(one, files))
            for conversation in taken.conversations:
                await self._handing.hand_over(conversation, "sweeper")
        return len(missed)

    async def _look(self, sender: str, now: datetime) -> int:
        """Ask what became of messages on their way, of all senders; how many had news."""
        reading = await self._store.reading(sender)
        pause = (now - reading.looked_at).total_seconds() if reading else EVERY
        waiting = await self._store.on_their_way(timedelta(seconds=SLOWEST), OLDEST, MOST_WAITING)
        due = [one for one in waiting if _step(one.age) > _step(one.age - max(pause, 0.0))]
        news: list[Item] = []
        for one in due[:MOST_LOOKS]:
            message = await self._client.message(one.provider_id)
            if message is not None and (update := twilio.status_of(message)).status in ("delivered", "read", "failed"):
                news.append(update)
        await self._intake.take(news)
        await self._store.looked(sender)
        return len(news)


def _step(age: float) -> int:
    """How often a message of this age was to be asked after: at three minutes, six, twelve, …"""
    return 1 + math.floor(math.log2(age / SLOWEST)) if age >= SLOWEST else 0
