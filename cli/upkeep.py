"""After a fix, and from time to time: conversations tried again, numbers resumed, leftovers cleared."""

from __future__ import annotations

import asyncio
from typing import Annotated
from uuid import UUID

import typer

from cli.asked import one_or_all
from cli.ending import finish_erasures
from cli.errors import CannotBeDone
from cli.here import opened
from cli.showing import AsJson, show, table
from store.cleaning import SORTS, Cleaning
from store.erasure import Erasure
from store.numbers import Numbers
from store.retrying import Retrying

Conversation = Annotated[str, typer.Argument(metavar="CONVERSATION|all", help="One by its id, or all in trouble.")]
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="Ours, by the provider's id: a phone_number_id.")]
Days = Annotated[int, typer.Option("--days", min=1, help="Clear what has been over for so many days.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only count.")]


def retry(which: Conversation, as_json: AsJson = False) -> None:
    """Have a conversation in trouble tried again, or all of them, after a fix."""
    wanted = one_or_all(which, "a conversation is named by its id: the workflow's, without `conversation-`")
    retried = asyncio.run(_retry(wanted))
    number = len(retried)
    show(
        {"retried": retried},
        as_json,
        lambda: [f"{number} conversation{'' if number == 1 else 's'} will be tried again in a moment"],
    )


def resume(number: Number, as_json: AsJson = False) -> None:
    """Try a stopped number of ours again now that it is mended, instead of within a minute."""
    if not asyncio.run(_resume(number)):
        raise CannotBeDone(f"{number} is not stopped")
    show(
        {"resumed": number},
        as_json,
        lambda: [f"the next message from {number} is tried at once; if it is accepted, all others follow"],
    )


def cleanup_sessions(days: Days = 30, dry_run: DryRun = False, as_json: AsJson = False) -> None:
    """Clear what nobody needs any more: expired uploads, orphaned statuses, replayed dead letters and the like.

    Nothing of a conversation is among it: `delete-user` is for that.
    """
    counts = asyncio.run(_clean(days, dry_run))
    rows = [(what, number) for _, what, number in counts]
    show(
        {"dry_run": dry_run, "days": days, "cleared": {name: number for name, _, number in counts}},
        as_json,
        lambda: [table(("what", "would be cleared" if dry_run else "cleared"), rows)],
    )


async def _retry(which: UUID | None) -> list[UUID]:
    async with opened() as here:
        retrying = Retrying(here.pool, here.keys)
        wanted = await retrying.in_trouble() if which is None else [which]
        for conversation in wanted:
            if not await retrying.retry(conversation):
                raise CannotBeDone(f"there is no conversation {conversation}")
    return wanted


async def _resume(number: str) -> bool:
    async with opened() as here:
        return await Numbers(here.pool).resume(number)


async def _clean(days: int, dry_run: bool) -> list[tuple[str, str, int]]:
    async with opened() as here:
        cleaning, erasure = Cleaning(here.pool, days), Erasure(here.pool, here.keys)
        counts = [(one.name, one.what, await (cleaning.count if dry_run else cleaning.clear)(one)) for one in SORTS]
        left = len(await erasure.unfinished()) if dry_run else await finish_erasures(here)
        return [*counts, ("left_of_erasures", "workflows and files left of erased conversations", left)]
