"""Dead letters: what a webhook brought and nobody could take. Listed, and after a fix taken in again."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

import typer

from cli.asked import one_or_all
from cli.errors import CannotBeDone
from cli.here import opened
from cli.showing import AsJson, show, table
from store.letters import DeadLetters, Letter

app = typer.Typer(help="What nobody could take: listed, and after a fix taken in again.", invoke_without_command=True)

Which = Annotated[str, typer.Argument(metavar="ID|all", help="One by its id, or all of them, the oldest first.")]


@app.callback()
def dead_letters(context: typer.Context, as_json: AsJson = False) -> None:
    """What nobody could take: listed, and after a fix taken in again."""
    if context.invoked_subcommand is None:
        listed(as_json)


@app.command("list")
def listed(as_json: AsJson = False) -> None:
    """Reason, number and age of each; nothing of what is in them."""
    found = asyncio.run(_open())
    columns = ("id", "arrived", "reason", "number", "detail")
    rows = [(one.id, one.arrived_at, one.reason, one.number or None, one.detail) for one in found]
    show({"dead_letters": found}, as_json, lambda: [table(columns, rows) if rows else "There are no dead letters."])


@app.command()
def replay(which: Which, as_json: AsJson = False) -> None:
    """Have them taken in again, as if they came now; those that still nobody can take stay as they are."""
    wanted = one_or_all(which, "ID: a dead letter is named by its id, as `sutradhar dead-letters` shows it")
    tried, taken = asyncio.run(_replay(wanted))
    show(
        {"tried": tried, "taken": taken},
        as_json,
        lambda: [f"{taken} of {tried} taken in; the others are as they were"],
    )


async def _open() -> Sequence[Letter]:
    async with opened() as here:
        return await DeadLetters(here.pool, here.keys).open()


async def _replay(which: UUID | None) -> tuple[int, int]:
    from api import letters
    from api.app import open_parts  # the whole API: no other command shall wait for it

    async with opened() as here, open_parts(here.settings) as parts:
        wanted = [letter.id for letter in await parts.letters.open()] if which is None else [which]
        try:
            taken = [await letters.replayed(parts, parts.letters, letter) for letter in wanted]
        except LookupError as nothing:
            raise CannotBeDone(str(nothing)) from None
    return len(taken), taken.count(True)
