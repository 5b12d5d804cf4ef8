"""What may be posted to `/messages`, checked against the documented limits (Meta's pages of each message kind).

The texts of the errors are close to Meta's; a client branches on the code. Lengths are counted in characters.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from sandbox.graph.attachments import ATTACHED_KINDS, Attachment, read_attachment
from sandbox.graph.errors import GraphError
from sandbox.graph.interactive import check_interactive
from sandbox.graph.reading import invalid, mapping, missing, text
from sandbox.graph.template_sends import TemplateSend, read_template_send

LONGEST_TEXT = 4096
LONGEST_CALLBACK_DATA = 512
LONGEST_EMOJI = 16
"""Code points: families and flags are made of several."""

BSUID = re.compile(r"^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$")

NOT_OFFERED = frozenset({"contacts", "location", "sticker"})
"""Kinds that Meta has and this sandbox does not offer."""

OFFERED = ("text", "interactive", "template", "reaction", *ATTACHED_KINDS)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message to send. One of `phone` (digits) and `bsuid` is set; `addressed_to` is the value as it was given.

    `silent` is a BSUID that was given as `to`: Meta takes it, and nobody ever gets it. `attachment` is the message's
    own file, or that in an interactive header.
    """

    kind: str
    addressed_to: str
    phone: str
    bsuid: str
    silent: bool
    callback: str | None
    payload: dict[str, Any]
    attachment: Attachment | None = None
    template: TemplateSend | None = None


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
        raise GraphError(131051, f"Message type '{kind}' is not offered by this sandbox.")
    if kind not in OFFERED:
        raise GraphError(100, f"Param type must be one of {{{', '.join(OFFERED).upper()}}}.")
    part = mapping(body, kind, kind, f"is mandatory for type '{kind}'")
    attachment, template = None, None
    match kind:
        case "text":
            _check_text(part)
        case "interactive":
            attachment = check_interactive(part)
        case "template":
            template = read_template_send(part)
        case "reaction":
            _check_reaction(part)
        case _:
            attachment = read_attachment(kind, part, kind)
    if body.get("context") is not None:
        text(mapping(body, "context", "context"), "message_id", "context['message_id']")
    callback = body.get("biz_opaque_callback_data")
    if callback is not None and (not isinstance(callback, str) or len(callback) > LONGEST_CALLBACK_DATA):
        raise GraphError(100, f"Param biz_opaque_callback_data must be a string of at most {LONGEST_CALLBACK_DATA}.")
    to, phone, bsuid, silent = _recipient(body)
    return Outgoing(kind, to, phone, bsuid, silent, callback, body, attachment, template)


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


def _check_reaction(part: dict[str, Any]) -> None:
    text(part, "message_id", "reaction['message_id']")
    if not isinstance(part.get("emoji", ""), str):
        raise GraphError(100, "Param reaction['emoji'] must be a string.")
    if len(part.get("emoji", "")) > LONGEST_EMOJI:
        raise invalid("Emoji invalid. It must be a single emoji, or empty to take the reaction back")
