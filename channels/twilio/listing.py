"""Messages as Twilio lists them: what came in, and what went out and where it is by now.

Source: Twilio, message resource. A listed message tells less than its webhook did: no option that was tapped, no place,
no profile's name. A tap is its words there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from channels.twilio.contents import contents_of
from channels.twilio.senders import number_in, sender_of
from channels.twilio.statuses import code_in, named
from channels.twilio.webhook import part_of, written
from domain.inbound import Incoming, StatusUpdate, Unreadable

_INCOMING = "inbound"


@dataclass(frozen=True, slots=True)
class MediaOf:
    """A file of a message, where it can be fetched."""

    url: str = field(repr=False)
    content_type: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A message in the account's list."""

    sid: str
    incoming: bool
    status: str
    sender: str = field(repr=False)
    to: str = field(repr=False)
    body: str = field(repr=False)
    files: int
    error_code: int
    made_at: datetime
    sent_at: datetime | None
    """when it was sent, or came in; None while it waits at Twilio"""
    raw: dict[str, Any] = field(repr=False)


def listed(told: Mapping[str, Any]) -> Listed | None:
    """A message of a list; None for one that names no sid or no time."""
    sid, made_at = told.get("sid"), _moment(told.get("date_created"))
    if not isinstance(sid, str) or not sid or made_at is None:
        return None
    return Listed(
        sid=sid,
        incoming=_text(told, "direction") == _INCOMING,
        status=_text(told, "status"),
        sender=_text(told, "from"),
        to=_text(told, "to"),
        body=_text(told, "body"),
        files=code_in(told.get("num_media")),
        error_code=code_in(told.get("error_code")),
        made_at=made_at,
        sent_at=_moment(told.get("date_sent")),
        raw=dict(told),
    )


def incoming_of(message: Listed, files: Sequence[MediaOf] = ()) -> list[Incoming | Unreadable]:
    """The items that its webhook would have brought, with the time at which it came; their ids are the same."""
    fields = {
        "MessageSid": message.sid,
        "From": message.sender,
        "To": message.to,
        "Body": message.body,
        "NumMedia": str(len(files)),
        **{f"MediaUrl{at}": file.url for at, file in enumerate(files)},
        **{f"MediaContentType{at}": file.content_type for at, file in enumerate(files)},
    }
    sender, number = sender_of(fields), number_in(message.to)
    raw = written(fields)
    if not sender:
        return [Unreadable(number, "from: a phone number or a user id was expected", raw)]
    at = (message.sent_at or message.made_at).timestamp()
    return [
        Incoming(part_of(message.sid, place), number, sender, at, content, raw=raw)
        for place, content in enumerate(contents_of(fields))
    ]


def status_of(message: Listed) -> StatusUpdate:
    """What became of a message of ours by now, at the time at which it was sent."""
    status = named(message.status)
    return StatusUpdate(
        provider_id=message.sid,
        number=number_in(message.sender),
        status=status,
        at=(message.sent_at or message.made_at).timestamp(),
        error_code=message.error_code if status == "failed" else 0,
    )


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    return value if isinstance(value, str) else ""


def _moment(told: object) -> datetime | None:
    """A time as mails have it (RFC 2822)."""
    try:
        found = parsedate_to_datetime(told) if isinstance(told, str) else None
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found is not None and found.tzinfo is None else found
