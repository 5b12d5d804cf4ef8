"""Twilio's errors: in an answer of the API, or told later in a status callback (Twilio, "Error dictionary")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Known:
    """The HTTP status of an error where an answer carries it, and what it says."""

    http: int
    message: str


CATALOGUE: dict[int, Known] = {
    20001: Known(400, "Unknown parameters"),
    20003: Known(401, "Authenticate"),
    20404: Known(404, "The requested resource was not found"),
    20429: Known(429, "Too many requests"),
    20500: Known(500, "An internal server error has occurred"),
    20503: Known(503, "Service unavailable"),
    21211: Known(400, "Invalid 'To' phone number"),
    21603: Known(400, "A 'From' phone number is required"),
    21604: Known(400, "A 'To' phone number is required"),
    21609: Known(400, "The 'StatusCallback' URL is not a valid URL"),
    21610: Known(400, "Attempt to send to unsubscribed recipient"),
    21614: Known(400, "'To' number is not a valid mobile number"),
    21617: Known(400, "The concatenated message body exceeds the 1600 character limit"),
    21619: Known(400, "A text message body or media urls must be specified"),
    21620: Known(400, "Invalid media URL(s)"),
    21623: Known(400, "Number of media files exceeds the allowed limit"),
    21654: Known(400, "ContentSid is required with ContentVariables"),
    21655: Known(400, "The ContentSid is invalid"),
    21656: Known(400, "The ContentVariables parameter is invalid"),
    21658: Known(400, "A parameter exceeds its character limit"),
    21910: Known(400, "Invalid 'From' and 'To' pair: both must be of the same channel"),
    63001: Known(401, "Channel could not authenticate the request"),
    63003: Known(400, "Channel could not find the To address"),
    63005: Known(400, "Channel did not accept the given content"),
    63006: Known(400, "Could not format the given content for the channel"),
    63007: Known(400, "Twilio could not find a Channel with the specified From address"),
    63010: Known(500, "Channels: Twilio internal error"),
    63012: Known(500, "Channel provider returned an internal service error"),
    63013: Known(400, "Channel policy violation"),
    63014: Known(400, "Blocked by the user's action"),
    63015: Known(400, "Channel Sandbox can only send messages to phone numbers that have joined the Sandbox"),
    63016: Known(400, "Outside the allowed window: use a Message Template"),
    63017: Known(429, "Channel provider rate limit exceeded"),
    63018: Known(429, "Rate limit exceeded for Channel"),
    63019: Known(400, "Media failed to download"),
    63020: Known(400, "Business account problem at the channel provider"),
    63021: Known(400, "Channel invalid content error"),
    63024: Known(400, "Invalid message recipient"),
    63026: Known(400, "Blocked as spam by the channel"),
    63027: Known(400, "Template does not exist for a language and locale"),
    63028: Known(400, "Number of parameters provided does not match the template's"),
    63031: Known(400, "Message cannot have the same From and To"),
    63032: Known(400, "Message not sent because of a limitation of WhatsApp"),
    63033: Known(400, "Recipient blocked to receive messages"),
    63034: Known(400, "Media exceeds the channel's size limit"),
    63038: Known(429, "Account exceeded its daily messages limit"),
    63041: Known(400, "Template paused"),
    63042: Known(400, "Template disabled"),
    63049: Known(400, "Meta chose not to deliver this marketing message"),
}

UNDELIVERED = frozenset({63003, 63014, 63015, 63024, 63032, 63033, 63049})
"""Errors of the recipient's side: the status is `undelivered` then, and `failed` with all others."""

INTERNAL = 20500
INTERNAL_LATER = 63010
METAS = range(100_000, 1_000_000)
"""Codes of Meta's, which Twilio never shows: ordered for a Twilio number, one of them means something went wrong."""


def message_of(code: int) -> str:
    """What Twilio says of a code, or something general for one that this catalogue does not have."""
    return CATALOGUE[code].message if code in CATALOGUE else "Unknown error"


def answered(code: int) -> int:
    """The code of an ordered error as an answer of the API has it."""
    return INTERNAL if code in METAS else code


def told_later(code: int) -> int:
    """The code of an ordered error as a status callback has it."""
    return INTERNAL_LATER if code in METAS else code


class TwilioError(Exception):
    """A refusal in Twilio's own form. `details` says which parameter is wrong, never its value."""

    def __init__(self, code: int, details: str = "") -> None:
        super().__init__(details or message_of(code))
        self.code = code
        self.details = details

    @property
    def http(self) -> int:
        """The HTTP status that goes with the code; 400 where this catalogue does not have it."""
        return CATALOGUE[self.code].http if self.code in CATALOGUE else 400

    def body(self) -> dict[str, Any]:
        """The JSON body of the refusal."""
        return {
            "code": self.code,
            "message": f"{message_of(self.code)}{f': {self.details}' if self.details else ''}",
            "more_info": f"https://www.twilio.com/docs/errors/{self.code}",
            "status": self.http,
        }


def not_found(what: str) -> TwilioError:
    """20404, for an id that is unknown."""
    return TwilioError(20404, f"there is no such {what}")
