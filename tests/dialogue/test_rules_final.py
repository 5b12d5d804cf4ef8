"""Points of no return: final work happens once, and what led to it stays, whatever is said, released or broken."""

from __future__ import annotations

from dialogue import Change, Chat, Refused
from tests.dialogue.journeys import (
    AGE,
    CITY,
    ITEMS,
    NAME,
    OUTSIDE,
    PAY,
    RATE,
    REGISTERED,
    SECTOR,
    SEND,
    Form,
    LongerForm,
    journey,
)
from tests.dialogue.login import Login
from tests.dialogue.world import World


async def pays(chat: Chat) -> None:
    """Pays, then asks for a name and a city."""
    await chat.do(PAY, await chat.ask(ITEMS), about="loan-1")
    await chat.ask(NAME)
    await chat.ask(CITY)


async def pay(chat: Chat) -> object:
    """A part that pays."""
    return await chat.do(PAY, await chat.ask(ITEMS), about="loan-1")


async def pays_in_a_part(chat: Chat) -> None:
    """Pays in a part, then asks for a name and a city."""
    await chat.part("pay", pay)
    await chat.ask(NAME)
    await chat.ask(CITY)


def test_final_work_must_say_what_it_is_about() -> None:
    async def run(chat: Chat) -> None:
        await chat.do(PAY, 5)

    world = World(journey(run))
    world.types("hi")
    assert "pay is final: say what it is about" in world.trouble


def test_back_stops_at_a_point_of_no_return() -> None:
    world = World(journey(pays))
    assert world.play("hi", "5", "Asha", "back", "back", "back")[3:] == [
        ["name"],
        ["too_late", "name"],
        ["too_late", "name"],
    ]
    assert world.done("pay") == [5]


def test_change_of_what_led_there_is_too_late() -> None:
    world = World(journey(pays))
    assert world.play("hi", "5", "change items")[-1] == ["too_late", "name"]


def test_begun_is_already_no_return() -> None:
    """While the payment is under way nobody knows whether it was made."""
    world = World(Form(), OUTSIDE)
    world.play(*REGISTERED[:-1])
    world.down = {"register"}
    assert world.play("[right]", "back", "change name", "restart", "[restart_yes]") == [
        ["backend_down"],
        ["too_late", "please_wait"],
        ["too_late", "please_wait"],
        ["restart_sure"],
        ["kept_from_here", "backend_down"],
    ]


def test_restart_keeps_what_lies_before() -> None:
    world = World(journey(pays))
    assert world.play("hi", "5", "Asha", "restart", "[restart_yes]", "Ravi", "Pune")[3:] == [
        ["restart_sure"],
        ["kept_from_here", "name"],
        ["city"],
        [],
    ]
    assert world.done("pay") == [5]
    assert world.ended == "done"


def test_restart_does_not_do_again_what_was_done_behind_the_point_of_no_return() -> None:
    """A key of finished work is never wanted again; its result is still there."""

    async def run(chat: Chat) -> None:
        await pays(chat)
        await chat.do(SEND, "receipt")
        await chat.ask(AGE)

    world = World(journey(run))
    world.play("hi", "5", "Asha", "Pune", "restart", "[restart_yes]", "Ravi", "Goa")
    assert world.done("send") == ["receipt"]
    assert world.waiting_for == "answer:age"


def test_a_part_takes_its_final_work_over() -> None:
    """The part is the point of no return once it is finished: the steps in it are forgotten."""
    world = World(journey(pays_in_a_part))
    said = world.play("hi", "5", "back", "Asha", "back", "back", "restart", "[restart_yes]", "Ravi", "Goa")
    assert said[2] == ["too_late", "name"]
    assert said[5] == ["too_late", "name"]
    assert said[7] == ["kept_from_here", "name"]
    assert world.done("pay") == [5]
    assert world.ended == "done"


def test_a_part_that_pays_and_is_refused_something_else_has_paid() -> None:
    """The refusal lifts what was refused, not what was done."""

    async def pay_and_tell(chat: Chat) -> None:
        await chat.do(PAY, await chat.ask(ITEMS), about="loan-1")
        await chat.do(SEND, "receipt")

    async def run(chat: Chat) -> None:
        try:
            await chat.part("pay", pay_and_tell)
        except Refused:
            chat.say("no_receipt")
        await chat.ask(NAME)

    world = World(journey(run))
    world.refusing = {"send": "no"}
    world.play("hi", "5", "back", "6", "restart", "[restart_yes]", "7")
    assert world.done("pay") == [5]


def test_a_refusal_lifts_it() -> None:
    """What the outside refused did not happen: back and another try are free."""

    async def run(chat: Chat) -> None:
        try:
            await chat.do(PAY, await chat.ask(ITEMS), about="loan-1")
        except Refused:
            chat.say("sorry")
        await chat.ask(NAME)

    world = World(journey(run))
    world.refusing = {"pay": "no"}
    assert world.play("hi", "5", "back") == [["items"], ["sorry", "name"], ["items"]]


def test_menu_waits_for_final_work_begun_in_it() -> None:
    async def run(chat: Chat) -> None:
        while True:
            with chat.round("menu"):
                await chat.do(PAY, await chat.ask(ITEMS), about="loan-1")
                await chat.ask(NAME)

    world = World(journey(run))
    world.slow = {"pay"}
    assert world.play("hi", "5", "menu")[-1] == ["too_late", "please_wait"]
    assert world.finishes("pay") == ["name"]
    assert world.types("menu") == ["items"]


class TestReleases:
    def test_another_argument_does_not_pay_again(self) -> None:
        """A field more in the argument, the same loan."""

        async def next_release(chat: Chat) -> None:
            await chat.do(PAY, [await chat.ask(ITEMS), "INR"], about="loan-1")
            await chat.ask(NAME)
            await chat.ask(CITY)

        world = World(journey(pays))
        world.play("hi", "5")
        assert world.release(journey(next_release)).types("Asha") == ["city"]
        assert world.done("pay") == [5]

    def test_what_was_begun_goes_on_with_the_argument_it_began_with(self) -> None:
        async def next_release(chat: Chat) -> None:
            await chat.do(PAY, [await chat.ask(ITEMS), "INR"], about="loan-1")

        world = World(journey(pays))
        world.down = {"pay"}
        world.play("hi", "5")
        world.down = set()
        world.release(journey(next_release)).passes(hours=1)
        assert world.done("pay") == [5]

    def test_a_question_inserted_before_it_does_not_open_the_way_back(self) -> None:
        world = World(Form(), OUTSIDE)
        world.play(*REGISTERED)
        world.release(LongerForm())
        assert world.play("well?", "back", "30", "back", "back")[:2] == [["age"], ["too_late", "age"]]
        assert len(world.done("register")) == 1
        assert world.state.journal[next(iter(world.state.final))]

    def test_one_that_has_no_such_step_any_more_does_not_forget_that_it_was_done(self) -> None:
        """And back again: what was paid is still paid, even after a restart in between."""

        async def without(chat: Chat) -> None:
            await chat.ask(ITEMS)
            await chat.ask(NAME)
            await chat.ask(CITY)

        world = World(journey(pays))
        world.play("hi", "5", "Asha")
        world.release(journey(without)).play("restart", "[restart_yes]")
        world.release(journey(pays)).play("well?", "6", "Ravi", "Pune")
        assert world.done("pay") == [5]

    def test_one_without_it_forgets_neither_it_nor_what_led_there_however_long_it_lasts(self) -> None:
        """A hundred other answers later it is still known."""

        async def without(chat: Chat) -> None:
            await chat.ask(CITY, about=await chat.ask(AGE))
            await chat.ask(SECTOR)

        world = World(journey(pays))
        world.play("hi", "5")
        world.release(journey(without)).types("Asha")
        for age in range(120):
            world.play(str(age), "Goa", "change age")
        assert world.release(journey(pays)).play("200", "back") == [["name"], ["too_late", "name"]]
        assert world.done("pay") == [5]

    def test_a_part_that_paid_and_whose_result_no_longer_fits_is_not_run_again(self) -> None:
        """An answer would be asked again; a payment is an operator's."""

        async def one(chat: Chat) -> None:
            await chat.part("pay", pay, kind=str)
            await chat.ask(NAME)

        async def two(chat: Chat) -> None:
            await chat.part("pay", pay, kind=int)
            await chat.ask(NAME)

        world = World(journey(one))
        world.play("hi", "5")
        assert world.release(journey(two)).types("Asha") == ["we_look_at_it"]
        assert world.release(journey(one)).retried() == []
        assert world.ended == "done"
        assert world.done("pay") == [5]


class TestTrouble:
    def test_behind_it_and_a_restart_do_not_pay_again(self) -> None:
        async def run(chat: Chat) -> None:
            await pay(chat)
            await chat.ask(NAME)
            raise KeyError("bug")

        world = World(journey(run))
        world.play("hi", "5", "Asha", "restart", "[restart_yes]", "5")
        assert world.done("pay") == [5]

    def test_before_it_and_a_restart_do_not_pay_again(self) -> None:
        """A release that breaks before the walk gets there: what was done is in the state, not in the walk."""

        async def broken(chat: Chat) -> None:
            await chat.ask(ITEMS)
            raise KeyError("bug")

        world = World(journey(pays))
        world.play("hi", "5")
        world.release(journey(broken)).play("Asha", "restart", "[restart_yes]")
        world.release(journey(pays)).retried()
        world.play("6", "7", "Ravi", "Pune")
        assert world.done("pay") == [5]

    def test_a_change_of_what_led_there_is_one(self) -> None:
        """A journey that asks for it has a bug; nobody pays for it."""

        async def run(chat: Chat) -> None:
            await pay(chat)
            if await chat.ask(NAME) == "again":
                raise Change("items")

        world = World(journey(run))
        assert world.play("hi", "5", "again")[-1] == ["we_look_at_it"]
        assert "Change(items)" in world.trouble
        assert world.done("pay") == [5]


def test_after_an_ending_a_new_start_pays_anew() -> None:
    """A conversation that is over has no fences: the next application is another one."""
    world = World(journey(pays))
    world.play("hi", "5", "Asha", "Pune", "restart", "6")
    assert world.done("pay") == [5, 6]


def test_final_work_in_a_round_of_a_part_is_the_parts_point_of_no_return() -> None:
    """Three tries of a code: the round of the right one is forgotten, that it was right is not."""
    world = World(Login())
    world.play("hi", "Asha", "98", "739154")
    assert world.types("restart")[0] == "kept_from_here"
    assert world.play("back")[0][0] == "too_late"
    assert len(world.done("check_code")) == 1


def test_while_the_part_goes_on_behind_it_too() -> None:
    async def paid(chat: Chat) -> str:
        while True:
            with chat.round("step") as step:
                if step:
                    return await chat.ask(RATE)
                await chat.do(PAY, await chat.ask(ITEMS), about="once")

    async def run(chat: Chat) -> None:
        await chat.ask(NAME)
        await chat.part("paid", paid)
        await chat.ask(CITY)

    world = World(journey(run))
    world.play("hi", "Asha", "3")
    assert world.waiting_for == "answer:rate"
    assert world.play("back", "restart", "[restart_yes]") == [
        ["too_late", "rate"],
        ["restart_sure"],
        ["kept_from_here", "rate"],
    ]
    assert world.play("[good]", "back")[-1] == ["too_late", "city"]
    assert world.done("pay") == [3]
