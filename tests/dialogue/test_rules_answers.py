"""A journal of named answers, and a journey walked over it: asking, going back, changing, summing up."""

from __future__ import annotations

from dialogue import Change, Chat, choice
from tests.dialogue.journeys import (
    CITY,
    INCOME,
    ITEMS,
    NAME,
    OUTSIDE,
    REGISTERED,
    SEND,
    UP_TO_THE_SUMMARY,
    Form,
    Menu,
    journey,
)
from tests.dialogue.world import World


def test_a_form_from_its_first_word_to_its_last() -> None:
    """Wrong answers, back, another language, a change at the summary: each costs one question, and nothing is lost."""
    world = World(Form(), OUTSIDE)
    said = world.play(
        "hi", "A", "Asha", "x", "5000", "back", "6000", "language hindi", "Pune", "9", "[60000]", "Retail", "98",
        "[change]", "[income]", "7000", "[70000]", "[right]", "and now?", "kyc:k1=verified", "[good]", "thanks",
    )  # fmt: skip
    assert said == [
        ["welcome", "name"],
        ["too_short", "name"],
        ["income"],
        ["number_please", "income"],
        ["city"],
        ["income"],
        ["city"],
        ["language_is", "city"],
        ["offer"],
        ["pick_one", "offer"],
        ["sector"],
        ["phone"],
        ["summary"],
        ["which"],
        ["income"],
        ["offer"],
        ["summary"],
        ["registered"],
        ["please_wait"],
        ["kyc_verified", "rate"],
        ["bye"],
        ["ended"],
    ]
    assert world.calls == [
        ("offers", 6000),
        ("offers", 7000),
        ("register", {"name": "Asha", "income": 7000, "offer": "70000"}),
    ]
    assert world.ended == "done"


def test_the_first_message_only_opens() -> None:
    """Whatever it says: it cannot be an answer to a question that was not there."""
    assert World(Form()).types("Asha") == ["welcome", "name"]


def test_the_first_message_is_no_command_either() -> None:
    """Who begins with "restart" or "help" is greeted like everybody."""
    assert World(Form()).types("restart") == ["welcome", "name"]
    assert World(Form()).types("help") == ["welcome", "name"]


def test_a_greeting_says_where_we_are_and_is_never_an_answer() -> None:
    world = World(Form())
    assert world.play("hi", "hello", "नमस्ते", "Good Morning!") == [
        ["welcome", "name"],
        ["where_we_are", "name"],
        ["where_we_are", "name"],
        ["where_we_are", "name"],
    ]


def test_what_was_said_is_not_said_again() -> None:
    """The welcome belongs to the first question, not to every walk."""
    world = World(Form())
    world.play("hi", "Asha")
    assert [said.key for said in world.sent] == ["welcome", "name", "income"]


class TestBack:
    def test_undoes_the_last_answer_and_says_again_what_came_after_it(self) -> None:
        async def run(chat: Chat) -> None:
            await chat.ask(NAME)
            income = await chat.ask(INCOME)
            chat.say("noted", income=income)
            await chat.ask(CITY)

        world = World(journey(run))
        assert world.play("hi", "Asha", "5000", "back", "5000") == [
            ["name"],
            ["income"],
            ["noted", "city"],
            ["income"],
            ["noted", "city"],
        ]

    def test_again_and_again_goes_back_to_the_first_question_and_no_further(self) -> None:
        world = World(Form(), OUTSIDE)
        world.play("hi", "Asha", "5000")
        assert world.play("back", "back", "back") == [["income"], ["name"], ["nothing_to_go_back_to", "name"]]

    def test_keeps_results_of_work(self) -> None:
        """Who comes back to the same answer finds what was fetched for it."""
        world = World(Form(), OUTSIDE)
        world.play("hi", "Asha", "5000", "Pune", "back", "back", "5000", "Goa")
        assert world.done("offers") == [5000]

    def test_leaves_a_question_that_is_done_with(self) -> None:
        """One menu up: the answer that led into the inner menu is undone."""
        world = World(Menu())
        assert world.play("hi", "[shop]", "[buy]", "back", "back") == [
            ["hello", "main"],
            ["shop"],
            ["items"],
            ["shop"],
            ["main"],
        ]


class TestChange:
    def test_asks_one_answer_again_and_keeps_all_others(self) -> None:
        world = World(Form(), OUTSIDE)
        world.play(*UP_TO_THE_SUMMARY)
        assert world.play("change name", "Ravi") == [["name"], ["summary"]]

    def test_of_what_was_never_answered_is_refused_kindly(self) -> None:
        world = World(Form(), OUTSIDE)
        assert world.play("hi", "Asha", "change city")[-1] == ["nothing_to_go_back_to", "income"]

    def test_voids_by_itself_what_depended_on_the_answer(self) -> None:
        """The offer was about other offers; sector and phone were not."""
        world = World(Form(), OUTSIDE)
        world.play(*UP_TO_THE_SUMMARY, "change income")
        assert world.play("7000", "[35000]") == [["offer"], ["summary"]]

    def test_to_the_same_answer_brings_back_what_depended_on_it(self) -> None:
        world = World(Form(), OUTSIDE)
        world.play(*UP_TO_THE_SUMMARY)
        assert world.play("change income", "5000") == [["income"], ["summary"]]
        assert world.done("offers") == [5000]

    def test_by_name_asks_the_last_one_of_that_name(self) -> None:
        async def run(chat: Chat) -> None:
            first = await chat.ask(NAME)
            await chat.ask(NAME, about=first)
            await chat.ask(CITY)

        world = World(journey(run))
        world.play("hi", "Asha", "Ravi", "change name", "Meera")
        assert [world.state.journal[key] for key in world.state.journal if "name" in key] == ["Asha", "Meera"]

    def test_raised_by_a_journey_drops_the_answer_that_asked_for_it_too(self) -> None:
        sure = choice("sure", "yes", "no")

        async def run(chat: Chat) -> None:
            name = await chat.ask(NAME)
            if await chat.ask(sure, about=name) == "no":
                raise Change("name")
            await chat.ask(CITY)

        world = World(journey(run, questions=(NAME, sure, CITY)))
        assert world.play("hi", "Asha", "[no]", "Asha", "[yes]") == [["name"], ["sure"], ["name"], ["sure"], ["city"]]

    def test_of_a_finished_part_runs_the_part_again(self) -> None:
        async def cart(chat: Chat) -> int:
            return await chat.ask(ITEMS)

        async def run(chat: Chat) -> None:
            await chat.part("cart", cart)
            if await chat.ask(NAME) == "cart":
                raise Change("cart")

        assert World(journey(run)).play("hi", "5", "cart")[-1] == ["items"]


def test_the_summary_is_put_again_until_it_is_right() -> None:
    """Even with the same answers again: it was changed, so it is looked at once more."""
    world = World(Form(), OUTSIDE)
    world.play(*UP_TO_THE_SUMMARY)
    assert world.play("[change]", "[name]", "Asha", "[change]", "back", "[right]") == [
        ["which"],
        ["name"],
        ["summary"],
        ["which"],
        ["summary"],
        ["registered"],
    ]


def test_a_long_form_is_no_loop() -> None:
    """Nor is it too long for the state: every answer counts to the end."""

    async def run(chat: Chat) -> None:
        total = 0
        for number in range(120):
            total += await chat.ask(ITEMS, about=number)
        chat.say("total", items=total)

    world = World(journey(run))
    world.types("hi")
    for _ in range(120):
        world.types("2")
    assert world.ended == "done"
    assert world.sent[-1].values == {"items": 240}


def test_two_people_do_not_share_anything() -> None:
    """One journey serves all: what belongs to one conversation is in its state."""
    form = Form()
    one, other = World(form, OUTSIDE), World(form, OUTSIDE)
    one.play(*REGISTERED)
    assert other.play("hi", "Ravi") == [["welcome", "name"], ["income"]]


def test_a_part_that_is_not_to_be_undone_is_gone_past_by_back() -> None:
    """What was sent stays sent: the answer before it is asked for again, and then the part's result is there still."""

    async def sending(chat: Chat) -> str:
        sent: str = await chat.do(SEND, "a code")
        return sent

    async def run(chat: Chat) -> None:
        await chat.ask(NAME)
        await chat.part("sending", sending, undone=False)
        await chat.ask(CITY)

    world = World(journey(run), {"send": lambda what: "sent"})
    assert world.play("hi", "Asha", "back", "Ravi") == [["name"], ["city"], ["name"], ["city"]]
    assert world.done("send") == ["a code"]
