"""What comes in from a channel: messages of every kind, and statuses of what we sent.

Source of the kinds: Meta, messages webhook.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote, by every name the provider gave. Since 2026 a BSUID may come without a phone number."""

    phone: str = ""
    """E.164 with its plus sign, or nothing."""
    bsuid: str = ""
    """Business-scoped user id, `IN.…`."""
    parent_bsuid: str = ""
    name: str = ""
    """The profile's name: personal data."""

    def __bool__(self) -> bool:
        return bool(self.phone or self.bsuid or self.parent_bsuid)


@dataclass(frozen=True, slots=True)
class TextContent:
    """Words typed."""

    body: str


@dataclass(frozen=True, slots=True)
class TapContent:
    """A button or a list row tapped. `option` is the id we gave it, `title` what the person saw."""

    option: str
    title: str


@dataclass(frozen=True, slots=True)
class MediaContent:
    """An image, document, audio, video or sticker, not yet downloaded."""

    media: str
    """image | document | audio | video | sticker"""
    media_id: str
    mime_type: str = ""
    sha256: str = ""
    caption: str = ""
    filename: str = ""


@dataclass(frozen=True, slots=True)
class LocationContent:
    """A place: degrees, WGS 84."""

    latitude: float
    longitude: float
    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class ContactContent:
    """Cards from an address book: personal data, perhaps of others."""

    phones: tuple[str, ...]
    """E.164 with its plus sign, each once, in their order; what is no phone number is left out"""
    names: tuple[str, ...] = ()
    requested: bool = False
    """the person answered our asking for their own number with the button for it"""


@dataclass(frozen=True, slots=True)
class ReactionContent:
    """A reaction to a message; without an emoji it was taken back."""

    target: str
    emoji: str = ""


@dataclass(frozen=True, slots=True)
class EditContent:
    """The person rewrote a message."""

    target: str
    body: str


@dataclass(frozen=True, slots=True)
class RevokeContent:
    """The person deleted a message."""

    target: str


@dataclass(frozen=True, slots=True)
class IdentityContent:
    """The provider says that a person's number or id is now another. It is no message."""

    new: Sender
    previous: Sender


@dataclass(frozen=True, slots=True)
class OtherContent:
    """A kind that nobody asks for yet: order, flow reply, unsupported, welcome request, or unknown to us."""

    kind: str
    detail: dict[str, Any] = attribute(default_factory=dict)


Content = (
    TextContent
    | TapContent
    | MediaContent
    | LocationContent
    | ContactContent
    | ReactionContent
    | EditContent
    | RevokeContent
    | IdentityContent
    | OtherContent
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One inbound item of a webhook."""

    provider_id: str
    """The provider's message id; where it gave none, the hash of the item."""
    number: str
    """Our number it came to, by its id; "" where the webhook does not say."""
    sender: Sender
    at: float
    """Seconds since the epoch, by the provider's clock; 0 where the provider does not say (Twilio's webhook)."""
    content: Content
    reply_to: str = ""
    """The provider's id of the message it answers, where the provider says so."""
    referral: dict[str, Any] = attribute(default_factory=dict)
    """The ad or post that brought them, as the provider tells of it; empty where none did."""
    raw: dict[str, Any] = attribute(default_factory=dict)
    """The item as it came: personal data."""


@dataclass(frozen=True, slots=True)
class StatusUpdate:
    """What became of a message we sent."""

    provider_id: str
    number: str
    status: str
    """sent | delivered | read | failed | played, or a word we do not know."""
    at: float
    key: str = ""
    """Our own key, echoed (`biz_opaque_callback_data`)."""
    error_code: int = 0
    error_title: str = ""


@dataclass(frozen=True, slots=True)
class PreferenceUpdate:
    """A person told the provider, and not us, whether they want a category of messages."""

    number: str
    sender: Sender
    category: str
    """the provider's word, as in `marketing_messages`"""
    wanted: bool
    at: float


@dataclass(frozen=True, slots=True)
class TemplateUpdate:
    """The provider changed its mind about a template of ours."""

    name: str
    language: str
    status: str
    """approved | paused | disabled | rejected | pending"""
    reason: str = ""
    """the provider's word for it, where it gives one"""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An item that has not the shape the provider documents. Kept apart, so that its neighbours are handled."""

    number: str
    reason: str
    """Names the field and the kind of what was found, never its value."""
    raw: dict[str, Any] = attribute(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """What nobody here acts on yet: the account's errors and quality, what staff wrote from the phone app."""

    number: str
    field: str
    detail: dict[str, Any] = attribute(default_factory=dict)


Item = Incoming | StatusUpdate | PreferenceUpdate | TemplateUpdate | Unreadable | Notice
