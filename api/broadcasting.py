"""Ordering a broadcast: what is asked is checked while somebody is there to mend it. By API or command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

import channels
from api.asked import Name
from api.errors import Problem
from api.sending import sendable
from channels import meta
from channels.meta.limits import TEXT_BODY
from domain.broadcasts import SHARE, SLOWEST
from domain.messages import Message, Template, Text
from domain.numbers import Number
from handing.broadcasts import BroadcastHandOver
from store.broadcasts import Asked, Broadcasts, NewBroadcast, Over
from store.sends import Answer, OtherBody, Sends
from telemetry import traces
from texts.catalogue import FOLDER
from texts.templates import Registered, registered

BOT = "msme"
"""whose people are meant where no bot is named"""
AHEAD = timedelta(days=366)
"""how far off a broadcast may be"""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(_[A-Z]{2})?$")]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$", max_length=512)]
Value = Annotated[str, StringConstraints(min_length=1, max_length=TEXT_BODY)]


class AskedTemplate(BaseModel):
    """A template that is registered for the bot."""

    model_config = ConfigDict(extra="forbid")

    name: Word = Field(examples=["loan_offers_ready"])
    language: Language | None = Field(None, description="For all; else each gets it in their own.", examples=["hi"])
    values: dict[Word, Value] = Field(
        default_factory=dict, description="Of the variables that it shows, by name.", examples=[{}]
    )


class ToBroadcast(BaseModel):
    """Something to say to many: words, or a template."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"message": "We are closed on Monday.", "bot": "orders", "at": "2027-01-25T09:00:00+05:30"}]
        },
    )

    message: (
        Annotated[
            str,
            Field(min_length=1, max_length=TEXT_BODY, json_schema_extra={"format": "words"}),
            AfterValidator(sendable),
        ]
        | None
    ) = Field(
        None,
        description="Words, for those who wrote within the last 24 hours.",
        examples=["We are closed on Monday."],
    )
    template: AskedTemplate | None = Field(None, description="What may be said to those who did not, too.")
    bot: Name = Field(BOT, description="Whose people.", examples=["orders"])
    number: Name | None = Field(
        None, description="Only who wrote to this number of ours last, by its id.", examples=["100000000000003"]
    )
    step: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = Field(
        None, description="Only who stands at this step when it starts.", examples=["pincode"]
    )
    at: AwareDatetime | None = Field(
        None, description="When, with its offset; else at once.", examples=["2027-01-25T09:00:00+05:30"]
    )
    rate: float | None = Field(
        None,
        ge=SLOWEST,
        le=1000,
        allow_inf_nan=False,
        description="Messages a second; else half of what the number may send, which is the most, too.",
        examples=[10],
    )

    @model_validator(mode="after")
    def one_of_both(self) -> Self:
        """Either words or a template. Raises ValueError."""
        if (self.message is None) == (self.template is None):
            raise ValueError("either a `message` or a `template`, and not both")
        return self


class BroadcastDesk:
    """Takes broadcasts in, and what is asked of them."""

    def __init__(
        self, broadcasts: Broadcasts, sends: Sends, handing: BroadcastHandOver, numbers: Sequence[Number]
    ) -> None:
        self._broadcasts = broadcasts
        self._sends = sends
        self._handing = handing
        self._numbers = numbers

    async def order(self, caller: str, wanted: ToBroadcast, key: str | None) -> UUID:
        """Have it said, once for each Idempotency-Key; its id.

        Raises Problem 422 for what cannot be, and for another body under that key; 409 where nobody would hear it.
        """
        asked = self._sends.wanted(f"{caller}\0broadcast", key, wanted.model_dump_json()) if key is not None else None
        try:
            earlier = await self._sends.earlier(asked) if asked else None
            if isinstance(earlier, Answer):
                return UUID(earlier.id)
            broadcast = await self._broadcasts.order(asked, await self._checked(wanted))
        except OtherBody:
            raise Problem(
                422, "other_body", "Idempotency-Key: it came before with another body; a new broadcast needs a new key"
            ) from None
        await self._handing.tell(broadcast)
        return broadcast

    async def check(self, wanted: ToBroadcast) -> int:
        """Whether it could be ordered now, and how many would be meant. Raises Problem."""
        new = await self._checked(wanted)
        return await self._broadcasts.reaches(new.bot, new.number, new.step)

    async def ask(self, broadcast: UUID, what: Asked) -> None:
        """Pause, resume or cancel. Raises Problem 404 and 409."""
        try:
            await self._broadcasts.ask(broadcast, what)
        except LookupError:
            raise unknown() from None
        except Over as over:
            raise Problem(409, "over", f"this broadcast is {over}: there is nothing left to {what}") from None
        await self._handing.tell(broadcast)

    async def _checked(self, wanted: ToBroadcast) -> NewBroadcast:
        """The broadcast that is wanted. Raises Problem."""
        numbers = self._meant(wanted)
        now = datetime.now(UTC)
        if wanted.at is not None and wanted.at <= now:
            raise _wrong("at", "a time that has passed: leave it out to send at once")
        if wanted.at is not None and wanted.at > now + AHEAD:
            raise _wrong("at", "more than a year ahead")
        most = min(number.rate for number in numbers) * SHARE
        if wanted.rate is not None and wanted.rate > most:
            raise _wrong("rate", f"at most {most:g} messages a second: the rest is for those who talk to the bot")
        said, template = said_by(wanted)
        step, number = wanted.step or "", wanted.number or ""
        if step and step not in (steps := await self._broadcasts.steps(wanted.bot)):
            known = f"; there are {', '.join(steps)}" if steps else ""
            raise _wrong("step", f"nobody was ever at a step of this name with {wanted.bot}{known}")
        if wanted.at is None and not await self._broadcasts.reaches(wanted.bot, number, step):
            where = f" who is at {step}" if step else ""
            raise Problem(409, "nobody", f"there is nobody{where} to write to with {wanted.bot}")
        return NewBroadcast(
            wanted.bot, said, wanted.rate or max(most, SLOWEST), wanted.at, number, step, template, traces.current()
        )

    def _meant(self, wanted: ToBroadcast) -> list[Number]:
        """Our numbers that it goes out from. Raises Problem."""
        bots = sorted({number.bot for number in self._numbers})
        of_bot = [number for number in self._numbers if number.bot == wanted.bot]
        if not of_bot:
            raise _wrong("bot", f"there is no such bot here; there are {', '.join(bots)}")
        if wanted.number is None:
            return of_bot
        meant = [number for number in of_bot if number.id == wanted.number]
        if not meant:
            raise _wrong("number", f"not one of ours for {wanted.bot}; those are {', '.join(n.id for n in of_bot)}")
        return meant


def said_by(wanted: ToBroadcast) -> tuple[Message | Mapping[str, Message], str]:
    """What is said, and the template's name where it is one. Raises Problem 422."""
    if wanted.template is None:
        return Text(wanted.message or ""), ""
    asked = wanted.template
    named = [one for one in registered(FOLDER) if one.bot == wanted.bot and one.name == asked.name]
    if not named:
        known = sorted({one.name for one in registered(FOLDER) if one.bot == wanted.bot})
        raise _wrong("template.name", f"no template of {wanted.bot}; there are {', '.join(known) or 'none'}")
    meant = [one for one in named if asked.language in (None, one.language)]
    if not meant:
        raise _wrong("template.language", f"it is registered in {', '.join(one.language for one in named)} only")
    return {one.language: _filled(one, asked.values) for one in meant}, asked.name


def _filled(template: Registered, values: Mapping[str, str]) -> Template:
    missing = [name for name in template.variables if name not in values]
    needless = sorted(set(values) - set(template.variables))
    if missing:
        raise _wrong("template.values", f"it shows {', '.join(missing)}, too")
    if needless:
        raise _wrong("template.values", f"it does not show {', '.join(needless)}")
    filled = Template(template.name, template.language, dict(values) or ())
    try:
        meta.render(filled)
    except channels.Unsendable as error:
        raise _wrong("template.values", str(error)) from None
    return filled


def unknown() -> Problem:
    """What is answered about a broadcast that is none."""
    return Problem(404, "no_broadcast", "there is no broadcast of this id")


def _wrong(field: str, why: str) -> Problem:
    return Problem(422, "invalid", f"body.{field}: {why}")
