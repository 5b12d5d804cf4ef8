"""Twilio's own package at one end of the sandbox, a product that takes its webhooks at the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from tests.sandbox.conftest import Bench, ManualClock, Starting, serving
from tests.sandbox.twilio.product import ACCOUNT, AUTH_TOKEN, TwilioProduct

NUMBER = "whatsapp:+14155550101"
SETTINGS: dict[str, Any] = {"twilio_account_sid": ACCOUNT, "twilio_auth_token": AUTH_TOKEN}

T = TypeVar("T")


class ToTheSandbox:
    """Twilio's own HTTP client, with what is meant for Twilio's hosts sent to the sandbox."""

    def __init__(self, sandbox: str) -> None:
        self._client = TwilioHttpClient(timeout=10)
        self._client.session.trust_env = False
        self._sandbox = sandbox

    def request(self, method: str, url: str, *args: Any, **options: Any) -> Any:
        """The same request at the sandbox's address."""
        for host in ("https://api.twilio.com", "https://content.twilio.com"):
            url = url.replace(host, f"{self._sandbox}/twilio")
        return self._client.request(method, url, *args, **options)

    def close(self) -> None:
        """Close the connections."""
        self._client.session.close()


@dataclass
class Twilio:
    """A sandbox with a product on Twilio's numbers, and Twilio's client of it."""

    bench: Bench
    product: TwilioProduct
    client: Client
    files: str
    """where the product's own files are"""

    @property
    def clock(self) -> ManualClock:
        return self.bench.clock

    @property
    def callback(self) -> str:
        """Where statuses go, with a key in the query."""
        return self.files.replace("/files", "/statuses?key=k-1")

    async def run(self, call: Callable[[], T]) -> T:
        """Call Twilio's client, which blocks, beside the sandbox."""
        return await asyncio.to_thread(call)

    async def person(self, **fields: Any) -> dict[str, Any]:
        """A fresh person on the number."""
        return await self.bench.user(number=NUMBER, **fields)

    async def greeted(self, **fields: Any) -> dict[str, Any]:
        """A fresh person who has written "hi", so that the window is open."""
        user = await self.person(**fields)
        await self.bench.send(user, {"type": "text", "body": "hi"})
        return user

    async def send(self, user: dict[str, Any], **fields: Any) -> Any:
        """Send to this person, with statuses told."""
        given = {"from_": NUMBER, "to": f"whatsapp:{user['phone']}", "status_callback": self.callback} | fields
        return await self.run(lambda: self.client.messages.create(**given))

    async def became(self, sid: str, status: str) -> dict[str, str]:
        """The callback that tells this status of a message; waits for it."""

        def told() -> list[dict[str, str]]:
            found = (received.form for received in self.product.statuses)
            return [form for form in found if (form["MessageSid"], form["MessageStatus"]) == (sid, status)]

        await self.product.until(lambda: bool(told()))
        return told()[0]

    async def shown(self, user: dict[str, Any]) -> dict[str, Any]:
        """The last message on this person's phone."""
        return (await self.bench.chat(user))[-1]


@pytest.fixture
def twilio_product() -> TwilioProduct:
    return TwilioProduct()


@pytest.fixture
async def starting_twilio(tmp_path: Path, clock: ManualClock, twilio_product: TwilioProduct) -> AsyncIterator[Starting]:
    """For tests that start the sandbox themselves."""
    async with serving(twilio_product.app()) as product_url:
        twilio_product.url = product_url
        yield Starting(tmp_path, clock, twilio_product, product_url)


@asynccontextmanager
async def connected(starting: Starting, product: TwilioProduct) -> AsyncIterator[Twilio]:
    """A running sandbox with this product, and Twilio's client."""
    async with starting.sandbox(**SETTINGS) as bench:
        http = ToTheSandbox(bench.url)
        client = Client(ACCOUNT, AUTH_TOKEN, http_client=http)
        yield Twilio(bench, product, client, f"{product.url}/files")
        http.close()


@pytest.fixture
async def twilio(starting_twilio: Starting, twilio_product: TwilioProduct) -> AsyncIterator[Twilio]:
    """A running sandbox with its product, and Twilio's client."""
    async with connected(starting_twilio, twilio_product) as twilio:
        yield twilio
