"""Interactive messages, checked against the documented limits (Meta's pages of each of them)."""

from __future__ import annotations

from typing import Any

from sandbox.graph.attachments import Attachment, read_attachment
from sandbox.graph.errors import GraphError
from sandbox.graph.reading import bounded, distinct, invalid, mapping, optional_bounded, sequence, text

LONGEST_BODY = 1024
LONGEST_LIST_BODY = 4096
LONGEST_HEADER = 60
LONGEST_FOOTER = 60
MOST_BUTTONS = 3
LONGEST_BUTTON_TITLE = 20
LONGEST_BUTTON_ID = 256
LONGEST_LIST_LABEL = 20
LONGEST_LINK_LABEL = 20
MOST_SECTIONS = 10
MOST_ROWS = 10
LONGEST_SECTION_TITLE = 24
LONGEST_ROW_ID = 200
LONGEST_ROW_TITLE = 24
LONGEST_ROW_DESCRIPTION = 72

NOT_OFFERED = frozenset({"address_message", "carousel", "catalog_message", "flow", "product", "product_list"})
"""Kinds that Meta has and this sandbox does not offer."""

ACTIONS = {"location_request_message": "send_location", "request_contact_info": "request_contact_info"}
"""Requests: a body, and an action of this name."""

HEADERS: dict[str, tuple[str, ...]] = {
    "button": ("text", "image", "video", "document"),
    "list": ("text",),
    "cta_url": ("text", "image", "video", "document"),
    "location_request_message": (),
    "request_contact_info": (),
}
"""Kinds that are offered, and what their headers may be."""


def check_interactive(part: dict[str, Any]) -> Attachment | None:
    """Check an interactive message; the file in its header, if there is one. Raises GraphError."""
    kind = text(part, "type", "interactive['type']")
    if kind in NOT_OFFERED:
        raise GraphError(131051, f"Interactive type '{kind}' is not offered by this sandbox.")
    if kind not in HEADERS:
        raise GraphError(100, f"Param interactive['type'] must be one of {{{', '.join(HEADERS).upper()}}}.")
    longest = LONGEST_LIST_BODY if kind == "list" else LONGEST_BODY
    bounded(mapping(part, "body", "interactive['body']"), "text", "interactive['body']['text']", "Body text", longest)
    attached = _check_edges(kind, part)
    action = mapping(part, "action", "interactive['action']")
    if kind == "button":
        _check_buttons(action)
    elif kind == "list":
        _check_list(action)
    elif kind == "cta_url":
        _check_link(action)
    elif text(action, "name", "interactive['action']['name']") != ACTIONS[kind]:
        raise GraphError(100, f"Param interactive['action']['name'] must be '{ACTIONS[kind]}'.")
    return attached


def _check_edges(kind: str, part: dict[str, Any]) -> Attachment | None:
    allowed = HEADERS[kind]
    if part.get("footer") is not None:
        if not allowed:
            raise invalid(f"Interactive type '{kind}' has no footer")
        footer = mapping(part, "footer", "interactive['footer']")
        bounded(footer, "text", "interactive['footer']['text']", "Footer text", LONGEST_FOOTER)
    if part.get("header") is None:
        return None
    header = mapping(part, "header", "interactive['header']")
    form = text(header, "type", "interactive['header']['type']")
    if form not in allowed:
        raise invalid(f"Header type invalid. Supported: {', '.join(allowed) or 'none'}")
    path = f"interactive['header']['{form}']"
    if form != "text":
        return read_attachment(form, mapping(header, form, path), path)
    bounded(header, "text", path, "Header text", LONGEST_HEADER)
    return None


def _check_link(action: dict[str, Any]) -> None:
    if text(action, "name", "interactive['action']['name']") != "cta_url":
        raise GraphError(100, "Param interactive['action']['name'] must be 'cta_url'.")
    path = "interactive['action']['parameters']"
    parameters = mapping(action, "parameters", path)
    bounded(parameters, "display_text", f"{path}['display_text']", "Button label", LONGEST_LINK_LABEL)
    if not text(parameters, "url", f"{path}['url']").startswith(("http://", "https://")):
        raise invalid("Button url invalid. It must begin with http:// or https://")


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
