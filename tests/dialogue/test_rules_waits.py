"""Waits return a named outcome, the timeout among them. The first holds; early, double and late ones are harmless."""

from __future__ import annotations

from datetime import timedelta

from dialogue import Chat
from tests.dialogue.journeys import CITY, ITEMS, NAME, OUTSIDE, REGISTERED, SEND, UP_TO_THE_SUMMARY, Form, journey
from tests.dialogue.world import World


async def waits(chat: Chat) -> None:
    """A name, a wait of two days for what its request returned, a city."""
    reference = await chat.do(SEND, await chat.ask(NAME))
    chat.say("kyc_" + await chat.wait_for("kyc", ref=str(reference), until=timedelta(hours=48)))
    await chat.ask(CITY)


def waiting() -> World:
    """At the wait, for `kyc:SEND`."""
    world = World(journey(waits))
    world.play("hi", "Asha")
    return world


def test_an_outcome_ends_it() -> None:
    assert waiting().told("kyc:SEND", "verified") == ["kyc_verified", "city"]


def test_the_deadline_is_an_outcome_too() -> None:
    world = waiting()
    assert world.passes(hours=47.9) == []
    assert world.passes(hours=0.2) == ["kyc_expired", "city"]


def test_without_a_deadline_it_lasts_for_ever() -> None:
    async def run(chat: Chat) -> None:
        await chat.ask(NAME)
        await chat.wait_for("kyc", ref="k1")
        await chat.ask(CITY)

    world = World(journey(run))
    world.play("hi", "Asha")
    assert world.wake_at is None
    assert world.waiting_for == "kyc"
    world.passes(hours=10_000)
    assert world.told("kyc:k1", "verified") == ["city"]


def test_the_first_outcome_holds() -> None:
    world = waiting()
    world.told("kyc:SEND", "verified")
    assert world.told("kyc:SEND", "rejected") == []
    assert [said.key for said in world.sent if said.key.startswith("kyc_")] == ["kyc_verified"]


def test_one_that_comes_before_the_wait_is_there_when_it_begins() -> None:
    world = World(journey(waits))
    world.types("hi")
    assert world.told("kyc:SEND", "rejected") == []
    assert world.types("Asha") == ["kyc_rejected", "city"]


def test_of_two_that_come_before_the_wait_the_first_holds() -> None:
    world = World(journey(waits))
    world.types("hi")
    world.told("kyc:SEND", "rejected")
    world.told("kyc:SEND", "verified")
    assert world.types("Asha") == ["kyc_rejected", "city"]


def test_one_that_comes_too_late_changes_nothing() -> None:
    world = waiting()
    world.passes(hours=49)
    assert world.told("kyc:SEND", "verified") == []
    assert world.waiting_for == "answer:city"


def test_one_for_something_else_changes_nothing() -> None:
    world = waiting()
    assert world.told("kyc:other", "verified") == []
    assert world.told("bank:SEND", "verified") == []
    assert world.waiting_for == "kyc"


def test_the_outcome_of_an_old_application_is_not_that_of_the_new_one() -> None:
    """A wait says by the id of its request what it waits for."""
    world = World(journey(waits), {"send": lambda name: f"case-{name}"})
    world.play("hi", "Asha", "change name", "Ravi")
    assert world.told("kyc:case-Asha", "verified") == []
    assert world.told("kyc:case-Ravi", "rejected") == ["kyc_rejected", "city"]


def test_it_must_say_what_it_waits_for() -> None:
    async def run(chat: Chat) -> None:
        await chat.wait_for("kyc", ref="")

    world = World(journey(run))
    world.types("hi")
    assert "must say by its id" in world.trouble


def test_going_back_and_coming_again_does_not_extend_it() -> None:
    world = waiting()
    world.passes(hours=40)
    world.play("back", "Asha")
    assert world.passes(hours=9)[:2] == ["kyc_expired", "city"]


def test_writing_does_not_extend_it() -> None:
    world = waiting()
    for _ in range(47):
        assert world.play("well?", "+1") == [["please_wait"], []]
    assert world.passes(hours=2)[:2] == ["kyc_expired", "city"]


def test_a_release_with_another_time_limit_does_not_extend_it() -> None:
    async def longer(chat: Chat) -> None:
        reference = await chat.do(SEND, await chat.ask(NAME))
        chat.say("kyc_" + await chat.wait_for("kyc", ref=str(reference), until=timedelta(hours=480)))
        await chat.ask(CITY)

    world = waiting()
    assert world.release(journey(longer)).passes(hours=49)[:2] == ["kyc_expired", "city"]


def test_a_restart_voids_it() -> None:
    """A new application waits for its own time."""
    world = waiting()
    world.passes(hours=40)
    world.play("restart", "[restart_yes]", "Asha")
    assert world.passes(hours=9) == []
    assert world.waiting_for == "kyc"


def test_a_restart_voids_an_outcome_that_came_early() -> None:
    world = World(journey(waits))
    world.types("hi")
    world.told("kyc:SEND", "verified")
    world.play("restart", "[restart_yes]", "Asha")
    assert world.waiting_for == "kyc"


def test_behind_a_point_of_no_return_a_restart_does_not_ask_the_institution_again() -> None:
    """It is the same case: what was told of it stays told."""
    world = World(Form(), OUTSIDE)
    world.play(*REGISTERED, "kyc:k1=verified", "restart")
    assert world.taps("restart_yes")[0] == "kept_from_here"
    assert world.waiting_for == "answer:rate"


def test_a_text_meanwhile_is_told_what_we_wait_for_and_is_not_kept() -> None:
    world = waiting()
    assert world.types("Pune") == ["please_wait"]
    assert world.sent[-1].values == {"what": "kyc"}
    assert world.told("kyc:SEND", "verified") == ["kyc_verified", "city"]


def test_back_out_of_one_is_possible_and_its_outcome_is_kept() -> None:
    world = World(Form(), OUTSIDE)
    world.play(*UP_TO_THE_SUMMARY)
    world.told("kyc:k1", "verified")
    assert world.types("right") == ["registered", "kyc_verified", "rate"]


def test_in_a_round_each_waits_for_its_own() -> None:
    async def run(chat: Chat) -> None:
        while True:
            with chat.round("menu"):
                number = await chat.ask(ITEMS)
                chat.say(await chat.wait_for("ticket", ref=str(number), until=timedelta(hours=1)))

    world = World(journey(run))
    assert world.play("hi", "1", "ticket:1=closed", "1", "ticket:1=lost", "2", "+2")[2:] == [
        ["closed", "items"],
        ["please_wait"],
        ["lost", "items"],
        ["please_wait"],
        ["expired", "items", "nudge", "items"],
    ]


def test_in_rounds_leave_nothing_behind() -> None:
    async def run(chat: Chat) -> None:
        while True:
            with chat.round("menu"):
                number = await chat.ask(ITEMS)
                await chat.wait_for("ticket", ref=str(number))

    world = World(journey(run))
    world.play("hi", "1", "ticket:1=ok")
    size = len(world.raw)
    for number in range(2, 300):
        world.play(str(number), f"ticket:{number}=ok")
    assert len(world.raw) < size + 100


def test_news_of_it_is_told_even_if_the_next_question_was_answered_long_ago() -> None:
    """A change brought us back here; what the institution says now is new, whatever comes after it."""

    async def run(chat: Chat) -> None:
        reference = await chat.do(SEND, await chat.ask(NAME))
        chat.say("kyc_" + await chat.wait_for("kyc", ref=str(reference)))
        await chat.ask(CITY)
        await chat.ask(ITEMS)

    world = World(journey(run), {"send": lambda name: f"case-{name}"})
    world.play("hi", "Asha", "kyc:case-Asha=verified", "Pune", "change name", "Ravi")
    assert world.told("kyc:case-Ravi", "rejected") == ["kyc_rejected", "items"]


def test_news_of_work_is_told_even_if_the_next_question_was_answered_long_ago() -> None:
    async def run(chat: Chat) -> None:
        chat.say("found", what=await chat.do(SEND, await chat.ask(NAME)))
        await chat.ask(CITY)
        await chat.ask(ITEMS)

    world = World(journey(run), {"send": lambda name: f"case-{name}"})
    world.play("hi", "Asha", "Pune")
    assert world.play("change name", "Ravi") == [["name"], ["found", "items"]]
