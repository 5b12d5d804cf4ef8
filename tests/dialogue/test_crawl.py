"""Every menu crawled to every option, from every place: each leads somewhere, none breaks, nothing is out of reach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dialogue import State
from journeys.loan import Loan
from tests.dialogue.bots import LOAN, MENU, SHOP
from tests.dialogue.explorer import Bot, Explorer
from tests.dialogue.journeys import OUTSIDE
from tests.dialogue.loan import TO_THE_SUMMARY, Bank, applying
from tests.dialogue.world import World

WORDS = ("hi", "back", "menu", "help", "restart", "language", "agent", "stop", "start", "well?")


class Place(NamedTuple):
    """Where a conversation stands."""

    question: str
    """the pending one"""
    turns: tuple[int, ...]
    """of the rounds it is in: the first, the second, or a later one"""
    menu: str
    """the platform's menu on top of it"""
    waiting_for: str
    ended: str
    stopped: bool


def crawl(world: World, bot: Bot, words: Sequence[str] = WORDS) -> dict[Place, World]:
    """Every place that can be reached by tapping, by good answers and by words that every bot understands."""
    found = {place_of(world): world}
    new = [world]
    while new:
        here = new.pop()
        for line in (*lines_at(here, bot), *words):
            there = here.branch()
            said = there.line(line)
            assert not there.trouble, f"{line} at {place_of(here)}: {there.trouble}"
            assert said or there.state.stopped or there.ended, f"{line} at {place_of(here)}: silence"
            if place_of(there) not in found:
                found[place_of(there)] = there
                new.append(there)
    return found


def place_of(world: World) -> Place:
    """Where it stands."""
    state: State = world.state
    pending, menu = state.pending, state.menu
    turns = tuple(min(int(turn), 2) for turn in re.findall(r"#(\d+)", pending.key if pending else ""))
    name = pending.name if pending else ""
    return Place(name, turns, menu.name if menu else "", world.waiting_for, state.ended, state.stopped)


def lines_at(world: World, bot: Bot) -> Iterator[str]:
    """All that can be done in a place."""
    state = world.state
    for prompt in (state.menu, state.pending):
        if prompt is not None:
            yield from (f"[{one.id}]" for one in world.asked.alternatives)
            yield from bot.answers.get(prompt.name, ())


def test_the_loan_bot_has_no_dead_ends() -> None:
    """Every question, every menu, every ending and every wait is reached; from every place a person can arrive."""
    changes = [f"change {name}" for name in ("name", "date of birth", "work", "income", "purpose", "consent", "offer")]
    found = crawl(applying("hi"), LOAN, (*WORDS, *changes))
    for count, decision in ((11, "offers"), (0, "declined"), (0, "referred")):
        found |= crawl(applying(*TO_THE_SUMMARY, bank=Bank(count, decision)), LOAN, ())
    assert {place.question for place in found} - {""} == {question.name for question in Loan.questions}
    assert {place.menu for place in found} == {"", "menu", "restart_sure", "which_language"}
    assert {place.ended for place in found} == {"", "too_young_or_old", "no_consent", "no_offers"}
    assert {"kyc", "decision"} <= {place.waiting_for for place in found}
    for place, world in found.items():
        if place.waiting_for != "decision":
            explorer = Explorer(LOAN, world.branch())
            explorer.world.outside = applying().outside
            explorer.arrive()


def test_the_shop_has_no_dead_ends() -> None:
    found = crawl(begun(SHOP), SHOP)
    assert {place.question for place in found} - {""} == {"name", "code", "what", "items", "more", "city"}
    for world in found.values():
        Explorer(SHOP, world.branch()).arrive()


def test_the_menu_has_no_dead_ends() -> None:
    """Menu bots have no menu of the platform: theirs is the menu."""
    found = crawl(begun(MENU), MENU)
    assert {place.question for place in found} == {"main", "shop", "items"}
    assert {place.menu for place in found} == {"", "which_language"}


def begun(bot: Bot) -> World:
    """A small bot after the first word."""
    world = World(bot.releases[0], OUTSIDE)
    world.types("hi")
    return world
