"""Tries a bot in the checkout it stands in: `python -m tests.docs.try_bot <bot>` says as JSON what it found.

Its stories are played by the dialogue alone, at several hours of the day; it is walked whole; its page is written.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import timedelta
from typing import Any

from domain.said import Said
from journeys.registry import journeys
from maps.exploring import explore
from maps.page import page
from tests.maps.checks import FOR_ALL, FOR_MENUS
from tests.transcripts.player import compare, play
from tests.transcripts.pure import MORNING, Pure
from tests.transcripts.script import HERE, read
from tests.transcripts.test_complete import HOURS_LATER, own_texts, shown_by
from texts import Catalogue


def tried(bot: str) -> dict[str, Any]:
    """What was found. Raises AssertionError for what is not as it should be."""
    stories = sorted((HERE / bot).glob("*.txt"))
    heard: list[Said] = []
    for story in stories:
        for hours in (0.0, *HOURS_LATER):
            stage = Pure(bot, MORNING + timedelta(hours=hours).total_seconds())
            compare(story.read_text(encoding="utf-8"), asyncio.run(play(read(story), stage)), f"{hours} hours later")
            heard += [said for _, said in stage.heard]
    journey = journeys(timedelta(minutes=30))[bot]
    explored = explore(journey)
    checks = (*FOR_ALL, *(FOR_MENUS if journey.menus else ()))
    for check in checks:
        check(explored)
    return {
        "stories": len(stories),
        "never said": sorted(set(own_texts(bot, "en")) - shown_by(heard, bot, "en")),
        "checks": len(checks),
        "places": sorted(f"{node.kind} {node.name}".strip() for node in explored.nodes),
        "page": page(bot, journey, Catalogue(bot)),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(tried(sys.argv[1])))
