"""Twilio's end of things, as the tests of this channel write it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import httpx

from channels.twilio import Account, TwilioClient

SID = f"AC{'0123456789abcdef' * 2}"
TOKEN = "a-token-of-the-account"
OURS = "whatsapp:+14155550101"
ASHA = "whatsapp:+919812345678"
URL = "https://bot.example.com/webhook"


def message_fields(**more: str) -> dict[str, str]:
    """The parameters of a text's webhook."""
    sid = f"SM{'0' * 31}1"
    return {
        "MessageSid": sid,
        "SmsSid": sid,
        "SmsMessageSid": sid,
        "AccountSid": SID,
        "From": ASHA,
        "To": OURS,
        "Body": "hi",
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
        "ProfileName": "Asha",
        "WaId": "919812345678",
        "MessageType": "text",
        **more,
    }


def form(fields: dict[str, str]) -> bytes:
    """A body with these parameters."""
    return urlencode(fields).encode()


def client_of(answer: Callable[[httpx.Request], httpx.Response]) -> TwilioClient:
    """A client whose transport answers so."""
    http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    return TwilioClient(
        http, Account(SID, TOKEN), "https://api.example.com", "https://content.example.com/", URL, _nowhere
    )


async def _nowhere(host: str, port: int) -> list[str]:
    return ["93.184.216.34"]


def resource(sid: str, **more: Any) -> dict[str, Any]:
    """A message as the account lists it."""
    return {
        "sid": sid,
        "account_sid": SID,
        "direction": "inbound",
        "status": "received",
        "from": ASHA,
        "to": OURS,
        "body": "hi",
        "num_media": "0",
        "error_code": None,
        "date_created": "Fri, 27 Nov 2026 08:00:00 +0000",
        "date_sent": "Fri, 27 Nov 2026 08:00:01 +0000",
        "date_updated": "Fri, 27 Nov 2026 08:00:01 +0000",
        **more,
    }
