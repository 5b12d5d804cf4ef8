"""The part that books: a day, a time, a yes; moved, cancelled, snapped up by others; reminded of at the right hours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dialogue import Chat, Journey, Silence, choice
from domain.bookings import OfficeHours, by_day
from domain.said import REMINDER
from journeys.parts.booking import QUESTIONS, booking
from tests.dialogue.world import MORNING, World

KOLKATA = ZoneInfo("Asia/Kolkata")
OFFICE = OfficeHours.read("mon-sun 10:00-18:00", "Asia/Kolkata", 60)
MAIN = choice("main", "book", "about")


class Desk(Journey):
    """A menu with bookings."""

    questions = (MAIN, *QUESTIONS)
    languages = ("en",)
    menus = True

    async def run(self, chat: Chat) -> None:
        while True:
            with chat.round("main"):
                if await chat.ask(MAIN) == "book":
                    await booking(chat, "advice")


class Calendar:
    """What the effects find: one diary, and what others snap up."""

    def __init__(self) -> None:
        self.world = World(Desk(silence=Silence(nudge_after=None, park_after=timedelta(minutes=30))))
        self.world.outside = {
            "find_slots": self.slots,
            "find_booking": lambda asked: self.stands,
            "book_slot": self.book,
            "cancel_booking": self.cancel,
        }
        self.stands: dict[str, Any] | None = None
        self.calendar = True
        self.link = ""
        self.busy: Callable[[datetime], bool] = lambda slot: False

    def slots(self, wanted: Any) -> dict[str, Any]:
        """What is free."""
        if not self.calendar:
            return {"calendar": False, "link": self.link}
        now = datetime.fromtimestamp(self.world.now, UTC)
        coming = OFFICE.slots(now)
        soon = (next(coming) for _ in range(8 * 5))
        days = by_day((slot for slot in soon if not self.busy(slot)), KOLKATA)
        return {
            "days": [{"day": str(one.day), "times": [at.isoformat() for at in one.times]} for one in days],
            "zone": "Asia/Kolkata",
        }

    def book(self, wanted: Any) -> dict[str, Any]:
        """Taken."""
        self.stands = {"reference": f"BK-{len(self.world.calls)}", "starts": wanted["starts"], "zone": wanted["zone"]}
        return self.stands

    def cancel(self, cancelling: Any) -> bool:
        """Struck out."""
        self.stands = None
        return True


def offered(world: World) -> list[str]:
    """The ids of the options shown last."""
    return [one.id for one in world.asked.alternatives]


def test_a_day_a_time_and_a_yes_make_a_booking() -> None:
    world = Calendar().world
    assert world.play("hi", "[book]", "1", "2", "[yes]")[1:] == [
        ["booking_day"],
        ["booking_time"],
        ["booking_sure"],
        ["booked", "main"],
    ]
    assert world.sent[-2].values["when"] == {"moment": "2026-11-17T11:00:00+05:30"}


def test_another_time_begins_with_the_days_again() -> None:
    world = Calendar().world
    assert world.play("hi", "[book]", "1", "2", "[another]")[4] == ["booking_day"]


def test_back_leads_to_the_days_and_then_to_the_menu() -> None:
    world = Calendar().world
    assert world.play("hi", "[book]", "1", "back", "back")[3:] == [["booking_day"], ["main"]]


def test_a_slot_that_somebody_took_meanwhile_is_said_and_others_are_offered() -> None:
    calendar = Calendar()
    world = calendar.world
    world.play("hi", "[book]", "1", "1")
    calendar.busy = lambda slot: slot.hour == 10
    world.refusing["book_slot"] = "taken"
    assert world.taps("yes") == ["slot_taken", "booking_day"]
    world.refusing.clear()
    assert world.play("1", "1", "[yes]")[2] == ["booked", "main"]
    assert world.sent[-2].values["when"] == {"moment": "2026-11-17T11:00:00+05:30"}


def test_nothing_free_and_no_calendar_are_said() -> None:
    calendar = Calendar()
    calendar.busy = lambda slot: True
    assert calendar.world.play("hi", "[book]")[1] == ["no_slots", "main"]
    calendar.calendar = False
    assert calendar.world.play("[book]") == [["no_booking_yet", "main"]]
    calendar.link = "https://book.example/us"
    assert calendar.world.play("[book]") == [["book_online", "main"]]


class TestTheOneThatStands:
    def test_can_be_kept_moved_or_cancelled(self) -> None:
        calendar = Calendar()
        world = calendar.world
        world.play("hi", "[book]", "1", "1", "[yes]")
        assert world.play("[book]", "[keep]") == [["booking_manage"], ["booking_stands", "main"]]
        assert world.play("[book]", "[move]", "2", "1", "[yes]")[4] == ["booking_moved", "main"]
        assert world.calls[-1][1]["instead_of"] == "BK-3"
        assert world.play("[book]", "[cancel]", "[keep]")[2] == ["booking_stands", "main"]
        assert world.play("[book]", "[cancel]", "[cancel]")[2] == ["booking_cancelled", "main"]
        assert world.play("[book]") == [["booking_day"]]

    def test_may_be_gone_when_it_is_to_be_moved(self) -> None:
        world = Calendar().world
        world.play("hi", "[book]", "1", "1", "[yes]", "[book]", "[move]", "2", "1")
        world.refusing["book_slot"] = "unknown"
        assert world.taps("yes") == ["booking_gone", "main"]

    def test_is_not_lost_by_menu_or_a_new_start(self) -> None:
        world = Calendar().world
        world.play("hi", "[book]", "1", "1", "[yes]", "menu", "restart")
        assert world.play("[book]") == [["booking_manage"]]


class TestReminders:
    def test_come_the_day_before_and_an_hour_before(self) -> None:
        world = Calendar().world
        world.play("hi", "[book]", "3", "1", "[yes]")  # Thursday at ten
        assert world.passes(hours=47.9) == []
        assert world.passes(hours=0.2) == ["booking_day_reminder"]
        assert world.passes(hours=22.8) == []
        assert world.passes(hours=0.2) == ["booking_hour_reminder"]
        assert {said.purpose for said in world.sent[-2:]} == {REMINDER}

    def test_of_a_booking_that_was_moved_come_for_the_new_time_alone(self) -> None:
        world = Calendar().world
        world.play("hi", "[book]", "2", "1", "[yes]", "[book]", "[move]", "4", "1", "[yes]")
        assert world.passes(hours=71.9) == []
        assert world.passes(hours=24) == ["booking_day_reminder", "booking_hour_reminder"]

    def test_of_a_booking_that_was_cancelled_do_not_come(self) -> None:
        world = Calendar().world
        world.play("hi", "[book]", "2", "1", "[yes]", "[book]", "[cancel]", "[cancel]")
        assert world.passes(hours=200) == []

    def test_the_day_before_comes_at_a_decent_hour(self) -> None:
        """A day before ten in the evening is too late for a reminder: it comes in the morning, hours before."""
        calendar = Calendar()
        world = calendar.world
        evening = (datetime.fromtimestamp(MORNING, KOLKATA) + timedelta(days=2)).replace(hour=22)
        calendar.slots = lambda wanted: {  # type: ignore[method-assign]
            "days": [{"day": str(evening.date()), "times": [evening.isoformat()]}],
            "zone": "Asia/Kolkata",
        }
        world.outside = {**world.outside, "find_slots": calendar.slots}
        world.play("hi", "[book]", "1", "1", "[yes]")
        assert world.passes(hours=46.5) == []
        assert world.passes(hours=1) == ["booking_day_reminder"]
        assert world.passes(hours=12) == ["booking_hour_reminder"]

    def test_of_a_booking_within_a_day_is_the_hour_s_alone(self) -> None:
        world = Calendar().world
        world.now += 8 * 3600.0
        world.play("hi", "[book]", "1", "1", "[yes]")
        assert world.passes(hours=16) == ["booking_hour_reminder"]
