"""What we say, channel-neutral. A channel renders what it can (`channels.meta.render`) and never drops the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MOST_OPTIONS = 10
"""Options of one message: WhatsApp's list holds ten rows in all (Meta, interactive list messages). More are pages."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to pick: a stable id, and what the person reads."""

    id: str
    label: str
    description: str = ""
    numbered: bool = True
    """False for what leads to another page: typing goes on counting without it"""


@dataclass(frozen=True, slots=True)
class Text:
    """Words and nothing to tap."""

    body: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Words with one to ten options.

    `opener` is the label of the button that opens a list, where the channel shows the options as one. `first` is the
    number of the first option, for numbering that goes on from page to page.
    """

    body: str
    options: tuple[Option, ...]
    opener: str
    first: int = 1

    def __post_init__(self) -> None:
        if not 1 <= len(self.options) <= MOST_OPTIONS:
            raise ValueError(
                f"a choice has 1 to {MOST_OPTIONS} options, this one {len(self.options)}: make pages of it"
            )
        if len({option.id for option in self.options}) != len(self.options):
            raise ValueError("two options of a choice have the same id")


Message = Text | Choice


def message_to_json(message: Message) -> dict[str, Any]:
    """The message as plain data, for a row."""
    if isinstance(message, Text):
        return {"kind": "text", "body": message.body}
    return {
        "kind": "choice",
        "body": message.body,
        "options": [[option.id, option.label, option.description, option.numbered] for option in message.options],
        "opener": message.opener,
        "first": message.first,
    }


def message_from_json(fields: dict[str, Any]) -> Message:
    """The message that `message_to_json` wrote. Raises ValueError for a kind that this release does not know."""
    match fields["kind"]:
        case "text":
            return Text(fields["body"])
        case "choice":
            options = tuple(Option(*option) for option in fields["options"])
            return Choice(fields["body"], options, fields["opener"], fields["first"])
        case kind:
            raise ValueError(f"a stored message of kind {kind!r}: written by a later release")
