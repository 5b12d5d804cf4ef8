"""Errors of the Graph API: codes, HTTP statuses and bodies (Meta, "Error codes", 2026-05-15)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Known:
    """A documented code: the HTTP status it comes with, and its title."""

    http: int
    title: str


CATALOGUE: dict[int, Known] = {
    0: Known(401, "AuthException"),
    1: Known(400, "API Unknown"),
    2: Known(503, "API Service"),
    3: Known(500, "API Method"),
    4: Known(400, "API Too Many Calls"),
    10: Known(403, "Permission Denied"),
    33: Known(400, "Parameter value is not valid"),
    100: Known(400, "Invalid parameter"),
    190: Known(401, "Access token has expired"),
    200: Known(403, "API Permission"),
    368: Known(403, "Temporarily blocked for policies violations"),
    80007: Known(400, "Rate limit issues"),
    130429: Known(400, "Rate limit hit"),
    130472: Known(400, "User's number is part of an experiment"),
    130497: Known(403, "Business account is restricted from messaging users in this country"),
    131000: Known(500, "Something went wrong"),
    131005: Known(403, "Access denied"),
    131008: Known(400, "Required parameter is missing"),
    131009: Known(400, "Parameter value is not valid"),
    131016: Known(500, "Service unavailable"),
    131021: Known(400, "Recipient cannot be sender"),
    131026: Known(400, "Message undeliverable"),
    131030: Known(400, "Recipient phone number not in allowed list"),
    131031: Known(403, "Account has been locked"),
    131037: Known(400, "Display name approval needed"),
    131042: Known(400, "Business eligibility payment issue"),
    131045: Known(500, "Incorrect certificate"),
    131047: Known(400, "Re-engagement message"),
    131048: Known(400, "Spam rate limit hit"),
    131049: Known(400, "Message not delivered to maintain healthy ecosystem engagement"),
    131050: Known(400, "User has stopped marketing messages"),
    131051: Known(400, "Unsupported message type"),
    131052: Known(400, "Media download error"),
    131053: Known(400, "Media upload error"),
    131056: Known(400, "(Business Account, Consumer Account) pair rate limit hit"),
    131057: Known(500, "Account in maintenance mode"),
    131060: Known(400, "This message is currently unavailable"),
    131062: Known(400, "Business-scoped user id is not supported for this message"),
    131064: Known(400, "Messaging limit from template classification"),
    132000: Known(400, "Template parameter count mismatch"),
    132001: Known(404, "Template does not exist"),
    132005: Known(400, "Template hydrated text too long"),
    132012: Known(400, "Template parameter format mismatch"),
    132015: Known(400, "Template is paused"),
    132016: Known(400, "Template is disabled"),
    133004: Known(503, "Server temporarily unavailable"),
    133010: Known(400, "Phone number not registered"),
    135000: Known(400, "Generic user error"),
    137000: Known(400, "Identity key mismatch"),
}


def title_of(code: int) -> str:
    """The documented title of a code, or a general one for a code this catalogue does not have."""
    return CATALOGUE[code].title if code in CATALOGUE else "Unknown error"


class GraphError(Exception):
    """A refusal in the Graph API's own form. `details` says which parameter is wrong, never its value."""

    def __init__(self, code: int, details: str, *, message: str | None = None, subcode: int | None = None) -> None:
        super().__init__(details)
        self.code = code
        self.details = details
        self.message = message or title_of(code)
        self.subcode = subcode

    @property
    def http(self) -> int:
        """The HTTP status that Meta documents for the code; 400 where it documents none."""
        return CATALOGUE[self.code].http if self.code in CATALOGUE else 400

    def body(self) -> dict[str, Any]:
        """The JSON body of the refusal."""
        error: dict[str, Any] = {
            "message": f"(#{self.code}) {self.message}",
            "type": "OAuthException",
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.details},
            "fbtrace_id": "A" + secrets.token_urlsafe(16),
        }
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        return {"error": error}


def inbound_error(code: int) -> dict[str, Any]:
    """An error as an item of a message's own `errors` in a webhook: something a person sent that cannot be had."""
    details = {131051: "Message type is currently not supported.", 131052: "The media file could not be downloaded."}
    title = "Message type unknown" if code == 131051 else title_of(code)
    return {"code": code, "title": title, "message": title, "error_data": {"details": details.get(code, title)}}


def status_error(code: int) -> dict[str, Any]:
    """The same error as an item of `statuses[].errors` in a webhook, for a message that fails after it was accepted."""
    return {
        "code": code,
        "title": title_of(code),
        "message": title_of(code),
        "error_data": {"details": f"{title_of(code)}: the sandbox was asked to fail this message."},
        "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
    }
