"""Twilio's end of the webhook: forms as it writes them, signed as it signs them."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import uuid4

import httpx

from tests.running.product import SECRETS, Addresses

FORM = "application/x-www-form-urlencoded; charset=utf-8"


def sid(kind: str = "SM") -> str:
    """A sid that nobody else has."""
    return f"{kind}{uuid4().hex}"


def signature(url: str, fields: Mapping[str, str], token: str = SECRETS["TWILIO_AUTH_TOKEN"]) -> str:
    """The value of `X-Twilio-Signature`."""
    told = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.digest(token.encode(), told.encode(), hashlib.sha1)).decode()


class Twilio:
    """Posts webhooks to one product."""

    def __init__(self, http: httpx.AsyncClient, at: Addresses) -> None:
        self._http = http
        self.at = at
        self.number = at.number_of("loan", "twilio")

    async def post(self, fields: Mapping[str, str], query: str = "", **headers: str | bytes) -> httpx.Response:
        """Post this form, rightly signed; other headers replace ours."""
        url = f"{self.at.url}/webhook{f'?{query}' if query else ''}"
        told = {b"X-Twilio-Signature": signature(url, fields).encode(), b"Content-Type": FORM.encode()}
        for name, value in headers.items():
            told[name.replace("_", "-").encode()] = value if isinstance(value, bytes) else value.encode()
        return await self._http.post(url, content=urlencode(fields), headers=told)

    async def text(self, body: str, phone: str, id: str = "", **more: str) -> httpx.Response:
        """Post the webhook of a text from this phone (E.164)."""
        own = id or sid()
        return await self.post(
            {
                "MessageSid": own,
                "SmsSid": own,
                "AccountSid": SECRETS["TWILIO_ACCOUNT_SID"],
                "From": f"whatsapp:{phone}",
                "To": self.number,
                "Body": body,
                "NumMedia": "0",
                "SmsStatus": "received",
                "WaId": phone.lstrip("+"),
                "ProfileName": "Asha",
                "ApiVersion": "2010-04-01",
                **more,
            }
        )
