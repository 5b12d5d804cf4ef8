"""The database: brought up to date, filled with what it begins with, emptied."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated

import psycopg
import typer
from psycopg_pool import AsyncConnectionPool
from rich.console import RenderableType
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from cli.asked import Yes, sure
from cli.ending import end_workflows_and_files
from cli.errors import CannotBeDone, WrongUse
from cli.here import answering, database_name, opened, quiet_logs, settings_here, temporal
from cli.showing import AsJson, console, show
from settings import Settings
from store import seeding
from store.database import MigrationChanged, migrate, pending
from workflows.temporal import AWAY

ALL_CONVERSATIONS = "select id from conversations"
EMPTY = "drop schema public cascade; create schema public"

SEEDS: dict[str, Callable[[AsyncConnectionPool], Awaitable[None]]] = {
    "programs": seeding.seed_programs,
    "orders": seeding.seed_order_desk,
}
"""what the tables begin with, each by its own command too"""

DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would run.")]
Production = Annotated[
    str, typer.Option("--yes-production", metavar="DATABASE", help="The database's name: needed with MODE=production.")
]


def migrate_database(dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Bring the database up to date; once up to date, nothing happens."""
    settings = settings_here()
    quiet_logs(settings)
    names = asyncio.run(_pending(settings) if dry_run else _migrate(settings))
    key, word = ("would_run", "would run") if dry_run else ("ran", "ran")
    show({key: names}, as_json, lambda: [*(f"{word}: {name}" for name in names)] or ["The database is up to date."])


def init_db(as_json: AsJson = False) -> None:
    """Have the tables, and in them what they begin with (programs, the order desk); can be done again at any time."""
    settings = settings_here()
    quiet_logs(settings)
    ran = asyncio.run(_migrate(settings))
    seeded = asyncio.run(_seed(*SEEDS))
    show({"ran": ran, "seeded": seeded}, as_json, lambda: _done(ran, seeded))


def seed_programs(as_json: AsJson = False) -> None:
    """Have the investment programs that the data file lists; others stay."""
    seeded = asyncio.run(_seed("programs"))
    show({"seeded": seeded}, as_json, lambda: _done([], seeded))


def seed_orders(as_json: AsJson = False) -> None:
    """Have the order desk's production plan and frequent questions; what a business put there itself stays."""
    seeded = asyncio.run(_seed("orders"))
    show({"seeded": seeded}, as_json, lambda: _done([], seeded))


def reset_db(yes: Yes = False, yes_production: Production = "", as_json: AsJson = False) -> None:
    """Empty the database and begin anew: every conversation, and all that anybody said, is gone."""
    settings = settings_here()
    quiet_logs(settings)
    name = database_name(settings)
    if settings.mode == "production" and not yes_production:
        raise WrongUse("MODE is production: there it is done with `--yes-production` and the database's name alone")
    if yes_production and yes_production != name:
        raise WrongUse("--yes-production: DATABASE_URL leads to a database of another name")
    if not yes_production:
        sure(f"Everything in the database {name} will be gone. Go on?", yes)
    found = asyncio.run(_reset(settings))
    seeded = asyncio.run(_seed(*SEEDS))
    show(
        {"database": name, "conversations": found, "seeded": seeded},
        as_json,
        lambda: [f"Emptied: {found} conversations are gone; {name} begins anew with {', '.join(seeded)}."],
    )


async def _seed(*names: str) -> list[str]:
    async with opened() as here:
        for name in names:
            await SEEDS[name](here.pool)
    return list(names)


async def _pending(settings: Settings) -> list[str]:
    try:
        async with answering(settings):
            return await pending(settings.database_url.get_secret_value())
    except MigrationChanged as changed:
        raise CannotBeDone(str(changed)) from None


async def _migrate(settings: Settings) -> list[str]:
    await _pending(settings)  # a database that is away is told at once, where a process that starts would wait
    async with answering(settings):
        return await migrate(settings.database_url.get_secret_value())


async def _reset(settings: Settings) -> int:
    """Empty it and make its tables; how many conversations there were."""
    client = await temporal(settings)
    url = settings.database_url.get_secret_value()
    async with answering(settings), await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        there = await (await connection.execute("select to_regclass('conversations') is not null")).fetchone()
        rows = await (await connection.execute(ALL_CONVERSATIONS)).fetchall() if there and there[0] else []
        await connection.execute(EMPTY)
        await migrate(url)
    with _progress() as progress:
        for (conversation,) in progress.track(rows, description="Ending workflows, deleting files"):
            try:
                await end_workflows_and_files(settings, client, conversation)
            except AWAY:
                raise CannotBeDone(
                    "the database is empty, and Temporal went away meanwhile: its workflows go on"
                ) from None
    return len(rows)


def _progress() -> Progress:
    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed}/{task.total}"), TimeElapsedColumn())
    return Progress(*columns, console=console(to_stderr=True), transient=True)


def _done(ran: list[str], seeded: list[str]) -> list[RenderableType]:
    return [*(f"ran: {name}" for name in ran), f"In place: {', '.join(seeded)}."]
