"""The order desk where its stories do not come: away, empty, long; and menus that leave nothing behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from domain.orders import NO_PHONE
from journeys.orders import BATCH, Orders
from tests.dialogue.menu_bots import conversation, words_of
from tests.dialogue.world import World
from texts import Catalogue

WORDS = Catalogue("orders")
TO_TRACK = ("hi", "[orders]", "[track]")
TO_THE_PHOTO = ("hi", "[defects]", "[report]", "ORD-002: two hinges are bent")
EVERY_MENU = (
    "[orders]", "[recent]", "[ORD-001]", "[track]", "ord 1", "[dates]", "[back]",
    "[defects]", "[report]", "The hinges are bent", "[skip]", "[history]", "[DEF-222222]", "[track]",
    "DEF-222222", "[back]",
    "[production]", "[today]", "[week]", "[status]", "[back]",
    "[help_desk]", "[faqs]", "[hours]", "[back]", "[contact]", "[issue]", "The invoice never came", "[back]", "[again]",
)  # fmt: skip
"""one round through every menu, back at the first"""


def order(number: int = 1, **fields: Any) -> dict[str, Any]:
    """An order as its effect has it."""
    return {
        "number": f"ORD-{number:03d}",
        "status": "shipped",
        "placed_on": "2026-11-02",
        "eta": "2026-11-25",
        "lines": [{"product": "Steel hinge", "quantity": 40, "unit": "pieces"}],
        "events": [{"at": "2026-11-02T20:00:00+00:00", "status": "received", "note": ""}],
        **fields,
    }


def summary(number: int, **fields: Any) -> dict[str, Any]:
    """An order in one row."""
    return {name: value for name, value in order(number, **fields).items() if name not in ("lines", "events")}


def shift() -> dict[str, Any]:
    """A shift as its effect has it."""
    return {
        "line": "Line A",
        "day": "2026-11-16",
        "name": "morning",
        "product": "Hinge",
        "planned": 9,
        "made": 0,
        "good": 0,
    }


DEFECT = {
    "reference": "DEF-222222",
    "status": "resolved",
    "reported_on": "2026-11-16",
    "description": "The hinges are bent",
    "history": [{"on": "2026-11-16", "status": "received"}, {"on": "2026-11-18", "status": "resolved"}],
    "resolution": "Two new hinges are on their way.",
    "photo": "lost",
}
DESK: dict[str, Callable[[Any], Any]] = {
    "find_orders": lambda _: {"orders": [summary(1)]},
    "read_order": lambda wanted: {"order": order() if wanted["number"] == "ORD-001" else None},
    "report_defect": lambda _: {"reference": "DEF-222222"},
    "find_defects": lambda _: {
        "defects": [{"reference": "DEF-222222", "status": "received", "description": "The hinges are bent"}]
    },
    "read_defect": lambda wanted: {"defect": DEFECT if wanted["reference"] == "DEF-222222" else None},
    "read_schedule": lambda _: {"shifts": [shift()]},
    "read_lines": lambda _: {"lines": [{"name": "Line A", "state": "running", "product": "", "made": 0, "good": 0}]},
    "read_faqs": lambda _: {"faqs": [{"id": "hours", "title": "Hours", "question": "When?", "answer": "9 to 6."}]},
    "report_issue": lambda _: {"reference": "ISS-222222"},
}


def desk(*lines: str, **outside: Any) -> World:
    """A conversation with the orders bot that has come so far; `outside` are results of effects."""
    return conversation(Orders, WORDS, DESK, *lines, **outside)


def told(world: World, key: str) -> str:
    """The words that were said last under this key."""
    return words_of(WORDS, world, key)


class TestMenus:
    def test_300_rounds_leave_the_state_as_small_as_one(self) -> None:
        world = desk("hi", *EVERY_MENU)
        size = len(world.raw)
        for _ in range(300):
            world.play(*EVERY_MENU)
        assert world.waiting_for == "answer:main"
        assert len(world.raw) < size + 40

    def test_each_report_is_another_one(self) -> None:
        world = desk("hi")
        for _ in range(3):
            world.play(*EVERY_MENU)
        assert len(world.done("report_defect")) == 3
        assert len(set(world.done_for_good)) == 6  # three defects and three issues

    def test_what_was_looked_at_is_looked_up_anew_the_next_time(self) -> None:
        world = desk("hi", "[orders]", "[recent]", "[ORD-001]", "[recent]", "[ORD-001]")
        assert len(world.done("read_order")) == 2


class TestAnEmptyDesk:
    @pytest.mark.parametrize(
        ("lines", "result", "says"),
        [
            (("[orders]", "[recent]"), {"find_orders": {"orders": []}}, "no_orders"),
            (("[orders]", "[dates]"), {"find_orders": {"orders": []}}, "no_deliveries"),
            (("[orders]", "[dates]"), {"find_orders": {"orders": [summary(1, status="cancelled")]}}, "no_deliveries"),
            (("[production]", "[today]"), {"read_schedule": {"shifts": []}}, "nothing_today"),
            (("[production]", "[week]"), {"read_schedule": {"shifts": []}}, "nothing_this_week"),
            (("[production]", "[status]"), {"read_lines": {"lines": []}}, "no_lines"),
            (("[help_desk]", "[faqs]"), {"read_faqs": {"faqs": []}}, "no_faqs"),
            (("[defects]", "[history]"), {"find_defects": {"defects": []}}, "no_defects"),
        ],
    )
    def test_says_so_and_shows_the_menu_again(self, lines: tuple[str, ...], result: Any, says: str) -> None:
        world = desk("hi", *lines, **result)
        assert [said.key for said in world.sent[-2:]] == [says, lines[0].strip("[]")]
        assert told(world, says)

    @pytest.mark.parametrize("lines", [("[recent]",), ("[dates]",), ("[track]", "ORD-001")])
    @pytest.mark.parametrize(("reason", "words"), [(NO_PHONE, "has not told us yours"), ("closed", "just now")])
    def test_a_system_that_refuses_is_said_kindly(self, lines: tuple[str, ...], reason: str, words: str) -> None:
        world = desk("hi", "[orders]")
        world.refusing = {"find_orders": reason, "read_order": reason}
        world.play(*lines)
        assert words in told(world, "orders_not_shown")
        assert world.waiting_for == "answer:orders"
        world.refusing = {}
        assert world.play("[recent]") == [["which_order"]]


class TestOutages:
    def test_are_told_once_and_the_person_may_go_elsewhere(self) -> None:
        world = desk("hi", "[orders]")
        world.down = {"find_orders"}
        assert world.taps("recent") == ["backend_down"]
        assert world.types("well?") == ["please_wait"]
        assert world.types("menu") == ["main"]
        assert world.taps("production") == ["production"]

    def test_end_by_themselves(self) -> None:
        world = desk("hi", "[orders]")
        world.down = {"find_orders"}
        world.taps("recent")
        world.down = set()
        assert world.passes(minutes=3) == ["which_order"]

    def test_of_what_is_final_cannot_be_walked_away_from(self) -> None:
        """It may be on record already: it is tried until that is known, and then told."""
        world = desk(*TO_THE_PHOTO)
        world.down = {"report_defect"}
        world.taps("skip")
        for word in ("back", "menu"):
            assert "too_late" in world.types(word)
        world.down = set()
        assert world.passes(minutes=3) == ["defect_reported", "defects"]
        assert len(world.done("report_defect")) == 1


class TestPhotos:
    def test_a_picture_is_kept_by_its_row(self) -> None:
        world = desk(*TO_THE_PHOTO)
        assert world.attaches("image", file=41, caption="the left one") == ["defect_reported", "defects"]
        (report,) = world.done("report_defect")
        assert report["photo"] == {"inbox": 41, "kind": "image", "caption": "the left one"}
        assert (report["order"], report["on"]) == ("ORD-002", "2026-11-16")

    @pytest.mark.parametrize(("kind", "words"), [("video", "a video"), ("document", "as a file")])
    def test_what_is_none_is_asked_for_again(self, kind: str, words: str) -> None:
        world = desk(*TO_THE_PHOTO)
        assert world.attaches(kind) == ["photo_is_no_photo", "photo"]
        assert words in told(world, "photo_is_no_photo")

    def test_a_voice_message_is_nothing_we_can_use(self) -> None:
        assert desk(*TO_THE_PHOTO).attaches("audio") == ["cannot_use", "photo"]

    def test_back_takes_the_description_back_too(self) -> None:
        world = desk(*TO_THE_PHOTO)
        assert world.play("back", "[history]") == [["defects"], ["which_defect"]]
        assert world.done("report_defect") == []


class TestWhatIsShown:
    def test_what_became_of_a_defect(self) -> None:
        world = desk("hi", "[defects]", "[track]", "def 222222")
        words = told(world, "defect_details")
        assert "Status: *Resolved*" in words
        assert "Your photo could not be kept." in words
        assert words.endswith("*What our team says*\nTwo new hinges are on their way.")

    def test_times_are_those_of_india(self) -> None:
        """Half past one in the morning of the third is the evening of the second elsewhere."""
        world = desk(*TO_TRACK, "1")
        assert "3 Nov: Received" in told(world, "order_details")

    def test_a_long_order_says_how_much_more_there_is(self) -> None:
        lines = [{"product": "P" * 100, "quantity": 40, "unit": "U" * 20}] * 40
        events = [{"at": "2026-11-02T20:00:00+00:00", "status": "received", "note": "N" * 200}] * 10
        world = desk(*TO_TRACK, "1", read_order={"order": order(lines=lines, events=events)})
        words = told(world, "order_details")
        assert words.count("• 40") == 15
        assert "… and 25 more" in words
        assert words.count("N" * 200) == 10

    def test_a_list_of_many_orders_has_pages(self) -> None:
        world = desk("hi", "[orders]", "[recent]", find_orders={"orders": [summary(n) for n in range(1, 15)]})
        assert len(world.asked.alternatives) == 10
        assert world.play("more") == [["which_order"]]
        assert world.play("14") == [["order_unknown", "orders"]]
        assert world.done("read_order")[-1]["number"] == "ORD-014"

    @pytest.mark.parametrize(
        ("lines", "key", "result"),
        [
            (("[orders]", "[dates]"), "delivery_dates", {"find_orders": {"orders": [summary(n) for n in range(20)]}}),
            (("[production]", "[today]"), "schedule_today", {"read_schedule": {"shifts": [shift()] * 20}}),
        ],
    )
    def test_what_one_message_cannot_show_another_does(self, lines: tuple[str, ...], key: str, result: Any) -> None:
        world = desk("hi", *lines, **result)
        bodies = [WORDS.render(said, "en").body for said in world.sent if said.key == key]
        assert [body.count("• ") for body in bodies] == [BATCH, 20 - BATCH]

    def test_a_row_of_the_list_is_a_number_and_an_order_is_more_than_that(self) -> None:
        found = {"orders": [summary(n) for n in (9, 8, 2)]}
        for words, number in (("2", "ORD-008"), ("002", "ORD-002"), ("ord 2", "ORD-002"), ("#9", "ORD-009")):
            world = desk("hi", "[orders]", "[recent]", words, find_orders=found)
            assert world.done("read_order")[-1]["number"] == number, words

    @pytest.mark.parametrize("question", [one for one in Orders.questions if one.example], ids=lambda one: one.name)
    def test_each_example_is_taken(self, question: Any) -> None:
        places = {
            "order_number": TO_TRACK,
            "defect": TO_THE_PHOTO[:-1],
            "defect_reference": ("hi", "[defects]", "[track]"),
            "issue": ("hi", "[help_desk]", "[issue]"),
        }
        world = desk(*places[question.name])
        assert world.waiting_for == f"answer:{question.name}"
        world.types(question.example)
        assert not any(said.key.endswith(("_unreadable", "_few", "_many")) for said in world.sent)
