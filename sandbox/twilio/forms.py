"""What a person did, as the form that Twilio posts (Twilio, "Request to your incoming message webhook URL").

WhatsApp lies beneath: the fields of the chat are Meta's, and Twilio tells them in its own words, or not at all.
"""

from __future__ import annotations

import json
from typing import Any

from sandbox.chats import Message
from sandbox.config import Number
from sandbox.media import File
from sandbox.people import User
from sandbox.twilio.account import API_VERSION
from sandbox.twilio.addresses import CHANNEL, address_of
from sandbox.twilio.resources import messages_uri
from sandbox.twilio.sids import media_sid

TOLD = frozenset(
    {"text", "interactive", "button", "image", "document", "audio", "video", "sticker", "location", "contacts"}
) | {"unsupported"}
"""Kinds that Twilio hands on; edits, deletions, reactions and changed numbers are not among them."""

FILES = ("image", "document", "audio", "video", "sticker")

REFERRAL = {
    "source_id": "ReferralSourceId",
    "source_type": "ReferralSourceType",
    "source_url": "ReferralSourceUrl",
    "headline": "ReferralHeadline",
    "body": "ReferralBody",
    "ctwa_clid": "ReferralCtwaClid",
}


def form_of(account: str, base: str, number: Number, user: User, message: Message, file: File | None) -> dict[str, str]:
    """The form of a message; `base` is the URL under which its file can be had, with the account's credentials."""
    fields = message.payload
    hidden = "from" not in fields
    sender = address_of(user, hidden=hidden)
    said = _said(message.type, fields)
    form = {
        "AccountSid": account,
        "ApiVersion": API_VERSION,
        "Body": "",
        "ExternalUserId": CHANNEL + user.bsuid,
        "Forwarded": "false",
        "FrequentlyForwarded": "false",
        "From": sender,
        "MessageSid": message.id,
        "MessageType": message.type,
        "NumMedia": "0",
        "NumSegments": "1",
        "ProfileName": user.name,
        "ReferralNumMedia": "0",
        "SmsMessageSid": message.id,
        "SmsSid": message.id,
        "SmsStatus": "received",
        "To": number.id,
    } | said
    if not hidden:
        form["WaId"] = user.wa_id
    if file is not None:
        uri = f"{messages_uri(account)}/{message.id}/Media/{media_sid(file.id)}"
        form |= {"NumMedia": "1", "MediaUrl0": base + uri, "MediaContentType0": file.mime_type}
    if (about := fields.get("context", {}).get("id")) is not None:
        of_business = fields["context"].get("from") == number.digits
        form |= {
            "OriginalRepliedMessageSid": about,
            "OriginalRepliedMessageSender": number.id if of_business else sender,
        }
    referral = fields.get("referral", {})
    form |= {name: str(referral[field]) for field, name in REFERRAL.items() if field in referral}
    context = {name: form[name] for name in ("ProfileName", "WaId", *said) if name in form and name != "Body"}
    form["ChannelMetadata"] = json.dumps({"type": "whatsapp", "data": {"context": context}}, separators=(",", ":"))
    return form


def _said(kind: str, fields: dict[str, Any]) -> dict[str, str]:
    part = fields.get(kind)
    if not isinstance(part, dict):
        return {}
    if kind == "text":
        return {"Body": str(part.get("body", ""))}
    if kind == "button":
        return _button(part["text"], part["payload"])
    if kind == "interactive":
        if (row := part.get("list_reply")) is not None:
            return {"Body": row["title"], "ListId": row["id"], "ListTitle": row["title"]}
        return _button(reply["title"], reply["id"]) if (reply := part.get("button_reply")) is not None else {}
    if kind in FILES:
        return {"Body": str(part.get("caption") or part.get("filename") or "")}
    if kind == "location":
        place = {"Latitude": part["latitude"], "Longitude": part["longitude"]}
        place |= {name: part[field] for field, name in (("address", "Address"), ("name", "Label")) if field in part}
        return {name: str(value) for name, value in place.items()}
    return {}


def _button(text: str, payload: str) -> dict[str, str]:
    return {"Body": text, "ButtonText": text, "ButtonPayload": payload}
