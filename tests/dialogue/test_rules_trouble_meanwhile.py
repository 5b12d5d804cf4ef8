"""What comes while something is broken: results, outcomes, time, commands. None is lost: it is told only once."""

from __future__ import annotations

from dialogue import Chat, Finished, Refused
from tests.dialogue.journeys import CITY, INCOME, NAME, OUTSIDE, REGISTERED, SEND, Form, journey
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


class TestWhatComesMeanwhile:
    """What was told is kept: it is told only once."""

    async def run_of_the_fix(self, chat: Chat) -> None:
        await chat.ask(NAME)
        chat.say("sent", what=await chat.do(SEND, "x"))
        chat.say("kyc_" + await chat.wait_for("kyc", ref="k1"))
        await chat.ask(CITY)

    def test_a_result_that_meets_a_bug_is_not_lost(self) -> None:
        """The work was done; it is not done again."""

        async def run(chat: Chat) -> None:
            await chat.ask(NAME)
            await chat.do(SEND, "x")
            await chat.ask(CITY, picture=object())

        world = World(journey(run))
        world.play("hi", "Asha")
        assert world.trouble
        assert world.release(journey(self.run_of_the_fix)).retried() == ["sent"]
        assert world.done("send") == ["x"]

    def test_an_outcome_that_meets_a_bug_is_not_lost(self) -> None:
        async def run(chat: Chat) -> None:
            await chat.ask(NAME)
            await chat.do(SEND, "x")
            await chat.wait_for("kyc", ref="k1")
            await chat.ask(CITY, picture=object())

        world = World(journey(run))
        world.play("hi", "Asha")
        world.told("kyc:k1", "verified")
        assert world.trouble
        assert world.release(journey(self.run_of_the_fix)).retried()[-2:] == ["kyc_verified", "city"]

    def test_a_result_that_comes_while_an_operator_looks_is_not_lost(self) -> None:
        world = World(journey(self.run_of_the_fix))
        world.slow = {"send"}
        world.play("hi", "Asha")
        world.release(journey(raises)).types("well?")
        assert world.finishes("send") == []
        assert world.told("kyc:k1", "rejected") == []
        assert world.release(journey(self.run_of_the_fix)).retried() == ["sent", "kyc_rejected", "city"]

    def test_time_that_passes_says_nothing_and_wakes_nobody_again(self) -> None:
        world = World(Form(), OUTSIDE)
        world.down = {"offers"}
        world.play("hi", "Asha", "5000", "Pune")
        world.release(journey(raises)).types("well?")
        assert world.passes(hours=500) == []
        assert world.wake_at is None

    def test_a_deadline_that_passes_is_an_outcome(self) -> None:
        world = World(Form(), OUTSIDE)
        world.play(*REGISTERED)
        world.release(journey(raises)).types("well?")
        world.passes(hours=50)
        assert world.release(Form()).retried() == ["kyc_expired", "rate"]

    def test_texts_taps_and_pictures_are_told_that_we_look_at_it(self) -> None:
        world = World(journey(raises))
        world.play("hi", "Asha")
        assert world.types("hello") == world.taps("x") == world.attaches("image") == world.types("back")
        assert world.types("back") == ["we_look_at_it"]

    def test_stop_is_honoured(self) -> None:
        world = World(journey(raises))
        assert world.play("hi", "Asha", "stop", "start")[2:] == [["stopped"], ["started", "we_look_at_it"]]


def test_a_command_that_meets_a_bug_changes_nothing() -> None:
    """The release is broken; the answer that "back" would have undone is still there when it is mended."""
    world = World(journey(well))
    world.play("hi", "Asha", "Pune")
    journal = world.state.journal
    for command in ("back", "change name", "menu"):
        copy = World(journey(raises))
        copy.raw, copy.shown = world.raw, world.shown
        assert copy.types(command) == ["we_look_at_it"]
        assert copy.state.journal == journal
        assert copy.state.menu is None


def test_help_that_meets_a_bug_says_once_that_something_is_wrong() -> None:
    world = World(Form(), OUTSIDE)
    world.play(*REGISTERED)
    assert world.release(journey(raises)).types("help") == ["help", "we_look_at_it"]


def test_an_outage_that_meets_a_bug_is_tried_again_after_the_fix() -> None:
    async def run(chat: Chat) -> None:
        await chat.ask(NAME)
        await chat.do(SEND, "x")
        await chat.ask(CITY)

    world = World(journey(run))
    world.slow = {"send"}
    world.play("hi", "Asha")
    world.release(journey(raises))
    assert world.fails("send") == ["we_look_at_it"]
    world.release(journey(run)).retried()
    assert world.finishes("send") == ["city"]


def test_an_unhandled_refusal_may_be_handled_by_the_next_release() -> None:
    async def one(chat: Chat) -> None:
        await chat.do(SEND, await chat.ask(NAME))

    async def two(chat: Chat) -> None:
        try:
            await chat.do(SEND, await chat.ask(NAME))
        except Refused as refused:
            chat.say("sorry", why=refused.reason)
        await chat.ask(CITY)

    world = World(journey(one))
    world.refusing = {"send": "closed"}
    world.play("hi", "Asha")
    assert world.trouble.startswith("Refused in")
    assert world.release(journey(two)).retried() == ["sorry", "city"]


def test_a_result_of_another_form_than_was_agreed_is_trouble_that_names_the_effect() -> None:
    world = World(Form(), {"offers": lambda income: "none"})
    world.play("hi", "Asha", "5000", "Pune")
    assert "the result of offers does not fit" in world.trouble


def test_a_result_told_twice_changes_nothing() -> None:
    world = World(Form(), OUTSIDE)
    world.slow = {"offers"}
    world.play("hi", "Asha", "5000", "Pune")
    key = next(iter(world.running))
    world.happen(Finished(world.now, key, [1, 2]))
    before = world.raw
    assert world.happen(Finished(world.now, key, [1, 2])) == []
    assert world.raw == before
