"""A bug never raises and never ends a conversation: an operator looks, the person is told, the answers are kept."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from dialogue import Alternative, Change, Chat, Journey, Question
from tests.dialogue.journeys import CITY, INCOME, NAME, QUESTIONS, SEND, answer, journey
from tests.dialogue.world import World


async def well(chat: Chat) -> None:
    """A name, a city, an income."""
    await chat.ask(NAME)
    await chat.ask(CITY)
    await chat.ask(INCOME)


async def raises(chat: Chat) -> None:
    """Breaks after the first answer."""
    await chat.ask(NAME)
    raise KeyError("bug")


async def awaits_what_is_not_ours(chat: Chat) -> None:
    """A journey may await only what chat offers."""
    await chat.ask(NAME)
    await asyncio.sleep(0)


async def shows_what_is_no_data(chat: Chat) -> None:
    """An object as a value of a question."""
    await chat.ask(NAME)
    await chat.ask(CITY, picture=object())


async def asks_about_what_is_no_data(chat: Chat) -> None:
    """A set has another order in every process."""
    await chat.ask(NAME)
    await chat.ask(CITY, about={1, 2})


async def says_what_is_no_data(chat: Chat) -> None:
    """Bytes in a text."""
    await chat.ask(NAME)
    chat.say("look", at=b"x")


async def works_with_what_is_no_data(chat: Chat) -> None:
    """An object as an argument, about something that is data."""
    await chat.ask(NAME)
    await chat.do(SEND, object(), about="x")


async def changes_what_was_never_answered(chat: Chat) -> None:
    """A misspelt name in Change."""
    await chat.ask(NAME)
    raise Change("nmae")


async def changes_round_and_round(chat: Chat) -> None:
    """A part that needs nothing, changed for ever."""

    async def nothing(chat: Chat) -> int:
        return 1

    await chat.ask(NAME)
    await chat.part("nothing", nothing)
    raise Change("nothing")


async def swallows_its_end(chat: Chat) -> None:
    """Goes on after its walk was closed."""
    await chat.ask(NAME)
    try:
        await chat.ask(CITY)
    except BaseException:
        await Elsewhere()


class Elsewhere:
    """Awaited after the end."""

    def __await__(self) -> Any:
        yield self


def no_options(about: object) -> list[Alternative]:
    """An option that cannot be made."""
    raise ValueError(about)


async def offers_what_cannot_be_shown(chat: Chat) -> None:
    """Options that raise."""
    await chat.ask(NAME)
    await chat.ask(Question("offer", str, lambda reply: reply.text, no_options))


async def asks_what_nobody_knows(chat: Chat) -> None:
    """A question that is not among the journey's."""
    await chat.ask(NAME)
    await chat.ask(answer(lambda reply: reply.text, name="unlisted"))


async def is_refused(chat: Chat) -> None:
    """Nobody handles the refusal."""
    await chat.ask(NAME)
    await chat.do(SEND, "x")


BROKEN = (
    raises,
    awaits_what_is_not_ours,
    shows_what_is_no_data,
    asks_about_what_is_no_data,
    says_what_is_no_data,
    works_with_what_is_no_data,
    changes_what_was_never_answered,
    changes_round_and_round,
    swallows_its_end,
    offers_what_cannot_be_shown,
    asks_what_nobody_knows,
    is_refused,
)


def broken(run: Callable[[Chat], Awaitable[Any]]) -> World:
    """A conversation whose bot breaks after the name."""
    offer = Question("offer", str, lambda reply: reply.text, no_options)
    others = tuple(question for question in QUESTIONS if question.name != "offer")
    world = World(journey(run, questions=(*others, offer)))
    world.refusing = {"send": "no"}
    return world


@pytest.mark.parametrize("run", BROKEN)
class TestWhateverIsBroken:
    def test_an_operator_sees_it_and_the_person_is_told(self, run: Callable[[Chat], Awaitable[Any]]) -> None:
        world = broken(run)
        said = world.play("hi", "Asha", "well?")
        assert said[1].count("we_look_at_it") == 1
        assert said[1][-1] == "we_look_at_it"
        assert said[2] == ["we_look_at_it"]
        assert world.trouble
        assert world.waiting_for == "operator"
        assert world.state.pending is None

    def test_after_a_fix_the_operators_retry_goes_on(self, run: Callable[[Chat], Awaitable[Any]]) -> None:
        """With the answer that had met the bug: it was right."""
        world = broken(run)
        world.play("hi", "Asha")
        assert world.release(journey(well)).retried() == ["city"]
        assert not world.trouble
        assert "Asha" in world.state.journal.values()

    def test_a_retry_without_a_fix_is_trouble_again(self, run: Callable[[Chat], Awaitable[Any]]) -> None:
        world = broken(run)
        world.play("hi", "Asha")
        assert world.retried()[-1] == "we_look_at_it"
        assert world.waiting_for == "operator"

    def test_a_restart_is_possible(self, run: Callable[[Chat], Awaitable[Any]]) -> None:
        """And does not say once more that something is broken."""
        world = broken(run)
        assert world.play("hi", "Asha", "restart", "[restart_yes]")[2:] == [["restart_sure"], ["name"]]
        assert not world.trouble

    def test_nothing_personal_is_in_what_the_operator_reads(self, run: Callable[[Chat], Awaitable[Any]]) -> None:
        world = broken(run)
        world.play("hi", "Asha")
        assert "Asha" not in world.trouble


@pytest.mark.parametrize("parse", [lambda reply: {"a": 1}[reply.text], lambda reply: reply.text])
def test_a_broken_parser_is_trouble(parse: Callable[[Any], Any]) -> None:
    """One that raises, one whose value is not of the question's type."""
    value = answer(parse, int)

    async def run(chat: Chat) -> None:
        await chat.ask(NAME)
        await chat.ask(value)

    world = World(journey(run, questions=(NAME, value)))
    assert world.play("hi", "Asha", "b")[-1] == ["we_look_at_it"]
    assert "Asha" in world.state.journal.values()


def test_a_parser_must_refuse_with_its_own_exception() -> None:
    """ValueError is what bugs raise."""
    value = answer(lambda reply: int(reply.text), int)

    async def run(chat: Chat) -> None:
        await chat.ask(value)

    world = World(journey(run, questions=(value,)))
    world.play("hi", "many")
    assert world.trouble.startswith("ValueError in")
    assert "many" not in world.trouble


def test_the_operator_reads_which_error_and_where() -> None:
    world = World(journey(raises))
    world.play("hi", "Asha")
    assert world.trouble.startswith("KeyError in raises (test_rules_trouble.py:")


def test_a_journey_may_clean_up_behind_itself() -> None:
    """Its walk is over then: nothing is said, nothing is asked."""

    async def says(chat: Chat) -> None:
        try:
            await chat.ask(NAME)
        finally:
            chat.say("closed")

    async def asks(chat: Chat) -> None:
        try:
            await chat.ask(NAME)
        finally:
            await chat.ask(CITY)

    for run in (says, asks):
        world = World(journey(run))
        assert world.types("hi") == ["name"]
        assert not world.trouble


def test_a_journey_without_run_says_what_it_lacks() -> None:
    world = World(Journey())
    world.types("hi")
    assert world.trouble.startswith("NotImplementedError")
