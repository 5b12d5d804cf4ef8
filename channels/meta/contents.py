"""What a message holds: one reader per kind, and a table of them. Source: Meta, messages webhook reference."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from channels.meta.fields import Fields, Malformed
from channels.meta.senders import phone_number
from domain.inbound import (
    ContactContent,
    Content,
    EditContent,
    LocationContent,
    MediaContent,
    OtherContent,
    ReactionContent,
    RevokeContent,
    TapContent,
    TextContent,
)


def content_of(message: Fields, kind: str) -> Content:
    """What a message of this kind says; a kind without a reader is OtherContent. Raises Malformed."""
    reader = READERS.get(kind)
    return reader(message) if reader else _other(message, kind)


def _text(message: Fields) -> Content:
    return TextContent(message.child("text").text("body"))


def _interactive(message: Fields) -> Content:
    # Seen in the wild: nothing under its name, or no sub-object in it, and errors[] beside it.
    if not message.has("interactive"):
        return _other(message, "interactive")
    interactive = message.child("interactive")
    kind = interactive.optional_text("type")
    if not kind or not interactive.has(kind):
        return _other(message, "interactive")
    reply = interactive.child(kind)
    if kind in ("button_reply", "list_reply"):
        return TapContent(reply.identifier("id"), reply.optional_text("title"))
    if kind == "nfm_reply":
        return OtherContent(kind, reply.values | {"response": _form_answers(reply)})
    return OtherContent(kind, reply.values)


def _form_answers(reply: Fields) -> Any:
    """A flow's answers, which come as JSON inside text; nothing where that text is no JSON."""
    try:
        return json.loads(reply.optional_text("response_json"))
    except (ValueError, RecursionError):
        return None


def _button(message: Fields) -> Content:
    button = message.child("button")
    title = button.optional_text("text")
    # A template's quick reply without a payload of its own sends its words.
    return TapContent(button.optional_text("payload") or title, title)


def _media(kind: str) -> Callable[[Fields], Content]:
    def read(message: Fields) -> Content:
        media = message.child(kind)
        return MediaContent(
            media=kind,
            media_id=media.identifier("id"),
            mime_type=media.optional_text("mime_type"),
            sha256=media.optional_text("sha256"),
            caption=media.optional_text("caption"),
            filename=media.optional_text("filename"),
        )

    return read


def _location(message: Fields) -> Content:
    place = message.child("location")
    return LocationContent(
        latitude=place.degrees("latitude", 90),
        longitude=place.degrees("longitude", 180),
        name=place.optional_text("name"),
        address=place.optional_text("address"),
    )


def _reaction(message: Fields) -> Content:
    reaction = message.child("reaction")
    return ReactionContent(reaction.identifier("message_id"), reaction.optional_text("emoji"))


def _edit(message: Fields) -> Content:
    edit = message.child("edit")
    new = edit.child("message")
    kind = new.optional_text("type") or "text"
    # Of a medium only the caption can be rewritten.
    body = new.child(kind).optional_text("body" if kind == "text" else "caption") if new.has(kind) else ""
    return EditContent(edit.identifier("original_message_id"), body)


def _revoke(message: Fields) -> Content:
    return RevokeContent(message.child("revoke").identifier("original_message_id"))


def _contacts(message: Fields) -> Content:
    cards = message.values.get("contacts")
    if not isinstance(cards, list):
        raise message.malformed("contacts", "a list")
    phones: list[str] = []
    names: list[str] = []
    for at, card in enumerate(cards):
        try:
            read = Fields(card, f"{message.path}.contacts[{at}]")
            phones += _phones(read)
            names += [read.child("name").optional_text("formatted_name")] if read.has("name") else []
        except Malformed:
            continue  # One card that cannot be read does not cost the others.
    return ContactContent(
        phones=tuple(dict.fromkeys(phones)),
        names=tuple(name for name in names if name),
        requested=message.optional_text("origin") == "contact_request",
    )


def _phones(card: Fields) -> list[str]:
    """The numbers of a card: of each the one that WhatsApp knows, else the one in the address book."""
    told = card.values.get("phones")
    found = [phone for phone in told if isinstance(phone, dict)] if isinstance(told, list) else []
    read = [phone_number(one.get("wa_id")) or _dialled(one.get("phone")) for one in found]
    return [phone for phone in read if phone]


def _dialled(written: object) -> str:
    """A number as people write it down, where it is whole: with its plus sign, and spaces, dots, dashes or brackets."""
    bare = re.sub(r"[\s().-]", "", written) if isinstance(written, str) else ""
    return phone_number(bare) if bare.startswith("+") else ""


def _order(message: Fields) -> Content:
    return OtherContent("order", message.child("order").values)


def _other(message: Fields, kind: str) -> Content:
    """A kind nobody asks for: what it holds under its own name, and the errors that came with it."""
    held = message.values.get(kind)
    detail: dict[str, Any] = dict(held) if isinstance(held, dict) else {}
    if message.has("errors"):
        detail["errors"] = message.values["errors"]
    return OtherContent(kind, detail)


READERS: Mapping[str, Callable[[Fields], Content]] = {
    "text": _text,
    "interactive": _interactive,
    "button": _button,
    "location": _location,
    "image": _media("image"),
    "document": _media("document"),
    "audio": _media("audio"),
    "video": _media("video"),
    "sticker": _media("sticker"),
    "contacts": _contacts,
    "order": _order,
    "reaction": _reaction,
    "edit": _edit,
    "revoke": _revoke,
}
"""Every kind that has a shape of its own. `system` is read in `channels.meta.identities`."""
