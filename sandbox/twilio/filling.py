"""A Content template with its variables filled, as what WhatsApp is sent."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from sandbox.media import kind_of
from sandbox.twilio.content_types import MOST_UNAPPROVED, VARIABLE, rendered
from sandbox.twilio.contents import Content
from sandbox.twilio.errors import TwilioError

LONGEST_VALUE = 1600
UNEVEN = re.compile(r"[\n\r\t]| {5,}")
"""What a value may not have where it stands in a body (Twilio, error 21656)."""


class CannotBeShown(Exception):
    """WhatsApp does not take this Content as it is: a `failed` status with this code follows."""

    def __init__(self, code: int) -> None:
        super().__init__(f"error {code}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Filled:
    """What is sent: `payload` in the fields of WhatsApp beneath, `shown` as a template looks, `media` the file's URL.

    `templated` is whether it goes as an approved template, which needs no open window; `category` is its own then.
    """

    payload: dict[str, Any]
    body: str
    shown: dict[str, Any] | None = None
    media: str = ""
    templated: bool = False
    category: str = ""


def values_of(content: Content, given: str) -> dict[str, str]:
    """The value of each variable. Raises TwilioError 21656 or 21658."""
    try:
        own = json.loads(given) if given else {}
    except ValueError:
        raise TwilioError(21656, "it is no JSON") from None
    if not isinstance(own, dict) or not all(isinstance(value, str) for value in own.values()):
        raise TwilioError(21656, "it must be an object of texts")
    if any(len(value) > LONGEST_VALUE for value in own.values()):
        raise TwilioError(21658, f"a variable may have at most {LONGEST_VALUE} characters")
    values = content.variables | own
    _, part = rendered(content.types)
    needed = set(VARIABLE.findall(json.dumps(part, ensure_ascii=False)))
    if any(not values.get(name, "").strip() for name in needed):
        raise TwilioError(21656, "a variable has no value")
    if any(UNEVEN.search(values[name]) for name in VARIABLE.findall(str(part.get("body", "")))):
        raise TwilioError(21656, "a value in the body has a line break, a tab, or more than four spaces")
    return values


def fill(content: Content, values: dict[str, str]) -> Filled:
    """The Content with these values. Raises CannotBeShown where WhatsApp takes it neither as a template nor so."""
    kind, raw = rendered(content.types)
    part: dict[str, Any] = _filled(raw, values)
    approval = content.approval
    if approval is not None and approval.status in ("paused", "disabled"):
        raise CannotBeShown(63041 if approval.status == "paused" else 63042)
    if approval is not None and approval.status == "approved":
        return _as_template(kind, part, content, approval.name, approval.category)
    return _SESSION[kind](part)


def words_of(content: Content, values: dict[str, str]) -> str:
    """The words of a Content with these values, whether or not it can be shown as it is."""
    return str(_filled(rendered(content.types)[1], values).get("body", ""))


def _filled(raw: Any, values: dict[str, str]) -> Any:
    if isinstance(raw, str):
        return VARIABLE.sub(lambda found: values[found[1]], raw)
    if isinstance(raw, list):
        return [_filled(item, values) for item in raw]
    return {name: _filled(item, values) for name, item in raw.items()} if isinstance(raw, dict) else raw


def _as_template(kind: str, part: dict[str, Any], content: Content, name: str, category: str) -> Filled:
    media = part["media"][0] if kind == "twilio/media" else ""
    shown = {
        "name": name,
        "language": content.language,
        "category": category,
        # What the file is, is known when it was fetched.
        "header": {"format": "DOCUMENT"} if media else None,
        "body": part.get("body", ""),
        "footer": None,
        "buttons": [_button(kind, action) for action in part.get("actions", [])],
    }
    template = {"name": name, "language": {"code": content.language}, "content": content.sid}
    payload = {"type": "template", "template": template}
    return Filled(payload, str(part.get("body", "")), shown, media, templated=True, category=category)


def _button(kind: str, action: dict[str, Any]) -> dict[str, Any]:
    if kind == "twilio/quick-reply":
        return {"type": "QUICK_REPLY", "text": action["title"], "payload": action.get("id") or action["title"]}
    if action["type"] == "URL":
        return {"type": "URL", "text": action["title"], "url": action["url"]}
    return {"type": "PHONE_NUMBER", "text": action["title"], "phone_number": action["phone"]}


def _text(part: dict[str, Any]) -> Filled:
    return Filled({"type": "text", "text": {"body": part["body"]}}, part["body"])


def _media(part: dict[str, Any]) -> Filled:
    body = part.get("body", "")
    return Filled({"type": "media"}, body, media=part["media"][0])


def _location(part: dict[str, Any]) -> Filled:
    try:
        place: dict[str, Any] = {name: float(part[name]) for name in ("latitude", "longitude")}
    except ValueError:
        raise CannotBeShown(63021) from None
    if part.get("label"):
        place["name"] = part["label"]
    return Filled({"type": "location", "location": place}, str(part.get("label") or ""))


def _quick_reply(part: dict[str, Any]) -> Filled:
    if len(part["actions"]) > MOST_UNAPPROVED:
        raise CannotBeShown(63021)
    buttons = [
        {"type": "reply", "reply": {"id": action.get("id") or action["title"], "title": action["title"]}}
        for action in part["actions"]
    ]
    return _interactive("button", part["body"], {"buttons": buttons})


def _list_picker(part: dict[str, Any]) -> Filled:
    rows = [
        {"id": item["id"], "title": item["item"]}
        | ({"description": item["description"]} if item.get("description") else {})
        for item in part["items"]
    ]
    return _interactive("list", part["body"], {"button": part["button"], "sections": [{"rows": rows}]})


def _call_to_action(part: dict[str, Any]) -> Filled:
    links = part["actions"]
    if len(links) != 1 or links[0]["type"] != "URL":
        raise CannotBeShown(63021)
    parameters = {"display_text": links[0]["title"], "url": links[0]["url"]}
    return _interactive("cta_url", part["body"], {"name": "cta_url", "parameters": parameters})


def _interactive(kind: str, body: str, action: dict[str, Any]) -> Filled:
    interactive = {"type": kind, "body": {"text": body}, "action": action}
    return Filled({"type": "interactive", "interactive": interactive}, body)


_SESSION = {
    "twilio/text": _text,
    "twilio/media": _media,
    "twilio/location": _location,
    "twilio/quick-reply": _quick_reply,
    "twilio/list-picker": _list_picker,
    "twilio/call-to-action": _call_to_action,
}


def attached(url: str, mime_type: str, body: str) -> dict[str, Any]:
    """The payload of a file: an image or a film has its words beneath, a document has none (Twilio, "Media").

    Raises CannotBeShown 63005 for a type that WhatsApp does not show.
    """
    kind = kind_of(mime_type)
    if kind is None:
        raise CannotBeShown(63005)
    part: dict[str, Any] = {"link": url}
    if kind == "document":
        part["filename"] = "Untitled"
    if kind in ("image", "video") and body:
        part["caption"] = body
    return {"type": kind, kind: part}
