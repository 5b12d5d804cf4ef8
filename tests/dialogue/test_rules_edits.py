"""A message that is rewritten after it was dealt with: the last answer follows it, older ones stand."""

from __future__ import annotations

from tests.dialogue.journeys import OUTSIDE, UP_TO_THE_SUMMARY, Form
from tests.dialogue.world import World


def test_the_last_answer_is_what_the_person_made_of_it() -> None:
    world = World(Form())
    assert world.play("hi", "Ahsa", "5000")[-1] == ["city"]
    assert world.edits("6000", world.ref_of("income")) == ["city"]
    assert "6000" in str(world.state.journal)
    assert "5000" not in str(world.state.journal)


def test_an_answer_further_back_stands_and_the_person_is_told() -> None:
    world = World(Form())
    world.play("hi", "Ahsa", "5000")
    assert world.edits("Asha", world.ref_of("name")) == ["edited_too_late", "city"]
    assert "Ahsa" in str(world.state.journal)


def test_a_wrong_answer_that_is_put_right_by_an_edit_counts() -> None:
    world = World(Form())
    assert world.play("hi", "Asha", "a lot")[-1] == ["number_please", "income"]
    assert world.edits("5000", world.ref_of("income")) == ["city"]


def test_an_edit_that_makes_a_right_answer_wrong_asks_again() -> None:
    world = World(Form())
    world.play("hi", "Asha", "5000")
    assert world.edits("a lot", world.ref_of("income")) == ["number_please", "income"]
    assert world.play("7000") == [["city"]]


def test_an_edit_of_what_answered_nothing_is_passed_over() -> None:
    world = World(Form())
    world.play("hi", "Asha")
    assert world.edits("hello", "") == []


def test_what_final_work_rests_on_is_not_rewritten() -> None:
    world = World(Form(), OUTSIDE)
    world.play(*UP_TO_THE_SUMMARY)
    summary = world.ref_of("summary")
    world.taps("right")
    before = world.state.journal
    assert world.edits("1", summary) == ["edited_too_late", "please_wait"]
    assert world.state.journal == before


def test_who_opted_out_is_not_answered_for_an_edit() -> None:
    world = World(Form())
    world.play("hi", "Asha", "stop")
    assert world.edits("Ravi", world.ref_of("name")) == []


def test_an_edit_of_the_last_answer_starts_the_silence_anew() -> None:
    world = World(Form())
    world.play("hi", "Asha")
    world.passes(minutes=20)
    world.edits("Ravi", world.ref_of("name"))
    assert world.passes(minutes=20) == []
    assert world.passes(minutes=20) == ["nudge", "income"]
