"""What a rehearsal found, and the walking itself: all that the command `rehearse` is slow to load."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import timedelta

import typer
from rich.console import RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from cli.errors import WrongUse
from cli.here import opened
from cli.showing import console, show, table
from journeys.registry import BOTS, journeys
from rehearsal.release import Rehearsal, rehearse
from rehearsal.verdict import ASKED, ENDS, ERASED, MENDED, TROUBLE, UNKNOWN_BOT, WAITS, WORKS
from store.standing import how_many, standing
from texts import Catalogue

SAID = {
    MENDED: "would be out of trouble",
    ASKED: "would be asked something else",
    WORKS: "would have work begun",
    WAITS: "would wait for something else",
    ENDS: "would be at an end",
    TROUBLE: "would be in trouble",
    UNKNOWN_BOT: "belong to a bot that there is not",
    ERASED: "were erased",
}
SHOWN = 3
"""conversations named for each change; --json has all"""


def run(bot: str, as_json: bool) -> None:
    """Rehearse the conversations of one bot, or of all, and show what came of it. Raises WrongUse, typer's Exit."""
    if bot and bot not in BOTS:
        raise WrongUse(f"there is no bot {bot}, only {', '.join(sorted(BOTS))}")
    found = asyncio.run(_rehearse(bot))
    document = {
        "conversations": found.total,
        "unchanged": found.unchanged,
        "in_trouble": found.in_trouble,
        "changes": [
            {"kind": kind, "before": verdict.before, "after": verdict.after, "conversations": those}
            for kind in SAID
            for verdict, those in found.of(kind)
        ],
    }
    show(document, as_json, lambda: _view(found))
    if found.in_trouble:
        raise typer.Exit(1)


async def _rehearse(bot: str) -> Rehearsal:
    async with opened() as here:
        silence = timedelta(minutes=here.settings.inactivity_minutes)
        catalogues = {name: Catalogue(name) for name in BOTS}
        total = await how_many(here.pool, bot)
        columns = (TextColumn("rehearsing"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=console(to_stderr=True), transient=True) as progress:
            task = progress.add_task("rehearsing", total=total)
            conversations = standing(here.pool, here.keys, bot)
            return await rehearse(
                journeys(silence), catalogues, conversations, time.time(), lambda: progress.advance(task)
            )


def _view(found: Rehearsal) -> Iterator[RenderableType]:
    yield f"{found.total} conversations, {found.unchanged} of them would not notice."
    for kind, words in SAID.items():
        rows = [
            (len(those), verdict.before or None, verdict.after or None, " ".join(map(str, those[:SHOWN])))
            for verdict, those in found.of(kind)
        ]
        if rows:
            total = sum(row[0] for row in rows)
            yield table(("how many", "now", "then", "for example"), rows, f"{total} {words}")
