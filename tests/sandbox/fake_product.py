"""A product small enough to test the sandbox with: it takes webhooks, checks their signature, and may answer.

It stands at the other end of real HTTP. `python -m tests.sandbox.fake_product` serves it with a little loan chat,
for looking at the phone.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route


@dataclass(frozen=True)
class Received:
    """One webhook as it came in."""

    raw: bytes
    signature: str
    body: dict[str, Any]

    @property
    def value(self) -> dict[str, Any]:
        """What the first change says."""
        value: dict[str, Any] = self.body["entry"][0]["changes"][0]["value"]
        return value

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The inbound messages in it."""
        return list(self.value.get("messages", []))

    @property
    def statuses(self) -> list[dict[str, Any]]:
        """The statuses in it."""
        return list(self.value.get("statuses", []))


Handler = Callable[[dict[str, Any], dict[str, Any]], Awaitable[None]]
"""Told of each inbound message: the webhook's value, and the message."""


@dataclass
class FakeProduct:
    """Keeps what it was sent. `refusals` are the HTTP statuses of the next answers; then it takes everything."""

    app_secret: str
    verify_token: str
    clock_available: bool = True
    handler: Handler | None = None
    received: list[Received] = field(default_factory=list)
    refusals: deque[int] = field(default_factory=deque)
    moved: list[dict[str, Any]] = field(default_factory=list)
    conversations: dict[str, dict[str, Any]] = field(default_factory=dict)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def app(self) -> Starlette:
        """The web application."""
        return Starlette(
            routes=[
                Route("/webhook", self._verify, methods=["GET"]),
                Route("/webhook", self._take, methods=["POST"]),
                Route("/dev/conversations", self._conversation, methods=["GET"]),
                Route("/dev/clock", self._move_clock, methods=["POST"]),
            ]
        )

    @property
    def texts(self) -> list[str]:
        """The bodies of all text messages taken, in order."""
        return [message["text"]["body"] for message in self.messages if message["type"] == "text"]

    @property
    def messages(self) -> list[dict[str, Any]]:
        """All inbound messages taken, in order."""
        return [message for received in self.received for message in received.messages]

    def statuses_of(self, message_id: str) -> list[str]:
        """Which statuses came of one message, in order."""
        return [
            status["status"] for received in self.received for status in received.statuses if status["id"] == message_id
        ]

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something received makes this true."""
        async with asyncio.timeout(10):
            while not condition():
                self.changed.clear()
                await self.changed.wait()

    async def _verify(self, request: Request) -> Response:
        if request.query_params.get("hub.verify_token") != self.verify_token:
            return PlainTextResponse("wrong token", 403)
        return PlainTextResponse(request.query_params["hub.challenge"])

    async def _take(self, request: Request) -> Response:
        raw = await request.body()
        signature = request.headers.get("x-hub-signature-256", "")
        expected = "sha256=" + hmac.new(self.app_secret.encode(), raw, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(signature, expected):
            return JSONResponse({"success": False}, 401)
        if self.refusals:
            status = self.refusals.popleft()
            self.changed.set()
            return JSONResponse({"success": False}, status)
        received = Received(raw, signature, json.loads(raw))
        self.received.append(received)
        if self.handler is not None:
            for message in received.messages:
                await self.handler(received.value, message)
        self.changed.set()
        return JSONResponse({"success": True, "message": "taken"})

    async def _conversation(self, request: Request) -> Response:
        found = self.conversations.get(request.query_params["user"])
        if found is None:
            return _error(404, "unknown_conversation", "This person has not written to this number yet.")
        return JSONResponse(found)

    async def _move_clock(self, request: Request) -> Response:
        if not self.clock_available:
            return _error(409, "clock_unavailable", "Moving time needs Temporal 1.32 or newer; this one is older.")
        body = await request.json()
        self.moved.append(body)
        return JSONResponse({"moved": body["seconds"], "now": time.time() + body["seconds"]})


class GraphClient:
    """Sends through the sandbox's Graph API, as the product would."""

    def __init__(self, sandbox_url: str, token: str) -> None:
        self._http = httpx.AsyncClient(
            base_url=f"{sandbox_url}/graph/v25.0",
            headers={"Authorization": f"Bearer {token}"},
            trust_env=False,
            verify=False,
        )

    async def post(self, number: str, body: dict[str, Any], **options: Any) -> httpx.Response:
        """Post to a number's messages; `messaging_product` is added."""
        body = {"messaging_product": "whatsapp"} | body
        return await self._http.post(f"/{number}/messages", json=body, **options)

    async def text(self, number: str, to: str, body: str, **fields: Any) -> httpx.Response:
        """Send a text to a phone number."""
        return await self.post(number, {"to": to, "type": "text", "text": {"body": body}} | fields)

    async def template(
        self, number: str, to: str, name: str, *components: dict[str, Any], language: str = "en", **fields: Any
    ) -> httpx.Response:
        """Send a template to a phone number."""
        asked = {"name": name, "language": {"code": language}, "components": list(components)}
        return await self.post(number, {"to": to, "type": "template", "template": asked} | fields)

    async def upload(
        self, number: str, content: bytes, mime_type: str, name: str = "file", **options: Any
    ) -> httpx.Response:
        """Upload a file."""
        form = {"messaging_product": "whatsapp", "type": mime_type}
        return await self._http.post(
            f"/{number}/media", data=form, files={"file": (name, content, mime_type)}, **options
        )

    async def object(self, object_id: str, **query: str) -> httpx.Response:
        """Ask for a number, or for a file's download address."""
        return await self._http.get(f"/{object_id}", params=query)

    async def delete(self, media_id: str) -> httpx.Response:
        """Delete a file."""
        return await self._http.delete(f"/{media_id}")

    async def download(self, url: str) -> httpx.Response:
        """Fetch from a download address, with the same bearer."""
        return await self._http.get(url)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()


def _error(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message}}, status)
