"""What people do, posted to the product: one webhook for a message or several, with the faults that strike it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox import deeds
from sandbox.chats import Message, new_wamid
from sandbox.faults.modes import Mode, Point, Strike
from sandbox.media import File
from sandbox.people import User
from sandbox.webhooks.batches import Batch
from sandbox.webhooks.delivery import Webhook
from sandbox.webhooks.envelopes import messages_body, preferences_body
from sandbox.world import World

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Deed:
    """Something a person sends, in Meta's fields, and the file that belongs to it; of a voice note, what is said."""

    fields: Fields
    file: File | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """The new message, and how the first attempt of its webhook went; None too where it is posted later."""

    message: Message
    first: asyncio.Future[int | None]


def send(world: World, user: User, *several: Deed) -> Sent:
    """The person sends messages of any kind; what is missing in their fields (who, id, time) is added.

    Several go in one webhook, as Meta batches what comes in quickly.
    """
    number = world.numbers[user.number]
    struck = [world.faults.at(Point.MESSAGE, number.id, user) for _ in several]
    messages = []
    for deed, strikes in zip(several, struck, strict=True):
        message = message_of(world, user, deed, {strike.mode for strike in strikes})
        if message.type == "text" and any(strike.mode is Mode.EDIT_BEFORE_TARGET for strike in strikes):
            early = deeds.edited(message.id, message.payload["text"]["body"])
            _post(world, user, [message_of(world, user, Deed(early), set())], ())
        world.chats.add(user, message)
        messages.append(message)
    sent = Sent(messages[-1], _post(world, user, messages, world.faults.at(Point.WEBHOOK, number.id, user)))
    if any(strike.mode is Mode.CHANGE_NUMBER for strikes in struck for strike in strikes):
        change_number(world, user)
    return sent


def send_batch(world: World, batch: Sequence[tuple[User, Deed]], *, statuses: bool) -> tuple[list[Message], Webhook]:
    """Messages of several people of one number in one webhook, with the statuses that are due if they are wanted."""
    gathered = Batch(world.numbers[batch[0][0].number])
    for user, deed in batch:
        message = message_of(world, user, deed, set())
        world.chats.add(user, message)
        gathered.add(user, [message])
    return gathered.messages, world.batches.post(gathered, statuses=statuses)


def change_number(world: World, user: User, phone: str | None = None) -> Sent:
    """The person has another phone number from now on, and another BSUID with it. Raises PhoneTaken."""
    return _renamed(world, user, lambda: world.people.change_number(user, world.numbers[user.number].business, phone))


def change_user_id(world: World, user: User) -> Sent:
    """The person has another BSUID from now on."""
    return _renamed(world, user, lambda: world.people.change_bsuid(user, world.numbers[user.number].business))


def change_preferences(world: World, user: User, value: str) -> Webhook:
    """The person stops marketing messages, or wants them again: `value` is stop or resume."""
    number = world.numbers[user.number]
    world.people.change(user, marketing=value == "resume")
    body = preferences_body(number, user, value, world.people.now(user))
    return world.deliveries.post(number.id, user.id, "preferences", body, [user.id])


def _renamed(world: World, user: User, rename: Callable[[], None]) -> Sent:
    before = _sender(user)
    old_phone, old_bsuid = user.wa_id, user.bsuid
    rename()
    fields = deeds.renamed(user, old_phone, old_bsuid)
    message = message_of(world, user, Deed(before | fields), set())
    world.chats.add(user, message)
    world.events.publish("user", user=user.id, change="changed")
    return Sent(message, _post(world, user, [message], ()))


def _post(world: World, user: User, messages: list[Message], faults: tuple[Strike, ...]) -> asyncio.Future[int | None]:
    number = world.numbers[user.number]
    batch = next((strike for strike in faults if strike.mode is Mode.BATCH_WEBHOOKS), None)
    if batch is not None:
        world.batches.open(number, batch.seconds)
    if world.batches.joins(number):
        world.batches.add(number, user, messages)
        later: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        later.set_result(None)
        return later
    body = messages_body(number, user, [message.payload for message in messages])
    ids = " ".join(message.id for message in messages)
    return world.deliveries.post(number.id, user.id, "message", body, [user.id], ids, faults).first


def message_of(world: World, user: User, deed: Deed, modes: set[Mode], message_id: str | None = None) -> Message:
    """What a person does, as a message of their chat; a new one is given a wamid unless it is to have another id."""
    at = world.people.now(user)
    fields = _garbled(deed.fields, modes) if modes else deed.fields
    payload = _sender(user) | {"id": message_id or new_wamid(), "timestamp": str(int(at))} | fields
    if Mode.MILLISECOND_TIMESTAMPS in modes:
        payload["timestamp"] = str(int(at * 1000))
    if Mode.HIDE_PHONE in modes:
        payload.pop("from", None)
    if user.limits:
        world.limits.heard(world.numbers[user.number], world.clock.now())
    return Message(
        str(payload["id"]),
        user.id,
        "in",
        at,
        str(payload["type"]),
        payload,
        "waiting",
        number=user.number,
        media=None if deed.file is None else deed.file.to_json() | ({"words": deed.said} if deed.said else {}),
    )


def _garbled(fields: Fields, modes: set[Mode]) -> Fields:
    kept = {name: value for name, value in fields.items() if name in ("id", "context", "timestamp")}
    if Mode.UNSUPPORTED in modes:
        return kept | deeds.unsupported(str(fields["type"]))
    if Mode.INTERACTIVE_WITHOUT_REPLY in modes and fields["type"] == "interactive":
        return kept | deeds.interactive_without_reply()
    return deeds.with_wrong_sha256(fields) if Mode.WRONG_SHA256 in modes else fields


def _sender(user: User) -> Fields:
    return {"from_user_id": user.bsuid} if user.bsuid_only else {"from": user.wa_id, "from_user_id": user.bsuid}
