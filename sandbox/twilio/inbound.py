"""What people do on a number of Twilio's, posted to the product: one post a message, tried once."""

from __future__ import annotations

import asyncio

from sandbox.config import Number
from sandbox.faults.modes import Mode, Point
from sandbox.inbound import Deed, Sent, message_of
from sandbox.media import WEBHOOK_LASTS, File
from sandbox.people import User
from sandbox.twilio.forms import FILES, TOLD, form_of
from sandbox.twilio.records import Record
from sandbox.twilio.sids import new_sid
from sandbox.world import World


async def send(world: World, user: User, base: str, *several: Deed) -> Sent:
    """The person sends messages; `base` is the URL that Twilio's API is under. What came of the last is answered."""
    return [await _send(world, user, base, deed) for deed in several][-1]


def change_number(world: World, user: User, phone: str | None = None) -> None:
    """The person has another phone number and BSUID from now on: Twilio tells nothing of it. Raises PhoneTaken."""
    world.people.change_number(user, world.numbers[user.number].business, phone)
    world.events.publish("user", user=user.id, change="changed")


def change_user_id(world: World, user: User) -> None:
    """The person has another BSUID from now on: Twilio tells nothing of it."""
    world.people.change_bsuid(user, world.numbers[user.number].business)
    world.events.publish("user", user=user.id, change="changed")


async def _send(world: World, user: User, base: str, deed: Deed) -> Sent:
    number = world.numbers[user.number]
    modes = {strike.mode for strike in world.faults.at(Point.MESSAGE, number.id, user)}
    sid = new_sid("SM" if deed.file is None else "MM")
    message = message_of(world, user, deed, modes, sid)
    file = await _file(world, user, message.payload) if message.type == "contacts" else deed.file
    file = file if message.type in (*FILES, "contacts") else None
    world.chats.add(user, message)
    if message.type not in TOLD:
        world.chats.set_status(message.id, user.id, "delivered")
        first: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        first.set_result(None)
        return Sent(message, first)
    form = form_of(world.twilio.sid, base, number, user, message, file)
    world.twilio.records.add(_record(number, user, form, file, message.at))
    faults = world.faults.at(Point.WEBHOOK, number.id, user)

    def settled(taken: bool) -> None:
        world.chats.set_status(message.id, user.id, "delivered" if taken else "failed")

    address = world.settings.webhook(number.id)
    posted = world.twilio.posts.post(
        number.id, user.id, "message", address, form, lane=user.id, settled=settled, faults=faults
    )
    if Mode.CHANGE_NUMBER in modes:
        change_number(world, user)
    return Sent(message, posted)


def _record(number: Number, user: User, form: dict[str, str], file: File | None, at: float) -> Record:
    return Record(
        sid=form["MessageSid"],
        user=user.id,
        number=number.id,
        direction="inbound",
        sender=form["From"],
        recipient=number.id,
        body=form["Body"],
        callback="",
        service=None,
        media=() if file is None else (file.id,),
        sent=at,
        updated=at,
    )


async def _file(world: World, user: User, fields: dict[str, object]) -> File:
    """A contact as the file that Twilio makes of it: a vCard."""
    cards = fields["contacts"]
    assert isinstance(cards, list)
    name, [phone, *_] = cards[0]["name"]["formatted_name"], cards[0]["phones"]
    lines = ["BEGIN:VCARD", "VERSION:3.0", f"FN:{name}", f"TEL;TYPE=CELL:{phone['phone']}", "END:VCARD", ""]
    return await world.media.keep(
        "\r\n".join(lines).encode(),
        "text/vcard",
        "contact.vcf",
        number=user.number,
        user=user.id,
        now=world.people.now(user),
        lasts=WEBHOOK_LASTS,
    )
