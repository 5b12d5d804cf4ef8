"""What people type: phone numbers, a yes, a conversation. Each mistake is told with what to type instead."""

from __future__ import annotations

import sys
from typing import Annotated
from uuid import UUID

import typer

from cli.errors import WrongUse
from domain.phones import NotAPhone, e164

Phone = Annotated[str, typer.Argument(metavar="PHONE", help="With its country code (+91 98000 00001), or a BSUID.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
Bot = Annotated[str, typer.Option("--bot", help="Of this bot only.", metavar="BOT")]


def name_of(written: str) -> str:
    """The phone number in E.164, or a BSUID as it is. Raises WrongUse."""
    # Two letters and a point: the country of a BSUID (Meta, business-scoped user ids).
    if written[:2].isalpha() and written[2:3] == ".":
        return written
    try:
        return e164(written)
    except NotAPhone as wrong:
        raise WrongUse(f"PHONE: {wrong}: write it as +919800000001, or give the BSUID (IN.…)") from None


def sure(question: str, yes: bool) -> None:
    """Ask, unless `--yes` was said. Raises WrongUse where nobody can be asked, and typer's Abort for a no."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise WrongUse("nobody is there to be asked: add --yes if it is meant")
    typer.confirm(question, abort=True, err=True)


def one_or_all(word: str, what: str) -> UUID | None:
    """An id, or None for `all`. Raises WrongUse."""
    if word == "all":
        return None
    try:
        return UUID(word)
    except ValueError:
        raise WrongUse(f"{what}, or `all`") from None
