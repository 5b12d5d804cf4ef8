"""What may be posted to `/messages`, checked against the documented limits (Meta's pages of each message kind).

The texts of the errors are close to Meta's; a client branches on the code. Lengths are counted in characters.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from sandbox.graph.errors import GraphError
from sandbox.graph.reading import bounded, distinct, invalid, mapping, missing, optional_bounded, sequence, text

LONGEST_TEXT = 4096
LONGEST_BUTTON_BODY = 1024
LONGEST_LIST_BODY = 4096
LONGEST_HEADER = 60
LONGEST_FOOTER = 60
MOST_BUTTONS = 3
LONGEST_BUTTON_TITLE = 20
LONGEST_BUTTON_ID = 256
LONGEST_LIST_LABEL = 20
MOST_SECTIONS = 10
MOST_ROWS = 10
LONGEST_SECTION_TITLE = 24
LONGEST_ROW_ID = 200
LONGEST_ROW_TITLE = 24
LONGEST_ROW_DESCRIPTION = 72
LONGEST_CALLBACK_DATA = 512
LONGEST_CAPTION = 1024

BSUID = re.compile(r"^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$")

NOT_OFFERED = frozenset(
    {"audio", "contacts", "document", "image", "location", "reaction", "sticker", "template", "video"}
)
"""Kinds that Meta has and this sandbox does not offer yet."""

INTERACTIVE_NOT_OFFERED = frozenset(
    {"address_message", "carousel", "catalog_message", "cta_url", "flow", "location_request_message", "product",
     "product_list", "request_contact_info"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to send. One of `phone` (digits) and `bsuid` is set; `addressed_to` is the value as it was given.

    `silent` is a BSUID that was given as `to`: Meta takes it, and nobody ever gets it.
    """

    kind: str
    addressed_to: str
    phone: str
    bsuid: str
    silent: bool
    callback: str | None
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReadReceipt:
    """The business has read a message, and perhaps shows that it is typing."""

    message_id: str
    typing: bool


def parse(raw: bytes) -> Outgoing | ReadReceipt:
    """What this request body asks for. Raises GraphError with the documented code for what Meta would refuse."""
    try:
        body = json.loads(raw)
    except ValueError:
        raise GraphError(100, "The request body is not valid JSON.") from None
    if not isinstance(body, dict):
        raise GraphError(100, "The request body must be a JSON object.")
    if body.get("messaging_product") != "whatsapp":
        raise GraphError(100, "The parameter messaging_product is required and must be 'whatsapp'.")
    return _read_receipt(body) if "status" in body else _outgoing(body)


def _read_receipt(body: dict[str, Any]) -> ReadReceipt:
    if body["status"] != "read":
        raise GraphError(100, "Param status must be one of {READ}.")
    message_id = text(body, "message_id", "message_id")
    typing = body.get("typing_indicator")
    if typing is not None and (not isinstance(typing, dict) or typing.get("type") != "text"):
        raise GraphError(100, "Param typing_indicator['type'] must be one of {TEXT}.")
    return ReadReceipt(message_id, typing is not None)


def _outgoing(body: dict[str, Any]) -> Outgoing:
    if body.get("recipient_type", "individual") != "individual":
        raise GraphError(100, "Param recipient_type must be one of {INDIVIDUAL}.")
    kind = body.get("type", "text")
    if not isinstance(kind, str):
        raise GraphError(100, "Param type must be a string.")
    if kind in NOT_OFFERED:
        raise GraphError(131051, f"Message type '{kind}' is not offered by this sandbox yet.")
    check = {"text": _check_text, "interactive": _check_interactive}.get(kind)
    if check is None:
        raise GraphError(100, "Param type must be one of {TEXT, INTERACTIVE}.")
    check(mapping(body, kind, kind, f"is mandatory for type '{kind}'"))
    callback = body.get("biz_opaque_callback_data")
    if callback is not None and (not isinstance(callback, str) or len(callback) > LONGEST_CALLBACK_DATA):
        raise GraphError(100, f"Param biz_opaque_callback_data must be a string of at most {LONGEST_CALLBACK_DATA}.")
    to, phone, bsuid, silent = _recipient(body)
    return Outgoing(kind, to, phone, bsuid, silent, callback, body)


def _recipient(body: dict[str, Any]) -> tuple[str, str, str, bool]:
    """`to` takes a phone number and wins where `recipient`, for a BSUID, is given too."""
    if body.get("to") is not None:
        to = text(body, "to", "to")
        if BSUID.match(to):
            return to, "", to, True
        digits = re.sub(r"[ ()\-.]", "", to).removeprefix("+")
        if not (digits.isascii() and digits.isdigit() and 5 <= len(digits) <= 20):
            raise invalid("The parameter to is not a valid phone number.")
        return to, digits, "", False
    if body.get("recipient") is not None:
        recipient = text(body, "recipient", "recipient")
        if not BSUID.match(recipient):
            raise invalid("The parameter recipient is not a valid business-scoped user id.")
        return recipient, "", recipient, False
    raise missing("to", "or 'recipient' is mandatory")


def _check_text(part: dict[str, Any]) -> None:
    body = text(part, "body", "text['body']")
    if not body.strip():
        raise GraphError(100, "Param text['body'] must be a non-empty string.")
    if len(body) > LONGEST_TEXT:
        raise GraphError(100, f"Param text['body'] must be at most {LONGEST_TEXT} characters long.")
    if not isinstance(part.get("preview_url", False), bool):
        raise GraphError(100, "Param text['preview_url'] must be a boolean.")


def _check_interactive(part: dict[str, Any]) -> None:
    kind = text(part, "type", "interactive['type']")
    if kind in INTERACTIVE_NOT_OFFERED:
        raise GraphError(131051, f"Interactive type '{kind}' is not offered by this sandbox yet.")
    if kind not in ("button", "list"):
        raise GraphError(100, "Param interactive['type'] must be one of {BUTTON, LIST}.")
    longest = LONGEST_BUTTON_BODY if kind == "button" else LONGEST_LIST_BODY
    bounded(mapping(part, "body", "interactive['body']"), "text", "interactive['body']['text']", "Body text", longest)
    if part.get("header") is not None:
        _check_header(mapping(part, "header", "interactive['header']"))
    if part.get("footer") is not None:
        footer = mapping(part, "footer", "interactive['footer']")
        bounded(footer, "text", "interactive['footer']['text']", "Footer text", LONGEST_FOOTER)
    action = mapping(part, "action", "interactive['action']")
    if kind == "button":
        _check_buttons(action)
    else:
        _check_list(action)


def _check_header(header: dict[str, Any]) -> None:
    kind = text(header, "type", "interactive['header']['type']")
    if kind != "text":
        raise invalid("Header type invalid. Supported by this sandbox: text")
    bounded(header, "text", "interactive['header']['text']", "Header text", LONGEST_HEADER)


def _check_buttons(action: dict[str, Any]) -> None:
    buttons = sequence(action, "buttons", "interactive['action']['buttons']")
    if not 1 <= len(buttons) <= MOST_BUTTONS:
        raise invalid(f"Invalid buttons count. Min allowed buttons: 1, Max allowed buttons: {MOST_BUTTONS}")
    titles, ids = [], []
    for index, button in enumerate(buttons):
        path = f"interactive['action']['buttons'][{index}]"
        if button.get("type") != "reply":
            raise invalid("Button type invalid. Supported: reply")
        reply = mapping(button, "reply", f"{path}['reply']")
        titles.append(bounded(reply, "title", f"{path}['reply']['title']", "Button title", LONGEST_BUTTON_TITLE))
        ids.append(_option_id(reply, f"{path}['reply']['id']", "Button id", LONGEST_BUTTON_ID))
    distinct(titles, "Button titles")
    distinct(ids, "Button ids")


def _check_list(action: dict[str, Any]) -> None:
    bounded(action, "button", "interactive['action']['button']", "Button label", LONGEST_LIST_LABEL)
    sections = sequence(action, "sections", "interactive['action']['sections']")
    if not 1 <= len(sections) <= MOST_SECTIONS:
        raise invalid(f"Invalid sections count. Min allowed sections: 1, Max allowed sections: {MOST_SECTIONS}")
    ids: list[str] = []
    for index, section in enumerate(sections):
        path = f"interactive['action']['sections'][{index}]"
        if len(sections) > 1 or section.get("title"):
            bounded(section, "title", f"{path}['title']", "Section title", LONGEST_SECTION_TITLE)
        rows = sequence(section, "rows", f"{path}['rows']")
        if not rows:
            raise invalid("Invalid rows count. Each section must have at least one row")
        ids.extend(_check_row(row, f"{path}['rows'][{at}]") for at, row in enumerate(rows))
    if len(ids) > MOST_ROWS:
        raise invalid(f"Total row count exceed max allowed count: {MOST_ROWS}")
    distinct(ids, "Row ids")


def _check_row(row: dict[str, Any], path: str) -> str:
    bounded(row, "title", f"{path}['title']", "Row title", LONGEST_ROW_TITLE)
    if row.get("description"):
        optional_bounded(row, "description", f"{path}['description']", "Row description", LONGEST_ROW_DESCRIPTION)
    return _option_id(row, f"{path}['id']", "Row id", LONGEST_ROW_ID)


def _option_id(parent: dict[str, Any], path: str, label: str, longest: int) -> str:
    value = bounded(parent, "id", path, label, longest)
    if value != value.strip():
        raise invalid(f"{label} must not begin or end with white space.")
    return value
