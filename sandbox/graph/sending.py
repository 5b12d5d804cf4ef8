"""Accepting a message of the business: faults, limits and the window judged, then shown on the phone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.chats import Message, new_wamid
from sandbox.config import Number
from sandbox.faults.modes import Mode, Point, Strike
from sandbox.graph.errors import GraphError
from sandbox.graph.limits import check_window
from sandbox.graph.messages import Outgoing, ReadReceipt
from sandbox.people import User
from sandbox.world import World


@dataclass(frozen=True, slots=True)
class Accepted:
    """A message that was taken. `user` is missing where Meta takes it and nobody gets it."""

    message_id: str
    addressed_to: str
    user: User | None

    def body(self) -> dict[str, Any]:
        """Meta's answer to the send."""
        contact = {"input": self.addressed_to}
        if self.user is not None:
            contact |= {"user_id": self.user.bsuid} if self.user.bsuid_only else {"wa_id": self.user.wa_id}
        return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [{"id": self.message_id}]}


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


def accept(world: World, number: Number, outgoing: Outgoing, user: User | None, fault: Strike | None) -> Accepted:
    """Take a message and show it. Raises GraphError where an ordered fault, a limit or the window forbids it."""
    if user is None:
        return Accepted(new_wamid(), outgoing.addressed_to, None)
    if fault is not None and fault.mode is Mode.ERROR:
        raise GraphError(fault.code, "The sandbox was asked to fail this message.")
    now = world.people.now(user)
    check_window(user, now)
    world.limits.admit(number, user, now=world.clock.now(), user_now=now)
    message = Message(
        new_wamid(), user.id, "out", now, outgoing.kind, outgoing.payload, "accepted", callback=outgoing.callback
    )
    world.chats.add(user, message)
    if fault is not None and fault.mode is Mode.ACCEPT_THEN_FAIL:
        world.statuses.failed(user, message, fault.code)
    else:
        told = world.faults.at(Point.STATUSES, number.id, user)
        reverse = any(strike.mode is Mode.STATUSES_REVERSED for strike in told)
        world.statuses.delivered(user, message, reverse=reverse)
    return Accepted(message.id, outgoing.addressed_to, user)


def take_receipt(world: World, number: Number, receipt: ReadReceipt) -> User:
    """Mark a message read and show that the business is typing. Raises GraphError 131009 for an unknown message."""
    user = world.people.get(world.chats.writer_of(receipt.message_id) or "")
    if user is None or user.number != number.id:
        raise GraphError(131009, "The parameter message_id is not a message that this number received.")
    world.chats.mark_read(user, receipt.message_id)
    if receipt.typing:
        world.events.publish("typing", user=user.id)
    return user
