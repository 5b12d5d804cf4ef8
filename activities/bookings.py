"""Bookings: which slots are free, and taking one. Without office hours there is no calendar, and a link is offered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

import phonenumbers
from phonenumbers import timezone
from temporalio import activity

from activities.effects import OutsideRefused
from domain.bookings import (
    CLOSED,
    DAYS,
    TAKEN,
    UNKNOWN,
    Booking,
    BookingAsked,
    BookingWanted,
    Cancelling,
    OfficeHours,
    Slots,
    SlotsWanted,
    by_day,
    zone_called,
)
from domain.references import reference
from store.bookings import Entered, Entry, NoBooking, SlotTaken
from store.places import Place

AHEAD = timedelta(days=60)
"""as far as slots are offered"""


class Diaries(Protocol):
    """What is needed of a diary (`store.bookings.Diary`)."""

    consultants: int

    async def busy(self, conversation: UUID, since: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
        """From when to when somebody is booked."""

    async def enter(self, entry: Entry) -> Entered:
        """Book it."""

    async def cancel(self, conversation: UUID, reference: str) -> bool:
        """Strike it out."""

    async def next(self, conversation: UUID, now: datetime) -> Entered | None:
        """The next one that stands."""


class Addresses(Protocol):
    """Where people are (`store.places.Places`)."""

    async def of(self, conversation: UUID) -> Place | None:
        """A conversation's place."""


def conversation_time() -> datetime:
    """What time it is for the conversation whose work this is: its clock may have been moved."""
    return activity.info().started_time


class Bookings:
    """What a calendar does for a conversation."""

    def __init__(
        self,
        diary: Diaries,
        places: Addresses,
        hours: OfficeHours,
        link: str = "",
        now: Callable[[], datetime] = conversation_time,
    ) -> None:
        self._diary = diary
        self._places = places
        self._hours = hours
        self._link = link
        self._now = now

    async def find_slots(self, conversation: UUID, key: UUID, wanted: SlotsWanted) -> Slots:
        """The next days with something free, as the person's clocks show it."""
        if not self._hours.hours:
            return Slots(calendar=False, link=self._link)
        now = self._now()
        zone = await self._zone(conversation)
        busy = await self._diary.busy(conversation, now, now + AHEAD)
        free = (slot for slot in self._until(now) if self._is_free(slot, busy))
        return Slots(by_day(free, zone, DAYS), zone.key)

    async def book(self, conversation: UUID, key: UUID, wanted: BookingWanted) -> Booking:
        """Take the slot, perhaps in the place of another booking. Raises OutsideRefused: taken, closed, unknown."""
        if not self._hours.may_begin(wanted.starts, self._now()):
            raise OutsideRefused(CLOSED)
        entry = Entry(
            id=key,
            reference=reference("BK", key),
            conversation=conversation,
            starts=wanted.starts,
            ends=wanted.starts + self._hours.length,
            zone=wanted.zone,
            subject=wanted.subject,
            instead_of=wanted.instead_of,
        )
        try:
            return _booking(await self._diary.enter(entry))
        except SlotTaken:
            raise OutsideRefused(TAKEN) from None
        except NoBooking:
            raise OutsideRefused(UNKNOWN) from None

    async def find_booking(self, conversation: UUID, key: UUID, asked: BookingAsked) -> Booking | None:
        """The person's next booking, if there is one."""
        found = await self._diary.next(conversation, self._now())
        return None if found is None else _booking(found)

    async def cancel(self, conversation: UUID, key: UUID, cancelling: Cancelling) -> bool:
        """Strike it out; false where it did not stand any more."""
        return await self._diary.cancel(conversation, cancelling.reference)

    def _until(self, now: datetime) -> list[datetime]:
        slots = []
        for slot in self._hours.slots(now):
            if slot > now + AHEAD:
                break
            slots.append(slot)
        return slots

    def _is_free(self, slot: datetime, busy: list[tuple[datetime, datetime]]) -> bool:
        ends = slot + self._hours.length
        return sum(begun < ends and end > slot for begun, end in busy) < self._diary.consultants

    async def _zone(self, conversation: UUID) -> ZoneInfo:
        """The zone the person's number belongs to; where it may be one of several, the office's."""
        place = await self._places.of(conversation)
        zones = zones_of(place.phone) if place is not None else []
        return zone_called(zones[0]) if len(zones) == 1 else self._hours.zone


def zones_of(phone: str) -> list[str]:
    """The time zones in which a phone of this number may be; none for what is no number, or could be anywhere."""
    try:
        found = timezone.time_zones_for_number(phonenumbers.parse(phone))
    except phonenumbers.NumberParseException:
        return []
    return [zone for zone in found if zone != timezone.UNKNOWN_TIMEZONE]


def _booking(entered: Entered) -> Booking:
    return Booking(entered.reference, entered.starts, entered.zone, entered.subject)
