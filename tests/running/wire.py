"""Meta's end of the webhook: bodies as it writes them, signed as it signs them."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

import httpx

from tests.running.product import SECRETS, Addresses


def now() -> str:
    """The time as Meta writes it: who answers a question does so after it was sent."""
    return str(int(time.time()))


def wamid() -> str:
    """A message id that nobody else has."""
    return f"wamid.{uuid4().hex}"


def text(body: str, *, id: str | None = None, phone: str = "", bsuid: str = "") -> dict[str, Any]:
    """An item of `messages`: words."""
    return message("text", {"body": body}, id=id, phone=phone, bsuid=bsuid)


def message(
    kind: str, held: Mapping[str, Any], *, id: str | None = None, phone: str = "", bsuid: str = ""
) -> dict[str, Any]:
    """An item of `messages` of any kind, of somebody who is named by their phone number, their BSUID, or both."""
    sender = {"from": phone.lstrip("+"), "from_user_id": bsuid}
    named = {name: value for name, value in sender.items() if value}
    return {**named, "id": id or wamid(), "timestamp": now(), "type": kind, kind: held}


def status(name: str, id: str, **more: Any) -> dict[str, Any]:
    """An item of `statuses`."""
    return {"id": id, "status": name, "timestamp": now(), **more}


def envelope(number: str, messages: Sequence[Any] = (), statuses: Sequence[Any] = ()) -> dict[str, Any]:
    """A webhook with these items, for this number of ours; an empty one leaves the metadata out."""
    value: dict[str, Any] = {"messaging_product": "whatsapp"}
    if number:
        value["metadata"] = {"display_phone_number": "919800000000", "phone_number_id": number}
    listed = {name: list(items) for name, items in (("messages", messages), ("statuses", statuses)) if items}
    change = {"field": "messages", "value": value | listed}
    return {"object": "whatsapp_business_account", "entry": [{"id": "200000000000001", "changes": [change]}]}


def signature(body: bytes, secret: str = SECRETS["META_APP_SECRET"]) -> str:
    """The value of `X-Hub-Signature-256`."""
    return "sha256=" + hmac.digest(secret.encode(), body, hashlib.sha256).hex()


class Meta:
    """Posts webhooks to one product."""

    def __init__(self, http: httpx.AsyncClient, at: Addresses) -> None:
        self._http = http
        self.at = at

    async def post(self, body: bytes | dict[str, Any], **headers: str | bytes) -> httpx.Response:
        """Post this body, rightly signed; other headers replace ours."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        told = {b"X-Hub-Signature-256": signature(raw).encode(), b"Content-Type": b"application/json"}
        for name, value in headers.items():
            told[name.replace("_", "-").encode()] = value if isinstance(value, bytes) else value.encode()
        return await self._http.post(f"{self.at.url}/webhook", content=raw, headers=told)

    async def messages(self, *items: Any, number: str | None = None) -> httpx.Response:
        """Post a webhook with these messages."""
        return await self.post(envelope(self.at.number if number is None else number, items))

    async def statuses(self, *items: Any) -> httpx.Response:
        """Post a webhook with these statuses."""
        return await self.post(envelope(self.at.number, statuses=items))
