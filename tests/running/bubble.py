"""A message of ours as a phone shows it, in lines that read like a chat."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import texts
from texts.templates import VARIABLE, registered

FOLDER = Path(texts.__file__).parent
INVISIBLE = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
"""categories of characters that a reader could not see"""


@dataclass(frozen=True)
class Offered:
    """Something to tap: what it carries and what is read on it."""

    id: str
    label: str
    description: str = ""


@dataclass(frozen=True)
class Bubble:
    """One message that came from the business: its words, and what can be tapped."""

    id: str
    body: str
    options: tuple[Offered, ...] = ()
    opener: str = ""
    """the button that opens the list; a message with buttons has none"""

    def lines(self) -> list[str]:
        """`< words`, and a line for each option: `[button]`, or `[row] description` below the `(opener)` of a list."""
        first, *rest = visible(self.body).split("\n")
        rows = [f"({self.opener})"] if self.opener else []
        rows += [f"[{option.label}] {option.description}".rstrip() for option in self.options]
        return [f"< {first}", *(f"  {line}".rstrip() for line in [*rest, *map(visible, rows)])]


def bubble(id: str, payload: dict[str, Any], shown: dict[str, Any] | None = None) -> Bubble:
    """The bubble that a body of the Graph API shows; a template by its registered words, one of Twilio's as `shown`.

    Raises KeyError for a kind that we never send, ValueError for a template that is not registered.
    """
    if payload["type"] == "text":
        return Bubble(id, payload["text"]["body"])
    if payload["type"] == "document":
        document = payload["document"]
        return Bubble(id, "\n".join([f"(document: {document['filename']})", document.get("caption", "")]).strip())
    if payload["type"] in ("image", "video"):
        part = payload[payload["type"]]
        return Bubble(id, "\n".join([f"({payload['type']})", part.get("caption", "")]).strip())
    if payload["type"] == "template" and shown is not None and "content" in payload["template"]:
        buttons = tuple(Offered(button.get("payload", ""), button["text"]) for button in shown["buttons"])
        return Bubble(id, shown["body"], buttons)
    if payload["type"] == "template":
        template = payload["template"]
        asked = (template["name"], template["language"]["code"])
        [known] = [one for one in registered(FOLDER) if (one.name, one.language) == asked]
        values = {
            value["parameter_name"]: value["text"]
            for component in template.get("components", ())
            if component["type"] == "body"
            for value in component["parameters"]
        }
        body = VARIABLE.sub(lambda found: values[found[1]], known.body)
        return Bubble(id, body, tuple(Offered(button["text"], button["text"]) for button in known.buttons))
    interactive = payload["interactive"]
    action = interactive["action"]
    if interactive["type"] == "cta_url":
        link = action["parameters"]
        return Bubble(id, interactive["body"]["text"], (Offered("", link["display_text"], link["url"]),))
    if interactive["type"] == "button":
        replies = [button["reply"] for button in action["buttons"]]
        return Bubble(id, interactive["body"]["text"], tuple(Offered(one["id"], one["title"]) for one in replies))
    rows = [row for section in action["sections"] for row in section["rows"]]
    options = tuple(Offered(row["id"], row["title"], row.get("description", "")) for row in rows)
    return Bubble(id, interactive["body"]["text"], options, action["button"])


def visible(words: str) -> str:
    """The words with every character that cannot be seen written as its code: `\\u200b`."""
    return "".join(sign.encode("unicode_escape").decode() if unseen(sign) else sign for sign in words)


def unseen(sign: str) -> bool:
    """Whether a reader could not see this character, or not tell it from a space. Lines may end."""
    category = unicodedata.category(sign)
    return sign not in " \n" and (category in INVISIBLE or category == "Zs")
