"""Booking a consultation: a day, a time, a yes; the one that stands can be moved or cancelled. For bots of menus.

A bot that uses it has `QUESTIONS` among its own, and texts by their names; two reminders go out before the time comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from dialogue import Alternative, Chat, Question, Refused, Reply, choice
from domain import values
from domain.bookings import (
    BOOK_SLOT,
    CANCEL_BOOKING,
    FIND_BOOKING,
    FIND_SLOTS,
    Booking,
    BookingAsked,
    BookingWanted,
    Cancelling,
    Free,
    SlotsWanted,
)

DAY_BEFORE, HOUR_BEFORE = timedelta(days=1), timedelta(hours=1)
REMIND_DAY, REMIND_HOUR = "booking_day", "booking_hour"
"""the names of the two reminders, and of their texts with `_reminder` behind it"""


async def booking(chat: Chat, subject: str) -> None:
    """Book, or see to the booking there is. Call it in a round."""
    found = await chat.do(FIND_BOOKING, BookingAsked(subject))
    if found is None:
        await _book(chat, subject)
        return
    match await chat.ask(BOOKING_MANAGE, about=found, **_shown(found)):
        case "move":
            await _book(chat, subject, instead_of=found.reference)
        case "cancel":
            await _cancel(chat, found)
        case _:
            chat.say("booking_stands", **_shown(found))


async def _book(chat: Chat, subject: str, instead_of: str = "") -> None:
    while True:
        with chat.round("slot"):
            free = await chat.do(FIND_SLOTS, SlotsWanted(subject))
            if not free.calendar:
                chat.say("book_online" if free.link else "no_booking_yet", link=free.link)
                return
            if not free.days:
                chat.say("no_slots")
                return
            day = await chat.ask(BOOKING_DAY, about=free.days, zone=values.zone(free.zone))
            times = next((one.times for one in free.days if one.day == day), ())
            starts = await chat.ask(BOOKING_TIME, about=times, day=values.weekday(day), zone=values.zone(free.zone))
            when = {"when": values.moment(starts), "zone": values.zone(free.zone)}
            if await chat.ask(BOOKING_SURE, about=starts, **when) == "another":
                continue
            try:
                booked = await chat.do(BOOK_SLOT, BookingWanted(starts, subject, free.zone, instead_of), about=starts)
            except Refused as refused:
                chat.say("slot_taken" if refused.reason != "unknown" else "booking_gone")
                if refused.reason == "unknown":
                    return
                continue
            chat.say("booking_moved" if instead_of else "booked", **_shown(booked))
            _remind(chat, booked)
            return


async def _cancel(chat: Chat, found: Booking) -> None:
    if await chat.ask(CANCEL_SURE, about=found, **_shown(found)) == "keep":
        chat.say("booking_stands", **_shown(found))
        return
    await chat.do(CANCEL_BOOKING, Cancelling(found.reference), about=found.reference)
    chat.cancel(REMIND_DAY)
    chat.cancel(REMIND_HOUR)
    chat.say("booking_cancelled", reference=found.reference)


def _remind(chat: Chat, booked: Booking) -> None:
    """The day before, at a decent hour; and an hour before, whenever that is."""
    starts, shown = booked.starts.timestamp(), _shown(booked)
    day_before = (booked.starts - DAY_BEFORE).timestamp()
    hour_before = (booked.starts - HOUR_BEFORE).timestamp()
    chat.schedule(REMIND_DAY, day_before, "booking_day_reminder", until=hour_before, **shown)
    chat.schedule(REMIND_HOUR, hour_before, "booking_hour_reminder", until=starts, at_its_hour=True, **shown)


def _shown(booked: Booking) -> dict[str, Any]:
    return {
        "when": values.moment(booked.local),
        "zone": values.zone(booked.zone),
        "reference": booked.reference,
    }


def each_day(days: Sequence[Free]) -> list[Alternative]:
    """A row for each day."""
    return [
        Alternative(free.day.isoformat(), "one", {"day": values.weekday(free.day), "times": len(free.times)})
        for free in days
    ]


def each_time(times: Sequence[datetime]) -> list[Alternative]:
    """A row for each time; its id is the time itself."""
    return [Alternative(at.isoformat(), "one", {"time": values.clock(at)}) for at in times]


def _day(reply: Reply) -> date:
    return date.fromisoformat(reply.picked())


def _time(reply: Reply) -> datetime:
    return datetime.fromisoformat(reply.picked())


BOOKING_DAY = Question("booking_day", date, _day, each_day)
BOOKING_TIME = Question("booking_time", datetime, _time, each_time)
BOOKING_SURE = choice("booking_sure", "yes", "another")
BOOKING_MANAGE = choice("booking_manage", "keep", "move", "cancel")
CANCEL_SURE = choice("cancel_sure", "cancel", "keep")

QUESTIONS = (BOOKING_DAY, BOOKING_TIME, BOOKING_SURE, BOOKING_MANAGE, CANCEL_SURE)
