"""A key says what it is about: about another thing it is another question, in another language it is the same one."""

from __future__ import annotations

import pytest

from dialogue import Chat, choice
from tests.dialogue.journeys import AGE, CITY, INCOME, NAME, SEND, Form, journey
from tests.dialogue.world import World


class TestAbout:
    def test_a_question_about_another_thing_is_another_question(self) -> None:
        async def run(chat: Chat) -> None:
            income = await chat.ask(INCOME)
            await chat.ask(CITY, about=income)
            await chat.ask(AGE)

        world = World(journey(run))
        assert world.play("hi", "1", "Pune", "change income", "2")[-1] == ["city"]

    @pytest.mark.parametrize(("one", "another"), [(0, ""), ([], None), (0, False), ({}, []), (False, None)])
    def test_zero_and_empty_are_something(self, one: object, another: object) -> None:
        """Only None is about nothing."""
        about = [one]

        async def run(chat: Chat) -> None:
            await chat.ask(NAME, about=about[0])
            await chat.ask(CITY)

        world = World(journey(run))
        world.play("hi", "Asha")
        about[0] = another
        assert world.types("Pune") == ["name"]

    def test_work_about_zero_and_about_empty_text_is_two_works(self) -> None:
        about: list[object] = [0]

        async def run(chat: Chat) -> None:
            await chat.do(SEND, about[0])
            await chat.ask(NAME)

        world = World(journey(run))
        world.types("hi")
        about[0] = ""
        world.types("Asha")
        assert world.done("send") == [0, ""]

    def test_values_only_shown_are_no_part_of_the_question(self) -> None:
        """The same question with another picture of it: the answer holds."""
        shown = ["a"]

        async def run(chat: Chat) -> None:
            await chat.ask(NAME, picture=shown[0])
            await chat.ask(CITY)

        world = World(journey(run))
        world.play("hi", "Asha")
        shown[0] = "b"
        assert world.types("Pune") == []
        assert world.ended == "done"


class TestLanguage:
    def test_switched_in_mid_question_puts_the_question_again_in_the_new_one(self) -> None:
        world = World(Form())
        world.play("hi", "Asha")
        assert world.types("hindi") == ["language_is", "income"]
        assert world.decision.language == "hi"
        assert world.types("5000") == ["city"]

    def test_chosen_by_an_answer_is_spoken_from_then_on(self) -> None:
        tongue = choice("tongue", "en", "hi")

        async def run(chat: Chat) -> None:
            await chat.choose_language(tongue)
            chat.say(f"now_{chat.language}")
            await chat.ask(NAME)

        world = World(journey(run, questions=(tongue, NAME)))
        assert world.play("hello", "[hi]") == [["tongue"], ["now_hi", "name"]]

    def test_switched_by_command_holds_against_an_older_answer(self) -> None:
        tongue = choice("tongue", "en", "hi")

        async def run(chat: Chat) -> None:
            await chat.choose_language(tongue)
            await chat.ask(NAME)
            await chat.ask(CITY)

        world = World(journey(run, questions=(tongue, NAME, CITY)))
        world.play("hello", "[hi]", "english", "Asha")
        assert world.state.language == "en"
