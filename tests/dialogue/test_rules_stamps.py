"""A message answers the question that had been shown when it came in; anything else is answered kindly."""

from __future__ import annotations

import pytest

from activities.turns import decide
from dialogue import Chat, Decision, Event, Finished, Passed, Tapped, Told, Typed
from domain.said import Said
from tests.dialogue.journeys import CITY, NAME, OUTSIDE, REGISTERED, UP_TO_THE_SUMMARY, Form, Menu, journey
from tests.dialogue.world import World


def test_two_quick_messages_never_answer_two_questions() -> None:
    """Both were written in sight of the same question."""
    world = World(Form())
    world.types("hi")
    shown = world.shown
    assert world.types("Asha", shown) == ["income"]
    assert world.types("5000", shown) == ["one_at_a_time", "income"]
    assert 5000 not in world.state.journal.values()


def test_who_writes_twice_before_anything_was_shown_is_still_saying_hello() -> None:
    """No question had been put that the second message could have missed: no word about it."""
    world = World(Form())
    said = turn(world, Typed(world.now, "hi"), Typed(world.now, "I need a loan"))
    assert said == ["welcome", "name"]


def test_a_double_tap_is_one_tap() -> None:
    world = World(Form(), OUTSIDE)
    world.play(*UP_TO_THE_SUMMARY[:4])
    offer = world.shown
    assert world.taps("25000", offer) == ["sector"]
    assert world.taps("25000", offer) == ["one_at_a_time", "sector"]


def test_a_stale_tap_changes_nothing() -> None:
    """A button scrolled back to: the question is put again, the answer it would have been is not taken."""
    world = World(Form(), OUTSIDE)
    world.play(*UP_TO_THE_SUMMARY)
    before = world.state.journal
    assert world.taps("50000", world.ref_of("offer")) == ["one_at_a_time", "summary"]
    assert world.state.journal == before


def test_a_tap_while_work_is_awaited_is_told_what_we_wait_for() -> None:
    world = World(Menu())
    world.slow = {"search"}
    world.play("hi", "[search]")
    assert world.taps("about") == ["please_wait"]


def test_a_tap_after_the_end_is_told_that_it_is_over() -> None:
    world = World(Form(), OUTSIDE)
    world.play(*REGISTERED, "kyc:k1=verified", "[good]")
    assert world.taps("bad") == ["ended"]


def test_a_text_without_a_stamp_answers_nothing() -> None:
    """After a broadcast, or something an agent wrote, "yes" submits no form."""
    world = World(Form(), OUTSIDE)
    world.play(*UP_TO_THE_SUMMARY)
    assert world.types("right", question="") == ["one_at_a_time", "summary"]
    assert world.types("right") == ["registered"]


def test_an_option_that_was_never_offered_is_a_wrong_answer() -> None:
    world = World(Form(), OUTSIDE)
    world.play(*UP_TO_THE_SUMMARY)
    assert world.taps("everything") == ["pick_one", "summary"]
    assert World(Form()).play("hi", "[name]")[-1] == ["pick_one", "name"]


@pytest.mark.parametrize("kind", ["image", "audio", "location", "sticker", "something_of_next_year"])
def test_what_no_question_wants_is_answered_kindly_and_keeps_the_place(kind: str) -> None:
    world = World(Form())
    world.play("hi", "Asha")
    assert world.attaches(kind) == ["cannot_use", "income"]
    assert world.sent[-2].values == {"kind": kind}
    assert world.types("5000") == ["city"]


def test_a_picture_may_be_the_first_message() -> None:
    assert World(Form()).attaches("image") == ["cannot_use", "welcome", "name"]


def test_a_picture_while_work_is_awaited() -> None:
    world = World(Menu())
    world.slow = {"search"}
    world.play("hi", "[search]")
    assert world.attaches("image") == ["cannot_use", "please_wait"]


def test_a_picture_on_top_of_a_menu_goes_back_to_the_question() -> None:
    world = World(Form())
    world.play("hi", "Asha", "menu")
    assert world.attaches("image") == ["cannot_use", "income"]


class TestTurns:
    """What came in together is decided in order, and said as one breath."""

    def test_one_question_goes_out_and_it_is_the_last(self) -> None:
        world = World(Form(), OUTSIDE)
        world.types("hi")
        at = world.shown
        said = turn(world, Typed(world.now, "Asha", at), Typed(world.now, "5000", at))
        assert said == ["one_at_a_time", "income"]

    def test_a_kind_word_goes_out_once(self) -> None:
        world = World(Form(), OUTSIDE)
        world.play("hi", "Asha")
        assert turn(world, *(Typed(world.now, f"{n}", "old") for n in range(3))) == ["one_at_a_time", "income"]

    def test_no_question_goes_out_after_stop(self) -> None:
        """An answer and "stop" in one breath: the next question was put and taken back."""
        world = World(Form(), OUTSIDE)
        world.types("hi")
        assert turn(world, Typed(world.now, "Asha", world.shown), Typed(world.now, "stop", world.shown)) == ["stopped"]

    def test_no_question_goes_out_that_was_answered_in_the_same_breath(self) -> None:
        """Back, and the same answers again: what is awaited then is work."""
        world = World(Form(), OUTSIDE)
        world.play("hi", "Asha", "5000")
        city = world.shown
        assert turn(world, Typed(world.now, "menu", city), Typed(world.now, "Pune", city)) == []

    def test_no_question_goes_out_in_trouble(self) -> None:
        async def run(chat: Chat) -> None:
            await chat.ask(NAME)
            raise KeyError("bug")

        world = World(journey(run))
        world.types("hi")
        said = turn(world, Typed(world.now, "help", world.shown), Typed(world.now, "Asha", world.shown))
        assert said == ["help", "we_look_at_it"]

    def test_what_the_journey_says_goes_out_in_order(self) -> None:
        async def run(chat: Chat) -> None:
            chat.say("one")
            await chat.ask(NAME)
            chat.say("two")
            await chat.ask(CITY)

        world = World(journey(run))
        first = Typed(world.now, "hi")
        world_after = World(journey(run))
        world_after.types("hi")
        said = turn(world, first, Typed(world.now, "Asha", world_after.shown))
        assert said == ["one", "two", "city"]

    def test_the_work_wanted_is_that_of_the_last_event(self) -> None:
        """What an earlier one wanted and a later one took back is never begun."""
        world = World(Menu())
        world.types("hi")
        decision, _ = decided(world, Tapped(world.now, "search", world.shown), Typed(world.now, "back", world.shown))
        assert decision.work is None

    def test_a_result_and_a_message_that_cross(self) -> None:
        """The text came in before the question that the result put was seen."""
        world = World(Form(), OUTSIDE)
        world.slow = {"offers"}
        world.play("hi", "Asha", "5000", "Pune")
        key = next(iter(world.running))
        said = turn(world, Finished(world.now, key, [25000]), Typed(world.now, "25000", world.shown))
        assert said == ["one_at_a_time", "offer"]

    def test_an_outcome_and_a_message_that_cross(self) -> None:
        world = World(Form(), OUTSIDE)
        world.play(*REGISTERED)
        said = turn(world, Typed(world.now, "well?", world.shown), Told(world.now, "kyc:k1", "verified"))
        assert said == ["please_wait", "kyc_verified", "rate"]


def decided(world: World, *events: Event) -> tuple[Decision, list[Said]]:
    """One turn over these events, as the product takes it."""
    return decide(world.journeys, world.raw, [*events, Passed(world.now)])


def turn(world: World, *events: Event) -> list[str]:
    """The keys of what goes out in one turn over these events."""
    return [said.key for said in decided(world, *events)[1]]
