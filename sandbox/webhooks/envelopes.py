"""The JSON around messages and statuses, encoded and signed as Meta does it (Meta, "Webhooks", payload examples)."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

from sandbox.config import Number
from sandbox.people import User

BUSINESS_ACCOUNT = "200000000000001"


def messages_body(number: Number, user: User, messages: Sequence[dict[str, Any]]) -> bytes:
    """A webhook with messages of one person. System messages come without `contacts`, as Meta sends them."""
    return batch_body(number, [contact for message in messages for contact in contacts_of(user, message)], messages)


def contacts_of(user: User, message: dict[str, Any]) -> list[dict[str, Any]]:
    """Who comes with a message in `contacts`: nobody with a system message, else its sender, hidden where it hides."""
    return [] if message.get("type") == "system" else [user.contact(hidden=user.bsuid_only or "from" not in message)]


def batch_body(
    number: Number,
    contacts: Sequence[dict[str, Any]],
    messages: Sequence[dict[str, Any]],
    statuses: Sequence[dict[str, Any]] = (),
) -> bytes:
    """A webhook with messages of several people, and statuses if there are some."""
    once = [contact for place, contact in enumerate(contacts) if contact not in contacts[:place]]
    return _envelope(number, {"contacts": once, "messages": list(messages), "statuses": list(statuses)})


def preferences_body(number: Number, user: User, value: str, at: float) -> bytes:
    """A webhook about whether a person wants marketing messages: `value` is stop or resume."""
    preference: dict[str, Any] = {
        "user_id": user.bsuid,
        "detail": f"User requested to {value} marketing messages",
        "category": "marketing_messages",
        "value": value,
        "timestamp": str(int(at)),
    }
    if not user.bsuid_only:
        preference["wa_id"] = user.wa_id
    return _envelope(number, {"contacts": [user.contact()], "user_preferences": [preference]}, "user_preferences")


def template_status_body(name: str, language: str, event: str, reason: str, at: float) -> bytes:
    """A webhook about what was decided of a template; it is of the account, and of no number."""
    digest = hashlib.sha256(f"{name}|{language}".encode()).digest()
    value = {
        "event": event,
        "message_template_id": int.from_bytes(digest[:6]),
        "message_template_name": name,
        "message_template_language": language,
        "reason": reason,
    }
    return _enclose({"value": value, "field": "message_template_status_update"}, {"time": int(at)})


def statuses_body(number: Number, users: Sequence[User], statuses: Sequence[dict[str, Any]]) -> bytes:
    """A webhook with statuses of messages to one or more persons."""
    return _envelope(number, {"contacts": [user.contact() for user in users], "statuses": list(statuses)})


def _envelope(number: Number, items: dict[str, list[dict[str, Any]]], field: str = "messages") -> bytes:
    value: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.digits, "phone_number_id": number.id},
    }
    value.update({name: listed for name, listed in items.items() if listed})
    return _enclose({"value": value, "field": field}, {})


def _enclose(change: dict[str, Any], more: dict[str, Any]) -> bytes:
    entry = {"id": BUSINESS_ACCOUNT} | more | {"changes": [change]}
    return encode({"object": "whatsapp_business_account", "entry": [entry]})


def encode(body: dict[str, Any]) -> bytes:
    """JSON as Meta writes it: all but ASCII escaped, slashes too. Whoever signs a copy written anew is found out."""
    return json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def signature(secret: bytes, raw: bytes) -> str:
    """The value of `X-Hub-Signature-256` for these bytes."""
    return "sha256=" + hmac.digest(secret, raw, hashlib.sha256).hex()
