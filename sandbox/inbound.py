"""What a person does on their phone, turned into Meta's messages and posted to the product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.chats import Message, new_wamid
from sandbox.people import User
from sandbox.webhooks.delivery import Webhook
from sandbox.webhooks.envelopes import messages_body
from sandbox.world import World


class NothingToTap(Exception):
    """The message has no such option: tap one of those it offers."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The new message, and its webhook on the way."""

    message: Message
    webhook: Webhook


def written(body: str) -> dict[str, Any]:
    """A text in Meta's fields."""
    return {"type": "text", "text": {"body": body}}


def tapped(world: World, user: User, option: str, message_id: str) -> dict[str, Any]:
    """A tap in Meta's fields. Raises NothingToTap."""
    message = world.chats.get(message_id)
    if message is None or message.user != user.id or message.type != "interactive":
        raise NothingToTap("this chat has no such message with options")
    reply = _reply(message.payload["interactive"], option)
    if reply is None:
        raise NothingToTap("that message does not offer this option")
    context = {"from": world.numbers[user.number].digits, "id": message_id}
    return {"type": "interactive", "context": context, "interactive": reply}


def send(world: World, user: User, *several: dict[str, Any]) -> Sent:
    """The person sends messages of any kind, given in Meta's fields; what is missing (who, id, time) is added.

    Several go in one webhook, as Meta batches what comes in quickly.
    """
    number = world.numbers[user.number]
    messages = [_message(world, user, fields) for fields in several]
    body = messages_body(number, user, [message.payload for message in messages])
    ids = " ".join(message.id for message in messages)
    return Sent(messages[-1], world.deliveries.post(number.id, user.id, "message", body, [user.id], ids))


def _message(world: World, user: User, fields: dict[str, Any]) -> Message:
    at = world.people.now(user)
    sender = {"from_user_id": user.bsuid} if user.bsuid_only else {"from": user.wa_id, "from_user_id": user.bsuid}
    payload = sender | {"id": new_wamid(), "timestamp": str(int(at))} | fields
    message = Message(str(payload["id"]), user.id, "in", at, str(payload["type"]), payload, "waiting")
    if user.limits:
        world.limits.heard(world.numbers[user.number], world.clock.now())
    world.chats.add(user, message)
    return message


def _reply(interactive: dict[str, Any], option: str) -> dict[str, Any] | None:
    action = interactive["action"]
    for button in action.get("buttons", []):
        if button["reply"]["id"] == option:
            return {"type": "button_reply", "button_reply": {"id": option, "title": button["reply"]["title"]}}
    for section in action.get("sections", []):
        for row in section["rows"]:
            if row["id"] == option:
                shown = {key: row[key] for key in ("id", "title", "description") if row.get(key)}
                return {"type": "list_reply", "list_reply": shown}
    return None
