"""What became of a message of ours. Source: Twilio, outbound message status in status callbacks; message resource.

`queued`, `accepted`, `scheduled` and `sending` are no news: a message that Twilio has taken is accepted already.
"""

from __future__ import annotations

from collections.abc import Mapping

from channels.twilio.senders import number_in
from domain.inbound import StatusUpdate

_FAILED = ("undelivered", "failed", "canceled")
_INCOMING = ("received", "receiving")


def is_news_of(fields: Mapping[str, str]) -> bool:
    """Whether a webhook tells of a message of ours, and is none of somebody else's."""
    status = (fields.get("MessageStatus") or fields.get("SmsStatus") or "").lower()
    return bool(status) and status not in _INCOMING


def status_of(fields: Mapping[str, str], sid: str, key: str, now: float) -> StatusUpdate:
    """The status that a callback tells; our number is the one it was sent from.

    Its time is when it came, in whole seconds: in those Twilio's list tells when somebody wrote, and the two are held
    against each other.
    """
    told = (fields.get("MessageStatus") or fields.get("SmsStatus") or "").lower()
    return StatusUpdate(
        provider_id=sid,
        number=number_in(fields.get("From", "")),
        status=named(told),
        at=float(int(now)),
        key=key,
        error_code=code_in(fields.get("ErrorCode")) if named(told) == "failed" else 0,
    )


def named(status: str) -> str:
    """Twilio's word for a status as all others say it: `failed` for what never came, itself for the rest."""
    return "failed" if status in _FAILED else status


def code_in(told: object) -> int:
    """An error code, from text or a number; 0 where there is none."""
    text = str(told or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
