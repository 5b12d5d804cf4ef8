"""Whoever hangs up in the middle of a request is no error of ours: anybody can, without any signature."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI, Request

from api import errors


async def test_a_request_that_is_not_said_to_its_end_raises_nothing() -> None:
    app = FastAPI()
    errors.install(app)

    @app.post("/webhook")
    async def webhook(request: Request) -> int:
        return len(await request.body())

    told: list[dict[str, Any]] = []
    heard: Iterator[dict[str, Any]] = iter(
        [{"type": "http.request", "body": b"abc", "more_body": True}, {"type": "http.disconnect"}]
    )

    async def receive() -> dict[str, Any]:
        return next(heard)

    async def send(message: Any) -> None:
        told.append(message)

    scope = {"type": "http", "method": "POST", "path": "/webhook", "query_string": b"", "headers": []}
    await app(scope, receive, send)
    assert told[0]["status"] == 400
