"""Outages: attempts are bounded, then the dialogue decides when to try again; the person is told once."""

from __future__ import annotations

from itertools import pairwise

from dialogue import Chat, Failed, Finished
from tests.dialogue.journeys import CITY, ITEMS, NAME, OUTSIDE, SEARCH, SEND, Form, Menu, journey
from tests.dialogue.world import World

UP_TO_THE_OFFERS = ("hi", "Asha", "5000", "Pune")


def without_offers() -> World:
    """A form whose offers cannot be fetched, at that place."""
    world = World(Form(), OUTSIDE)
    world.down = {"offers"}
    world.play(*UP_TO_THE_OFFERS)
    return world


def test_the_person_is_told_once_and_everybody_can_see_it() -> None:
    world = without_offers()
    assert world.sent[-1].key == "backend_down"
    assert world.sent[-1].values == {"what": "offers"}
    assert world.waiting_for == "backend"
    assert world.passes(hours=48) == []


def test_it_goes_on_by_itself() -> None:
    world = without_offers()
    world.passes(hours=5)
    world.down = set()
    assert world.passes(hours=1)[:1] == ["offer"]
    assert world.state.tries == {}


def test_each_try_is_later_than_the_one_before_up_to_an_hour() -> None:
    world = without_offers()
    tries = [world.now]
    while world.now < tries[0] + 6 * 3600:
        assert world.wake_at is not None
        tries.append(world.wake_at)
        world.passes(minutes=(tries[-1] - world.now) / 60)
    assert [round(later - earlier) for earlier, later in pairwise(tries)][:7] == [
        120,
        240,
        480,
        960,
        1920,
        3600,
        3600,
    ]


def test_a_message_does_not_hurry_it_and_is_told_what_we_wait_for() -> None:
    world = without_offers()
    wake_at = world.wake_at
    assert world.types("well?") == ["please_wait"]
    assert world.sent[-1].values == {"what": "backend"}
    assert world.wake_at == wake_at


def test_commands_are_honoured() -> None:
    world = without_offers()
    assert world.play("well?", "help", "back") == [["please_wait"], ["help", "please_wait"], ["city"]]
    world.down = set()
    assert world.types("Goa") == ["offer"]


def test_going_back_and_coming_again_tries_at_once_and_tells_again() -> None:
    world = without_offers()
    assert world.play("back", "Goa") == [["city"], ["backend_down"]]


def test_an_operators_retry_tries_at_once() -> None:
    world = without_offers()
    world.passes(hours=10)
    world.down = set()
    assert world.retried() == ["offer"]


def test_an_operators_retry_that_meets_the_outage_again_tells_again() -> None:
    """Once for each time that somebody meant it to work."""
    world = without_offers()
    assert world.retried() == ["backend_down"]


def test_the_next_outage_is_told_again() -> None:
    """Another work, or the same after it had worked."""

    async def run(chat: Chat) -> None:
        for number in (1, 2):
            await chat.do(SEND, number)
        await chat.ask(NAME)

    world = World(journey(run))
    world.slow = {"send"}
    world.types("hi")
    assert world.fails("send") == ["backend_down"]
    world.passes(minutes=3)
    world.finishes("send")
    assert world.fails("send") == ["backend_down"]


def test_a_failure_of_what_nobody_wants_any_more_is_not_told() -> None:
    world = World(Form(), OUTSIDE)
    world.slow = {"offers"}
    world.play(*UP_TO_THE_OFFERS, "back")
    assert world.fails("offers") == []
    assert world.waiting_for == "answer:city"


def test_a_late_result_is_there_when_the_person_comes_back_to_it() -> None:
    world = World(Form(), OUTSIDE)
    world.slow = {"offers"}
    world.play(*UP_TO_THE_OFFERS, "back")
    assert world.finishes("offers", [1, 2]) == []
    assert world.types("Goa") == ["offer"]
    assert not world.running


def test_work_that_runs_is_not_begun_again_by_coming_back_to_it() -> None:
    world = World(Form(), OUTSIDE)
    world.slow = {"offers"}
    world.play(*UP_TO_THE_OFFERS)
    wanted = world.decision.work
    world.play("back", "Goa")
    assert wanted is not None
    assert world.decision.work == wanted


def test_a_late_result_of_a_turn_that_is_over_is_dropped() -> None:
    world = World(Menu())
    world.slow = {"search"}
    world.play("hi", "[search]", "menu")
    before = world.state.journal
    assert world.finishes("search", "late") == []
    assert world.state.journal == before


def test_a_late_result_of_before_a_restart_is_dropped() -> None:
    world = World(Form(), OUTSIDE)
    world.slow = {"offers"}
    world.play(*UP_TO_THE_OFFERS, "restart", "[restart_yes]", *UP_TO_THE_OFFERS[1:])
    old, new = world.running
    assert world.happen(Finished(world.now, old, [1])) == []
    assert world.waiting_for == "work:offers"
    assert world.happen(Finished(world.now, new, [2])) == ["offer"]


def test_a_refusal_after_outages_is_a_refusal() -> None:
    world = World(Form(), OUTSIDE)
    world.slow = {"register"}
    world.play(*UP_TO_THE_OFFERS, "[25000]", "Retail", "98", "[right]")
    assert world.fails("register") == ["backend_down"]
    world.passes(minutes=3)
    assert world.is_refused("register", "no_such_account") == ["refused"]
    assert world.sent[-1].values == {"why": "no_such_account"}
    assert world.ended == "done"


def test_a_failure_told_twice_is_told_to_the_person_once() -> None:
    world = World(Menu())
    world.slow = {"search"}
    world.play("hi", "[search]")
    key = next(iter(world.running))
    assert world.happen(Failed(world.now, key)) == ["backend_down"]
    assert world.happen(Failed(world.now, key)) == []


def test_an_outage_of_work_that_the_next_release_replaced_is_forgotten() -> None:
    async def one(chat: Chat) -> None:
        await chat.do(SEND, "a")
        await chat.ask(NAME)

    async def two(chat: Chat) -> None:
        await chat.do(SEARCH, "a")
        await chat.ask(NAME)

    world = World(journey(one))
    world.down = {"send"}
    world.types("hi")
    assert world.release(journey(two)).types("well?")[-1] == "name"
    assert world.waiting_for == "answer:name"


def test_work_that_is_done_says_so_in_the_next_words() -> None:
    async def run(chat: Chat) -> None:
        while True:
            with chat.round("menu"):
                items = await chat.ask(ITEMS)
                chat.say("sent", what=await chat.do(SEND, items))

    world = World(journey(run))
    world.down = {"send"}
    world.play("hi", "5", "+2")
    world.down = set()
    assert world.passes(hours=1)[:2] == ["sent", "items"]


def test_every_answer_survives_an_outage_of_a_week() -> None:
    world = without_offers()
    world.passes(hours=7 * 24)
    world.down = set()
    world.passes(hours=2)
    assert world.play("[25000]", "back", "back", "back", "back")[-1] == ["name"]


def test_what_was_fetched_is_not_fetched_again() -> None:
    async def run(chat: Chat) -> None:
        await chat.do(SEND, "a")
        await chat.ask(NAME)
        await chat.do(SEND, "b")
        await chat.ask(CITY)

    world = World(journey(run))
    world.play("hi", "Asha", "Pune")
    assert world.done("send") == ["a", "b"]
