"""What was chosen is told for statistics, where a release has fixed what can be chosen; nothing else is."""

from __future__ import annotations

from dialogue import Chat, Question, Tapped, Typed
from tests.dialogue.journeys import CITY, MAIN, NAME, OFFER, Form, journey
from tests.dialogue.world import World

FREE: Question[str] = Question("purpose", str, lambda reply: reply.option or reply.text, ("home", "medical"))


async def shop(chat: Chat) -> None:
    """Three questions: fixed options, options made of something, an option or one's own words."""
    await chat.ask(NAME)
    await chat.ask(MAIN)
    await chat.ask(OFFER, about=[100, 200])
    await chat.ask(FREE)
    await chat.ask(CITY)


def chosen(world: World, word: str) -> tuple[tuple[str, str], ...]:
    """What is told of this answer to the question shown: a tap in square brackets, else a text."""
    if word.startswith("["):
        return world.decide(Tapped(world.now, word[1:-1], world.shown)).chosen
    return world.decide(Typed(world.now, word, world.shown)).chosen


def world_of_the_shop() -> World:
    """Its first question stands."""
    world = World(journey(shop, questions=(NAME, MAIN, OFFER, FREE, CITY)))
    world.play("hi")
    return world


def test_an_option_is_told_however_it_was_chosen() -> None:
    for word in ("[shop]", "1", "shop"):
        world = world_of_the_shop()
        world.play("Asha")
        assert chosen(world, word) == (("main", "shop"),)


def test_a_wrong_answer_and_ones_own_words_are_not() -> None:
    world = world_of_the_shop()
    assert chosen(world, "Asha") == ()
    world.play("Asha")
    assert chosen(world, "something else") == ()
    assert chosen(world, "[nothing of it]") == ()


def test_options_made_of_something_may_be_somebodys_and_are_not() -> None:
    world = world_of_the_shop()
    world.play("Asha", "[shop]")
    assert chosen(world, "[100]") == ()


def test_of_a_question_that_takes_words_too_only_its_options_are() -> None:
    world = world_of_the_shop()
    world.play("Asha", "[shop]", "[100]")
    assert chosen(world, "[medical]") == (("purpose", "medical"),)
    world = world_of_the_shop()
    world.play("Asha", "[shop]", "[100]")
    assert chosen(world, "my daughter's wedding") == ()


def test_the_platforms_own_menus_are_told() -> None:
    world = World(Form())
    world.play("hi", "Asha", "menu")
    assert chosen(world, "[resume]") == (("menu", "resume"),)
