"""It is over, and what the person writes next leads somewhere: a rest in a round, so that all is done anew."""

from __future__ import annotations

from dialogue import Chat
from tests.dialogue.journeys import NAME, SEARCH, journey
from tests.dialogue.login import Login
from tests.dialogue.world import World

IN = ("hi", "Asha", "98", "739154")


def inside() -> World:
    """Somebody who has come to the end."""
    world = World(Login())
    world.play(*IN)
    return world


def test_it_is_over_and_nothing_is_awaited() -> None:
    world = inside()
    assert (world.ended, world.waiting_for, world.wake_at) == ("in", "", None)
    assert world.decision.asks == ""


def test_a_greeting_and_any_other_words_lead_on() -> None:
    world = inside()
    assert world.play("hi", "thank you", "start") == [["welcome_in"]] * 3
    assert len(world.done("make_link")) == 4, "each time anew"
    assert world.taps("x", "old") == ["welcome_in"]
    assert world.attaches("image") == ["cannot_use", "welcome_in"]


def test_the_work_that_it_leads_to_is_waited_for() -> None:
    world = inside()
    world.slow = {"make_link"}
    assert world.types("hi") == []
    assert world.waiting_for == "work:make_link"
    assert world.types("well?") == ["please_wait"]
    assert world.finishes("make_link") == ["welcome_in"]
    assert world.ended == "in"


def test_other_commands_are_what_they_are() -> None:
    world = inside()
    assert world.play("help", "back", "hindi", "menu", "[resume]") == [
        ["help", "ended"],
        ["too_late", "ended"],
        ["language_is", "ended"],
        ["menu"],
        ["welcome_in"],
    ]
    assert world.types("stop") == ["stopped"]
    assert world.types("hi") == ["how_to_start"]
    assert world.types("start") == ["started", "ended"]


def test_a_new_start_leads_to_the_last_point_of_no_return() -> None:
    world = inside()
    assert world.types("restart") == ["kept_from_here", "welcome_in"]
    assert world.ended == "in"
    assert len(world.done("check_code")) == 1


def test_without_a_point_of_no_return_it_begins_anew() -> None:
    async def run(chat: Chat) -> None:
        await chat.ask(NAME)
        chat.say("thanks")
        await chat.rest("told")

    world = World(journey(run, restart_asks=False))
    assert world.play("hi", "Asha", "restart", "Ravi") == [["name"], ["thanks"], ["name"], ["thanks"]]


def test_what_is_behind_a_rest_is_gone_on_with() -> None:
    async def run(chat: Chat) -> str:
        await chat.ask(NAME)
        await chat.rest("half")
        chat.say("found", what=await chat.do(SEARCH, "x"))
        return "whole"

    world = World(journey(run))
    assert world.play("hi", "Asha") == [["name"], []]
    assert world.ended == "half"
    assert world.play("go") == [["found"]]
    assert world.ended == "whole"
    assert world.types("go") == ["ended"]


def test_a_hundred_messages_leave_the_state_as_small_as_one() -> None:
    world = inside()
    world.types("hi")
    size = len(world.raw)
    for _ in range(100):
        world.types("hi")
    assert len(world.raw) <= size + 10


def test_a_machine_that_writes_on_and_on_is_not_answered_for_ever() -> None:
    world = inside()
    said = [world.types("This mailbox is not read.") for _ in range(14)]
    assert said == [["welcome_in"]] * 10 + [["throttled"]] + [[]] * 3
    assert len(world.done("make_link")) == 11
    assert world.types("hi") == ["welcome_in"]
