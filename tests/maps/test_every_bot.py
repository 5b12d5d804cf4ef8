"""Every bot of the registry, walked whole: a new one is held to all of this without a line of test."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from journeys.registry import BOTS, journeys
from maps.exploring import Exploration, explore
from maps.page import page
from tests.maps.checks import FOR_ALL, FOR_MENUS
from texts import Catalogue

PAGES = Path(__file__).parents[2] / "docs" / "bots"
OURS = journeys(timedelta(minutes=30))
MENUS = [bot for bot, journey in OURS.items() if journey.menus]


@cache
def explored(bot: str) -> Exploration:
    """A bot, walked once for all that is looked at."""
    return explore(OURS[bot])


@pytest.mark.parametrize("check", FOR_ALL, ids=lambda check: check.__name__)
@pytest.mark.parametrize("bot", BOTS)
def test_wherever_one_goes_in_a_bot(bot: str, check: Callable[[Exploration], None]) -> None:
    check(explored(bot))


@pytest.mark.parametrize("check", FOR_MENUS, ids=lambda check: check.__name__)
@pytest.mark.parametrize("bot", MENUS)
def test_wherever_one_goes_in_a_bot_of_menus(bot: str, check: Callable[[Exploration], None]) -> None:
    check(explored(bot))


@pytest.mark.parametrize("bot", BOTS)
def test_all_that_a_bot_can_say_has_words_in_the_language_it_is_said_in(bot: str) -> None:
    texts = Catalogue(bot)
    for one in explored(bot).events:
        for said in one.decision.say:
            texts.message(said, one.decision.language, support="")


@pytest.mark.parametrize("bot", BOTS)
def test_its_page_is_that_of_the_code_at_hand(bot: str) -> None:
    written = (PAGES / f"{bot}.md").read_text(encoding="utf-8") if (PAGES / f"{bot}.md").exists() else ""
    assert written == page(bot, OURS[bot], Catalogue(bot)), (
        f"docs/bots/{bot}.md is not that of this code: type `sutradhar map {bot}`, and read the difference"
    )


def test_there_are_no_pages_of_bots_that_are_gone() -> None:
    assert {file.stem for file in PAGES.glob("*.md")} == set(BOTS)
