"""Any release at any moment, and back: the next event is decided by the new code over the old journal."""

from __future__ import annotations

from datetime import timedelta

from dialogue import Chat, Question, choice, typed
from tests.dialogue.journeys import (
    AGE,
    CITY,
    INCOME,
    ITEMS,
    NAME,
    OUTSIDE,
    QUESTIONS,
    SEND,
    UP_TO_THE_SUMMARY,
    Form,
    LongerForm,
    ShorterForm,
    SwappedForm,
    journey,
    word,
)
from tests.dialogue.world import World


def with_name_and_income() -> World:
    """A form that asks for the city."""
    world = World(Form(), OUTSIDE)
    world.play("hi", "Asha", "5000")
    return world


def test_a_question_inserted_is_asked_of_those_who_have_not_answered_it() -> None:
    """The answer to the question of the old release, which was still shown, is taken all the same."""
    world = with_name_and_income().release(LongerForm())
    assert world.play("Pune", "33") == [["age"], ["offer"]]
    assert "Pune" in world.state.journal.values()


def test_a_question_inserted_far_behind_is_asked_too() -> None:
    world = World(Form(), OUTSIDE)
    world.play(*UP_TO_THE_SUMMARY)
    assert world.release(LongerForm()).play("[right]", "33")[0] == ["age"]


def test_a_question_removed_is_not_asked_any_more() -> None:
    world = World(Form(), OUTSIDE)
    world.play("hi", "Asha")
    assert world.release(ShorterForm()).types("5000") == ["offer"]


def test_the_answer_to_a_question_removed_is_taken_and_needed_by_nobody() -> None:
    world = with_name_and_income().release(ShorterForm())
    assert world.types("Pune") == ["offer"]


def test_questions_swapped_harm_nobody() -> None:
    world = World(Form(), OUTSIDE)
    world.play("hi", "Asha")
    assert world.release(SwappedForm()).play("5000", "Pune") == [["city"], ["offer"]]


def test_and_back_again() -> None:
    """What the newer release asked is kept and not asked again when it comes back."""
    world = with_name_and_income()
    world.release(LongerForm()).play("Pune", "33")
    assert world.release(Form()).types("[25000]") == ["sector"]
    assert world.release(LongerForm()).types("Retail") == ["phone"]


def test_a_pending_question_that_a_release_takes_away_is_replaced_by_the_next() -> None:
    async def run(chat: Chat) -> None:
        await chat.ask(NAME)
        chat.say("more")
        await chat.ask(AGE)

    world = with_name_and_income().release(journey(run, questions=(NAME, AGE)))
    assert world.types("Pune") == ["more", "age"]
    assert "Pune" not in world.state.journal.values()


def test_what_it_says_before_an_answered_question_is_not_said_any_more() -> None:
    """Who is past the place does not get its words out of place; who comes after it does."""

    async def run(chat: Chat) -> None:
        chat.say("new_welcome")
        await chat.ask(NAME)
        chat.say("new_words")
        await chat.ask(INCOME)
        chat.say("newest_words")
        await chat.ask(CITY)

    world = with_name_and_income()
    assert world.release(journey(run)).passes(hours=1) == ["nudge", "newest_words", "city"]
    assert World(journey(run)).play("hi", "Asha", "5000") == [
        ["new_welcome", "name"],
        ["new_words", "income"],
        ["newest_words", "city"],
    ]


def test_a_parser_of_the_new_release_reads_the_answer_to_the_old_question() -> None:
    shout = typed("city", str, lambda text: word(text).upper())

    async def run(chat: Chat) -> None:
        await chat.ask(NAME)
        await chat.ask(shout)
        await chat.ask(AGE)

    world = with_name_and_income().release(journey(run, questions=(NAME, shout, AGE)))
    assert world.types("Pune") == ["age"]
    assert "PUNE" in world.state.journal.values()


def test_an_old_answer_that_no_longer_fits_is_asked_again() -> None:
    whole: Question[int] = typed("name", int, int)

    async def run(chat: Chat) -> None:
        name = await chat.ask(whole)
        chat.say("number", next=name + 1)
        await chat.ask(CITY)

    world = with_name_and_income().release(journey(run, questions=(whole, CITY)))
    assert world.play("Pune", "7") == [["name"], ["number"]]
    assert world.ended == "done"


def test_an_option_that_is_gone_is_asked_again_by_a_tap_on_it() -> None:
    """The person taps what the old release showed: the new options are put."""
    old, new = choice("size", "small", "large"), choice("size", "large", "huge")

    async def ask_old(chat: Chat) -> None:
        await chat.ask(old)

    async def ask_new(chat: Chat) -> None:
        await chat.ask(new)

    world = World(journey(ask_old, questions=(old,)))
    world.types("hi")
    world.release(journey(ask_new, questions=(new,)))
    assert world.taps("small")[-1] == "size"
    assert [one.id for one in world.asked.alternatives] == ["large", "huge"]
    assert world.taps("huge") == []
    assert world.ended == "done"


def test_a_wait_that_becomes_a_question_is_asked() -> None:
    async def waits(chat: Chat) -> None:
        await chat.ask(NAME)
        await chat.wait_for("kyc", ref="k1", until=timedelta(hours=1000))
        await chat.ask(CITY)

    async def asks(chat: Chat) -> None:
        await chat.ask(NAME)
        await chat.ask(AGE)

    world = World(journey(waits))
    world.play("hi", "Asha")
    assert world.release(journey(asks)).types("well?")[-1] == "age"
    assert world.passes(hours=2) == ["nudge", "age"]


def test_a_question_that_becomes_a_wait_is_not_nudged() -> None:
    async def waits(chat: Chat) -> None:
        await chat.ask(NAME)
        await chat.wait_for("kyc", ref="k1")

    world = with_name_and_income().release(journey(waits))
    assert world.types("Pune") == ["please_wait"]
    assert world.waiting_for == "kyc"
    assert world.passes(hours=100) == []
    assert not world.state.parked


def test_a_round_that_becomes_another_loses_nothing_but_its_turn() -> None:
    async def one(chat: Chat) -> None:
        await chat.ask(NAME)
        while True:
            with chat.round("menu"):
                chat.say("got", what=await chat.ask(ITEMS))

    async def two(chat: Chat) -> None:
        await chat.ask(NAME)
        while True:
            with chat.round("new_menu"):
                chat.say("got", what=await chat.ask(AGE))

    world = World(journey(one))
    world.play("hi", "Asha", "5")
    assert world.release(journey(two)).play("6", "7") == [["age"], ["got", "age"]]
    assert world.release(journey(one)).play("8", "9") == [["got", "items"], ["got", "items"]]
    assert [said.values["what"] for said in world.sent if said.key == "got"] == [5, 7, 6, 9]


def test_a_journey_that_had_ended_stays_ended() -> None:
    """Who finished the form is not asked what a release adds to it."""

    async def short(chat: Chat) -> None:
        await chat.ask(NAME)

    world = World(journey(short))
    world.play("hi", "Asha")
    assert world.release(Form()).play("well?") == [["ended"]]


def test_work_that_a_release_inserts_is_done_for_those_who_are_past_it() -> None:
    async def run(chat: Chat) -> None:
        name = await chat.ask(NAME)
        await chat.do(SEND, name)
        await chat.ask(INCOME)
        await chat.ask(CITY)
        await chat.ask(AGE)

    world = with_name_and_income().release(journey(run))
    assert world.types("Pune") == ["age"]
    assert world.done("send") == ["Asha"]


def test_a_result_of_a_part_that_no_longer_fits_is_asked_for_again() -> None:
    """Like an answer: the part is run again."""

    async def small(chat: Chat) -> int:
        return await chat.ask(ITEMS)

    async def large(chat: Chat) -> dict[str, int]:
        return {"items": await chat.ask(ITEMS)}

    async def one(chat: Chat) -> None:
        await chat.part("cart", small, kind=int)
        await chat.ask(NAME)

    async def two(chat: Chat) -> None:
        await chat.part("cart", large, kind=dict[str, int])
        await chat.ask(NAME)

    world = World(journey(one))
    world.play("hi", "5")
    assert world.release(journey(two)).play("Asha", "6") == [["items"], []]
    assert world.ended == "done"


def test_all_the_forms_know_the_same_questions() -> None:
    """The stories above are about the order of questions, not about their names."""
    assert all(form.questions == QUESTIONS for form in (Form, LongerForm, ShorterForm, SwappedForm))
