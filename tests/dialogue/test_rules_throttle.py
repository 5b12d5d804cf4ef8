"""Who writes on and on what helps nobody is answered ten times, is told that we are quiet now, and then is not."""

from __future__ import annotations

import json

import pytest

from dialogue import Chat, State
from tests.dialogue.journeys import NAME, OUTSIDE, REGISTERED, SEARCH, Form, Menu, journey
from tests.dialogue.world import World


def pestered(world: World, times: int) -> list[list[str]]:
    """What is said to as many messages of another machine, a second apart."""
    said = []
    for _ in range(times):
        world.now += 1
        said.append(world.types("x"))
    return said


def left_alone() -> World:
    """Somebody who is not answered any more."""
    world = World(Form())
    world.play("hi")
    pestered(world, 11)
    return world


def test_ten_are_answered_then_one_line_says_so_and_then_it_is_quiet() -> None:
    world = World(Form())
    world.types("hi")
    said = pestered(world, 14)
    assert all(one for one in said[:10])
    assert said[10:] == [["throttled"], [], [], []]
    assert world.decision.throttled == 1
    assert world.waiting_for == "answer:name"


def test_a_right_answer_ends_it() -> None:
    world = left_alone()
    assert world.types("Asha", world.ref_of("name")) == ["income"]
    assert all(pestered(world, 10)), "and all is counted from there"
    assert pestered(world, 1) == [["throttled"]]


@pytest.mark.parametrize("word", ["hi", "help", "menu", "restart"])
def test_a_command_ends_it(word: str) -> None:
    world = left_alone()
    assert world.types(word)
    assert all(pestered(world, 10))


def test_a_tap_of_what_is_offered_ends_it_and_of_what_is_not_does_not() -> None:
    world = World(Menu())
    world.play("hi")
    pestered(world, 11)
    assert world.taps("nonsense", world.ref_of("main")) == []
    assert world.taps("about", world.ref_of("main")) == ["about_us", "main"]


def test_a_choice_of_the_menu_that_stood_ends_it() -> None:
    world = World(Form())
    world.types("hi")
    pestered(world, 3)
    assert world.sent[-1].key == "three_wrong"
    for _ in range(9):
        world.attaches("image", "elsewhere")
    standing = world.state.menu or world.state.pending
    assert standing is not None
    assert world.types("help")[0] == "help"


def test_the_window_passes() -> None:
    world = left_alone()
    world.passes(minutes=9)
    assert pestered(world, 1) == [[]]
    world.passes(minutes=2)
    assert all(pestered(world, 10))


def test_slowly_wrong_is_answered_for_ever() -> None:
    world = World(journey(Form().run, silence=None))
    world.types("hi")
    for _ in range(40):
        world.now += 61
        assert world.types("x")


def test_it_counts_over_all_kinds_of_kind_words() -> None:
    """While work is awaited, after the end, pictures, words in sight of something old."""
    waiting = World(Form(), OUTSIDE)
    waiting.play(*REGISTERED)
    assert pestered(waiting, 12)[9:] == [["please_wait"], ["throttled"], []]
    waiting.play("kyc:k1=verified")
    assert waiting.sent[-1].key == "rate", "what it waited for is told"

    over = World(journey(lambda chat: _nothing()))
    over.types("hi")
    assert over.ended
    assert pestered(over, 12)[9:] == [["ended"], ["throttled"], []]

    pictures = World(Form())
    pictures.types("hi")
    assert [pictures.attaches("image") for _ in range(12)][9:] == [["cannot_use", "name"], ["throttled"], []]


async def _nothing() -> None:
    return None


def test_work_under_way_goes_on() -> None:
    async def run(chat: Chat) -> None:
        chat.say("found", what=await chat.do(SEARCH, await chat.ask(NAME)))

    world = World(journey(run))
    world.slow = {"search"}
    world.play("hi", "Asha")
    pestered(world, 13)
    assert world.decision.work is not None
    assert world.finishes("search") == ["found"]


def test_in_trouble_nobody_is_told_for_ever() -> None:
    async def run(chat: Chat) -> None:
        await chat.ask(NAME)
        raise KeyError("bug")

    world = World(journey(run))
    world.play("hi", "Asha")
    assert pestered(world, 12)[9:] == [["we_look_at_it"], ["throttled"], []]
    assert world.trouble


def test_who_opted_out_is_told_nothing_of_it() -> None:
    world = World(Form())
    world.play("hi", "stop")
    assert pestered(world, 15) == [["how_to_start"]] + [[]] * 14
    assert world.types("start") == ["started", "name"]


def test_silence_of_theirs_still_nudges() -> None:
    """The clock starts at their last message, answered or not."""
    world = left_alone()
    assert world.passes(minutes=31) == ["nudge", "name"]


def test_an_earlier_state_has_counted_nothing() -> None:
    fields = json.loads(left_alone().raw)
    del fields["unhelped"], fields["quiet_until"]
    state = State.load(json.dumps(fields))
    assert (state.unhelped, state.quiet_until) == ([], 0.0)
