"""The state is all that is known between two events: versioned, small, opaque; what it does not know it keeps."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dialogue import Chat, Passed, State, Typed, advance
from dialogue.state import MIGRATIONS, VERSION
from tests.dialogue.journeys import AGE, CITY, INCOME, NAME, OUTSIDE, SEND, UP_TO_THE_SUMMARY, Form, journey
from tests.dialogue.world import World


def edited(raw: str, **fields: Any) -> str:
    """The state with other fields."""
    return json.dumps({**json.loads(raw), **fields})


def test_what_is_written_is_what_is_read() -> None:
    world = World(Form(), OUTSIDE)
    world.play(*UP_TO_THE_SUMMARY)
    assert State.load(world.raw).dump() == world.raw
    assert State.load(world.raw) == world.state


def test_it_may_be_stored_by_anything_that_sorts_or_spaces_json_otherwise() -> None:
    world = World(Form(), OUTSIDE)
    world.play(*UP_TO_THE_SUMMARY)
    world.raw = json.dumps(json.loads(world.raw), indent=2, ensure_ascii=True)
    assert world.types("right") == ["registered"]


def test_fields_of_a_later_release_survive_a_rollback() -> None:
    world = World(Form(), OUTSIDE)
    world.play("hi", "Asha")
    world.raw = edited(world.raw, version=VERSION + 1, mood="good", birthdays={"asha": [1, 2]})
    world.play("5000", "Pune", "restart", "[restart_yes]", "Ravi")
    kept = json.loads(world.raw)
    assert (kept["version"], kept["mood"], kept["birthdays"]) == (VERSION + 1, "good", {"asha": [1, 2]})


def test_fields_that_a_later_release_adds_to_a_question_put_do_not_stop_this_one() -> None:
    world = World(Form(), OUTSIDE)
    world.play(*UP_TO_THE_SUMMARY)
    pending = json.loads(world.raw)["pending"]
    pending["picture"] = "x"
    pending["alternatives"][0]["colour"] = "green"
    world.raw = edited(world.raw, version=VERSION + 1, pending=pending)
    assert world.types("right") == ["registered"]


def test_fields_that_an_earlier_release_did_not_have_begin_empty() -> None:
    raw = edited(State.new("bot", "salt").dump())
    fields = json.loads(raw)
    for name in ("hinted_at", "wrong", "menu"):
        del fields[name]
    state = State.load(json.dumps(fields))
    assert (state.hinted_at, state.wrong, state.menu) == (0.0, 0, None)


def test_an_old_version_is_brought_up_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each migration makes the next version's fields of its own."""

    def renamed(fields: dict[str, Any]) -> dict[str, Any]:
        return {**{name: value for name, value in fields.items() if name != "answers"}, "journal": fields["answers"]}

    monkeypatch.setitem(MIGRATIONS, VERSION - 1, renamed)
    fields = json.loads(State.new("bot", "salt").dump())
    del fields["journal"]
    old = json.dumps({**fields, "version": VERSION - 1, "answers": {"0/ask:name": "Asha"}})
    state = State.load(old)
    assert state.journal == {"0/ask:name": "Asha"}
    assert not state.unknown
    assert json.loads(state.dump())["version"] == VERSION


def test_every_version_there_was_has_its_migration() -> None:
    assert set(MIGRATIONS) == set(range(1, VERSION))


def test_nothing_is_kept_of_a_journey_between_events() -> None:
    """A copy of the state is a copy of the conversation."""
    world = World(Form(), OUTSIDE)
    world.play("hi", "Asha")
    event = Typed(world.now, "5000", world.shown)
    assert advance(world.journeys, world.raw, event) == advance(world.journeys, world.raw, event)


def test_a_bot_that_is_not_there_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError, match="other"):
        advance({"bot": Form()}, State.new("other", "salt").dump(), Passed(0.0))


class TestSize:
    def test_500_changes_of_mind_leave_it_small(self) -> None:
        world = World(Form(), OUTSIDE)
        world.play("hi", "Asha", "5000", "Pune")
        for income in range(500):
            world.play("change income", str(income))
        assert len(world.raw) < 10_000

    def test_changes_of_mind_do_not_push_out_what_is_still_needed(self) -> None:
        """Of what no walk reaches, the oldest goes; an answer given early and never changed is not old."""

        async def run(chat: Chat) -> None:
            await chat.ask(NAME)
            await chat.ask(CITY)
            income = await chat.ask(INCOME)
            chat.say("noted", income=income)
            await chat.do(SEND, income)
            await chat.ask(AGE)

        world = World(journey(run))
        world.play("hi", "Asha", "Pune", "0")
        for income in range(1, 120):
            world.play("change income", str(income))
        assert world.play("change name", "Ravi") == [["name"], ["age"]]

    def test_500_outcomes_that_nobody_awaits_leave_it_small(self) -> None:
        world = World(Form(), OUTSIDE)
        world.types("hi")
        for number in range(500):
            world.told(f"kyc:{number}", "verified")
        assert len(world.raw) < 5_000

    def test_500_hours_of_outage_leave_it_small(self) -> None:
        world = World(Form(), OUTSIDE)
        world.down = {"offers"}
        world.play("hi", "Asha", "5000", "Pune", "+500")
        assert len(world.raw) < 2_000

    def test_500_restarts_leave_it_small(self) -> None:
        world = World(Form(), OUTSIDE)
        world.types("hi")
        for _ in range(500):
            world.play("Asha", "restart", "[restart_yes]")
        assert len(world.raw) < 2_000

    def test_500_summaries_leave_it_small(self) -> None:
        """A part about something that changes each time."""
        world = World(Form(), OUTSIDE)
        world.play(*UP_TO_THE_SUMMARY)
        for number in range(500):
            world.play("[change]", "[name]", f"Asha {number}")
        assert len(world.raw) < 30_000
