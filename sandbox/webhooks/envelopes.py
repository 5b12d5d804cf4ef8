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
    people = [] if all(message.get("type") == "system" for message in messages) else [user.contact()]
    return _envelope(number, {"contacts": people, "messages": list(messages)})


def statuses_body(number: Number, users: Sequence[User], statuses: Sequence[dict[str, Any]]) -> bytes:
    """A webhook with statuses of messages to one or more persons."""
    return _envelope(number, {"contacts": [user.contact() for user in users], "statuses": list(statuses)})


def _envelope(number: Number, items: dict[str, list[dict[str, Any]]]) -> bytes:
    value: dict[str, Any] = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": number.digits, "phone_number_id": number.id},
    }
    value.update({name: listed for name, listed in items.items() if listed})
    change = {"value": value, "field": "messages"}
    return encode({"object": "whatsapp_business_account", "entry": [{"id": BUSINESS_ACCOUNT, "changes": [change]}]})


def encode(body: dict[str, Any]) -> bytes:
    """JSON as Meta writes it: all but ASCII escaped, slashes too. Whoever signs a copy written anew is found out."""
    return json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def signature(secret: bytes, raw: bytes) -> str:
    """The value of `X-Hub-Signature-256` for these bytes."""
    return "sha256=" + hmac.digest(secret, raw, hashlib.sha256).hex()
