"""The diary: who of ours is with whom and when. That nobody is booked twice, the table itself makes sure of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

TAKEN = """
select starts_at, ends_at from bookings
where bot = %s and state = 'confirmed' and ends_at > %s and starts_at < %s
"""
KNOWN = "select reference, starts_at, zone, subject from bookings where id = %s"
# A row that is being written for the same time is waited for: then it is there, or it is not.
ENTER = """
insert into bookings (id, reference, conversation, bot, consultant, starts_at, ends_at, zone, subject)
values (%(id)s, %(reference)s, %(conversation)s, %(bot)s, %(consultant)s, %(starts)s, %(ends)s, %(zone)s, %(subject)s)
on conflict do nothing returning id
"""
LEAVE = """
update bookings set state = %s, changed_at = now()
where conversation = %s and reference = %s and state = 'confirmed' returning id
"""
NEXT = """
select reference, starts_at, zone, subject from bookings
where conversation = %s and state = 'confirmed' and starts_at > %s order by starts_at limit 1
"""
BOT = "select bot from conversations where id = %s"


class SlotTaken(Exception):
    """Somebody was quicker, for every consultant there is: offer another slot."""


class NoBooking(Exception):
    """There is no such booking of this conversation that stands: there is nothing to be moved."""


@dataclass(frozen=True)
class Entry:
    """A booking to be entered."""

    id: UUID
    reference: str
    conversation: UUID
    starts: datetime
    ends: datetime
    zone: str
    subject: str
    instead_of: str = ""


@dataclass(frozen=True)
class Entered:
    """A booking that stands."""

    reference: str
    starts: datetime
    zone: str
    subject: str


class Diary:
    """The bookings of all bots; `consultants` is how many people of ours can be with somebody at the same time."""

    def __init__(self, pool: AsyncConnectionPool, consultants: int = 1) -> None:
        self._pool = pool
        self.consultants = consultants

    async def busy(self, conversation: UUID, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
        """From when to when somebody is booked with this conversation's bot, one pair for each booking."""
        async with self._pool.connection() as connection:
            bot = await self._bot(connection, conversation)
            return [(row[0], row[1]) async for row in await connection.execute(TAKEN, (bot, since, until))]

    async def enter(self, entry: Entry) -> Entered:
        """Book it, with whoever is free; in the place of another one, all at once. The same id again is the same one.

        Raises SlotTaken, and NoBooking for one that was to be moved and does not stand any more.
        """
        async with self._pool.connection() as connection, connection.transaction():
            known = await (await connection.execute(KNOWN, (entry.id,))).fetchone()
            if known is not None:
                return Entered(*known)
            if entry.instead_of and not await self._leaves(connection, entry.conversation, entry.instead_of, "moved"):
                raise NoBooking("the booking to be moved does not stand any more")
            bot = await self._bot(connection, entry.conversation)
            fields = {**vars(entry), "bot": bot}
            for consultant in range(1, self.consultants + 1):
                cursor = await connection.execute(ENTER, {**fields, "consultant": consultant})
                if await cursor.fetchone() is not None:
                    return Entered(entry.reference, entry.starts, entry.zone, entry.subject)
            # Another try of the same work may have been quicker.
            known = await (await connection.execute(KNOWN, (entry.id,))).fetchone()
            if known is not None:
                return Entered(*known)
            raise SlotTaken("every consultant is booked at that time")

    async def cancel(self, conversation: UUID, reference: str) -> bool:
        """Strike it out; False where it did not stand any more."""
        async with self._pool.connection() as connection:
            return await self._leaves(connection, conversation, reference, "cancelled")

    async def next(self, conversation: UUID, now: datetime) -> Entered | None:
        """The next booking of this conversation that is still to come."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(NEXT, (conversation, now))).fetchone()
        return None if row is None else Entered(*row)

    async def _leaves(
        self, connection: AsyncConnection[TupleRow], conversation: UUID, reference: str, state: str
    ) -> bool:
        cursor = await connection.execute(LEAVE, (state, conversation, reference))
        return await cursor.fetchone() is not None

    async def _bot(self, connection: AsyncConnection[TupleRow], conversation: UUID) -> str:
        row = await (await connection.execute(BOT, (conversation,))).fetchone()
        return row[0] if row else ""
