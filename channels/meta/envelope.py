"""What every message to the Graph API has: whom it goes to, and our key. Source: Meta, business-scoped user IDs."""

from __future__ import annotations

from typing import Any

from channels.channel import Recipient
from channels.limits import require
from channels.meta.limits import CALLBACK_DATA


def envelope(recipient: Recipient, key: str) -> dict[str, Any]:
    """The fields all messages begin with. `key`, ours, comes back with every status (`biz_opaque_callback_data`)."""
    fields = {"messaging_product": "whatsapp", "recipient_type": "individual"} | _named(recipient)
    if key:
        require("biz_opaque_callback_data", key, CALLBACK_DATA)
        fields["biz_opaque_callback_data"] = key
    return fields


def _named(recipient: Recipient) -> dict[str, str]:
    """The field that names them. A BSUID in `to` is dropped without an error, so it has a field of its own."""
    return {"to": recipient.phone} if recipient.phone else {"recipient": recipient.bsuid}


def interactive(recipient: Recipient, key: str, kind: str, body: str, action: dict[str, Any]) -> dict[str, Any]:
    """The request's body of an interactive message of this kind."""
    shown = {"type": kind, "body": {"text": body}, "action": action}
    return envelope(recipient, key) | {"type": "interactive", "interactive": shown}
