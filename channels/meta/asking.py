"""Words with one button that leads somewhere or asks for something: a link, a place, a phone number.

Sources: Meta's pages on call-to-action URL buttons, location request messages, and business-scoped user IDs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from channels.channel import Recipient
from channels.limits import Unsendable, require
from channels.meta.envelope import interactive
from channels.meta.limits import BUTTONS_BODY, LINK_LABEL, LINK_URL


@dataclass(frozen=True, slots=True)
class LinkMessage:
    """A body up to 1024 and a button up to 20 that opens an address in the browser. Raises Unsendable."""

    body: str = field(repr=False)
    label: str
    url: str = field(repr=False)

    def __post_init__(self) -> None:
        require("interactive.body.text", self.body, BUTTONS_BODY)
        require("interactive.action.parameters.display_text", self.label, LINK_LABEL)
        require("interactive.action.parameters.url", self.url, LINK_URL)
        if not is_web_address(self.url):
            raise Unsendable("interactive.action.parameters.url", "is no http or https address with a host")

    def to_json(self, recipient: Recipient, key: str) -> dict[str, Any]:
        """The request's body. `key`, ours, comes back with every status."""
        action = {"name": "cta_url", "parameters": {"display_text": self.label, "url": self.url}}
        return interactive(recipient, key, "cta_url", self.body, action)


@dataclass(frozen=True, slots=True)
class LocationRequestMessage:
    """A body up to 1024 and a button, labelled by WhatsApp, that sends a place. Raises Unsendable."""

    body: str = field(repr=False)

    def __post_init__(self) -> None:
        require("interactive.body.text", self.body, BUTTONS_BODY)

    def to_json(self, recipient: Recipient, key: str) -> dict[str, Any]:
        """The request's body. `key`, ours, comes back with every status."""
        return interactive(recipient, key, "location_request_message", self.body, {"name": "send_location"})


@dataclass(frozen=True, slots=True)
class ContactRequestMessage:
    """A body up to 1024 and a button, labelled by WhatsApp, that shares the person's number. Raises Unsendable.

    The answer is a message of kind `contacts` whose origin is `contact_request`.
    """

    body: str = field(repr=False)

    def __post_init__(self) -> None:
        require("interactive.body.text", self.body, BUTTONS_BODY)

    def to_json(self, recipient: Recipient, key: str) -> dict[str, Any]:
        """The request's body. `key`, ours, comes back with every status."""
        return interactive(recipient, key, "request_contact_info", self.body, {"name": "request_contact_info"})


def is_web_address(url: str) -> bool:
    """Whether a browser could open it: http or https, with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
