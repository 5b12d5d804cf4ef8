"""Only data enters the journal: the first walk sees what the last will, in every process and every release."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel

from dialogue import Chat, JourneyError
from dialogue.data import digest, plain
from domain.effects import Effect
from tests.dialogue.journeys import CITY, NAME, OUTSIDE, SEND, Form, answer, journey
from tests.dialogue.world import SALT, World

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Money:
    """A value of a test."""

    amount: Decimal


class Place(BaseModel):
    """A value of a test."""

    city: str


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (Money(Decimal("5.50")), Money),
        (Decimal("1.5"), Decimal),
        (date(1987, 11, 5), date),
        (UUID(int=7), UUID),
        ((1, 2), tuple[int, ...]),
        (frozenset({1, 2}), frozenset[int]),
        (Place(city="Pune"), Place),
        (None, Money | None),
        ("नमस्ते", str),
        (0, int),
        (False, bool),
        ("", str),
        ([], list[int]),
    ],
)
def test_every_walk_sees_the_same_value(value: Any, kind: Any) -> None:
    """Of the type the question declares, from the first walk on."""
    seen: list[Any] = []
    question = answer(lambda reply: value, kind)

    async def run(chat: Chat) -> None:
        seen.append(await chat.ask(question))
        await chat.ask(NAME)
        await chat.ask(CITY)

    world = World(journey(run, questions=(question, NAME, CITY)))
    world.play("hi", "x", "Asha")
    assert not world.trouble
    assert len(seen) > 2
    assert all(one == value and type(one) is type(value) for one in seen)


def test_without_a_type_every_walk_sees_plain_data() -> None:
    seen: list[Any] = []
    question = answer(lambda reply: (1, {2: "a"}))

    async def run(chat: Chat) -> None:
        seen.append(await chat.ask(question))
        await chat.ask(NAME)

    world = World(journey(run, questions=(question, NAME)))
    world.play("hi", "x", "well?")
    assert seen
    assert all(one == [1, {"2": "a"}] for one in seen)


def test_what_work_was_given_is_data_too() -> None:
    """Whoever does it gets what would come out of a database."""
    pay = Effect("pay", Money, Money)

    async def run(chat: Chat) -> None:
        got = await chat.do(pay, Money(Decimal("5.50")))
        assert got == Money(Decimal("5.50"))
        await chat.ask(NAME)

    world = World(journey(run), {"pay": lambda argument: argument})
    assert world.types("hi") == ["name"]
    assert world.done("pay") == [{"amount": "5.50"}]


def test_a_result_is_read_as_the_effects_type() -> None:
    seen: list[Any] = []
    fetch = Effect("fetch", str, Money)

    async def run(chat: Chat) -> None:
        seen.append(await chat.do(fetch, "x"))
        await chat.ask(NAME)

    World(journey(run), {"fetch": lambda argument: {"amount": "7"}}).types("hi")
    assert set(seen) == {Money(Decimal(7))}


def test_a_part_has_a_result_of_the_kind_it_is_asked_for() -> None:
    seen: list[Any] = []

    async def money(chat: Chat) -> Money:
        await chat.ask(NAME)
        return Money(Decimal(3))

    async def run(chat: Chat) -> None:
        seen.append(await chat.part("money", money, kind=Money))
        await chat.ask(CITY)

    World(journey(run)).play("hi", "Asha", "well?")
    assert set(seen) == {Money(Decimal(3))}


@pytest.mark.parametrize("value", [0, "", False, None, [], {}])
def test_an_empty_answer_is_an_answer(value: Any) -> None:
    question = answer(lambda reply: value)

    async def run(chat: Chat) -> None:
        await chat.ask(question)
        await chat.do(SEND, await chat.ask(NAME))
        await chat.ask(CITY)

    world = World(journey(run, questions=(question, NAME, CITY)), {"send": lambda name: value})
    assert world.play("hi", "x", "Asha")[1:] == [["name"], ["city"]]


@pytest.mark.parametrize("value", [{1, 2}, b"x", object(), [1, {2}], {"a": object()}])
def test_what_has_no_stable_form_is_an_error_that_names_its_type(value: Any) -> None:
    with pytest.raises(JourneyError, match="is no data: keep dataclasses, text, numbers, dates"):
        plain(value)


def test_values_that_are_said_are_data() -> None:
    """Whoever renders them gets what would come out of a database."""

    async def run(chat: Chat) -> None:
        chat.say("total", sum=Decimal("1.50"), on=date(2026, 1, 2))
        await chat.ask(NAME, sum=Money(Decimal(2)))

    world = World(journey(run))
    world.types("hi")
    assert world.sent[0].values == {"sum": "1.50", "on": "2026-01-02"}
    assert world.sent[1].values == {"sum": {"amount": "2"}}


class TestKeys:
    def test_a_dataclass_and_its_data_are_about_the_same(self) -> None:
        assert digest(Money(Decimal(5)), SALT) == digest({"amount": "5"}, SALT)

    def test_order_of_fields_does_not_count_and_order_of_lists_does(self) -> None:
        assert digest({"a": 1, "b": 2}, SALT) == digest({"b": 2, "a": 1}, SALT)
        assert digest([1, 2], SALT) != digest([2, 1], SALT)

    def test_numbers_as_names_do_not_count_as_other_names(self) -> None:
        """After the journal they are text."""
        assert digest({2: "a", 10: "b"}, SALT) == digest({"2": "a", "10": "b"}, SALT)

    def test_are_the_same_in_every_process(self) -> None:
        """Whatever the seed of its hashes."""
        source = "from dialogue.data import digest; print(digest({'a': [1, 2], 'b': {'c': None}}, 'salt'))"
        found = {
            subprocess.run(
                [sys.executable, "-c", source],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
                env={**os.environ, "PYTHONHASHSEED": seed},
            ).stdout
            for seed in ("0", "1")
        }
        assert found == {digest({"a": [1, 2], "b": {"c": None}}, "salt") + "\n"}

    def test_of_two_conversations_are_different(self) -> None:
        """So that nobody finds a birthday in them by trying them all."""
        keys = []
        for salt in ("one", "another"):
            world = World(Form(), OUTSIDE, salt=salt)
            world.play("hi", "Asha", "5000", "Pune", "[25000]", "Retail", "98")
            keys.append({key for key in [*world.state.journal, *world.ended_keys] if "~" in key})
        assert keys[0]
        assert len(keys[0]) == len(keys[1])
        assert not keys[0] & keys[1]

    def test_hold_nothing_that_was_said(self) -> None:
        """Keys go to Temporal and to logs; what was said does not."""
        world = World(Form(), OUTSIDE)
        world.play(
            "hi", "Asha Patil", "51234", "Pimpri", "[256170]", "Retail", "9876543210", "[change]", "[name]", "Ravi"
        )
        state = world.state
        public = [*state.journal, *state.rounds, *state.deadlines, *state.tries, *state.final, *world.ended_keys]
        public += [said.ref for said in world.put] + [world.waiting_for]
        for word in ("Asha", "Patil", "51234", "Pimpri", "256170", "Retail", "9876543210", "Ravi"):
            assert not any(word.lower() in key.lower() for key in public)

    def test_refs_of_questions_are_short_and_have_no_full_stop(self) -> None:
        """They are the first part of a button's id."""
        world = World(Form(), OUTSIDE)
        world.play("hi", "Asha", "5000", "Pune")
        assert all(said.ref.isalnum() and len(said.ref) == 12 for said in world.put)


def test_today_is_the_same_day_ever_after() -> None:
    """Who applies at 23:59 is not a day older in the next message."""
    seen = []

    async def run(chat: Chat) -> None:
        await chat.ask(NAME)
        seen.append(chat.today("application"))
        await chat.ask(CITY)

    world = World(journey(run))
    world.play("hi", "Asha", "+40", "hi", "[resume]", "back", "Ravi")
    assert set(seen) == {date(2026, 11, 16)}
    world.play("restart", "[restart_yes]", "Asha")
    assert seen[-1] == date(2026, 11, 18)


def test_today_is_where_the_person_is() -> None:
    """At 20 o'clock in Greenwich it is tomorrow in Kolkata."""
    seen = []

    async def run(chat: Chat) -> None:
        seen.append(chat.today("application"))
        await chat.ask(NAME)

    world = World(journey(run), now=1_763_323_200.0)  # 2025-11-16 20:00 UTC
    world.types("hi")
    assert set(seen) == {date(2025, 11, 17)}
