"""What we send to the Graph API: one class per message, whose constructor enforces the documented limits.

Texts, buttons, lists and read marks are here; files in attachments.py, links and requests in asking.py, templates in
templates.py. Sources: Meta's pages on text messages, interactive reply buttons, interactive lists, marking as read and
typing indicators.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from channels.channel import Recipient
from channels.limits import Duplicate, LimitExceeded, Unsendable, require, require_id
from channels.meta.asking import ContactRequestMessage, LinkMessage, LocationRequestMessage
from channels.meta.attachments import DocumentMessage, ImageMessage
from channels.meta.envelope import envelope, interactive
from channels.meta.limits import (
    BUTTON_TITLE,
    BUTTONS_BODY,
    LIST_BODY,
    LIST_OPENER,
    MOST_BUTTONS,
    MOST_ROWS,
    ROW_DESCRIPTION,
    ROW_TITLE,
    TEXT_BODY,
)
from channels.meta.templates import TemplateMessage


@dataclass(frozen=True, slots=True)
class TextMessage:
    """Words, up to 4096. Raises Unsendable."""

    body: str = field(repr=False)

    def __post_init__(self) -> None:
        require("text.body", self.body, TEXT_BODY)

    def to_json(self, recipient: Recipient, key: str) -> dict[str, Any]:
        """The request's body. `key`, ours, comes back with every status (`biz_opaque_callback_data`)."""
        return envelope(recipient, key) | {"type": "text", "text": {"body": self.body}}


@dataclass(frozen=True, slots=True)
class Button:
    """A reply button: an id up to 200 without spaces around it, a title up to 20. Raises Unsendable."""

    id: str
    title: str = field(repr=False)

    def __post_init__(self) -> None:
        require_id("button.id", self.id)
        require("button.title", self.title, BUTTON_TITLE)


@dataclass(frozen=True, slots=True)
class ButtonsMessage:
    """A body up to 1024 with one to three buttons of different ids and titles. Raises Unsendable."""

    body: str = field(repr=False)
    buttons: tuple[Button, ...]

    def __post_init__(self) -> None:
        require("interactive.body.text", self.body, BUTTONS_BODY)
        _require_count("interactive.action.buttons", len(self.buttons), MOST_BUTTONS)
        _require_different("button.id", [button.id for button in self.buttons])
        _require_different("button.title", [button.title for button in self.buttons])

    def to_json(self, recipient: Recipient, key: str) -> dict[str, Any]:
        """The request's body. `key`, ours, comes back with every status."""
        buttons = [{"type": "reply", "reply": {"id": button.id, "title": button.title}} for button in self.buttons]
        return interactive(recipient, key, "button", self.body, {"buttons": buttons})


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row: an id up to 200, a title up to 24, perhaps a description up to 72. Raises Unsendable."""

    id: str
    title: str = field(repr=False)
    description: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        require_id("row.id", self.id)
        require("row.title", self.title, ROW_TITLE)
        if self.description:
            require("row.description", self.description, ROW_DESCRIPTION)

    def to_json(self) -> dict[str, str]:
        """The row, without a description where it has none."""
        row = {"id": self.id, "title": self.title}
        return row | {"description": self.description} if self.description else row


@dataclass(frozen=True, slots=True)
class ListMessage:
    """A body up to 4096 and one section of one to ten rows, opened by a button up to 20. Raises Unsendable.

    Several providers between us and Meta take bodies up to 1024 only, so fit() keeps to that.
    """

    body: str = field(repr=False)
    opener: str
    rows: tuple[ListRow, ...]

    def __post_init__(self) -> None:
        require("interactive.body.text", self.body, LIST_BODY)
        require("interactive.action.button", self.opener, LIST_OPENER)
        _require_count("interactive.action.sections.rows", len(self.rows), MOST_ROWS)
        _require_different("row.id", [row.id for row in self.rows])

    def to_json(self, recipient: Recipient, key: str) -> dict[str, Any]:
        """The request's body. `key`, ours, comes back with every status."""
        sections = [{"rows": [row.to_json() for row in self.rows]}]
        return interactive(recipient, key, "list", self.body, {"button": self.opener, "sections": sections})


@dataclass(frozen=True, slots=True)
class ReadMark:
    """Marks a message, and all before it, as read; perhaps shows us typing, until we send or for 25 seconds."""

    provider_id: str
    typing: bool = False

    def to_json(self) -> dict[str, Any]:
        """The request's body."""
        mark: dict[str, Any] = {"messaging_product": "whatsapp", "status": "read", "message_id": self.provider_id}
        return mark | {"typing_indicator": {"type": "text"}} if self.typing else mark


GraphMessage = (
    TextMessage
    | ButtonsMessage
    | ListMessage
    | DocumentMessage
    | ImageMessage
    | LinkMessage
    | LocationRequestMessage
    | ContactRequestMessage
    | TemplateMessage
)


def _require_count(name: str, count: int, most: int) -> None:
    if not count:
        raise Unsendable(name, "is empty: there must be at least one")
    if count > most:
        raise LimitExceeded(name, most, count)


def _require_different(name: str, values: list[str]) -> None:
    if len(set(values)) != len(values):
        raise Duplicate(name)
