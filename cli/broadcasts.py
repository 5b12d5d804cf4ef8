"""Broadcasts by command: something said to all people of a bot, or to those at a step; and what has become of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from uuid import UUID

import typer
from rich.console import RenderableType

from cli.asked import Yes, sure
from cli.errors import CannotBeDone, WrongUse
from cli.here import Here, opened, temporal
from cli.showing import AsJson, show, table
from store.broadcasts import Asked, Broadcast, Broadcasts, Recipient, Tally

if TYPE_CHECKING:
    from api.broadcasting import BroadcastDesk

T = TypeVar("T")

app = typer.Typer(help="Something said to many, and what has become of it.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(metavar="ID", help="As `broadcast list` shows it.")]
Words = Annotated[str, typer.Argument(metavar="TEXT", help="What it says, unless it is a template.")]
Bot = Annotated[str, typer.Option("--bot", help="Whose people.", metavar="BOT")]
Step = Annotated[str, typer.Option("--step", help="Only who stands at this step when it starts.", metavar="STEP")]
Number = Annotated[str, typer.Option("--number", help="Only who wrote to this number of ours last.", metavar="NUMBER")]
TemplateName = Annotated[str, typer.Option("--template", help="A registered template, by its name.", metavar="NAME")]
Language = Annotated[str, typer.Option("--language", help="Of the template, for all; else each in their own.")]
Values = Annotated[
    list[str], typer.Option("--value", help="A value that the template shows: name=value. Again for more.")
]
At = Annotated[str, typer.Option("--at", help="When: 2027-01-25T09:00+05:30. Else at once.", metavar="TIME")]
Rate = Annotated[float, typer.Option("--rate", help="Messages a second; else half of what the number may send.")]
Most = Annotated[int, typer.Option("--limit", min=1, max=10_000, help="So many at most, the newest first.")]
Each = Annotated[bool, typer.Option("--recipients", help="Each recipient, too, by the conversation's id.")]


@app.command()
def send(
    text: Words = "",
    bot: Bot = "msme",
    step: Step = "",
    number: Number = "",
    template: TemplateName = "",
    language: Language = "",
    value: Values = [],  # noqa: B006 — typer copies it
    at: At = "",
    rate: Rate = 0.0,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Say something to all people of a bot, or to those at a step of it, once each."""
    asked: dict[str, Any] = {"bot": bot, "step": step, "number": number, "message": text, "at": at, "rate": rate}
    wanted = {name: given for name, given in asked.items() if given}
    if template or language or value:
        wanted["template"] = {"name": template, "values": dict(map(_pair, value))}
        wanted["template"] |= {"language": language} if language else {}
    ordered = asyncio.run(_send(wanted, yes))
    show(
        {"broadcast_id": ordered.id, "at": ordered.at, "rate": ordered.rate},
        as_json,
        lambda: [f"{ordered.id}: from {ordered.at:%Y-%m-%d %H:%M} UTC, {ordered.rate:g} a second"],
    )


@app.command("list")
def listed(most: Most = 50, as_json: AsJson = False) -> None:
    """All broadcasts, the newest first."""
    found = asyncio.run(_list(most))
    columns = ("id", "bot", "step", "template", "state", "at", "rate", "recipients")
    rows = [
        (one.id, one.bot, one.step or None, one.template or None, one.state, one.at, one.rate, one.recipients)
        for one in found
    ]
    show({"broadcasts": found}, as_json, lambda: [table(columns, rows) if rows else "There are no broadcasts yet."])


@app.command("show")
def shown(id: Id, each: Each = False, as_json: AsJson = False) -> None:
    """What has become of one. Nobody is named in it."""
    told = asyncio.run(_look(_id(id), each=each))
    show(_document(*told), as_json, lambda: _charts(*told))


@app.command()
def pause(id: Id, as_json: AsJson = False) -> None:
    """Make no more messages until it is resumed."""
    _asked(id, "pause", as_json)


@app.command()
def resume(id: Id, as_json: AsJson = False) -> None:
    """Go on."""
    _asked(id, "resume", as_json)


@app.command()
def cancel(id: Id, as_json: AsJson = False) -> None:
    """End it; what is not out yet is withdrawn."""
    _asked(id, "cancel", as_json)


Told = tuple[Broadcast, Tally, list[Recipient]]


def _asked(id: str, what: Asked, as_json: bool) -> None:
    told = asyncio.run(_ask(_id(id), what))
    show(_document(*told), as_json, lambda: _charts(*told))


async def _send(wanted: dict[str, Any], yes: bool) -> Broadcast:
    from api.broadcasting import ToBroadcast  # FastAPI: no other command shall wait for it

    try:
        body = ToBroadcast.model_validate(wanted)
    except ValueError as wrong:  # pydantic's
        raise WrongUse(_first(wrong)) from None
    async with opened() as here, _desk(here) as (desk, broadcasts):
        many = await _refused(desk.check(body))
        when = "at its time" if body.at else "now"
        sure(f"This goes to about {many} people of {body.bot}, {when}. Go on?", yes)
        ordered = await broadcasts.read(await _refused(desk.order("command line", body, None)))
    assert ordered is not None, "it was ordered just now"
    return ordered[0]


async def _list(most: int) -> list[Broadcast]:
    async with opened() as here:
        return await Broadcasts(here.pool, here.keys).page(most)


async def _look(id: UUID, *, each: bool = False) -> Told:
    async with opened() as here:
        broadcasts = Broadcasts(here.pool, here.keys)
        found = await broadcasts.read(id)
        if found is None:
            raise CannotBeDone("there is no broadcast of this id: see `sutradhar broadcast list`")
        recipients = await broadcasts.recipients(id, found[0].recipients) if each else []
        return found[0], await broadcasts.tally(found[0]), recipients


async def _ask(id: UUID, what: Asked) -> Told:
    async with opened() as here, _desk(here) as (desk, _):
        await _refused(desk.ask(id, what))
    return await _look(id)


async def _refused(doing: Awaitable[T]) -> T:
    """What is done, or why it cannot be. Raises WrongUse, CannotBeDone."""
    from api.errors import Problem

    try:
        return await doing
    except Problem as problem:
        words = str(problem.detail)
        if problem.status_code == 422:
            raise WrongUse(words.replace("body.template.name", "--template", 1).replace("body.", "--", 1)) from None
        raise CannotBeDone(words) from None


@asynccontextmanager
async def _desk(here: Here) -> AsyncIterator[tuple[BroadcastDesk, Broadcasts]]:
    from api.broadcasting import BroadcastDesk
    from handing.broadcasts import BroadcastHandOver
    from store.sends import Sends

    broadcasts = Broadcasts(here.pool, here.keys)
    handing = BroadcastHandOver(broadcasts, await temporal(here.settings))
    yield BroadcastDesk(broadcasts, Sends(here.pool, here.keys), handing, here.settings.numbers), broadcasts


def _id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise WrongUse("ID: a broadcast is named by its id, as `sutradhar broadcast list` shows it") from None


def _pair(written: str) -> tuple[str, str]:
    name, equals, value = written.partition("=")
    if not equals:
        raise WrongUse("--value: write it as name=value")
    return name, value


def _first(wrong: ValueError) -> str:
    errors: Any = getattr(wrong, "errors", list)()
    if not errors:
        return "it cannot be sent"
    place = ".".join(str(part) for part in errors[0]["loc"])
    what = str(errors[0]["msg"]).removeprefix("Value error, ")
    return f"--{place}: {what}" if place else what


def _document(broadcast: Broadcast, tally: Tally, recipients: list[Recipient]) -> dict[str, Any]:
    nameless = [{name: part for name, part in asdict(one).items() if name != "phone"} for one in recipients]
    return {**asdict(broadcast), **asdict(tally), **({"each": nameless} if nameless else {})}


def _charts(broadcast: Broadcast, tally: Tally, recipients: list[Recipient]) -> list[RenderableType]:
    tables = [
        table(
            (f"broadcast {broadcast.id}", ""),
            [
                ("bot", broadcast.bot),
                ("our number", broadcast.number or None),
                ("step", broadcast.step or None),
                ("template", broadcast.template or None),
                ("state", broadcast.state),
                ("at", broadcast.at),
                ("started", broadcast.started_at),
                ("ended", broadcast.ended_at),
                ("messages a second", broadcast.rate),
                ("reached", tally.rate_reached),
                ("recipients", broadcast.recipients if broadcast.started_at else None),
            ],
        ),
        table(("outcome", "people"), [(outcome, number) for outcome, number in tally.outcomes.items() if number]),
        table(
            ("why", "", "people"),
            [(outcome, why, number) for outcome, counts in tally.reasons.items() for why, number in counts.items()],
        ),
        table(
            ("conversation", "outcome", "reason", "code", "at"),
            [(one.conversation, one.outcome, one.reason or None, one.error_code or None, one.at) for one in recipients],
        ),
    ]
    return [one for one in tables if one.row_count]
