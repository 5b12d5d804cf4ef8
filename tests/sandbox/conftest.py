"""A sandbox and a product at the two ends of real HTTP, with a clock that a test moves by hand."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from playwright.async_api import Browser, Page, async_playwright
from starlette.types import ASGIApp

from sandbox.app import create_app
from sandbox.config import Settings
from stack.chromium import find_chromium
from tests.sandbox.browsing import opened
from tests.sandbox.fake_product import FakeProduct, GraphClient

LOAN = "100000000000001"
NEXORA = "100000000000002"
TOKEN = "a-token-for-tests"
APP_SECRET = "a-secret-for-tests"
VERIFY_TOKEN = "a-verify-token-for-tests"
DECISION_KEY = "a-decision-key-for-tests"
AUTH_KEY = "an-auth-key-for-tests"
SPEECH_KEY = "a-speech-key-for-tests"
START = 1_790_000_000.0


class ManualClock:
    """A clock that stands still until `advance`; whoever sleeps by it is woken then."""

    def __init__(self, now: float) -> None:
        self._now = now
        self._sleepers: list[tuple[float, asyncio.Future[None]]] = []
        self.slept: list[float] = []
        self._changed = asyncio.Event()

    def now(self) -> float:
        return self._now

    async def sleep(self, seconds: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._now + seconds, woken))
        self.slept.append(seconds)
        self._changed.set()
        await woken

    def advance(self, seconds: float) -> None:
        """Let that much time pass at once."""
        self._now += seconds
        due = [sleeper for sleeper in self._sleepers if sleeper[0] <= self._now]
        self._sleepers = [sleeper for sleeper in self._sleepers if sleeper not in due]
        for _, woken in due:
            if not woken.done():
                woken.set_result(None)

    async def until_asleep(self, times: int) -> None:
        """Wait until somebody has gone to sleep by this clock so many times in all."""
        async with asyncio.timeout(10):
            while len(self.slept) < times:
                self._changed.clear()
                await self._changed.wait()


@asynccontextmanager
async def serving(app: ASGIApp, port: int = 0) -> AsyncIterator[str]:
    """Serve an application on this port, or a free one; yields its address."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1)
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[listening])
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        await server.shutdown(sockets=[listening])


@dataclass
class Bench:
    """A sandbox, the product it talks to, and clients for both of its sides."""

    url: str
    clock: ManualClock
    product: FakeProduct
    control: httpx.AsyncClient
    graph: GraphClient

    async def user(self, **fields: Any) -> dict[str, Any]:
        """A fresh person."""
        answer = await self.control.post("/sandbox/users", json=fields)
        assert answer.status_code == 201, answer.text
        created: dict[str, Any] = answer.json()
        return created

    async def greeted(self, **fields: Any) -> dict[str, Any]:
        """A fresh person who has written "hi", so that the window is open."""
        user = await self.user(**fields)
        await self.send(user, {"type": "text", "body": "hi"})
        return user

    async def send(self, user: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
        """Write, tap or send something as this person."""
        answer = await self.control.post(f"/sandbox/users/{user['id']}/send", json=body)
        assert answer.status_code == 200, answer.text
        sent: dict[str, Any] = answer.json()
        return sent

    async def chat(self, user: dict[str, Any]) -> list[dict[str, Any]]:
        """This person's whole chat."""
        messages: list[dict[str, Any]] = (await self.control.get(f"/sandbox/users/{user['id']}/messages")).json()
        return messages

    async def order(self, user: dict[str, Any], what: str, **fields: Any) -> httpx.Response:
        """Pull one of the outside world's levers for this person."""
        return await self.control.post(f"/sandbox/users/{user['id']}/{what}", json=fields)


@dataclass
class Starting:
    """Starts sandboxes over one data folder, one after the other if need be."""

    folder: Path
    clock: ManualClock
    product: FakeProduct
    product_url: str

    @asynccontextmanager
    async def sandbox(
        self, environment: dict[str, str] | None = None, port: int = 0, **changes: Any
    ) -> AsyncIterator[Bench]:
        """A running sandbox; `changes` are settings, `environment` holds tokens of other accounts."""
        chosen: dict[str, Any] = {
            "sandbox_data": self.folder,
            "product_url": self.product_url,
            "meta_access_token": TOKEN,
            "meta_app_secret": APP_SECRET,
            "meta_verify_token": VERIFY_TOKEN,
            "backend_decision_api_key": DECISION_KEY,
            "auth_api_key": AUTH_KEY,
            "speech_api_key": SPEECH_KEY,
        }
        app = create_app(Settings(**(chosen | changes)), self.clock, environment or {})
        async with serving(app, port) as url, httpx.AsyncClient(base_url=url, trust_env=False, verify=False) as control:
            graph = GraphClient(url, TOKEN)
            try:
                yield Bench(url, self.clock, self.product, control, graph)
            finally:
                await graph.close()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
def product() -> FakeProduct:
    return FakeProduct(APP_SECRET, VERIFY_TOKEN)


@pytest.fixture
async def starting(tmp_path: Path, clock: ManualClock, product: FakeProduct) -> AsyncIterator[Starting]:
    """For tests that start the sandbox themselves."""
    async with serving(product.app()) as product_url:
        yield Starting(tmp_path, clock, product, product_url)


@pytest.fixture
async def bench(starting: Starting) -> AsyncIterator[Bench]:
    """A running sandbox with its product."""
    async with starting.sandbox() as bench:
        yield bench


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_chromium(os.environ), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        await browser.close()


@pytest.fixture
async def phone(bench: Bench, browser: Browser) -> AsyncIterator[Page]:
    """The phone's page, opened; a complaint of the browser, or a request to another host, fails the test."""
    page, complaints = await opened(browser, bench.url)
    yield page
    await page.close()
    assert complaints == []
