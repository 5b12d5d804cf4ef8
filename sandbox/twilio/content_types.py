"""The kinds of Content that the sandbox offers, with Twilio's limits (Twilio, "Content types overview")."""

from __future__ import annotations

import re
from typing import Any

from sandbox.twilio.errors import TwilioError

LONGEST_TEXT = 1600
LONGEST_BODY = 1024
LONGEST_BUTTON = 20
LONGEST_LINK_BUTTON = 25
LONGEST_BUTTON_ID = 200
MOST_BUTTONS = 10
"""Of an approved template; WhatsApp shows no more than `MOST_UNAPPROVED` of one that is not."""
MOST_UNAPPROVED = 3
MOST_ITEMS = 10
LONGEST_ITEM = 24
LONGEST_ITEM_ID = 200
LONGEST_DESCRIPTION = 72

Type = dict[str, Any]

VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")

OFFERED = (
    "twilio/list-picker",
    "twilio/quick-reply",
    "twilio/call-to-action",
    "twilio/media",
    "twilio/location",
    "twilio/text",
)
"""The richest first: WhatsApp is sent the first of those that a Content has."""

SESSION_ONLY = frozenset({"twilio/list-picker", "twilio/location"})
"""Kinds that WhatsApp does not approve."""


def check_types(types: Any) -> None:
    """Check the types of a Content that is to be made. Raises TwilioError 20001."""
    if not isinstance(types, dict) or not types:
        raise _wrong("types must name at least one content type")
    for name, part in types.items():
        if name not in OFFERED:
            raise _wrong(f"content type {name!r} is not offered by this sandbox")
        if not isinstance(part, dict):
            raise _wrong(f"{name} must be an object")
        _CHECKS[name](part)


def rendered(types: dict[str, Type]) -> tuple[str, Type]:
    """The type that WhatsApp is sent, and its name."""
    name = next(name for name in OFFERED if name in types)
    return name, types[name]


def _check_text(part: Type) -> None:
    _sized(part, "body", LONGEST_TEXT)


def _check_media(part: Type) -> None:
    media = part.get("media")
    if not isinstance(media, list) or not media or not all(isinstance(url, str) for url in media):
        raise _wrong("media must be a list of URLs")
    if part.get("body"):
        _sized(part, "body", LONGEST_TEXT)


def _check_location(part: Type) -> None:
    for name in ("latitude", "longitude"):
        if not isinstance(part.get(name), int | float | str):
            raise _wrong(f"{name} is needed")


def _check_quick_reply(part: Type) -> None:
    _sized(part, "body", LONGEST_BODY)
    for action in _listed(part, "actions", MOST_BUTTONS):
        _sized(action, "title", LONGEST_BUTTON)
        if action.get("id") is not None:
            _sized(action, "id", LONGEST_BUTTON_ID)


def _check_list_picker(part: Type) -> None:
    _sized(part, "body", LONGEST_BODY)
    _sized(part, "button", LONGEST_BUTTON)
    for item in _listed(part, "items", MOST_ITEMS):
        _sized(item, "item", LONGEST_ITEM)
        _sized(item, "id", LONGEST_ITEM_ID)
        if item.get("description"):
            _sized(item, "description", LONGEST_DESCRIPTION)


def _check_call_to_action(part: Type) -> None:
    _sized(part, "body", LONGEST_BODY)
    for action in _listed(part, "actions", MOST_BUTTONS):
        _sized(action, "title", LONGEST_LINK_BUTTON)
        if action.get("type") == "URL":
            _sized(action, "url", LONGEST_TEXT)
        elif action.get("type") == "PHONE_NUMBER":
            _sized(action, "phone", LONGEST_BUTTON)
        else:
            raise _wrong("an action's type must be URL or PHONE_NUMBER")


_CHECKS = {
    "twilio/list-picker": _check_list_picker,
    "twilio/quick-reply": _check_quick_reply,
    "twilio/call-to-action": _check_call_to_action,
    "twilio/media": _check_media,
    "twilio/location": _check_location,
    "twilio/text": _check_text,
}


def _listed(part: Type, name: str, most: int) -> list[Type]:
    items = part.get(name)
    if not isinstance(items, list) or not 1 <= len(items) <= most or not all(isinstance(item, dict) for item in items):
        raise _wrong(f"{name} must be a list of 1 to {most} objects")
    return items


def _sized(part: Type, name: str, longest: int) -> None:
    """A text of 1 to `longest` characters; variables are reckoned as they stand, and once more when they are filled."""
    value = part.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _wrong(f"{name} is needed, and must be a text")
    if len(VARIABLE.sub("", value)) > longest:
        raise _wrong(f"{name} must have at most {longest} characters")


def _wrong(details: str) -> TwilioError:
    return TwilioError(20001, details)
