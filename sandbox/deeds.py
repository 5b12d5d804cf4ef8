"""What a person does on their phone, in Meta's fields (Meta, "Messages webhook reference"; each kind has its page)."""

from __future__ import annotations

from typing import Any

from sandbox.chats import Message
from sandbox.graph.errors import inbound_error
from sandbox.media import LARGEST, File, digest_of
from sandbox.people import User
from sandbox.world import World

Fields = dict[str, Any]


class NothingToTap(Exception):
    """The message has no such option: tap one of those it offers."""


def written(body: str) -> Fields:
    """A text."""
    return {"type": "text", "text": {"body": body}}


def tapped(world: World, user: User, option: str, message_id: str) -> Fields:
    """A tap on a button, a row, or a quick reply of a template. Raises NothingToTap."""
    message = world.chats.get(message_id)
    if message is None or message.user != user.id or message.type not in ("interactive", "template"):
        raise NothingToTap("this chat has no such message with options")
    reply = _quick_reply(message, option) if message.type == "template" else _reply(message, option)
    if reply is None:
        raise NothingToTap("that message does not offer this option")
    return answering(world, user, message_id) | reply


def answering(world: World, user: User, message_id: str) -> Fields:
    """The context of an answer to a message of this chat, whoever wrote that."""
    message = world.chats.get(message_id)
    from_person = message is not None and message.direction == "in"
    return {"context": {"from": user.wa_id if from_person else world.numbers[user.number].digits, "id": message_id}}


def filed(kind: str, file: File, url: str, *, caption: str | None, filename: str | None, voice: bool) -> Fields:
    """A file. One over Meta's limit comes as something that is not supported, with error 131052."""
    if file.size > LARGEST[kind]:
        return unsupported(kind, 131052)
    part: Fields = {"id": file.id, "mime_type": file.mime_type, "sha256": file.sha256, "url": url}
    if kind == "document":
        part["filename"] = filename or file.filename or "document"
    if kind == "audio":
        part["voice"] = voice
    if kind == "sticker":
        part["animated"] = False
    if caption is not None and kind in ("image", "document", "video"):
        part["caption"] = caption
    return {"type": kind, kind: part}


def card(name: str, phone: str, *, asked: bool) -> Fields:
    """A contact; `asked` is whether the business had asked for the person's own."""
    first, _, last = name.partition(" ")
    names = {"formatted_name": name, "first_name": first} | ({"last_name": last} if last else {})
    phones = [{"phone": phone, "wa_id": phone.lstrip("+"), "type": "CELL"}]
    origin = "contact_request" if asked else "other"
    return {"type": "contacts", "contacts": [{"name": names, "phones": phones}], "origin": origin}


def place(latitude: float, longitude: float, name: str | None, address: str | None) -> Fields:
    """A location, in degrees."""
    named = {key: value for key, value in (("name", name), ("address", address)) if value}
    return {"type": "location", "location": {"latitude": latitude, "longitude": longitude} | named}


def edited(message_id: str, body: str) -> Fields:
    """New words for a text."""
    return {"type": "edit", "edit": {"original_message_id": message_id, "message": written(body)}}


def revoked(message_id: str) -> Fields:
    """A message deleted for everyone."""
    return {"type": "revoke", "revoke": {"original_message_id": message_id}}


def reaction(message_id: str, emoji: str) -> Fields:
    """An emoji under a message; taking it back is one without the emoji."""
    return {"type": "reaction", "reaction": {"message_id": message_id} | ({"emoji": emoji} if emoji else {})}


def unsupported(kind: str, code: int = 131051) -> Fields:
    """Something that WhatsApp does not hand on."""
    return {"type": "unsupported", "errors": [inbound_error(code)], "unsupported": {"type": kind}}


def interactive_without_reply() -> Fields:
    """An answer that says nothing of what was chosen."""
    return {"type": "interactive", "interactive": {}, "errors": [inbound_error(131051)]}


def renamed(user: User, old_phone: str, old_bsuid: str) -> Fields:
    """The system message of a person who has another number now, and another BSUID with it, or that alone."""
    system: Fields = {"user_id": user.bsuid, "previous_user_id": old_bsuid}
    if user.wa_id == old_phone:
        changes = {"type": "user_changed_user_id", "body": f"User {user.name} changed their user id"}
    elif user.bsuid_only:
        changes = {"type": "user_changed_number", "body": f"User {user.name} changed their phone number"}
    else:
        body = f"User {user.name} changed from {old_phone} to {user.wa_id}"
        changes = {"type": "user_changed_number", "body": body, "wa_id": user.wa_id}
    return {"type": "system", "system": changes | system}


def with_wrong_sha256(fields: Fields) -> Fields:
    """The same file, with the digest of another one."""
    kind = fields["type"]
    if not isinstance(fields.get(kind), dict) or "sha256" not in fields[kind]:
        return fields
    return fields | {kind: fields[kind] | {"sha256": digest_of(b"another file")}}


def _reply(message: Message, option: str) -> Fields | None:
    action = message.payload["interactive"]["action"]
    for button in action.get("buttons", []):
        if button["reply"]["id"] == option:
            return _interactive("button_reply", {"id": option, "title": button["reply"]["title"]})
    for section in action.get("sections", []):
        for row in section["rows"]:
            if row["id"] == option:
                shown = {key: row[key] for key in ("id", "title", "description") if row.get(key)}
                return _interactive("list_reply", shown)
    return None


def _interactive(kind: str, reply: Fields) -> Fields:
    return {"type": "interactive", "interactive": {"type": kind, kind: reply}}


def _quick_reply(message: Message, option: str) -> Fields | None:
    for button in (message.shown or {}).get("buttons", []):
        if button["type"] == "QUICK_REPLY" and button["payload"] == option:
            return {"type": "button", "button": {"payload": option, "text": button["text"]}}
    return None
