"""Stop and start: who opted out is left alone, and is told once a day how to come back if they write."""

from __future__ import annotations

from dialogue import Passed
from tests.dialogue.journeys import OUTSIDE, UP_TO_THE_SUMMARY, Form, Menu
from tests.dialogue.world import World


def test_stop_is_confirmed_once_and_then_there_is_silence() -> None:
    world = World(Form())
    assert world.play("hi", "Asha", "stop")[-1] == ["stopped"]
    assert world.decision.stopped
    assert world.wake_at is None
    assert world.passes(hours=1000) == []


def test_who_writes_after_it_gets_one_hint_a_day() -> None:
    world = World(Form())
    world.play("hi", "Asha", "stop")
    assert world.play("5000", "hello?", "help", "stop", "+23", "restart", "+2", "well?", "well?") == [
        ["how_to_start"],
        [],
        [],
        [],
        [],
        [],
        [],
        ["how_to_start"],
        [],
    ]


def test_taps_and_pictures_are_no_way_around_it() -> None:
    world = World(Form(), OUTSIDE)
    world.play(*UP_TO_THE_SUMMARY, "stop", "well?")
    assert world.taps("right") == []
    assert world.attaches("image") == []
    assert world.done("register") == []


def test_start_goes_on_where_it_was() -> None:
    world = World(Form())
    assert world.play("hi", "Asha", "stop", "5000", "start", "5000") == [
        ["welcome", "name"],
        ["income"],
        ["stopped"],
        ["how_to_start"],
        ["started", "income"],
        ["city"],
    ]


def test_start_in_hindi_too() -> None:
    assert World(Form()).play("hi", "बंद करें", "शुरू")[-1] == ["started", "name"]


def test_the_hint_comes_again_after_another_stop() -> None:
    world = World(Form())
    assert world.play("hi", "stop", "x", "start", "stop", "x")[-1] == ["how_to_start"]


def test_stop_as_the_very_first_word_is_honoured() -> None:
    """Nobody has to be greeted to be left alone; later the conversation begins like any other."""
    assert World(Form()).play("stop", "start") == [["stopped"], ["started", "welcome", "name"]]


def test_work_under_way_ends_in_silence_and_its_result_is_kept() -> None:
    world = World(Menu())
    world.slow = {"search"}
    world.play("hi", "[search]", "stop")
    assert world.finishes("search") == []
    assert world.types("start") == ["started", "found", "main"]


def test_an_outage_meanwhile_is_not_told() -> None:
    world = World(Menu())
    world.slow = {"search"}
    world.play("hi", "[search]", "stop")
    assert world.fails("search") == []
    assert world.passes(hours=10) == []
    world.slow = set()
    assert world.types("start")[-2:] == ["found", "main"]


def test_an_outcome_meanwhile_is_kept() -> None:
    world = World(Form(), OUTSIDE)
    world.play(*UP_TO_THE_SUMMARY, "[right]", "stop")
    assert world.told("kyc:k1", "verified") == []
    assert world.types("start") == ["started", "kyc_verified", "rate"]


def test_a_deadline_meanwhile_passes_all_the_same() -> None:
    world = World(Form(), OUTSIDE)
    world.play(*UP_TO_THE_SUMMARY, "[right]", "stop")
    assert world.passes(hours=50) == []
    assert world.types("start") == ["started", "kyc_expired", "rate"]


def test_an_operators_retry_does_not_write_to_them() -> None:
    world = World(Form())
    world.play("hi", "Asha", "stop")
    assert world.retried() == []


def test_after_an_ending_stop_and_start_say_how_it_ended() -> None:
    world = World(Form(), OUTSIDE)
    world.play(*UP_TO_THE_SUMMARY, "[right]", "kyc:k1=verified", "[good]")
    assert world.play("stop", "start") == [["stopped"], ["started", "ended"]]


def test_no_alarm_is_left_when_there_is_nothing_to_wake_for() -> None:
    world = World(Form())
    world.play("hi", "Asha", "stop")
    decision = world.decide(Passed(world.now + 1e6))
    assert decision.wake_at is None
    assert decision.waiting_for == ""


def test_who_opted_out_of_another_bot_of_the_business_is_left_alone_by_this_one() -> None:
    world = World(Form())
    world.play("hi", "Asha")
    assert world.opts_out_elsewhere() == []
    assert world.decision.stopped
    assert world.passes(hours=1000) == []
    assert world.play("hello?", "5000") == [["how_to_start"], []]


def test_who_opted_in_again_elsewhere_is_answered_here_too() -> None:
    world = World(Form())
    world.play("hi", "Asha")
    world.opts_out_elsewhere()
    assert world.opts_in_elsewhere() == []
    assert world.play("5000") == [["city"]]


def test_a_nudge_is_a_reminder_and_an_answer_is_not() -> None:
    world = World(Form())
    world.play("hi", "Asha")
    assert {said.purpose for said in world.sent} == {"answer"}
    world.passes(minutes=40)
    assert [(said.key, said.purpose) for said in world.sent[-2:]] == [("nudge", "reminder"), ("income", "reminder")]


def test_what_is_said_to_one_who_opted_out_is_a_notice() -> None:
    world = World(Form())
    world.play("hi", "stop", "well?")
    assert [(said.key, said.purpose) for said in world.sent[-2:]] == [("stopped", "notice"), ("how_to_start", "notice")]
