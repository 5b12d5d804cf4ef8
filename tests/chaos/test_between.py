"""Whoever stands between product and provider passes everything on, notes what was taken, and loses answers."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import uvicorn

from stack import free_ports
from tests.chaos.between import Accepted, Between
from tests.running.waiting import until

KEY = "0b2f1e0e-9f0e-4a53-9f5a-0f0a4b8d2a11"
MESSAGE = {"to": "+919800000001", "type": "text", "text": {"body": "Hello"}, "biz_opaque_callback_data": KEY}


async def provider(scope: Any, receive: Any, send: Any) -> None:
    """Takes every message but those to nobody."""
    asked = json.loads((await receive())["body"])
    status = 400 if asked.get("to") == "" else 200
    body = json.dumps({"asked": asked}).encode()
    start = {"type": "http.response.start", "status": status, "headers": [(b"content-length", b"%d" % len(body))]}
    await send(start)
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def between(dropped: float) -> AsyncIterator[tuple[Between, list[Accepted], httpx.AsyncClient]]:
    """Somebody who loses this share of answers, what they told of, and a client."""
    [port] = free_ports(1)
    server = uvicorn.Server(uvicorn.Config(provider, port=port, log_level="error", lifespan="off"))
    serving = asyncio.create_task(server.serve())

    async def started() -> bool:
        return server.started

    await until(started)
    heard: list[Accepted] = []
    there = Between(f"http://127.0.0.1:{port}", dropped, random.Random(1), heard.append)
    try:
        async with there.listening(), httpx.AsyncClient(trust_env=False) as http:
            yield there, heard, http
    finally:
        server.should_exit = True
        await serving


async def test_a_message_and_its_answer_are_passed_on_and_noted() -> None:
    async with between(dropped=0.0) as (there, heard, http):
        answer = await http.post(f"{there.url}/graph/v25.0/1/messages", json=MESSAGE)
        assert answer.json() == {"asked": MESSAGE}
        assert [(one.key, one.phone, one.text, one.dropped) for one in heard] == [(KEY, "919800000001", "Hello", False)]
        assert there.accepted == heard


async def test_an_answer_that_is_lost_was_noted_before() -> None:
    async with between(dropped=1.0) as (there, heard, http):
        with pytest.raises(httpx.RemoteProtocolError):
            await http.post(f"{there.url}/graph/v25.0/1/messages", json=MESSAGE)
        assert [one.dropped for one in heard] == [True]


async def test_what_is_no_message_is_passed_on_and_never_lost() -> None:
    async with between(dropped=1.0) as (there, heard, http):
        mark = {"status": "read", "message_id": "wamid.1"}
        assert (await http.post(f"{there.url}/graph/v25.0/1/messages", json=mark)).status_code == 200
        assert heard == []


async def test_what_the_provider_refuses_counts_as_refused() -> None:
    async with between(dropped=1.0) as (there, heard, http):
        refused = await http.post(f"{there.url}/graph/v25.0/1/messages", json={**MESSAGE, "to": ""})
        assert refused.status_code == 400
        assert heard == []
        assert there.refused == {400: 1}


async def test_who_waits_for_a_message_to_be_taken_is_told() -> None:
    async with between(dropped=0.0) as (there, _, http):
        waiting = asyncio.create_task(there.next_is_taken())
        await asyncio.sleep(0)
        assert not waiting.done()
        await http.post(f"{there.url}/graph/v25.0/1/messages", json=MESSAGE)
        async with asyncio.timeout(5):
            await waiting
