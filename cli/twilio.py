"""The account at Twilio: the contents that buttons, lists and templates are sent as."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from cli.errors import CannotBeDone, WrongUse
from cli.here import settings_here
from cli.showing import AsJson, show, table

if TYPE_CHECKING:
    from channels.twilio import Content

app = typer.Typer(help="The account at Twilio.", no_args_is_help=True)

Create = Annotated[bool, typer.Option("--create", help="Make the generic ones that the account lacks.")]


@app.callback()
def account() -> None:
    """The account at Twilio."""


@app.command()
def contents(create: Create = False, as_json: AsJson = False) -> None:
    """What can be sent as buttons, as a list, or as a template; without these, choices go as numbered text."""
    made, found, lacking = asyncio.run(_contents(create))
    rows = [(one.name, one.sid, ", ".join(one.types)) for one in found]
    show(
        {"made": made, "contents": [{"name": name, "sid": sid} for name, sid, _ in rows], "missing": lacking},
        as_json,
        lambda: [
            table(("name", "sid", "types"), rows) if rows else "The account holds no contents.",
            *([f"Made: {', '.join(made)}"] if made else []),
            *([f"{len(lacking)} generic ones are missing: type this again with --create"] if lacking else []),
        ],
    )


async def _contents(create: bool) -> tuple[list[str], list[Content], list[str]]:
    import httpx

    from channels import twilio
    from channels.errors import ChannelError

    settings = settings_here()
    async with httpx.AsyncClient(timeout=10) as http:
        client = twilio.open_client(http, settings.twilio)
        if client is None:
            raise WrongUse("no number of ours is at Twilio: set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and a number")
        try:
            made = await twilio.create_missing(client) if create else []
            found = await client.contents()
            return made, found, twilio.missing(found)
        except ChannelError as error:
            raise CannotBeDone(str(error)) from None
