"""A webhook of Twilio's into items: a message, with each of its files, or what became of one of ours.

Sources: Twilio, the request that a message's webhook makes, and outbound message status in status callbacks. The set of
parameters "varies" and grows: what is not known here is kept with the item.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from channels.twilio.contents import Malformed, contents_of
from channels.twilio.form import NotAWebhook, fields_of, storable
from channels.twilio.senders import number_in, sender_of
from channels.twilio.statuses import is_news_of, status_of
from domain.inbound import Incoming, Item, Notice, Unreadable

KEY = "key"
"""the name of our key in the query of a status callback's address"""
_REFERRAL = {
    "ReferralSourceUrl": "source_url",
    "ReferralSourceId": "source_id",
    "ReferralSourceType": "source_type",
    "ReferralHeadline": "headline",
    "ReferralBody": "body",
    "ReferralMediaUrl": "media_url",
    "ReferralMediaContentType": "media_type",
    "ReferralCtwaClid": "ctwa_clid",
}
"""by the names that Meta has for them, which all else speaks"""


def read(body: bytes, content_type: str, query: str, now: float) -> list[Item]:
    """Everything a webhook says. Raises NotAWebhook.

    `query` is the address's, and holds our key where it is a status callback. `now`, in seconds since the epoch, is
    when it came: Twilio tells no time.
    """
    key = storable(parse_qsl(query, errors="replace")).get(KEY, "")
    return read_fields(fields_of(body, content_type), key, now)


def read_fields(fields: Mapping[str, str], key: str, now: float) -> list[Item]:
    """What these parameters say. Raises NotAWebhook where they name no message."""
    number = number_in(fields.get("To", ""))
    sid = fields.get("MessageSid") or fields.get("SmsMessageSid") or fields.get("SmsSid") or ""
    if not sid:
        if fields.get("AccountSid"):
            # Something of the account's: an error of its own, or what is new.
            return [Notice("", fields.get("EventType", "") or "unknown", dict(fields))]
        raise NotAWebhook("neither MessageSid nor AccountSid is among its parameters")
    raw: dict[str, Any] = written(fields, key)
    if is_news_of(fields):
        return [status_of(fields, sid, key, now)]
    try:
        contents = contents_of(fields)
    except Malformed as error:
        return [Unreadable(number, str(error), raw)]
    sender = sender_of(fields)
    if not sender:
        return [Unreadable(number, "From: a phone number or a user id was expected", raw)]
    return [
        Incoming(
            provider_id=part_of(sid, at),
            number=number,
            sender=sender,
            at=0,
            content=content,
            reply_to=fields.get("OriginalRepliedMessageSid", ""),
            referral={name: fields[told] for told, name in _REFERRAL.items() if fields.get(told)},
            raw=raw,
        )
        for at, content in enumerate(contents)
    ]


def part_of(sid: str, at: int) -> str:
    """The id of a message's part: its first has the message's own, the files that follow have one each."""
    return f"{sid}/{at}" if at else sid


def written(fields: Mapping[str, str], key: str = "") -> dict[str, Any]:
    """A webhook's parameters as they are kept, to be read another time."""
    return {"twilio": dict(fields), **({KEY: key} if key else {})}


def is_kept(raw: Mapping[str, Any]) -> bool:
    """Whether an item's raw form is one that `written` made."""
    return isinstance(raw.get("twilio"), Mapping)


def read_again(kept: Mapping[str, Any], now: float) -> list[Item]:
    """What was `written`. Raises NotAWebhook for what is none of that form."""
    fields, key = kept.get("twilio"), kept.get(KEY, "")
    if not isinstance(fields, Mapping) or not isinstance(key, str):
        raise NotAWebhook("it holds no parameters of Twilio's")
    return read_fields({str(name): str(value) for name, value in fields.items()}, key, now)
