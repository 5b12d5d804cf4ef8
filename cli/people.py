"""One person: what is known of them, a message to them, and doing away with all of it."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.console import RenderableType

from cli.asked import Bot, Phone, Yes, name_of, sure
from cli.ending import finish_erasures
from cli.errors import CannotBeDone, WrongUse
from cli.here import opened, temporal
from cli.showing import AsJson, show, table
from store.erasure import Erasure, Removed, Subject
from store.known import Known, People

NOBODY = "nobody of this number or BSUID has ever written here"
TEST = "This is a test message: somebody is trying whether messages reach you. There is nothing to do."

Reveal = Annotated[bool, typer.Option("--reveal", help="Show the phone number and BSUID in full.")]
Words = Annotated[str, typer.Argument(metavar="TEXT", help="What it says.", show_default=False)]


def user_info(phone: Phone, reveal: Reveal = False, as_json: AsJson = False) -> None:
    """What is known of a person: their conversations, where each stands, counts and times. Nothing of what was said."""
    found = asyncio.run(_known(name_of(phone)))
    if not found:
        raise CannotBeDone(NOBODY)
    shown = [one if reveal else _masked(one) for one in found]
    show({"conversations": shown}, as_json, lambda: _conversations(shown))


def delete_user(phone: Phone, yes: Yes = False, as_json: AsJson = False) -> None:
    """Erase a person: their conversations, all they said and sent, and every name they are known by. Proof of consents
    stays, without saying whose. Their next message begins anew."""
    removed = asyncio.run(_erase(name_of(phone), yes))
    conversations = [one for each in removed for one in each.conversations]
    rows: dict[str, int] = {}
    for each in removed:
        for name, number in each.rows.items():
            rows[name] = rows.get(name, 0) + number
    consents = sum(each.consents for each in removed)
    show(
        {"conversations": conversations, "rows": rows, "consents_kept": consents},
        as_json,
        lambda: [
            table(("erased", "rows"), sorted(rows.items())),
            f"Erased: {len(conversations)} conversations, their workflows and files. Consents that stay as proof,"
            f" without saying whose: {consents}.",
        ],
    )


def send_test_message(phone: Phone, text: Words = TEST, bot: Bot = "", as_json: AsJson = False) -> None:
    """Send a person a message, the way the API's `send` does, and say whether the provider takes it."""
    status, id = asyncio.run(_send(name_of(phone), text, bot))
    meaning = "the provider has it" if status == "accepted" else "it waits, and goes out as soon as it can"
    show({"status": status, "message_id": id}, as_json, lambda: [f"{status}: {meaning} ({id})"])


async def _known(name: str) -> list[Known]:
    async with opened() as here:
        return await People(here.pool, here.keys).of(name)


async def _erase(name: str, yes: bool) -> list[Removed]:
    async with opened() as here:
        erasure = Erasure(here.pool, here.keys)
        subjects = await erasure.find(name)
        if not subjects:
            if await finish_erasures(here):
                return []
            raise CannotBeDone(NOBODY)
        sure(f"{_counted(subjects)} will be erased, and cannot be brought back. Go on?", yes)
        removed = [await erasure.erase(subject, name) for subject in subjects]
        await finish_erasures(here)
        return removed


async def _send(name: str, text: str, bot: str) -> tuple[str, str]:
    """What became of it, accepted or queued, and its id."""
    from api.errors import Problem  # the API's own: no other command shall wait for it
    from api.sending import REFUSED, Desk, ToSend
    from handing.conversations import HandOver
    from store.directory import Directory
    from store.sends import Sends

    if not name.startswith("+"):
        raise WrongUse("PHONE: a test message goes to a phone number, written as +919800000001")
    async with opened() as here:
        try:
            wanted = ToSend(phone_number=name, message=text, bot=bot or None)
        except ValueError as wrong:  # pydantic's: a text that WhatsApp would not show
            raise WrongUse(f"TEXT: {_first(wrong)}") from None
        handing = HandOver(here.pool, await temporal(here.settings), here.settings.fold_seconds)
        desk = Desk(Directory(here.pool, here.keys), Sends(here.pool, here.keys), handing, here.settings.numbers)
        try:
            answer = await desk.send("command line", wanted, None)
        except Problem as problem:
            raise WrongUse(problem.detail.replace("body.", "--", 1)) from None
    if answer.code not in ("accepted", "queued"):
        raise CannotBeDone(f"not sent ({answer.code}): {REFUSED.get(answer.code, 'the provider did not say why')}")
    return answer.code, answer.id


def _first(wrong: ValueError) -> str:
    errors: Any = getattr(wrong, "errors", list)()
    return str(errors[0]["msg"]).removeprefix("Value error, ") if errors else "it cannot be sent"


def _counted(subjects: Sequence[Subject]) -> str:
    conversations = sum(one.conversations for one in subjects)
    businesses = ", ".join(one.business for one in subjects)
    return f"One person ({businesses}), {conversations} conversation{'' if conversations == 1 else 's'},"


def _masked(known: Known) -> Known:
    phone = f"…{known.phone[-2:]}" if known.phone else ""
    bsuid = f"{known.bsuid[:3]}…{known.bsuid[-2:]}" if known.bsuid else ""
    return dataclasses.replace(known, phone=phone, bsuid=bsuid)


def _conversations(found: Sequence[Known]) -> list[RenderableType]:
    return [
        table(
            (f"{one.bot} of {one.business}", ""),
            [
                ("conversation", one.conversation),
                ("phone", one.phone or None),
                ("BSUID", one.bsuid or None),
                ("our number", one.number),
                ("stage", one.stage or None),
                ("waiting for", one.waiting_for or None),
                ("since", one.waiting_since),
                ("language", one.language),
                ("trouble", one.trouble or None),
                ("wants messages", "no: said stop" if one.opted_out else "no marketing" if one.no_marketing else "yes"),
                ("received", _statuses(one.received)),
                ("sent", _statuses(one.sent)),
                ("began", one.began_at),
                ("last from them", one.last_in_at),
                ("last to them", one.last_out_at),
            ],
        )
        for one in found
    ]


def _statuses(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {status}" for status, number in sorted(counts.items())) or "nothing"
