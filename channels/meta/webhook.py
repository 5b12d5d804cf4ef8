"""A webhook's body into items, each read on its own: one that is malformed never costs its neighbours.

Source: Meta, webhooks overview and messages webhook reference. A body holds entries, those hold changes, those hold
contacts, messages, statuses and errors; nothing says how many, nor in what order they happened.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from typing import Any

from channels.meta.account import preference, template_update
from channels.meta.contents import content_of
from channels.meta.fields import Fields, Malformed, kind_of
from channels.meta.identities import system_message
from channels.meta.senders import Contacts, sender_of
from domain.inbound import Incoming, Item, Notice, Sender, StatusUpdate, Unreadable

_OBJECT = "whatsapp_business_account"
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MAYBE_UNSTORABLE = re.compile(r"\\u(?:0000|[dD][89a-fA-F])")

_LONGEST_WHOLE = 18
"""digits: 64 bits hold them"""
_DEEPEST = 64
_TOO_DEEP = "nested too deeply to be kept"


class NotAWebhook(Exception):
    """The body as a whole is none of WhatsApp's: answer 400. Its text holds no value of the body."""


def read(body: bytes) -> list[Item]:
    """Everything a webhook says, in its order, messages before statuses. Raises NotAWebhook.

    NUL characters and halves of surrogate pairs, which JSON can carry and PostgreSQL cannot, become U+FFFD. A number
    that no machine's holds stays the text it is; of what is nested over 64 levels deep, those 64 are kept.
    """
    items: list[Item] = []
    for at, entry in enumerate(_entries(body)):
        path = f"entry[{at}]"
        if not isinstance(entry, dict):
            items.append(_unreadable("", Malformed(path, "an object", entry), entry))
            continue
        changes = entry.get("changes")
        if not isinstance(changes, list):
            items.append(_unreadable("", Malformed(f"{path}.changes", "a list", changes), entry))
            continue
        for number, change in enumerate(changes):
            try:
                items.extend(_read_change(Fields(change, f"{path}.changes[{number}]")))
            except Malformed as error:
                items.append(_unreadable("", error, change))
    return items


def _entries(body: bytes) -> list[Any]:
    try:
        text = body.decode()
        envelope = _DECODER.decode(text)
        if _MAYBE_UNSTORABLE.search(text) or text.count("[") + text.count("{") > _DEEPEST:
            envelope = _storable(envelope)
    except UnicodeDecodeError:
        raise NotAWebhook("the body is not UTF-8") from None
    except (ValueError, RecursionError):
        raise NotAWebhook("the body is not JSON") from None
    if not isinstance(envelope, dict):
        raise NotAWebhook(f"the body is {kind_of(envelope)}, not an object")
    if envelope.get("object") != _OBJECT:
        raise NotAWebhook(f"the body's object is not {_OBJECT}: another product of Meta is subscribed to this address")
    entries = envelope.get("entry")
    if not isinstance(entries, list):
        raise NotAWebhook(f"the body's entry is {kind_of(entries)}, not a list")
    return entries


def _read_change(change: Fields) -> list[Item]:
    value = change.child("value")
    number = _number_of(value)
    field = change.optional_text("field") or "messages"
    items: list[Item] = []
    contacts = Contacts(value.values.get("contacts"))
    if field == "message_template_status_update":
        return [template_update(value) or Notice(number, field, value.values)]
    if field == "user_preferences":
        for path, told in _listed(value, field, number, items):
            try:
                items.append(preference(Fields(told, path), number, contacts) or Notice(number, field, told))
            except Malformed as error:
                items.append(_unreadable(number, error, told))
    elif field == "messages":
        _read_messages(value, number, contacts, items)
    # Something new under a known name is still worth a trace.
    return items or [Notice(number, field, value.values)]


def _read_messages(value: Fields, number: str, contacts: Contacts, items: list[Item]) -> None:
    for path, message in _listed(value, "messages", number, items):
        try:
            items.append(_incoming(Fields(message, path), number, contacts))
        except Malformed as error:
            items.append(_unreadable(number, error, message))
    for path, status in _listed(value, "statuses", number, items):
        try:
            items.append(_status(Fields(status, path), number))
        except Malformed as error:
            items.append(_unreadable(number, error, status))
    for _, problem in _listed(value, "errors", number, items):
        items.append(Notice(number, "errors", problem if isinstance(problem, dict) else {"error": problem}))


def _listed(value: Fields, name: str, number: str, items: list[Item]) -> list[tuple[str, Any]]:
    """The elements of a list with their paths; what is no list is reported among the items."""
    found = value.values.get(name)
    if found is None:
        return []
    if not isinstance(found, list):
        items.append(_unreadable(number, value.malformed(name, "a list"), value.values))
        return []
    return [(f"{name}[{at}]", element) for at, element in enumerate(found)]


def _incoming(message: Fields, number: str, contacts: Contacts) -> Incoming:
    kind = message.identifier("type")
    if kind == "system":
        sender, content = system_message(message)
    else:
        sender = sender_of(message, contacts)
        content = content_of(message, kind)
    context = message.values.get("context")
    referral = message.values.get("referral")
    return Incoming(
        provider_id=message.optional_text("id") or _fingerprint(message.values, number, sender),
        number=number,
        sender=sender,
        at=message.moment("timestamp"),
        content=content,
        reply_to=message.child("context").optional_text("id") if context is not None else "",
        # An ad is a nicety: one that cannot be read must not cost the message.
        referral=referral if isinstance(referral, dict) else {},
        raw=message.values,
    )


def _status(status: Fields, number: str) -> StatusUpdate:
    errors = status.values.get("errors")
    error = Fields(errors[0], f"{status.path}.errors[0]") if isinstance(errors, list) and errors else None
    code = error.values.get("code") if error else 0
    return StatusUpdate(
        provider_id=status.identifier("id"),
        number=number,
        status=status.identifier("status"),
        at=status.moment("timestamp"),
        key=status.optional_text("biz_opaque_callback_data"),
        error_code=code if isinstance(code, int) else 0,
        error_title=error.optional_text("title") if error else "",
    )


def _number_of(value: Fields) -> str:
    metadata = value.values.get("metadata")
    number = metadata.get("phone_number_id") if isinstance(metadata, dict) else None
    return str(number) if isinstance(number, str | int) else ""


def _fingerprint(item: dict[str, Any], number: str, sender: Sender) -> str:
    """An id for an item without one: the same however often it is delivered. The sender may stand outside the item."""
    whole = json.dumps([number, sender.phone, sender.bsuid, item], sort_keys=True)
    return f"sha256:{hashlib.sha256(whole.encode()).hexdigest()}"


def _unreadable(number: str, error: Malformed, found: Any) -> Unreadable:
    return Unreadable(number, str(error), found if isinstance(found, dict) else {"item": found})


def _storable(value: Any, levels: int = _DEEPEST) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list | dict) and not levels:
        return _TOO_DEEP
    if isinstance(value, list):
        return [_storable(element, levels - 1) for element in value]
    if isinstance(value, dict):
        return {_storable(name): _storable(element, levels - 1) for name, element in value.items()}
    return value


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_WHOLE else digits


def _fraction(digits: str) -> float | str:
    number = float(digits)
    return number if math.isfinite(number) else digits


def _refuse_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON number")


_DECODER = json.JSONDecoder(parse_int=_whole, parse_float=_fraction, parse_constant=_refuse_constant)
