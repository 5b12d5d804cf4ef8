"""What is told as a secret is kept in the vault alone: everything else holds a reference, and dots."""

from __future__ import annotations

import json

import pytest

from dialogue import Attached, Chat, Edited, Event, Passed, Question, Reply, Tapped, Typed, secret, typed
from dialogue.parsers import Invalid
from domain.vault import Kept
from tests.dialogue.journeys import NAME, RATE, journey
from tests.dialogue.login import CODE, Login, six_digits
from tests.dialogue.world import World

ASKED = ("hi", "Asha", "98")
"""up to where the code is asked for"""


def asked() -> World:
    """Somebody who is asked for the code."""
    world = World(Login())
    world.play(*ASKED)
    assert world.waiting_for == "answer:code"
    return world


def masks(world: World, event: Event) -> bool:
    """Whether the words of this event are to be masked."""
    return world.branch().decide(event).masks == (event,)


def test_the_value_goes_into_the_vault_and_the_journal_holds_a_reference() -> None:
    world = asked()
    world.slow = {"check_code"}
    world.types(" 402951 ")
    assert world.vault == {"code-1": "402951"}
    assert {"ref": "code-1"} in world.state.journal.values()
    [work] = world.running.values()
    assert work.argument == {"phone": 98, "code": {"ref": "code-1"}}
    assert "402951" not in json.dumps([world.raw, work.argument, [vars(said) for said in world.sent]], default=str)


def test_who_does_the_work_finds_the_value_by_its_reference() -> None:
    world = asked()
    world.outside = {"check_code": lambda check: f"user of {check['code'][:3]}"}
    world.types("402951")
    assert world.done("make_link") == ["user of 402"]
    assert world.ended == "in"


def test_each_answer_has_a_reference_of_its_own() -> None:
    """A second code is another thing to be checked, also when it is the same digits."""
    world = asked()
    world.refusing = {"check_code": "wrong"}
    assert world.play("402951", "402951") == [["wrong_code", "code"], ["wrong_code", "code"]]
    assert world.vault == {"code-1": "402951", "code-2": "402951"}


def test_after_a_new_start_references_go_on() -> None:
    world = asked()
    world.refusing = {"check_code": "wrong"}
    world.play("402951", "restart", "Asha", "98", "402952")
    assert list(world.vault) == ["code-1", "code-2"]


def test_the_same_event_decided_again_gives_the_same() -> None:
    """A turn that is asked for again, because its worker was lost before it was written."""
    world = asked()
    event = Typed(world.now, "402951", world.shown)
    once, again = world.branch().decide(event), world.branch().decide(event)
    assert (once.state, once.secrets, once.masks) == (again.state, again.secrets, again.masks)


def test_back_asks_for_it_again() -> None:
    async def run(chat: Chat) -> None:
        await chat.ask(CODE)
        await chat.ask(NAME)

    world = World(journey(run, questions=(CODE, NAME)))
    assert world.play("hi", "402951", "back", "402952") == [["code"], ["name"], ["code"], ["name"]]
    assert list(world.state.journal.values()) == [{"ref": "code-2"}]
    assert world.play("change code") == [["code"]]


def test_a_wrong_answer_is_masked_too() -> None:
    """It may be the code with a typo."""
    world = asked()
    event = Typed(world.now, "40295l", world.shown)
    assert world.decide(event).masks == (event,)
    assert world.sent[-2].key == "six_digits_please"
    assert world.vault == {}


def test_what_is_no_code_for_certain_is_not_masked() -> None:
    world = asked()
    for words in ("help", "hi", "back", "change name", "menu"):
        assert not masks(world, Typed(world.now, words, world.shown)), words
    assert not masks(world, Tapped(world.now, "x", world.shown))


def test_an_option_that_is_typed_is_not_masked_and_a_code_beside_options_is() -> None:
    def code_or_again(reply: Reply) -> Kept | str:
        try:
            return reply.picked()
        except Invalid:
            return reply.keep(six_digits(reply.text))

    either: Question[Kept | str] = Question("code", Kept | str, code_or_again, ("again",), secret=True)

    async def run(chat: Chat) -> None:
        answer = await chat.ask(either)
        chat.say("again" if answer == "again" else "kept")

    world = World(journey(run, questions=(either,)))
    world.types("hi")
    assert not masks(world, Typed(world.now, "again", world.shown))
    assert masks(world, Typed(world.now, "402951", world.shown))
    assert world.branch().types("again") == ["again"]
    assert world.types("402951") == ["kept"]


@pytest.mark.parametrize("shown", ["", "something else"])
def test_what_comes_while_a_secret_is_asked_for_is_masked_whatever_it_was_written_in_sight_of(shown: str) -> None:
    """A broadcast came between: the words answer nothing, and are the code all the same."""
    world = asked()
    assert masks(world, Typed(world.now, "402951", shown))


def test_what_was_written_in_sight_of_it_is_masked_however_late_it_comes() -> None:
    world = asked()
    code = world.shown
    world.slow = {"check_code"}
    world.types("402951")
    assert world.state.pending is None
    assert masks(world, Typed(world.now, "402951", code))
    world.finishes("check_code")
    assert world.ended
    assert masks(world, Typed(world.now, "402951", code))
    assert not masks(world, Typed(world.now, "thank you"))


def test_after_a_new_start_it_is_masked_still() -> None:
    world = asked()
    code = world.shown
    world.play("restart")
    assert masks(world, Typed(world.now, "402951", code))
    assert not masks(world, Typed(world.now, "Asha", world.shown))


def test_the_caption_of_a_picture_and_an_edit_are_words_too() -> None:
    world = asked()
    code = world.shown
    assert masks(world, Attached(world.now, "image", code, 7, "402951"))
    world.types("40295l")
    edited = Edited(world.now, "402951", code)
    assert masks(world, edited)
    world.decide(edited)
    assert world.vault == {"code-1": "402951"}


def test_who_opted_out_or_is_in_trouble_is_not_written_down_either() -> None:
    world = asked()
    code = world.shown
    stopped = world.branch()
    stopped.types("stop")
    assert masks(stopped, Typed(world.now, "402951", code))

    async def broken(chat: Chat) -> None:
        raise KeyError("bug")

    world.release(journey(broken))
    world.decide(Passed(world.now))
    assert world.trouble
    assert masks(world, Typed(world.now, "402951", code))


def test_a_parser_that_fails_over_it_tells_nothing_of_it() -> None:
    def broken(text: str) -> str:
        raise ValueError(f"no code: {text}")

    code = secret("code", broken)

    async def run(chat: Chat) -> None:
        await chat.ask(code)

    world = World(journey(run, questions=(code,)))
    world.types("hi")
    event = Typed(world.now, "402951", world.shown)
    decision = world.decide(event)
    assert decision.trouble
    assert decision.masks == (event,)
    assert "402951" not in decision.trouble + decision.state


def test_a_refusal_that_shows_words_is_an_error() -> None:
    """They would be what was typed."""

    def talkative(text: str) -> str:
        raise Invalid("no_code", typed=text)

    code = secret("code", talkative)

    async def run(chat: Chat) -> None:
        await chat.ask(code)

    world = World(journey(run, questions=(code,)))
    world.types("hi")
    assert world.types("402951") == ["we_look_at_it"]
    assert "must not show words" in world.trouble


def test_a_question_that_is_no_secret_cannot_use_the_vault() -> None:
    careless: Question[Kept] = Question("code", Kept, lambda reply: reply.keep(reply.text))

    async def run(chat: Chat) -> None:
        await chat.ask(careless)

    world = World(journey(run, questions=(careless,)))
    world.play("hi", "402951")
    assert "marked `secret`" in world.trouble


def test_a_release_that_makes_a_secret_of_a_question_asks_for_it_again() -> None:
    """And one that makes none of it."""
    plain_code = typed("code", str, six_digits)

    async def before(chat: Chat) -> None:
        await chat.ask(plain_code)
        await chat.ask(RATE)

    async def after(chat: Chat) -> None:
        await chat.ask(CODE)
        await chat.ask(RATE)

    world = World(journey(before, questions=(plain_code, RATE)))
    world.play("hi", "402951")
    world.release(journey(after, questions=(CODE, RATE)))
    assert world.types("hi") == ["where_we_are", "code"]
    world.play("402952")
    world.release(journey(before, questions=(plain_code, RATE)))
    assert world.types("hi") == ["where_we_are", "code"]
    assert world.vault == {"code-1": "402952"}
