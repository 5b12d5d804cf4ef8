"""What a person may send that is no text, in Meta's own fields (Meta, messages webhook reference)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Fields = dict[str, Any]


def _media(kind: str, mime_type: str) -> Callable[[str], Fields]:
    def fields(words: str) -> Fields:
        medium = {"id": f"a-{kind}-of-a-person", "mime_type": mime_type, "sha256": "bm90IHJlYWw="}
        return {"type": kind, kind: medium | ({"caption": words} if words else {})}

    return fields


def _contact(words: str) -> Fields:
    name = words or "Ravi Kumar"
    card = {"name": {"formatted_name": name, "first_name": name.split()[0]}, "phones": [{"phone": "+91 98000 00000"}]}
    return {"type": "contacts", "contacts": [card]}


def _location(words: str) -> Fields:
    return {"type": "location", "location": {"latitude": 18.52, "longitude": 73.85, "name": words or "Home"}}


def _order(words: str) -> Fields:
    item = {"product_retailer_id": "1", "quantity": 1, "item_price": 1, "currency": "INR"}
    return {"type": "order", "order": {"catalog_id": "1", "text": words, "product_items": [item]}}


def _reaction(words: str) -> Fields:
    return {"type": "reaction", "reaction": {"message_id": "wamid.of-a-message", "emoji": words or "👍"}}


def _edit(words: str) -> Fields:
    message = {"type": "text", "text": {"body": words}}
    return {"type": "edit", "edit": {"original_message_id": "wamid.of-a-message", "message": message}}


def _deletion(_: str) -> Fields:
    return {"type": "revoke", "revoke": {"original_message_id": "wamid.of-a-message"}}


def _unsupported(_: str) -> Fields:
    error = {"code": 131051, "title": "Message type unknown", "message": "Message type unknown"}
    return {"type": "unsupported", "unsupported": {"type": "poll_creation"}, "errors": [error]}


KINDS: dict[str, Callable[[str], Fields]] = {
    "picture": _media("image", "image/jpeg"),
    "voice message": _media("audio", "audio/ogg; codecs=opus"),
    "video": _media("video", "video/mp4"),
    "document": _media("document", "application/pdf"),
    "sticker": _media("sticker", "image/webp"),
    "location": _location,
    "contact": _contact,
    "order": _order,
    "reaction": _reaction,
    "edit": _edit,
    "deletion": _deletion,
    "poll": _unsupported,
}
"""name in a transcript -> the message's fields, made of what stands behind the colon"""
