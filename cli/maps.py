"""A bot's map: its page in `docs/bots`, or drawn with how many came where."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from cli.errors import CannotBeDone, WrongUse
from cli.here import opened
from cli.showing import AsJson, show
from store.standing import came_to, stand_at

PAGES = Path(__file__).resolve().parent.parent / "docs" / "bots"
INACTIVITY = timedelta(minutes=30)
"""any will do: a map shows that a silence leads on, not when"""

BotOrAll = Annotated[str, typer.Argument(metavar="BOT", help="A bot's name; nothing for all of them.")]
Check = Annotated[bool, typer.Option("--check", help="Write nothing: end with 1 if a page is not that of this code.")]
Days = Annotated[int, typer.Option("--days", min=0, max=3660, help="Print it with the counts of so many last days.")]


def draw_map(bot: BotOrAll = "", check: Check = False, days: Days = 0, as_json: AsJson = False) -> None:
    """Draw a bot by walking it whole, into docs/bots: every question, branch, work and wait."""
    from journeys.registry import journeys  # bots with all their words: no other command shall wait for them
    from maps.drawing import Counts
    from maps.page import page, picture
    from texts import Catalogue

    bots = journeys(INACTIVITY)
    if bot and bot not in bots:
        raise WrongUse(f"there is no bot {bot}, only {', '.join(sorted(bots))}")
    if days:
        if not bot:
            raise WrongUse("--days is for one bot: name it")
        drawn = picture(bots[bot], Catalogue(bot), Counts(*asyncio.run(_counts(bot, days))))
        if as_json:
            show({"bot": bot, "days": days, "mermaid": drawn}, as_json, list)
        else:
            sys.stdout.write(drawn)
        return
    if not PAGES.is_dir():
        raise CannotBeDone("the pages are in docs/bots of a checkout: run it there")
    stale = []
    for name in [bot] if bot else sorted(bots):
        file, made = PAGES / f"{name}.md", page(name, bots[name], Catalogue(name))
        if file.exists() and file.read_text(encoding="utf-8") == made:
            continue
        stale.append(name)
        if not check:
            file.write_text(made, encoding="utf-8")
    if check and stale:
        raise CannotBeDone(f"not that of this code: {', '.join(stale)}; type `sutradhar map` and read the difference")
    show({"changed": stale}, as_json, lambda: [f"written anew: {', '.join(stale)}" if stale else "as they were"])


async def _counts(bot: str, days: int) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """How many came into each stage, and how many stand where."""
    async with opened() as here:
        return await came_to(here.pool, bot, days), await stand_at(here.pool, bot, days)
