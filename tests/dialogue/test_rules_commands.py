"""What every bot understands at any moment, in English and Hindi. A command is a whole message, never a first word."""

from __future__ import annotations

import pytest

from dialogue import Chat, choice, typed
from tests.dialogue.journeys import CITY, NAME, Called, Form, Menu, journey, word
from tests.dialogue.world import World

GREETINGS = ("hi", "Hello", "hey!", "नमस्ते", "namaste", "हेलो", "राम राम", "Good morning", "start", "शुरू करें", "shuru")
CALLS_FOR_HELP = ("help", "HELP!", "?", " ? ", "मदद", "sahayata")
WAYS_BACK = ("back", "Go back", "वापस", "पीछे", "undo", " BACK. ", "wapas")
WAYS_TO_THE_MENU = ("menu", "Main menu", "मेनू", "मुख्य मेनू")
NEW_STARTS = ("restart", "start over", "फिर से शुरू करें", "नए सिरे से", "phir se shuru")
WAYS_OUT = ("stop", "STOP", "Stop.", "unsubscribe", "बंद करो", "रोकें", "band karo")
CALLS_FOR_A_PERSON = ("agent", "talk to a person", "एजेंट", "किसी से बात करें", "customer care")
GOING_ON = ("continue", "resume", "जारी रखें", "aage badho")


@pytest.mark.parametrize("words", GREETINGS)
def test_a_greeting_puts_the_question_again(words: str) -> None:
    world = World(Form())
    world.play("hi", "Asha")
    assert world.types(words) == ["where_we_are", "income"]


@pytest.mark.parametrize("words", CALLS_FOR_HELP)
def test_help_comes_with_the_question_again_last(words: str) -> None:
    world = World(Form())
    world.types("hi")
    assert world.types(words) == ["help", "name"]


@pytest.mark.parametrize("words", WAYS_BACK)
def test_back_undoes(words: str) -> None:
    assert World(Form()).play("hi", "Asha", words)[-1] == ["name"]


@pytest.mark.parametrize("words", WAYS_TO_THE_MENU)
def test_menu_shows_one(words: str) -> None:
    assert World(Form()).play("hi", "Asha", words)[-1] == ["menu"]


@pytest.mark.parametrize("words", NEW_STARTS)
def test_restart_asks_first(words: str) -> None:
    assert World(Form()).play("hi", "Asha", words)[-1] == ["restart_sure"]


@pytest.mark.parametrize("words", WAYS_OUT)
def test_stop_stops(words: str) -> None:
    assert World(Form()).play("hi", "Asha", words)[-1] == ["stopped"]


@pytest.mark.parametrize("words", CALLS_FOR_A_PERSON)
def test_who_calls_for_a_person_is_told_the_truth_and_keeps_the_place(words: str) -> None:
    world = World(Form())
    assert world.play("hi", "Asha", words, "5000")[-2:] == [["no_agent_yet", "income"], ["city"]]


@pytest.mark.parametrize("words", GOING_ON)
def test_going_on_puts_the_question_again(words: str) -> None:
    assert World(Form()).play("hi", "Asha", words)[-1] == ["income"]


@pytest.mark.parametrize(
    "words",
    ["hindi", "Hindi", "हिन्दी", "हिंदी", "language hindi", "Language hi", "language हिंदी", "भाषा हिंदी", "bhasha hindi"],
)
def test_a_language_may_be_named_in_any_language(words: str) -> None:
    world = World(Form())
    world.play("hi", "Asha")
    assert world.types(words) == ["language_is", "income"]
    assert world.state.language == "hi"


@pytest.mark.parametrize("words", ["language", "भाषा", "change language", "भाषा बदलें"])
def test_language_alone_asks_which(words: str) -> None:
    world = World(Form())
    world.play("hi", "Asha")
    assert world.play(words, "[language_hi]", "5000") == [["which_language"], ["language_is", "income"], ["city"]]
    assert world.state.language == "hi"


def test_a_language_that_the_bot_does_not_speak_is_no_command() -> None:
    async def run(chat: Chat) -> None:
        await chat.ask(NAME)
        await chat.ask(CITY)

    world = World(journey(run, languages=("en",)))
    assert world.play("hi", "language hindi", "language")[1:] == [["city"], ["language_is", "city"]]
    assert world.state.language == "en"


@pytest.mark.parametrize(
    "words",
    ["change income", "Change INCOME", "edit income", "income change", "change earnings", "आमदनी बदलें", "badlo aamdani"],
)
def test_an_answer_is_changed_by_what_its_question_is_called(words: str) -> None:
    called = Called(questions={"income": ("earnings", "आमदनी", "aamdani")})
    world = World(Form(called))
    assert world.play("hi", "Asha", "5000", words)[-1] == ["income"]


@pytest.mark.parametrize(
    "answer",
    [
        "Change Management",
        "Language Labs",
        "language of love",
        "Back Office",
        "Restart Foundation",
        "menu cards",
        "Help Age India",
        "start up",
        "Stop and Shop",
        "hi tech",
        "Hindi Granth Karyalay",
        "change",
        "edit the income",
        "en",
    ],
)
def test_what_only_begins_like_a_command_is_an_answer(answer: str) -> None:
    """A business may be called anything."""
    business = typed("business", str, word)

    async def run(chat: Chat) -> None:
        await chat.ask(business)
        await chat.ask(NAME)

    world = World(journey(run, questions=(business, NAME)))
    assert world.play("hi", answer)[-1] == ["name"]
    assert answer in world.state.journal.values()
    assert world.state.language == "en"


def test_what_an_option_just_shown_is_called_is_an_answer() -> None:
    """Who reads "Back" on a button may type it."""
    door = choice("door", "front", "rear")

    async def run(chat: Chat) -> None:
        await chat.ask(NAME)
        await chat.ask(door)
        await chat.ask(CITY)

    world = World(journey(run, words=Called({"rear": ("Back",)}), questions=(NAME, door, CITY)))
    assert world.play("hi", "Asha", "back", "back") == [["name"], ["door"], ["city"], ["door"]]


def test_an_option_that_is_not_the_one_shown_does_not_hide_a_command() -> None:
    """The message came in before its question was seen."""
    door = choice("door", "front", "rear")

    async def run(chat: Chat) -> None:
        await chat.ask(NAME)
        await chat.ask(door)

    world = World(journey(run, words=Called({"rear": ("Back",)}), questions=(NAME, door)))
    world.play("hi", "Asha")
    assert world.types("back", question=world.ref_of("name")) == ["name"]


@pytest.mark.parametrize("words", ["", "   ", "\u200b", "🙂", "…"])
def test_a_message_without_words_is_no_command(words: str) -> None:
    world = World(Form())
    world.types("hi")
    assert world.types(words)[-1] == "name"
    assert "help" not in [said.key for said in world.sent]


def test_menu_in_a_menu_bot_is_its_own_menu() -> None:
    """Nothing in between: who wants the menu gets it."""
    world = World(Menu())
    assert world.play("hi", "[shop]", "[buy]", "menu")[-1] == ["main"]


def test_commands_are_honoured_while_work_is_awaited() -> None:
    """A text that is none is told what we wait for, and is not kept for later."""
    world = World(Menu())
    world.slow = {"search"}
    assert world.play("hi", "[search]", "well?", "help", "back") == [
        ["hello", "main"],
        [],
        ["please_wait"],
        ["help", "please_wait"],
        ["main"],
    ]
    assert world.finishes("search") == []
