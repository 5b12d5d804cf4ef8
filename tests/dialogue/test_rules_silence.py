"""Silence has two ends: a nudge at an hour when one may write to people, and parking, which says nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dialogue import Chat, Passed, Silence
from dialogue.silence import KOLKATA
from tests.dialogue.journeys import CITY, ITEMS, NAME, OUTSIDE, REGISTERED, Form, Menu, journey
from tests.dialogue.world import MORNING, World


def at(hour: int, minute: int = 0, day: int = 16) -> float:
    """That time of a day in November, in Kolkata."""
    return datetime(2026, 11, day, hour, minute, tzinfo=KOLKATA).timestamp()


def test_half_an_hour_of_it_is_nudged_once() -> None:
    world = World(Form())
    world.play("hi", "Asha")
    assert world.passes(minutes=29) == []
    assert world.passes(minutes=2) == ["nudge", "income"]
    assert world.passes(hours=20) == []


def test_after_23_hours_it_is_parked_silently_and_nothing_is_lost() -> None:
    world = World(Form())
    world.play("hi", "Asha", "+22")
    assert world.waiting_for == "answer:income"
    assert world.passes(hours=2) == []
    assert world.state.parked
    assert world.passes(hours=1000) == []
    assert world.play("hi", "[resume]", "5000")[1:] == [["income"], ["city"]]


def test_parking_is_told_to_the_outside_once() -> None:
    world = World(Form())
    world.types("hi")
    parked = [world.decide(Passed(world.now + hours * 3600)).parked for hours in (1, 23, 24, 48)]
    assert parked == [False, True, False, False]


def test_every_message_starts_the_clock_anew() -> None:
    world = World(Form())
    assert world.play("hi", "+0.4", "A", "+0.4", "help", "+0.4") == [
        ["welcome", "name"],
        [],
        ["too_short", "name"],
        [],
        ["help", "name"],
        [],
    ]
    assert world.passes(minutes=10) == ["nudge", "name"]


def test_a_question_put_by_a_result_starts_the_clock_too() -> None:
    """Who waited for us for hours is not nudged at once."""
    world = World(Menu())
    world.slow = {"search"}
    world.play("hi", "[search]")
    assert world.passes(hours=30) == []
    assert world.finishes("search") == ["found", "main"]
    assert world.passes(minutes=29) == []
    assert world.passes(minutes=2) == ["nudge", "main"]


def test_none_runs_while_an_institution_is_awaited() -> None:
    world = World(Form(), OUTSIDE)
    world.play(*REGISTERED)
    assert world.passes(hours=47) == []
    assert not world.state.parked


def test_none_runs_when_it_is_over() -> None:
    world = World(Form(), OUTSIDE)
    world.play(*REGISTERED, "kyc:k1=verified", "[good]")
    assert world.wake_at is None


def test_none_runs_in_trouble() -> None:
    async def run(chat: Chat) -> None:
        await chat.ask(NAME)
        raise KeyError("bug")

    world = World(journey(run))
    world.play("hi", "Asha")
    assert world.passes(hours=100) == []


@pytest.mark.parametrize(
    ("last_word", "nudged"),
    [
        (at(9), at(9, 30)),
        (at(8, 15), at(9)),
        (at(8, 30), at(9)),
        (at(20, 29), at(20, 59)),
        (at(20, 30), at(9, day=17)),
        (at(23), at(9, day=17)),
        (at(0, 5), at(9)),
    ],
)
def test_a_nudge_comes_between_nine_and_nine_where_the_person_is(last_word: float, nudged: float) -> None:
    """The first minute of 21 o'clock is too late, that of 9 o'clock is not too early."""
    world = World(Form(), now=last_word)
    world.types("hi")
    assert (world.decision.wake_for, world.wake_at) == ("nudge", nudged)


def test_a_nudge_that_would_come_after_parking_never_comes() -> None:
    """Silence of ten hours is for nobody who writes at noon."""
    silence = Silence(nudge_after=timedelta(hours=10), park_after=timedelta(hours=20))

    async def run(chat: Chat) -> None:
        await chat.ask(NAME)

    world = World(journey(run, silence=silence), now=at(12))
    world.types("hi")
    assert world.passes(hours=30) == []
    assert world.state.parked


def test_a_nudge_that_is_late_does_not_come_at_night() -> None:
    """The worker was down from eight to eleven: it waits for the morning."""
    world = World(Form(), now=at(20))
    world.types("hi")
    world.now = at(23)
    assert [said.key for said in world.decide(Passed(world.now)).say] == []
    assert world.wake_at == at(9, day=17)
    assert world.passes(hours=11) == ["nudge", "name"]


def test_a_nudge_and_parking_that_are_both_late_are_parking() -> None:
    world = World(Form())
    world.types("hi")
    decision = world.decide(Passed(world.now + 80 * 3600))
    assert decision.say == ()
    assert decision.parked


@pytest.mark.parametrize(
    "silence",
    [Silence(nudge_after=None), Silence(park_after=None), Silence(nudge_after=None, park_after=None)],
)
def test_a_journey_may_bear_it_for_ever(silence: Silence) -> None:
    async def run(chat: Chat) -> None:
        await chat.ask(NAME)

    world = World(journey(run, silence=silence))
    world.types("hi")
    world.passes(hours=200)
    assert world.state.parked == (silence.park_after is not None)
    assert ("nudge" in [said.key for said in world.sent]) == (silence.nudge_after is not None)


def test_the_nudge_puts_the_question_and_takes_a_menu_away() -> None:
    """What is put again is what we wait for."""
    world = World(Form())
    world.play("hi", "Asha", "menu")
    assert world.passes(hours=1) == ["nudge", "income"]
    assert world.types("5000") == ["city"]


def test_parking_closes_a_menu_that_was_open() -> None:
    """What was tapped a day later on "start over" is not taken at its word."""
    world = World(Form())
    world.play("hi", "Asha", "restart", "+0.4")
    menu = world.shown
    world.decide(Passed(world.now + 30 * 3600))
    assert world.taps("restart_yes", menu) == ["one_at_a_time", "income"]
    assert "Asha" in world.state.journal.values()


def test_parked_it_takes_an_answer_for_a_greeting() -> None:
    """After a day, who knows what the words were about: one tap goes on."""
    world = World(Form())
    assert world.play("hi", "Asha", "+30", "5000", "[resume]", "5000")[-3:] == [["welcome_back"], ["income"], ["city"]]


def test_parked_it_may_be_nudged_and_parked_again() -> None:
    world = World(Form())
    world.play("hi", "Asha", "+30", "hi")
    assert world.passes(hours=1) == ["nudge", "income"]
    assert world.passes(hours=30) == []
    assert world.state.parked


def test_parked_in_a_part_comes_back_to_the_same_try() -> None:
    async def tries(chat: Chat) -> int:
        while True:
            with chat.round("try") as count:
                if await chat.ask(ITEMS) == 1:
                    return count

    async def run(chat: Chat) -> None:
        chat.say("tries", count=await chat.part("tries", tries))
        await chat.ask(CITY)

    world = World(journey(run))
    world.play("hi", "5", "+30", "hi", "[resume]", "1")
    assert world.sent[-2].values == {"count": 1}


def test_stories_begin_at_an_hour_when_one_may_write() -> None:
    """The other stories rely on it."""
    assert Silence().civil(MORNING) == MORNING
