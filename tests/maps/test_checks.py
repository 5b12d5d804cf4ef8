"""The checks of every bot find what they are there to find: each is shown a bot that is broken just so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dialogue import Chat, Journey, Question, choice, typed
from maps.exploring import Exploration, explore
from tests.dialogue.journeys import number
from tests.maps import checks
from tests.maps.bots import MAIN, NAME, SEARCH, Desk, desk
from tests.maps.checks import FOR_ALL, FOR_MENUS


@pytest.mark.parametrize("check", [*FOR_ALL, *FOR_MENUS], ids=lambda check: check.__name__)
def test_a_desk_that_is_right_passes(check: Callable[[Exploration], None]) -> None:
    check(explore(desk()))


def broken(name: str, run: Callable[..., object], **rules: object) -> Exploration:
    """A desk in which one thing is done otherwise."""
    return explore(desk(type("Broken", (Desk,), {name: run, **rules})))


def fails(check: Callable[[Exploration], None], explored: Exploration, message: str) -> None:
    """It says what is wrong and where."""
    with pytest.raises(AssertionError, match=message):
        check(explored)


def test_trouble() -> None:
    async def search(self: Journey, chat: Chat) -> None:
        """It does not mind that it may be refused."""
        await chat.do(SEARCH, await chat.ask(Desk.questions[2]))

    explored = broken("search", search)
    fails(checks.nobody_is_in_trouble, explored, r"refusal unknown at work search .* after hi, \[orders\].*Refused")


def test_a_dead_end() -> None:
    async def lead(self: Journey, chat: Chat) -> str:
        """It waits for what nobody ever tells."""
        return await chat.wait_for("nobody", ref="1")

    explored = broken("lead", lead)
    fails(checks.there_are_no_dead_ends, explored, r"from: wait nobody \(main\) after hi, \[lead\]")


def test_a_menu_that_can_only_be_left_by_a_word() -> None:
    async def orders(self: Journey, chat: Chat) -> None:
        while True:
            with chat.round("orders"):
                await chat.ask(Desk.questions[1])

    explored = broken("orders", orders)
    fails(checks.there_are_no_dead_ends, explored, "from: question orders")


def test_an_ending_in_a_bot_of_menus() -> None:
    async def run(self: Journey, chat: Chat) -> None:
        await chat.ask(MAIN)

    fails(checks.there_are_no_dead_ends, broken("run", run), "from: ending done")


def test_a_menu_that_is_no_round() -> None:
    async def run(self: Journey, chat: Chat) -> None:
        await chat.ask(MAIN)
        await chat.ask(NAME)

    explored = broken("run", run)
    fails(checks.menu_leads_to_the_first_menu, explored, "menu at question name .* leads to")
    fails(checks.back_leads_one_menu_up, explored, "back, again and again, at question name")
    fails(checks.silence_leads_to_the_first_menu, explored, "a silence at question name")


def test_a_question_out_of_reach() -> None:
    never = choice("never", "a", "b")
    explored = broken("lead", Desk.lead, questions=(*Desk.questions, never))
    fails(checks.every_question_is_reached, explored, r"nothing leads to \['never'\]")


def test_a_question_without_an_example() -> None:
    mute = typed("number", int, number)

    async def search(self: Journey, chat: Chat) -> None:
        await chat.ask(mute)

    explored = broken("search", search, questions=(*Desk.questions, mute))
    fails(checks.every_question_can_be_answered, explored, "question number")


def test_an_example_that_is_no_answer() -> None:
    wrong = typed("number", int, number, example="seven")

    async def search(self: Journey, chat: Chat) -> None:
        await chat.ask(wrong)

    explored = broken("search", search, questions=(*Desk.questions, wrong))
    fails(checks.an_example_is_an_answer, explored, "seven is no answer at question number")


def test_an_option_that_cannot_be_shown() -> None:
    """The list is made anew by the journey, and lacks one."""
    shorter: Question[str] = Question(
        "main", str, lambda reply: reply.picked(), lambda about: MAIN.alternatives(None)[:2]
    )

    async def run(self: Journey, chat: Chat) -> None:
        while True:
            with chat.round("main"):
                await chat.ask(shorter)

    explored = broken("run", run, questions=(shorter,))
    explored.journey.questions = (MAIN,)  # type: ignore[misc]
    fails(checks.every_option_is_tried, explored, "main: never tried")


def test_a_promise_that_is_broken() -> None:
    """What is pending was not what the person was shown."""
    explored = explore(desk())
    last = explored.events[-1]
    explored.events[-1] = replace(last, end=replace(last.end, shown="another"))
    fails(checks.every_promise_is_kept, explored, "was not the last one shown")
