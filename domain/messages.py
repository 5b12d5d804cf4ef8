"""What we say, channel-neutral. A channel renders what it can (`channels.meta.render`) and never drops the rest."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_OPTIONS = 10
"""Options of one message: WhatsApp's list holds ten rows in all (Meta, interactive list messages). More are pages."""

_MIME_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x1f\x7f]+")


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


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of ours: its key in the blob store, its MIME type without parameters, the name a person sees.

    Raises ValueError for a key that is empty, a type that is none, and a name with a path or control characters in it.
    """

    blob: str
    mime_type: str
    filename: str = ""

    def __post_init__(self) -> None:
        if not self.blob:
            raise ValueError("an attachment names no blob: put the file into the blob store first")
        if not _MIME_TYPE.fullmatch(self.mime_type):
            raise ValueError("an attachment's MIME type is type/subtype, in small letters and without parameters")
        if "/" in self.filename or "\\" in self.filename or not self.filename.isprintable():
            raise ValueError("an attachment's filename is a name alone: no path, no line breaks")


@dataclass(frozen=True, slots=True)
class Document:
    """A file to keep, perhaps with words to it."""

    attachment: Attachment
    caption: str = ""

    def __post_init__(self) -> None:
        if not self.attachment.filename:
            raise ValueError("a document needs a filename: it is what the person sees of it")


@dataclass(frozen=True, slots=True)
class Image:
    """A picture to look at, perhaps with words to it."""

    attachment: Attachment
    caption: str = ""

    def __post_init__(self) -> None:
        if not self.attachment.mime_type.startswith("image/"):
            raise ValueError(f"an image's MIME type is image/…, not {self.attachment.mime_type}")


@dataclass(frozen=True, slots=True)
class HeaderText:
    """The value of the variable in a template's header; `name` is the variable's, where variables have names."""

    text: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A message that the provider approved beforehand, with values of ours: all that may go into a closed window.

    `values` fill the body's variables: a tuple where they are numbered, a mapping where they have names. `header` is
    the value of the header's variable, or the image or document shown there. `url_suffixes` end the addresses of link
    buttons and `payloads` are what quick replies send back, both by the button's index, which counts all buttons from
    0. Raises ValueError for names that are empty, values that are no text, and a button that is two things at once.
    """

    name: str
    language: str
    values: tuple[str, ...] | Mapping[str, str] = ()
    header: HeaderText | Attachment | None = None
    url_suffixes: Mapping[int, str] = field(default_factory=dict)
    payloads: Mapping[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.name or not self.language:
            raise ValueError("a template has a name and a language")
        named = isinstance(self.values, Mapping)
        if not isinstance(self.values, tuple | Mapping):
            raise ValueError("a template's values are a tuple or a mapping of texts, not one text")
        texts = self.values.values() if isinstance(self.values, Mapping) else self.values
        if not all(isinstance(text, str) for text in (*texts, *self.url_suffixes.values(), *self.payloads.values())):
            raise ValueError(f"a value of the template {self.name!r} is no text: write it out first")
        if isinstance(self.values, Mapping) and not all(self.values):
            raise ValueError(f"a variable of the template {self.name!r} has an empty name")
        if isinstance(self.header, HeaderText) and self.header.name and self.values and not named:
            raise ValueError(f"the template {self.name!r} has a header by name and a body by number: it is either")
        if any(index < 0 for index in (*self.url_suffixes, *self.payloads)):
            raise ValueError(f"a button of the template {self.name!r} has a negative index: they count from 0")
        if set(self.url_suffixes) & set(self.payloads):
            raise ValueError(f"a button of the template {self.name!r} is a link and a quick reply at once")


@dataclass(frozen=True, slots=True)
class Link:
    """Words with one button that opens an address. Raises ValueError where the address has no scheme, or spaces."""

    body: str
    label: str
    url: str

    def __post_init__(self) -> None:
        if not _ADDRESS.fullmatch(self.url):
            raise ValueError("a link's address is whole, as in https://example.com/page, and without spaces")


@dataclass(frozen=True, slots=True)
class LocationRequest:
    """Words that ask where somebody is, with a button to send it."""

    body: str


@dataclass(frozen=True, slots=True)
class ContactRequest:
    """Words that ask for somebody's phone number, with a button to share it."""

    body: str


Message = Text | Choice | Document | Image | Template | Link | LocationRequest | ContactRequest


def attachment_of(message: Message) -> Attachment | None:
    """The file that a message shows: the provider must hold it before the message can be sent."""
    match message:
        case Document(attachment) | Image(attachment):
            return attachment
        case Template(header=Attachment() as attachment):
            return attachment
    return None


def message_to_json(message: Message) -> dict[str, Any]:
    """The message as plain data, for a row."""
    match message:
        case Text(body):
            return {"kind": "text", "body": body}
        case Choice():
            return {
                "kind": "choice",
                "body": message.body,
                "options": [
                    [option.id, option.label, option.description, option.numbered] for option in message.options
                ],
                "opener": message.opener,
                "first": message.first,
            }
        case Document(attachment, caption):
            return {"kind": "document", "attachment": _file_to_json(attachment), "caption": caption}
        case Image(attachment, caption):
            return {"kind": "image", "attachment": _file_to_json(attachment), "caption": caption}
        case Template():
            return {
                "kind": "template",
                "name": message.name,
                "language": message.language,
                "values": dict(message.values) if isinstance(message.values, Mapping) else list(message.values),
                "header": _header_to_json(message.header),
                "url_suffixes": sorted(message.url_suffixes.items()),
                "payloads": sorted(message.payloads.items()),
            }
        case Link(body, label, url):
            return {"kind": "link", "body": body, "label": label, "url": url}
        case LocationRequest(body):
            return {"kind": "location_request", "body": body}
        case ContactRequest(body):
            return {"kind": "contact_request", "body": body}


def message_from_json(fields: dict[str, Any]) -> Message:
    """The message that `message_to_json` wrote. Raises ValueError for a kind that this release does not know."""
    match fields["kind"]:
        case "text":
            return Text(fields["body"])
        case "choice":
            options = tuple(Option(*option) for option in fields["options"])
            return Choice(fields["body"], options, fields["opener"], fields["first"])
        case "document":
            return Document(Attachment(**fields["attachment"]), fields["caption"])
        case "image":
            return Image(Attachment(**fields["attachment"]), fields["caption"])
        case "template":
            values = fields["values"]
            return Template(
                fields["name"],
                fields["language"],
                values if isinstance(values, dict) else tuple(values),
                _header_from_json(fields["header"]),
                dict(fields["url_suffixes"]),
                dict(fields["payloads"]),
            )
        case "link":
            return Link(fields["body"], fields["label"], fields["url"])
        case "location_request":
            return LocationRequest(fields["body"])
        case "contact_request":
            return ContactRequest(fields["body"])
        case kind:
            raise ValueError(f"a stored message of kind {kind!r}: written by a later release")


def _file_to_json(attachment: Attachment) -> dict[str, str]:
    return {"blob": attachment.blob, "mime_type": attachment.mime_type, "filename": attachment.filename}


def _header_to_json(header: HeaderText | Attachment | None) -> dict[str, str] | None:
    match header:
        case HeaderText(text, name):
            return {"text": text, "name": name}
        case Attachment():
            return _file_to_json(header)
    return None


def _header_from_json(fields: dict[str, str] | None) -> HeaderText | Attachment | None:
    if fields is None:
        return None
    return HeaderText(**fields) if "text" in fields else Attachment(**fields)
