"""Age out of range: the date is read back and confirmed once, then the application ends politely; hi begins anew."""

from __future__ import annotations

from datetime import datetime

import pytest

from dialogue.silence import KOLKATA
from tests.dialogue.loan import TO_THE_BIRTH, TO_THE_SUMMARY, TO_THE_WORK, applying, last

TOO_YOUNG = "17 November 2005"
"""on 16 November 2026 still 20"""
TOO_OLD = "16 November 1965"
"""on 16 November 2026 already 61"""


@pytest.mark.parametrize("born", ["16 November 2005", "17 November 1965"])
def test_21_today_and_61_tomorrow_are_in_range(born: str) -> None:
    assert applying(*TO_THE_BIRTH).types(born) == ["born_understood", "employment"]


@pytest.mark.parametrize(("born", "day"), [(TOO_YOUNG, "2005-11-17"), (TOO_OLD, "1965-11-16")])
def test_21_tomorrow_and_61_today_are_read_back(born: str, day: str) -> None:
    world = applying(*TO_THE_BIRTH)
    assert world.types(born) == ["birth_sure"]
    assert world.asked.values["born"] == {"day": day}


def test_a_slip_is_put_right() -> None:
    world = applying(*TO_THE_BIRTH, TOO_YOUNG)
    assert world.play("[no]", "5 November 1990") == [["date_of_birth"], ["born_understood", "employment"]]


def test_a_slip_is_put_right_in_words() -> None:
    world = applying(*TO_THE_BIRTH, TOO_YOUNG)
    assert world.play("नहीं", "5/11/1990") == [["date_of_birth"], ["born_understood", "employment"]]


def test_the_same_slip_again_is_read_back_again() -> None:
    world = applying(*TO_THE_BIRTH, TOO_YOUNG, "[no]")
    assert world.play(TOO_YOUNG, "[no]", TOO_OLD) == [["birth_sure"], ["date_of_birth"], ["birth_sure"]]


def test_back_asks_the_date_again() -> None:
    assert applying(*TO_THE_BIRTH, TOO_YOUNG).types("back") == ["date_of_birth"]


def test_sure_ends_it_politely_and_nothing_was_checked() -> None:
    world = applying(*TO_THE_BIRTH, TOO_YOUNG)
    assert world.types("yes, that's right") == ["too_young_or_old"]
    assert last(world, "too_young_or_old") == {"youngest": 21, "oldest": 60}
    assert world.ended == "too_young_or_old"
    assert world.calls == []
    assert world.waiting_for == ""
    assert world.passes(hours=1000) == []


def test_afterwards_it_says_how_it_ended() -> None:
    world = applying(*TO_THE_BIRTH, TOO_OLD, "[yes]")
    assert world.play("5 November 1990", "back", "change date of birth") == [
        ["ended"],
        ["too_late", "ended"],
        ["too_late", "ended"],
    ]
    assert last(world, "ended") == {"how": "too_young_or_old"}


@pytest.mark.parametrize("greeting", ["hi", "नमस्ते", "start"])
def test_a_greeting_begins_anew(greeting: str) -> None:
    world = applying(*TO_THE_BIRTH, TOO_YOUNG, "[yes]")
    assert world.types(greeting) == ["language"]
    assert world.play(*TO_THE_SUMMARY[1:])[-1] == ["summary"]


def test_restart_begins_anew_without_asking() -> None:
    assert applying(*TO_THE_BIRTH, TOO_YOUNG, "[yes]").types("restart") == ["language"]


def test_a_tap_on_the_old_application_is_told_that_it_is_over() -> None:
    world = applying(*TO_THE_BIRTH, TOO_YOUNG, "[yes]")
    assert world.taps("no", world.ref_of("birth_sure")) == ["ended"]


def test_who_turns_21_in_the_middle_of_it_is_as_old_as_when_they_began() -> None:
    """The day of the application is the day when the date was given: nothing changes by waiting."""
    world = applying(*TO_THE_BIRTH, TOO_YOUNG)
    world.play("+30", "hi", "[resume]")
    assert world.types("yes") == ["too_young_or_old"]


def test_who_was_in_range_stays_so() -> None:
    world = applying(*TO_THE_BIRTH, "17 November 1965")
    assert world.play("+48", "hi", "[resume]", "[salaried]")[-1] == ["monthly_income"]


def test_the_day_is_that_of_kolkata() -> None:
    """Half an hour after midnight there, it is still yesterday in Greenwich."""
    after_midnight = datetime(2026, 11, 17, 0, 30, tzinfo=KOLKATA).timestamp()
    world = applying(*TO_THE_BIRTH, now=after_midnight)
    assert world.types(TOO_YOUNG) == ["born_understood", "employment"]


def test_changed_later_it_is_looked_at_again() -> None:
    world = applying(*TO_THE_SUMMARY)
    assert world.play("change date of birth", TOO_YOUNG, "[no]", "6 November 1990") == [
        ["date_of_birth"],
        ["birth_sure"],
        ["date_of_birth"],
        ["born_understood", "summary"],
    ]


def test_the_same_date_again_is_not_read_back_twice() -> None:
    """Nothing has changed, and it has been said."""
    world = applying(*TO_THE_WORK)
    assert world.play("change date of birth", "5 November 1990") == [["date_of_birth"], ["employment"]]
