"""A silence after which nothing of what was told is kept: silently; whoever comes back is told, and begins anew."""

from __future__ import annotations

from datetime import timedelta

from dialogue import Chat, Edited, Passed, Silence, State, Typed
from domain.effects import Effect
from tests.dialogue.journeys import CITY, ITEMS, NAME, OUTSIDE, REGISTERED, SEARCH, Form, journey
from tests.dialogue.login import Login
from tests.dialogue.world import World

DAY = timedelta(hours=24)
EXPIRES = Silence(nudge_after=None, park_after=None, expire_after=DAY)
BOOK: Effect[str, str] = Effect("book", str, str, final=True)


async def two_questions(chat: Chat) -> None:
    """A journey of one test."""
    chat.stage("form")
    chat.say("welcome")
    await chat.ask(NAME)
    await chat.ask(CITY)


def test_the_answers_are_forgotten_after_a_day_and_nothing_is_said() -> None:
    world = World(journey(two_questions, silence=EXPIRES))
    world.play("hi", "Asha")
    assert world.passes(hours=23.9) == []
    assert "Asha" in world.raw
    assert world.passes(hours=0.2) == []
    assert "Asha" not in world.raw
    assert (world.waiting_for, world.wake_at, world.state.stage) == ("", None, "form")


def test_whoever_comes_back_is_told_first_and_begins_anew() -> None:
    world = World(journey(two_questions, silence=EXPIRES))
    assert world.play("hi", "Asha", "+25", "hello?")[-1] == ["expired", "welcome", "name"]
    assert world.play("Ravi", "Pune") == [["city"], []]
    assert world.ended == "done"


def test_it_is_told_once() -> None:
    world = World(journey(two_questions, silence=EXPIRES))
    assert world.play("hi", "Asha", "+25", "hi", "hi")[-1] == ["where_we_are", "name"]


def test_before_that_the_next_message_takes_up_where_it_stopped() -> None:
    world = World(journey(two_questions, silence=EXPIRES))
    assert world.play("hi", "Asha", "+23.9", "hi") == [
        ["welcome", "name"],
        ["city"],
        [],
        ["where_we_are", "city"],
    ]
    assert world.play("+23.9", "Pune")[-1] == []
    assert world.ended == "done", "each message gives a day more"


def test_the_alarm_is_its_deadline_and_the_earliest_one() -> None:
    world = World(journey(two_questions, silence=EXPIRES))
    world.types("hi")
    assert (world.decision.wake_for, world.wake_at) == ("expire", world.now + DAY.total_seconds())
    nudging = World(journey(two_questions, silence=Silence(park_after=None, expire_after=DAY)))
    nudging.types("hi")
    assert nudging.decision.wake_for == "nudge"
    assert nudging.passes(hours=1) == ["nudge", "name"]
    assert nudging.decision.wake_for == "expire"


def test_a_message_that_comes_when_the_alarm_is_late_begins_anew_too() -> None:
    """Nothing ran for two days: the message is decided before the alarm."""
    world = World(journey(two_questions, silence=EXPIRES))
    world.play("hi", "Asha")
    world.now += 2 * DAY.total_seconds()
    assert world.types("Pune") == ["expired", "welcome", "name"]


def test_an_edit_of_what_was_forgotten_is_passed_over() -> None:
    world = World(journey(two_questions, silence=EXPIRES))
    world.play("hi", "Asha")
    name = world.ref_of("name")
    world.passes(hours=25)
    assert world.edits("Ravi", name) == []
    world.now += 1
    assert world.decide(Edited(world.now, "Ravi", name)).state == world.raw


def test_what_is_done_for_good_stays_done() -> None:
    async def run(chat: Chat) -> None:
        name = await chat.ask(NAME)
        chat.say("booked", reference=await chat.do(BOOK, name, about=name))
        await chat.ask(CITY)
        await chat.ask(ITEMS)

    world = World(journey(run, silence=EXPIRES), OUTSIDE)
    world.play("hi", "Asha", "Pune", "+25")
    assert "Pune" not in world.raw
    assert world.play("hi") == [["expired", "booked", "city"]]
    assert world.done("book") == ["Asha"]
    world.play("Goa", "1")
    assert world.ended == "done"


def test_what_is_over_does_not_expire() -> None:
    world = World(Login())
    world.play("hi", "Asha", "98", "739154")
    assert world.ended == "in"
    assert world.wake_at is None
    assert world.play("+1000", "hi")[-1] == ["welcome_in"]


def test_nothing_expires_while_somebody_else_is_awaited() -> None:
    silence = Silence(nudge_after=None, park_after=None, expire_after=timedelta(hours=1))
    world = World(Form(silence=silence), OUTSIDE)
    world.play(*REGISTERED, "+47")
    assert world.waiting_for == "kyc"

    async def run(chat: Chat) -> None:
        await chat.do(SEARCH, await chat.ask(NAME))

    down = World(journey(run, silence=silence))
    down.down = {"search"}
    down.play("hi", "Asha", "+47")
    assert down.waiting_for == "backend"
    assert "Asha" in down.raw


def test_who_is_in_trouble_keeps_the_answers() -> None:
    async def run(chat: Chat) -> None:
        await chat.ask(NAME)
        raise KeyError("bug")

    world = World(journey(run, silence=EXPIRES))
    world.play("hi", "Asha", "+100")
    world.release(journey(two_questions, silence=EXPIRES)).retried()
    assert world.waiting_for == "answer:city"


def test_who_paused_or_opted_out_is_forgotten_all_the_same_and_told_when_they_come_back() -> None:
    paused = World(journey(two_questions, silence=EXPIRES))
    paused.play("hi", "Asha", "x", "x", "x", "[pause]", "+25")
    assert "Asha" not in paused.raw
    assert paused.types("hi") == ["expired", "welcome", "name"]

    stopped = World(journey(two_questions, silence=EXPIRES))
    stopped.play("hi", "Asha", "stop", "+25")
    assert "Asha" not in stopped.raw
    assert stopped.types("what?") == ["how_to_start"]
    stopped.opts_in_elsewhere()
    assert stopped.sent[-1].key == "how_to_start", "coming back elsewhere is no word to us"
    assert stopped.types("hi") == ["expired", "welcome", "name"]

    back = World(journey(two_questions, silence=EXPIRES))
    assert back.play("hi", "Asha", "stop", "+25", "start")[-1] == ["expired", "started", "welcome", "name"]


def test_a_release_that_does_not_forget_any_more_forgets_nobody() -> None:
    world = World(journey(two_questions, silence=EXPIRES))
    world.play("hi", "Asha")
    world.release(journey(two_questions, silence=Silence(nudge_after=None, park_after=None)))
    assert world.passes(hours=100) == []
    assert world.types("Pune") == []
    assert world.ended == "done"


def test_parking_comes_before_it_and_ends_with_it() -> None:
    world = World(journey(two_questions, silence=Silence(nudge_after=None, expire_after=timedelta(hours=48))))
    world.play("hi", "Asha", "+24")
    parked = world.state
    assert parked.parked
    assert world.branch().types("hi") == ["welcome_back"]
    world.passes(hours=25)
    assert world.types("hi") == ["expired", "welcome", "name"]


def test_a_reminder_outlives_it() -> None:
    async def run(chat: Chat) -> None:
        chat.schedule("tomorrow", 1_795_000_000.0 + 10 * 86400, "remember")
        await chat.ask(NAME)

    world = World(journey(run, silence=EXPIRES))
    world.play("hi", "+25")
    assert world.decision.wake_for == "remind:tomorrow"


def test_late_by_days_it_is_decided_once() -> None:
    world = World(journey(two_questions, silence=EXPIRES))
    world.types("hi")
    world.decide(Passed(world.now + 80 * 3600))
    assert world.state.epoch == 1
    world.now += 200 * 3600
    world.decide(Typed(world.now, "hi"))
    assert world.state.epoch == 1


def test_an_earlier_release_keeps_what_it_does_not_know() -> None:
    """And one that comes back finds it."""
    world = World(journey(two_questions, silence=EXPIRES))
    world.play("hi", "Asha", "+25")
    assert State.load(State.load(world.raw).dump()).expired
