"""Accepting a message of the business: faults, limits and the window judged, then shown on the phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.chats import Message, new_wamid
from sandbox.config import Number
from sandbox.faults.modes import Mode, Point, Strike
from sandbox.graph.errors import GraphError
from sandbox.graph.files import WrongFile, file_of
from sandbox.graph.limits import check_window, window_open
from sandbox.graph.messages import Outgoing, ReadReceipt
from sandbox.graph.template_sends import Filled, TemplateSend, fill
from sandbox.media import File
from sandbox.people import User
from sandbox.templating import set_status
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that was taken. `user` is missing where Meta takes it and nobody gets it."""

    message_id: str
    addressed_to: str
    user: User | None
    template: bool = False

    def body(self) -> dict[str, Any]:
        """Meta's answer to the send."""
        contact = {"input": self.addressed_to}
        if self.user is not None:
            contact |= {"user_id": self.user.bsuid} if self.user.bsuid_only else {"wa_id": self.user.wa_id}
        message = {"id": self.message_id} | ({"message_status": "accepted"} if self.template else {})
        return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [message]}


def recipient_of(world: World, number: Number, outgoing: Outgoing) -> User | None:
    """Whom a message is for, or None for one that Meta takes and drops.

    Raises GraphError 131021 for the business's own number, 131030 for a phone number that is none of the sandbox's
    users (the allow list of a test number), 131026 for a BSUID that nobody has.
    """
    if outgoing.silent:
        return None
    if outgoing.bsuid:
        user = world.people.by_bsuid(number.id, outgoing.bsuid)
        if user is None:
            raise GraphError(131026, "No person with this business-scoped user id has written to this number.")
        return user
    if outgoing.phone == number.digits:
        raise GraphError(131021, "Sender and recipient phone number is the same.")
    user = world.people.by_phone(number.id, outgoing.phone)
    if user is None:
        raise GraphError(131030, "The sandbox has no user with this phone number on this business number.")
    return user


async def accept(world: World, number: Number, outgoing: Outgoing, user: User | None, fault: Strike | None) -> Accepted:
    """Take a message and show it. Raises GraphError where an ordered fault, a limit or the window forbids it."""
    if user is None:
        lost = _message(world, number, outgoing, "", world.clock.now())
        world.chats.add_lost(lost)
        return Accepted(lost.id, outgoing.addressed_to, None)
    mode = None if fault is None else fault.mode
    if fault is not None and mode is Mode.ERROR:
        raise GraphError(fault.code, "The sandbox was asked to fail this message.")
    filled = None if outgoing.template is None else _filled(world, outgoing.template, outgoing.bsuid)
    file, failure = await _file(world, number, outgoing, filled)
    now = world.people.now(user)
    if filled is None:
        if mode is Mode.LATE_WINDOW:
            failure = failure or (None if window_open(user, now) else 131047)
        else:
            check_window(user, now)
    if outgoing.kind == "reaction":
        _check_target(world, user, outgoing.payload["reaction"]["message_id"])
    world.limits.admit(number, user, now=world.clock.now(), user_now=now)
    message = _message(world, number, outgoing, user.id, now, file, filled)
    world.chats.add(user, message)
    if filled is not None:
        if filled.template.category == "MARKETING" and not user.marketing:
            failure = failure or 131050
        if world.templates.sent(filled.template):
            set_status(world, filled.template, filled.template.becomes, "NONE")
    if fault is not None and mode is Mode.ACCEPT_THEN_FAIL:
        failure = fault.code
    if failure is not None:
        world.statuses.failed(user, message, failure)
    else:
        world.statuses.delivered(user, message, world.faults.at(Point.STATUSES, number.id, user))
    return Accepted(message.id, outgoing.addressed_to, user, filled is not None)


def take_receipt(world: World, number: Number, receipt: ReadReceipt) -> User:
    """Mark a message read and show that the business is typing. Raises GraphError 131009 for an unknown message."""
    user = world.people.get(world.chats.writer_of(receipt.message_id) or "")
    if user is None or user.number != number.id:
        raise GraphError(131009, "The parameter message_id is not a message that this number received.")
    world.chats.mark_read(user, receipt.message_id)
    if receipt.typing:
        world.events.publish("typing", user=user.id)
    return user


def _filled(world: World, asked: TemplateSend, bsuid: str) -> Filled:
    filled = fill(world.templates, asked)
    if filled.template.category == "AUTHENTICATION" and bsuid:
        raise GraphError(131062, "Authentication templates cannot be sent to a business-scoped user id.")
    return filled


async def _file(
    world: World, number: Number, outgoing: Outgoing, filled: Filled | None
) -> tuple[File | None, int | None]:
    """The file of a message, or the code of the `failed` status that tells why Meta could not use it."""
    attachment = outgoing.attachment if filled is None else filled.attachment
    if attachment is None:
        return None, None
    try:
        return await file_of(world, number, attachment), None
    except WrongFile:
        return None, 131053


def _check_target(world: World, user: User, message_id: str) -> None:
    target = world.chats.get(message_id)
    if target is None or target.user != user.id:
        raise GraphError(131009, "The parameter reaction['message_id'] is not a message of this chat.")


def _message(
    world: World,
    number: Number,
    outgoing: Outgoing,
    user_id: str,
    at: float,
    file: File | None = None,
    filled: Filled | None = None,
) -> Message:
    return Message(
        new_wamid(),
        user_id,
        "out",
        at,
        outgoing.kind,
        outgoing.payload,
        "accepted",
        callback=outgoing.callback,
        number=number.id,
        addressed_to=outgoing.addressed_to,
        accepted=world.clock.now(),
        media=None if file is None else file.to_json(),
        shown=None if filled is None else filled.shown,
    )
