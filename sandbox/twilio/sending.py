"""Taking a message of the business: what Twilio refuses at once, and what it takes and fails later."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from sandbox.chats import Message
from sandbox.config import Number
from sandbox.faults.modes import Mode, Point, Strike
from sandbox.graph.errors import GraphError
from sandbox.graph.interactive import check_interactive
from sandbox.graph.limits import window_open
from sandbox.media import File, kind_of
from sandbox.people import User
from sandbox.twilio.addresses import Recipient, read_recipient
from sandbox.twilio.contents import Content
from sandbox.twilio.errors import TwilioError, answered, told_later
from sandbox.twilio.fetching import fetch
from sandbox.twilio.filling import CannotBeShown, Filled, attached, fill, values_of, words_of
from sandbox.twilio.records import Record
from sandbox.twilio.sids import new_sid
from sandbox.world import World

LONGEST_BODY = 1600
MOST_MEDIA = 10
"""Of a message of any channel; WhatsApp shows one."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to send: words and files, or a Content template with the values of its variables as JSON."""

    recipient: Recipient
    body: str
    media: tuple[str, ...]
    content: Content | None
    variables: dict[str, str]
    callback: str
    service: str | None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that was taken; `told` ends when all statuses are told, where it reached somebody."""

    record: Record
    told: asyncio.Task[None] | None = None


def sender_of(world: World, form: Mapping[str, str], to: Recipient) -> Number:
    """Which number sends: `From`, or with a messaging service alone the one on which this person chats.

    Raises TwilioError 21603 where neither is named, 63007 for a number that is none of this account's.
    """
    ours = [number for number in world.numbers.values() if number.provider == "twilio"]
    sender = form.get("From", "")
    if sender:
        number = next((number for number in ours if number.id == sender), None)
    elif form.get("MessagingServiceSid"):
        number = next((number for number in ours if person_of(world, number, to) is not None), next(iter(ours), None))
    else:
        raise TwilioError(21603)
    if number is None:
        raise TwilioError(63007)
    return number


def person_of(world: World, number: Number, to: Recipient) -> User | None:
    """Who gets a message, if anybody does."""
    if to.bsuid:
        return world.people.by_bsuid(number.id, to.bsuid)
    return world.people.by_phone(number.id, to.phone.lstrip("+"))


def read_outgoing(world: World, form: Mapping[str, str], media: Sequence[str]) -> Outgoing:
    """What this form asks for. Raises TwilioError for what Twilio refuses at once."""
    to = read_recipient(form.get("To", ""))
    body, sid, variables = (form.get(name, "") for name in ("Body", "ContentSid", "ContentVariables"))
    content = None
    if sid:
        content = world.twilio.contents.get(sid)
        if content is None:
            raise TwilioError(21655)
        if body or media:
            raise TwilioError(20001, "Body and MediaUrl cannot be given with ContentSid")
    elif variables:
        raise TwilioError(21654)
    elif not body and not media:
        raise TwilioError(21619)
    if len(body) > LONGEST_BODY:
        raise TwilioError(21617)
    if len(media) > MOST_MEDIA:
        raise TwilioError(21623)
    if not all(_is_web(url) for url in media):
        raise TwilioError(21620)
    callback = form.get("StatusCallback", "")
    if callback and not _is_web(callback):
        raise TwilioError(21609)
    values = {} if content is None else values_of(content, variables)
    return Outgoing(to, body, tuple(media), content, values, callback, form.get("MessagingServiceSid") or None)


async def accept(world: World, number: Number, outgoing: Outgoing, user: User | None, fault: Strike | None) -> Accepted:
    """Take a message and show it. Raises TwilioError where an ordered fault or the person's opting out forbids it."""
    mode = None if fault is None else fault.mode
    if fault is not None and mode is Mode.ERROR:
        raise TwilioError(answered(fault.code), "the sandbox was asked to fail this message")
    if number.id == outgoing.recipient.given:
        raise TwilioError(63031)
    if user is not None and not user.marketing:
        raise TwilioError(21610)
    failure = None if fault is None or mode is not Mode.ACCEPT_THEN_FAIL else told_later(fault.code)
    filled, file = _plain(outgoing), None
    try:
        filled, file = await _made(world, number, outgoing)
    except CannotBeShown as error:
        failure = failure or error.code
    failure = _objection(world, number, outgoing, user, filled) or failure
    record, message = _kept(world, number, outgoing, user, filled, file)
    if user is None or failure is not None:
        world.twilio.statuses.failed("" if user is None else user.id, message, failure or 63015)
        return Accepted(record)
    faults = world.faults.at(Point.STATUSES, number.id, user)
    at_once = mode is Mode.STATUS_FIRST
    return Accepted(record, world.twilio.statuses.delivered(user, message, faults, at_once=at_once))


def _objection(world: World, number: Number, outgoing: Outgoing, user: User | None, filled: Filled) -> int | None:
    """Why a message that was taken does not arrive: nobody is there, too fast, or the window is closed."""
    if user is None:
        return 63024 if outgoing.recipient.bsuid else 63015
    now = world.people.now(user)
    try:
        world.limits.admit(number, user, now=world.clock.now(), user_now=now)
    except GraphError:
        return 63018
    return None if filled.templated or window_open(user, now) else 63016


async def _made(world: World, number: Number, outgoing: Outgoing) -> tuple[Filled, File | None]:
    """What is shown, and its file. Raises CannotBeShown."""
    filled = _plain(outgoing) if outgoing.content is None else fill(outgoing.content, outgoing.variables)
    if len(outgoing.media) > 1:
        raise CannotBeShown(63005)
    if filled.payload["type"] == "interactive":
        try:
            check_interactive(filled.payload["interactive"])
        except GraphError:
            raise CannotBeShown(63021) from None
    if not filled.templated and len(filled.body) > LONGEST_BODY:
        raise CannotBeShown(63021)
    if not filled.media:
        return filled, None
    file = await fetch(world, number, filled.media)
    if filled.shown is None:
        return replace(filled, payload=attached(filled.media, file.mime_type, filled.body)), file
    form = (kind_of(file.mime_type) or "document").upper()
    return replace(filled, shown=filled.shown | {"header": {"format": form}}), file


def _plain(outgoing: Outgoing) -> Filled:
    """A message without a template; of one whose template cannot be shown, what stands in the chat in its place."""
    url = outgoing.media[0] if outgoing.media else ""
    body = outgoing.body if outgoing.content is None else words_of(outgoing.content, outgoing.variables)
    return Filled({"type": "text", "text": {"body": body or url}}, body, media=url)


def _kept(
    world: World, number: Number, outgoing: Outgoing, user: User | None, filled: Filled, file: File | None
) -> tuple[Record, Message]:
    now = world.clock.now() if user is None else world.people.now(user)
    simple = outgoing.content is None and not outgoing.media
    message = Message(
        new_sid("SM" if simple else "MM"),
        "" if user is None else user.id,
        "out",
        now,
        str(filled.payload["type"]),
        filled.payload,
        "accepted",
        callback=_key(outgoing.callback),
        number=number.id,
        addressed_to=outgoing.recipient.given,
        accepted=world.clock.now(),
        media=None if file is None else file.to_json(),
        shown=filled.shown,
    )
    record = Record(
        sid=message.id,
        user=message.user,
        number=number.id,
        direction="outbound-api",
        sender=number.id,
        recipient=outgoing.recipient.given,
        body=filled.body,
        callback=outgoing.callback,
        service=outgoing.service,
        media=() if file is None else (file.id,),
        sent=now,
        updated=now,
    )
    if user is None:
        world.chats.add_lost(message)
    else:
        world.chats.add(user, message)
    world.twilio.records.add(record)
    return record, message


def _key(callback: str) -> str | None:
    """The product's own key of a send, which travels in the query of the status callback."""
    query: dict[str, Any] = dict(parse_qsl(urlsplit(callback).query))
    if "key" in query:
        return str(query["key"])
    return str(next(iter(query.values()))) if len(query) == 1 else None


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
