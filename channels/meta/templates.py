"""Template messages: which template, in which language, and the values of its variables.

Source: Meta, message template components and sending template messages. Whether the values fit the template, Meta
alone knows; here is what holds for all templates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

from channels.channel import Recipient
from channels.limits import Blank, Duplicate, LimitExceeded, Unsendable, require, require_id
from channels.meta.envelope import envelope
from channels.meta.limits import (
    FILENAME,
    LINK_URL,
    MOST_TEMPLATE_BUTTONS,
    TEMPLATE_HEADER,
    TEMPLATE_NAME,
    TEMPLATE_VALUE,
)

_NAME = re.compile(r"[a-z0-9_]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:_[A-Za-z0-9]{2,4})?")
_VARIABLE = re.compile(r"[a-z0-9_]+")
_NOT_ONE_LINE = re.compile(r"[\n\r\t\v\f\x85\u2028\u2029]| {5}")


@dataclass(frozen=True, slots=True)
class TemplateText:
    """The value of a variable, on one line; `name` is the variable's, where variables have names. Raises Unsendable.

    Meta refuses values with line breaks, tabs, or more than four spaces in a row.
    """

    text: str = field(repr=False)
    name: str = ""

    def __post_init__(self) -> None:
        require("template.parameter.text", self.text, TEMPLATE_VALUE)
        if _NOT_ONE_LINE.search(self.text):
            raise Unsendable(
                "template.parameter.text",
                "has a line break, a tab or five spaces: pass it through fit()",
            )
        if self.name and not _VARIABLE.fullmatch(self.name):
            raise Unsendable("template.parameter.parameter_name", "is not of small letters, digits and underscores")

    def to_json(self) -> dict[str, str]:
        """The parameter; one by name says so, or Meta counts it as missing."""
        return {"type": "text"} | ({"parameter_name": self.name} if self.name else {}) | {"text": self.text}


@dataclass(frozen=True, slots=True)
class TemplateMedia:
    """The image or document in a template's header, by its media id. Raises Unsendable."""

    kind: Literal["image", "document"]
    media_id: str
    filename: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not self.media_id:
            raise Blank(f"template.header.{self.kind}.id")
        if self.filename:
            require("template.header.document.filename", self.filename, FILENAME)

    def to_json(self) -> dict[str, Any]:
        """The parameter; images have no names."""
        named = {"filename": self.filename} if self.filename and self.kind == "document" else {}
        return {"type": self.kind, self.kind: {"id": self.media_id} | named}


@dataclass(frozen=True, slots=True)
class TemplateButton:
    """What a template's button gets: the end of a link's address, or what a quick reply sends back. Raises Unsendable.

    `index` counts all buttons of the template from 0.
    """

    index: int
    kind: Literal["url", "quick_reply"]
    value: str = field(repr=False)

    def __post_init__(self) -> None:
        if not 0 <= self.index < MOST_TEMPLATE_BUTTONS:
            raise Unsendable("template.button.index", f"is not between 0 and {MOST_TEMPLATE_BUTTONS - 1}")
        if self.kind == "quick_reply":
            require_id("template.button.payload", self.value)
        else:
            require("template.button.text", self.value, LINK_URL)
            if any(character.isspace() for character in self.value):
                raise Unsendable("template.button.text", "has a space in it, and is part of an address")

    def to_json(self) -> dict[str, Any]:
        """The component."""
        parameter = (
            {"type": "payload", "payload": self.value}
            if self.kind == "quick_reply"
            else {"type": "text", "text": self.value}
        )
        return {"type": "button", "sub_type": self.kind, "index": str(self.index), "parameters": [parameter]}


@dataclass(frozen=True, slots=True)
class TemplateMessage:
    """A template with its values: a header up to 60 or a medium, body values all by name or all by number.

    Raises Unsendable.
    """

    name: str
    language: str
    body: tuple[TemplateText, ...] = ()
    header: TemplateText | TemplateMedia | None = None
    buttons: tuple[TemplateButton, ...] = ()

    def __post_init__(self) -> None:
        require("template.name", self.name, TEMPLATE_NAME)
        if not _NAME.fullmatch(self.name):
            raise Unsendable("template.name", "is not of small letters, digits and underscores")
        if not _LANGUAGE.fullmatch(self.language):
            raise Unsendable("template.language.code", "is none that Meta has, such as en, hi or en_US")
        names = [value.name for value in self.body]
        if any(names) and not all(names):
            raise Unsendable("template.body.parameters", "are partly by name and partly by number")
        if any(names) and len(set(names)) != len(names):
            raise Duplicate("template.body.parameter_name")
        if isinstance(self.header, TemplateText):
            require("template.header.text", self.header.text, TEMPLATE_HEADER)
        if len(self.buttons) > MOST_TEMPLATE_BUTTONS:
            raise LimitExceeded("template.buttons", MOST_TEMPLATE_BUTTONS, len(self.buttons))
        if len({button.index for button in self.buttons}) != len(self.buttons):
            raise Duplicate("template.button.index")

    def to_json(self, recipient: Recipient, key: str) -> dict[str, Any]:
        """The request's body. `key`, ours, comes back with every status. A part without values is left out."""
        components: list[dict[str, Any]] = []
        if self.header is not None:
            components.append({"type": "header", "parameters": [self.header.to_json()]})
        if self.body:
            components.append({"type": "body", "parameters": [value.to_json() for value in self.body]})
        components += [button.to_json() for button in self.buttons]
        template: dict[str, Any] = {"name": self.name, "language": {"code": self.language}}
        if components:
            template["components"] = components
        return envelope(recipient, key) | {"type": "template", "template": template}
