"""Thousands of random conversations: nothing is ever lost or doubled, and whoever wants to arrives.

The same ones each time; `EXPLORATION=20` holds twenty times as many. A failure shows the shortest story that fails so.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import count
from random import Random

import pytest

from tests.dialogue.bots import FORM, LOAN, LOGIN, MENU, OTP, SHOP
from tests.dialogue.explorer import STEPS, Bot, Explorer, Step
from tests.dialogue.journeys import OUTSIDE
from tests.dialogue.loan import Bank
from tests.dialogue.login import check_code
from tests.dialogue.world import World

THOROUGHNESS = int(os.environ.get("EXPLORATION", "1"))
MOST_STEPS = 45


@pytest.mark.parametrize(
    ("bot", "conversations", "places"),
    [
        (FORM, 450, {"register", "kyc_verified", "kyc_expired", "refused", "done", "kept_from_here", "we_look_at_it"}),
        (MENU, 300, {"search", "bought", "about_us", "three_wrong", "one_at_a_time"}),
        (OTP, 400, {"otp", "done", "welcome_back", "nudge", "stopped", "how_to_start"}),
        (LOGIN, 500, {"wrong_code", "welcome_in", "expired", "throttled", "kept_from_here", "unknown", "in"}),
        (SHOP, 900, {"paid", "declined", "told", "found", "not_found", "cart", "again", "too_late", "backend_down"}),
    ],
    ids=["form", "menu", "otp", "login", "shop"],
)
def test_a_small_bot_whatever_happens(bot: Bot, conversations: int, places: set[str]) -> None:
    """And all that it has was come past on the way."""

    def begun(seed: int) -> Explorer:
        cases = count(1)
        outside = {**OUTSIDE, "send": lambda argument: str(next(cases)), "check_code": check_code}
        return Explorer(bot, World(bot.releases[0], outside))

    seen = explore(begun, conversations)
    assert {place: seen[place] for place in places if seen[place] < 3} == {}


def test_the_loan_bot_whatever_happens() -> None:
    """Whatever the lenders say; and every ending was come past on the way."""
    kinds = [(3, "offers"), (11, "offers"), (1, "offers"), (2, "referred")]

    def begun(seed: int) -> Explorer:
        offers, decision = kinds[seed % len(kinds)]
        bank = Bank(offers, decision)
        outside = {"fetch_offers": bank.fetch_offers, "record_consent": bank.record_consent}
        return Explorer(LOAN, World(LOAN.releases[0], outside))

    seen = explore(begun, 500)
    places = {"kyc", "too_young_or_old", "no_consent", "offer_chosen", "referred", "backend_down", "welcome_back"}
    assert {place: seen[place] for place in places if seen[place] < 3} == {}


def explore(begun: Callable[[int], Explorer], conversations: int) -> Counter[str]:
    """Hold that many conversations, each at first a good one, for a while; how many of them came past each place."""
    seen: Counter[str] = Counter()
    for seed in range(conversations * THOROUGHNESS):
        story = random_story(Random(seed))
        try:
            seen.update(lived(begun(seed), story))
        except Exception as error:
            shortest = shortened(lambda steps, seed=seed: lived(begun(seed), steps), story, error)  # type: ignore[misc]
            raise AssertionError(f"conversation {seed}: {shortest}") from error
    return seen


def random_story(random: Random) -> list[Step]:
    """Some good answers, then anything."""
    begins = random.randint(0, 14)
    kinds = random.choices(list(STEPS), list(STEPS.values()), k=random.randint(5, MOST_STEPS))
    return [("answer", 0)] * begins + [(kind, random.randrange(60)) for kind in kinds]


def lived(explorer: Explorer, story: Sequence[Step]) -> set[str]:
    """Live through it and arrive: texts, work, endings and waits that it came past."""
    explorer.live(story)
    explorer.arrive()
    world = explorer.world
    return {said.key for said in world.sent} | {effect for effect, _ in world.calls} | {world.ended, world.waiting_for}


def shortened(live: Callable[[Sequence[Step]], object], story: list[Step], error: Exception) -> list[Step]:
    """The story without all the steps that it fails alike without."""
    at = 0
    while at < len(story):
        less = story[:at] + story[at + 1 :]
        try:
            live(less)
        except Exception as other:
            if type(other) is type(error) and str(other)[:40] == str(error)[:40]:
                story = less
                continue
        at += 1
    return story
