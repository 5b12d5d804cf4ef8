"""Standing reminders outlive what the conversation is about; they come at a decent hour, and never too late."""

from __future__ import annotations

from dialogue import Chat, Journey, choice
from domain.said import REMINDER
from tests.dialogue.journeys import NAME, journey
from tests.dialogue.world import MORNING, World

HOUR = 3600.0
MAIN = choice("main", "book", "move", "cancel", "about")


class Booking(Journey):
    """A booking in twenty-six hours, which can be moved by a day or cancelled."""

    questions = (MAIN,)
    menus = True
    at_its_hour = False
    until: float | None = None
    at = MORNING + 26 * HOUR

    async def run(self, chat: Chat) -> None:
        while True:
            with chat.round("main"):
                match await chat.ask(MAIN):
                    case "book":
                        self.remind(chat, self.at)
                    case "move":
                        self.remind(chat, self.at + 24 * HOUR)
                    case "cancel":
                        chat.cancel("booking")

    def remind(self, chat: Chat, at: float) -> None:
        chat.schedule("booking", at, "reminder", until=self.until, at_its_hour=self.at_its_hour, hours=int(at))


def test_a_reminder_comes_at_its_time_whatever_was_asked_since() -> None:
    world = World(Booking())
    assert world.play("hi", "[book]", "[about]", "menu", "+25", "+1.1")[4:] == [["nudge", "main"], ["reminder"]]
    assert (world.sent[-1].purpose, world.sent[-1].values) == (REMINDER, {"hours": int(Booking.at)})


def test_it_comes_once() -> None:
    world = World(Booking())
    world.play("hi", "[book]", "+27")
    assert "reminder" not in world.passes(hours=500)


def test_after_it_the_next_words_answer_no_question() -> None:
    """Who writes "1" to a reminder has not chosen from a menu of yesterday."""
    world = World(Booking())
    world.play("hi", "[book]", "+26.1")
    assert world.types("1") == ["main"]
    assert not any("ask:" in key for key in world.state.journal)


def test_what_was_moved_is_said_at_its_new_time_alone() -> None:
    world = World(Booking())
    assert world.play("hi", "[book]", "[move]", "+27", "+24")[3:] == [["nudge", "main"], ["reminder"]]


def test_what_was_cancelled_is_not_said() -> None:
    world = World(Booking())
    world.play("hi", "[book]", "[cancel]")
    assert "reminder" not in world.passes(hours=100)


def test_a_new_start_keeps_what_was_scheduled() -> None:
    world = World(Booking())
    world.play("hi", "[book]", "restart")
    assert "reminder" in world.passes(hours=27)


def test_at_night_it_waits_for_the_morning() -> None:
    class AtNight(Booking):
        at = MORNING + 12 * HOUR  # ten in the evening

    world = World(AtNight())
    world.play("hi", "[book]")
    assert "reminder" not in world.passes(hours=22)
    assert "reminder" in world.passes(hours=1.1)


def test_one_that_belongs_to_its_hour_comes_then() -> None:
    class AtItsHour(Booking):
        at = MORNING + 12 * HOUR
        at_its_hour = True

    world = World(AtItsHour())
    world.play("hi", "[book]")
    assert "reminder" in world.passes(hours=12.1)


def test_one_that_comes_too_late_is_not_said() -> None:
    """The morning after is after the appointment."""

    class OutOfDate(Booking):
        at = MORNING + 12 * HOUR
        until = MORNING + 14 * HOUR

    world = World(OutOfDate())
    world.play("hi", "[book]")
    assert "reminder" not in world.passes(hours=100)


def test_one_who_opted_out_is_not_reminded() -> None:
    world = World(Booking())
    world.play("hi", "[book]", "stop")
    assert world.passes(hours=100) == []


def test_values_may_be_called_what_a_reminder_has_too() -> None:
    async def run(chat: Chat) -> None:
        chat.schedule("visit", MORNING + 3600, "reminder", name="Asha", text="x", at="noon")
        await chat.ask(NAME)

    world = World(journey(run))
    world.types("hi")
    world.passes(hours=2)
    (said,) = [said for said in world.sent if said.key == "reminder"]
    assert said.values == {"name": "Asha", "text": "x", "at": "noon"}
