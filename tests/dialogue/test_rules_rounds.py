"""Rounds are for loops without an end: a turn's answers are forgotten when it ends, and it counts."""

from __future__ import annotations

import pytest

from dialogue import Chat, Refused
from tests.dialogue.journeys import CITY, INCOME, ITEMS, NAME, SEND, Menu, Otp, journey
from tests.dialogue.world import World


def test_a_menu_in_a_menu() -> None:
    world = World(Menu())
    assert world.play(
        "hi", "[shop]", "[buy]", "3", "[buy]", "back", "[buy]", "4", "[leave]", "[search]", "[shop]", "menu", "[about]"
    ) == [
        ["hello", "main"],
        ["shop"],
        ["items"],
        ["bought", "shop"],
        ["items"],
        ["shop"],
        ["items"],
        ["bought", "shop"],
        ["main"],
        ["found", "main"],
        ["shop"],
        ["main"],
        ["about_us", "main"],
    ]


def test_what_a_turn_said_is_said_again_in_the_next() -> None:
    """The mark of what was said is forgotten with the turn."""
    world = World(Menu())
    assert world.play("hi", "[about]", "[about]")[1:] == [["about_us", "main"], ["about_us", "main"]]


def test_work_in_another_turn_is_other_work() -> None:
    world = World(Menu())
    world.play("hi", "[search]", "[search]")
    assert len(world.ended_keys) == 2


def test_300_turns_leave_the_state_as_small_as_one() -> None:
    world = World(Menu())
    world.play("hi", "[shop]", "[buy]", "1", "[leave]")
    size = len(world.raw)
    for _ in range(300):
        world.play("[shop]", "[leave]")
    assert len(world.raw) < size + 20


def test_the_answer_to_an_old_turn_is_not_taken_in_the_next() -> None:
    """A button of the last menu, tapped late: its question has another ref by now."""
    world = World(Menu())
    world.types("hi")
    old = world.shown
    world.taps("about")
    assert world.taps("shop", old) == ["one_at_a_time", "main"]


def test_a_turn_left_by_a_refusal_has_ended_too() -> None:
    """The next turn asks anew, and nothing of the refused one stays behind."""

    async def run(chat: Chat) -> None:
        while True:
            try:
                with chat.round("menu"):
                    await chat.do(SEND, await chat.ask(ITEMS))
            except Refused:
                chat.say("sorry")

    world = World(journey(run))
    world.refusing = {"send": "no"}
    assert world.play("hi", "5", "6")[1:] == [["sorry", "items"], ["items"]]
    size = len(world.raw)
    world.play(*(str(n) for n in range(10, 40)))
    assert len(world.raw) < size + 20


def test_a_need_after_a_loop_has_ended_is_an_error_that_names_the_loop() -> None:
    """The next walk would not know that the loop has ended, and would ask again."""

    async def run(chat: Chat) -> None:
        while True:
            with chat.round("try"):
                if await chat.ask(ITEMS) == 1:
                    break
        await chat.ask(NAME)

    world = World(journey(run))
    assert world.play("hi", "1") == [["items"], ["we_look_at_it"]]
    assert "round 0/try is over" in world.trouble
    assert "part" in world.trouble


def test_the_same_question_twice_in_one_walk_is_an_error_that_says_use_a_round() -> None:
    async def run(chat: Chat) -> None:
        await chat.ask(NAME)
        await chat.ask(NAME)

    world = World(journey(run))
    world.play("hi", "Asha")
    assert "name twice" in world.trouble
    assert "round" in world.trouble


def test_the_same_may_be_said_twice_in_one_walk() -> None:
    async def run(chat: Chat) -> None:
        chat.say("hurrah")
        chat.say("hurrah")
        await chat.ask(NAME)

    assert World(journey(run)).types("hi") == ["hurrah", "hurrah", "name"]


@pytest.mark.parametrize("says", [False, True])
def test_a_loop_that_never_needs_anything_is_an_error(says: bool) -> None:
    """It neither blocks the worker nor ends the conversation: an operator sees it."""

    async def run(chat: Chat) -> None:
        await chat.ask(NAME)
        while True:
            with chat.round("x"):
                if says:
                    chat.say("x")

    world = World(journey(run))
    assert world.play("hi", "Asha")[1][-1] == "we_look_at_it"
    assert "spins" in world.trouble


class TestParts:
    def test_three_tries_and_out(self) -> None:
        world = World(Otp())
        assert world.play("hi", "Pune", "1", "2", "3") == [
            ["city"],
            ["code"],
            ["code"],
            ["code"],
            ["otp", "name"],
        ]
        assert world.sent[-2].values == {"right": False}

    def test_what_led_to_the_result_is_forgotten_and_the_result_is_kept(self) -> None:
        world = World(Otp())
        world.play("hi", "Pune", "1", "42")
        assert True in world.state.journal.values()
        assert not any("code" in key for key in world.state.journal)

    def test_about_another_thing_is_run_anew(self) -> None:
        """Another phone needs another code."""
        world = World(Otp())
        assert world.play("hi", "Pune", "42", "change city", "Goa")[-1] == ["code"]

    def test_about_the_same_thing_keeps_its_result(self) -> None:
        world = World(Otp())
        assert world.play("hi", "Pune", "42", "change city", "Pune")[-1] == ["name"]

    def test_menu_inside_one_gives_no_more_tries(self) -> None:
        """Its rounds are no menus."""
        world = World(Otp())
        said = world.play("hi", "Pune", "1", "2", "menu", "[resume]", "3")
        assert said[-3:] == [["menu"], ["code"], ["otp", "name"]]

    def test_run_again_never_uses_a_key_again(self) -> None:
        """Going back into it sends another code: another idempotency key, or the provider would send nothing."""

        async def otp(chat: Chat) -> int:
            await chat.do(SEND, "98")
            return await chat.ask(INCOME)

        async def run(chat: Chat) -> None:
            await chat.part("otp", otp)
            await chat.ask(NAME)

        world = World(journey(run))
        world.play("hi", "42", "back")
        assert world.done("send") == ["98", "98"]
        assert len(world.ended_keys) == 2

    def test_a_refusal_is_a_result_too(self) -> None:
        """It is kept, and raised again where the part is awaited."""

        async def pay(chat: Chat) -> object:
            return await chat.do(SEND, await chat.ask(ITEMS))

        async def run(chat: Chat) -> None:
            try:
                await chat.part("pay", pay)
            except Refused as refused:
                chat.say("sorry", why=refused.reason)
            await chat.ask(NAME)

        world = World(journey(run))
        world.refusing = {"send": "too_much"}
        assert world.play("hi", "5")[1] == ["sorry", "name"]
        assert world.sent[-2].values == {"why": "too_much"}

    def test_refused_in_a_menu_takes_the_next_answer(self) -> None:
        """The menu's next turn is a turn like any other."""

        async def pay(chat: Chat) -> object:
            return await chat.do(SEND, await chat.ask(ITEMS))

        async def run(chat: Chat) -> None:
            while True:
                with chat.round("menu"):
                    try:
                        await chat.part("pay", pay)
                    except Refused:
                        chat.say("sorry")

        world = World(journey(run))
        world.refusing = {"send": "no"}
        assert world.play("hi", "5") == [["items"], ["sorry", "items"]]
        world.refusing = {}
        world.play("7")
        assert world.done("send") == [7]

    def test_a_loop_inside_one_may_be_followed_by_anything(self) -> None:
        async def codes(chat: Chat) -> None:
            while True:
                with chat.round("try"):
                    if await chat.ask(ITEMS) == 1:
                        break

        async def run(chat: Chat) -> None:
            await chat.part("codes", codes)
            await chat.ask(NAME)

        assert World(journey(run)).play("hi", "2", "1", "Asha") == [["items"], ["items"], ["name"], []]

    def test_parts_and_rounds_nest(self) -> None:
        async def inner(chat: Chat) -> int:
            while True:
                with chat.round("try") as count:
                    if await chat.ask(ITEMS) == 1:
                        return count

        async def outer(chat: Chat) -> int:
            first = await chat.part("inner", inner, about="first")
            second = await chat.part("inner", inner, about="second")
            return first + second

        async def run(chat: Chat) -> None:
            while True:
                with chat.round("menu"):
                    chat.say("total", tries=await chat.part("outer", outer))

        world = World(journey(run))
        world.play("hi", "2", "1", "3", "4", "1")
        assert [said.values for said in world.sent if said.key == "total"] == [{"tries": 3}]
        world.play("1", "1")
        assert [said.values for said in world.sent if said.key == "total"] == [{"tries": 3}, {"tries": 0}]

    def test_a_part_that_a_later_answer_does_not_touch_stays(self) -> None:
        async def otp(chat: Chat) -> int:
            return await chat.ask(INCOME)

        async def run(chat: Chat) -> None:
            await chat.part("otp", otp)
            await chat.ask(NAME)
            await chat.ask(CITY)

        assert World(journey(run)).play("hi", "5", "Asha", "back", "Ravi")[-2:] == [["name"], ["city"]]
