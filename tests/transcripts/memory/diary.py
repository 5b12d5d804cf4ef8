"""A diary in memory, with the office hours of the real stages."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from activities.bookings import Bookings
from domain.bookings import BOOK_SLOT, CANCEL_BOOKING, FIND_BOOKING, FIND_SLOTS, OfficeHours
from store.bookings import Entered, Entry, NoBooking
from store.places import Place
from store.sealing import KeyRing
from tests.running.product import BOOKING, SECRETS
from tests.transcripts.memory import Performers, World


class Diary:
    """The bookings of one story: nobody is in anybody's way."""

    consultants = int(BOOKING["BOOKING_CONSULTANTS"])

    def __init__(self) -> None:
        self._entries: dict[str, Entered] = {}

    async def busy(self, conversation: UUID, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
        """Nothing that matters."""
        return []

    async def enter(self, entry: Entry) -> Entered:
        """Book it."""
        if entry.instead_of and self._entries.pop(entry.instead_of, None) is None:
            raise NoBooking("the booking to be moved does not stand any more")
        self._entries[entry.reference] = Entered(entry.reference, entry.starts, entry.zone, entry.subject)
        return self._entries[entry.reference]

    async def cancel(self, conversation: UUID, reference: str) -> bool:
        """Strike it out."""
        return self._entries.pop(reference, None) is not None

    async def next(self, conversation: UUID, now: datetime) -> Entered | None:
        """The next one that stands."""
        return min(
            (one for one in self._entries.values() if one.starts > now), key=lambda one: one.starts, default=None
        )


class At:
    """Where the person of a story is."""

    def __init__(self, phone: str) -> None:
        self._phone = phone

    async def of(self, conversation: UUID) -> Place:
        """Their place."""
        _, seal = KeyRing(SECRETS["ENCRYPTION_KEYS"], SECRETS["LOOKUP_KEY"]).new(conversation)
        return Place("", self._phone, "", seal)


def diary(world: World) -> Performers:
    """What performs the effects of bookings."""
    hours = OfficeHours.read(BOOKING["BOOKING_HOURS"], "Asia/Kolkata", 30)
    bookings = Bookings(Diary(), At(world.phone), hours, now=lambda: datetime.fromtimestamp(world.now(), UTC))
    return {
        FIND_SLOTS.name: bookings.find_slots,
        FIND_BOOKING.name: bookings.find_booking,
        BOOK_SLOT.name: bookings.book,
        CANCEL_BOOKING.name: bookings.cancel,
    }
