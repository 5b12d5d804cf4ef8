"""Somebody between the product and the Graph API, who holds a message up before it is taken, or its answer after."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stack import free_ports


class Middleman:
    """Passes everything on, unless it is told to hold the next message up. Read marks are never held."""

    def __init__(self, graph: str, http: httpx.AsyncClient) -> None:
        self._graph = graph
        self._http = http
        self.url = ""
        self.before = Checkpoint()
        """before the provider has taken a message: of one that is let go with `lost` it never hears"""
        self.after = Checkpoint()
        """after the provider has taken it, before its answer comes back"""

    async def pass_on(self, request: Request) -> Response:
        """One request there and its answer back."""
        body = await request.body()
        is_message = "messaging_product" in (asked := json.loads(body)) and "status" not in asked
        if is_message and await self.before.passed() == "lost":
            return Response(status_code=500)
        headers = {name: value for name, value in request.headers.items() if name in ("authorization", "content-type")}
        answer = await self._http.post(f"{self._graph}{request.url.path}", content=body, headers=headers)
        if is_message:
            await self.after.passed()
        return Response(answer.content, answer.status_code, media_type="application/json")


class Checkpoint:
    """A place where the next one to come by can be held up."""

    def __init__(self) -> None:
        self._closed = False
        self._waiting: asyncio.Future[None] | None = None
        self._go: asyncio.Future[str] | None = None

    def close(self) -> None:
        """Hold up the next one."""
        loop = asyncio.get_running_loop()
        self._closed, self._waiting, self._go = True, loop.create_future(), loop.create_future()

    async def somebody(self) -> None:
        """Wait until somebody is held up here."""
        assert self._waiting is not None
        async with asyncio.timeout(30):
            await self._waiting

    def open(self, how: str = "") -> None:
        """Let them go, and everybody after them."""
        assert self._go is not None
        self._closed = False
        self._go.set_result(how)

    async def passed(self) -> str:
        """Come by; how one was let go, if one was held up."""
        if not self._closed or self._waiting is None or self._go is None:
            return ""
        self._closed = False
        self._waiting.set_result(None)
        return await self._go


@asynccontextmanager
async def middleman(graph: str) -> AsyncIterator[Middleman]:
    """A middleman who listens on a free port, before this Graph API."""
    async with httpx.AsyncClient(timeout=30, trust_env=False) as http:
        man = Middleman(graph, http)
        app = Starlette(routes=[Route("/{path:path}", man.pass_on, methods=["POST"])])
        [port] = free_ports(1)
        server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", timeout_graceful_shutdown=1))
        serving = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.01)
        man.url = f"http://127.0.0.1:{port}"
        try:
            yield man
        finally:
            server.should_exit = True
            await serving
