"""Keys of those who call the API: made, listed, revoked."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated

import typer

from cli.errors import CannotBeDone, WrongUse
from cli.here import opened
from cli.showing import AsJson, console, show, table
from store.api_keys import SCOPES, ApiKey, ApiKeys, NewKey

app = typer.Typer(help="Keys of those who call the API.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="What it is for: by this it is known later.")]
Scopes = Annotated[
    list[str], typer.Option("--scope", "-s", help=f"What it may do: {', '.join(SCOPES)}. Again for more.")
]
Id = Annotated[str, typer.Argument(metavar="ID", help="As `api-keys list` shows it.")]


@app.command()
def create(name: Name, scope: Scopes, as_json: AsJson = False) -> None:
    """Make a key. It is shown once, here: keep it where secrets are kept."""
    made = asyncio.run(_create(name, scope))
    show({"id": made.id, "key": made.secret}, as_json, lambda: [f"{made.secret}"])
    if not as_json:
        console(to_stderr=True).print(
            f"Key {made.id}. It is not to be seen again; `api-keys revoke {made.id}` ends it."
        )


@app.command("list")
def listed(as_json: AsJson = False) -> None:
    """All there ever were, without the keys themselves."""
    found = asyncio.run(_list())
    columns = ("id", "name", "scopes", "made", "last used", "revoked")
    rows = [(one.id, one.name, " ".join(one.scopes), one.made_at, one.last_used_at, one.revoked_at) for one in found]
    show({"api_keys": found}, as_json, lambda: [table(columns, rows) if rows else "There are no keys."])


@app.command()
def revoke(id: Id, as_json: AsJson = False) -> None:
    """Have a key open nothing any more."""
    if not asyncio.run(_revoke(id)):
        raise CannotBeDone("there is no key of this id that was not revoked before: see `sutradhar api-keys list`")
    show({"revoked": id}, as_json, lambda: [f"{id} opens nothing any more"])


async def _create(name: str, scopes: Sequence[str]) -> NewKey:
    async with opened() as here:
        try:
            return await ApiKeys(here.pool, here.keys).create(name, scopes)
        except ValueError as wrong:
            raise WrongUse(str(wrong)) from None


async def _list() -> list[ApiKey]:
    async with opened() as here:
        return await ApiKeys(here.pool, here.keys).list()


async def _revoke(id: str) -> bool:
    async with opened() as here:
        return await ApiKeys(here.pool, here.keys).revoke(id)
