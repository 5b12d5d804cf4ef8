"""What every message to the Graph API has: whom it goes to, and our key. Source: Meta, business-scoped user IDs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from channels.meta.limits import CALLBACK_DATA, require


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message goes to: a phone number in E.164, or a BSUID where none is known. With both, the phone number."""

    phone: str = field(default="", repr=False)
    bsuid: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not self.phone and not self.bsuid:
            raise ValueError("a recipient needs a phone number or a BSUID")

    def to_json(self) -> dict[str, str]:
        """The field that names them. A BSUID in `to` is dropped without an error, so it has a field of its own."""
        return {"to": self.phone} if self.phone else {"recipient": self.bsuid}


def envelope(recipient: Recipient, key: str) -> dict[str, Any]:
    """The fields all messages begin with. `key`, ours, comes back with every status (`biz_opaque_callback_data`)."""
    fields = {"messaging_product": "whatsapp", "recipient_type": "individual"} | recipient.to_json()
    if key:
        require("biz_opaque_callback_data", key, CALLBACK_DATA)
        fields["biz_opaque_callback_data"] = key
    return fields


def interactive(recipient: Recipient, key: str, kind: str, body: str, action: dict[str, Any]) -> dict[str, Any]:
    """The request's body of an interactive message of this kind."""
    shown = {"type": kind, "body": {"text": body}, "action": action}
    return envelope(recipient, key) | {"type": "interactive", "interactive": shown}
