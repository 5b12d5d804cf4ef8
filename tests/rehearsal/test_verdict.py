"""What a rehearsal says of one conversation is what the release does to it; and the conversation is as it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from dialogue import Chat, Journey, typed
from journeys.loan import Loan
from rehearsal.verdict import (
    ASKED,
    ENDS,
    MENDED,
    TROUBLE,
    UNCHANGED,
    UNKNOWN_BOT,
    WAITS,
    WORKS,
    Verdict,
    rehearsed,
)
from tests.dialogue.bots import BrokenForm, BrokenLoan, SwappedLoan
from tests.dialogue.journeys import (
    AGE,
    CITY,
    INCOME,
    NAME,
    OUTSIDE,
    REGISTERED,
    SEND,
    UP_TO_THE_SUMMARY,
    Form,
    LongerForm,
    ShorterForm,
    SwappedForm,
    journey,
)
from tests.dialogue.loan import TO_KYC, TO_THE_INCOME, TO_THE_OFFERS, TO_THE_PURPOSE, WORDS, applying
from tests.dialogue.login import Login, check_code
from tests.dialogue.world import World
from texts import Catalogue


def of(world: World, release: Journey, **known: Any) -> Verdict:
    """The verdict on a conversation, which is left alone."""
    waiting_for = known.pop("waiting_for", world.waiting_for)
    before = world.raw
    verdict = rehearsed({"bot": release}, world.raw, world.now, waiting_for=waiting_for, **known)
    assert world.raw == before
    return verdict


def at(*lines: str, release: Journey | None = None) -> World:
    """A form that has come so far."""
    world = World(release or Form(), OUTSIDE)
    world.play("hi", *lines)
    return world


class TestUnchanged:
    @pytest.mark.parametrize("lines", [(), ("Asha",), UP_TO_THE_SUMMARY[1:], REGISTERED[1:]], ids=str)
    def test_by_the_same_release_wherever_one_is(self, lines: tuple[str, ...]) -> None:
        world = at(*lines)
        assert of(world, Form()) == Verdict(UNCHANGED, world.waiting_for, world.waiting_for)

    def test_by_a_release_that_asks_more_further_on(self) -> None:
        assert of(at(), LongerForm()).kind == UNCHANGED

    def test_when_its_deadlines_are_long_past(self) -> None:
        """What time does is not what the release does: nobody is nudged, parked or expired in a rehearsal."""
        for world in (at("Asha"), at(*REGISTERED[1:])):
            world.now += timedelta(days=400).total_seconds()
            assert of(world, Form()).kind == UNCHANGED

    def test_while_its_work_is_under_way(self) -> None:
        world = World(Form(), OUTSIDE)
        world.slow.add("offers")
        world.play(*UP_TO_THE_SUMMARY[:4])
        assert of(world, Form(), working=set(world.running)) == Verdict(UNCHANGED, "work:offers", "work:offers")

    def test_when_it_had_ended(self) -> None:
        async def short(chat: Chat) -> None:
            await chat.ask(NAME)

        assert of(at("Asha", release=journey(short)), Form()) == Verdict(UNCHANGED, "", "done")

    def test_when_it_is_parked_or_has_a_menu_on_top(self) -> None:
        parked, menu = at("Asha"), at("Asha")
        parked.passes(hours=30)
        menu.types("menu")
        assert of(parked, Form()).kind == of(menu, Form()).kind == UNCHANGED


class TestAskedAgain:
    def test_a_question_inserted_before_theirs(self) -> None:
        assert of(at("Asha", "5000"), LongerForm()) == Verdict(ASKED, "answer:city", "answer:age")

    def test_another_order(self) -> None:
        assert of(at("Asha"), SwappedForm()) == Verdict(ASKED, "answer:income", "answer:city")

    def test_an_answer_that_no_longer_fits(self) -> None:
        whole = typed("name", int, int)

        async def run(chat: Chat) -> None:
            await chat.ask(whole)
            await chat.ask(CITY)

        release = journey(run, questions=(whole, CITY))
        assert of(at("Asha"), release) == Verdict(ASKED, "answer:income", "answer:name")

    def test_the_same_question_about_something_else(self) -> None:
        async def run(chat: Chat) -> None:
            name = await chat.ask(NAME)
            await chat.ask(INCOME, about=name)

        assert of(at("Asha"), journey(run)) == Verdict(ASKED, "answer:income", "answer:income")

    def test_what_was_waited_for_becomes_a_question(self) -> None:
        async def run(chat: Chat) -> None:
            await chat.ask(NAME)
            await chat.ask(AGE)

        assert of(at(*REGISTERED[1:]), journey(run)) == Verdict(ASKED, "kyc", "answer:age")

    def test_is_what_happens_when_the_release_comes(self) -> None:
        """The verdict is held against what the release then does at the next event."""
        for release in (LongerForm(), SwappedForm(), ShorterForm()):
            world = at("Asha")
            verdict = of(world, release)
            world.release(release).passes(minutes=31)
            assert verdict.after == world.waiting_for


class TestWorkWaitsAndEndings:
    def test_the_next_thing_is_work_where_their_question_is_gone(self) -> None:
        assert of(at("Asha", "5000"), ShorterForm()) == Verdict(WORKS, "answer:city", "work:offers")

    def test_work_inserted_is_named_and_not_done(self) -> None:
        async def run(chat: Chat) -> None:
            await chat.do(SEND, await chat.ask(NAME))
            await chat.ask(INCOME)

        world = at("Asha")
        assert of(world, journey(run)) == Verdict(WORKS, "answer:income", "work:send")
        assert world.calls == []

    def test_the_same_work_about_something_else_is_more_work(self) -> None:
        async def run(chat: Chat) -> None:
            await chat.do(SEND, await chat.ask(NAME), about="another thing")

        async def before(chat: Chat) -> None:
            await chat.do(SEND, await chat.ask(NAME))

        world = World(journey(before), OUTSIDE)
        world.slow.add("send")
        world.play("hi", "Asha")
        assert of(world, journey(run), working=set(world.running)) == Verdict(WORKS, "work:send", "work:send")

    def test_a_wait_in_the_place_of_a_question(self) -> None:
        async def run(chat: Chat) -> None:
            await chat.ask(NAME)
            await chat.wait_for("kyc", ref="k1")

        assert of(at("Asha"), journey(run)) == Verdict(WAITS, "answer:income", "kyc")

    def test_an_end_in_the_middle(self) -> None:
        async def run(chat: Chat) -> str:
            await chat.ask(NAME)
            return "enough"

        assert of(at("Asha"), journey(run)) == Verdict(ENDS, "answer:income", "enough")


class TestTrouble:
    def test_a_release_that_breaks_is_named_by_class_and_place(self) -> None:
        verdict = of(at("Asha", "5000"), BrokenForm())
        assert (verdict.kind, verdict.before) == (TROUBLE, "answer:city")
        assert verdict.after.startswith("KeyError in run (bots.py:")

    def test_only_those_who_come_to_the_broken_place_are_in_trouble(self) -> None:
        assert of(at("Asha"), BrokenForm()).kind == UNCHANGED

    def test_one_in_trouble_is_mended_by_the_release_that_mends_it(self) -> None:
        world = at("Asha").release(BrokenForm())
        world.types("5000")
        assert world.waiting_for == "operator"
        assert of(world, Form()) == Verdict(MENDED, "operator", "answer:city")
        assert of(world, BrokenForm()).kind == TROUBLE

    def test_one_who_opted_out_would_come_back_to_it(self) -> None:
        world = at("Asha", "5000")
        world.types("stop")
        assert of(world, BrokenForm()).kind == TROUBLE
        assert of(world, Form()).kind == UNCHANGED

    def test_a_state_that_cannot_be_read_is_trouble_and_stops_nobody(self) -> None:
        verdict = rehearsed({"bot": Form()}, "{", 0.0, waiting_for="answer:name")
        assert verdict.kind == TROUBLE
        assert verdict.after.startswith("JSONDecodeError")

    def test_a_bot_that_is_gone_is_named(self) -> None:
        assert rehearsed({}, at("Asha").raw, 0.0, waiting_for="answer:income") == Verdict(
            UNKNOWN_BOT, "answer:income", "bot"
        )


class Wordless(Catalogue):
    """A release whose texts lack one."""

    def __init__(self, without: str) -> None:
        super().__init__("loan")
        self.without = without

    def render(self, said: Any, language: str, /, **standing: str) -> Any:
        """All but the one."""
        if said.key == self.without:
            raise self._speeches[language].missing(said.key)
        return super().render(said, language, **standing)


class TestTexts:
    @pytest.mark.parametrize(
        "lines", [TO_THE_INCOME, TO_THE_PURPOSE, TO_THE_OFFERS, TO_KYC], ids=lambda lines: lines[-1]
    )
    def test_are_all_there_for_the_release_at_hand(self, lines: tuple[str, ...]) -> None:
        assert of(applying(*lines), Loan(WORDS), texts={"bot": WORDS}).kind == UNCHANGED

    def test_that_are_missing_are_trouble(self) -> None:
        """A release that lacks the text of what it would ask, and one that lacks that of what stands."""
        lacking: Mapping[str, Catalogue] = {"bot": Wordless("purpose")}
        for world in (applying(*TO_THE_INCOME), applying(*TO_THE_PURPOSE)):
            verdict = of(world, SwappedLoan(WORDS), texts=lacking)
            assert verdict.kind == TROUBLE
            assert verdict.after == "MissingText: loan, en, purpose: it is neither in loan/en.ftl nor in shared/en.ftl"

    def test_the_loan_bot_broken_for_some(self) -> None:
        assert of(applying(*TO_THE_INCOME), BrokenLoan(WORDS)).kind == TROUBLE
        assert of(applying("hi"), BrokenLoan(WORDS)).kind == UNCHANGED


def test_a_secret_an_expiry_and_a_rest_go_unnoticed() -> None:
    """No vault is opened, nothing is forgotten by a rehearsal, and what is over stays over."""
    world = World(Login(), {"check_code": check_code})
    world.play("hi", "Asha", "98")
    assert of(world, Login()) == Verdict(UNCHANGED, "answer:code", "answer:code")
    world.now += 48 * 3600
    assert of(world, Login()).kind == UNCHANGED
    world.play("hi", "Asha", "98", "739154")
    assert world.ended == "in"
    assert of(world, Login()) == Verdict(UNCHANGED, "", "in")
