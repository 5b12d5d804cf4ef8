"""What survives when the sandbox is stopped, or killed."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sqlite3
import sys
from pathlib import Path

import httpx

from tests.sandbox.conftest import APP_SECRET, DECISION_KEY, LOAN, TOKEN, VERIFY_TOKEN, Starting
from tests.sandbox.fake_product import GraphClient
from tests.sandbox.test_decision import application

ROOT = Path(__file__).parents[2]


async def test_chats_clocks_and_unread_messages_survive_a_restart(starting: Starting) -> None:
    async with starting.sandbox() as bench:
        user = await bench.greeted(name="Asha Rao", bsuid_only=True)
        await bench.graph.post(LOAN, {"recipient": user["bsuid"], "type": "text", "text": {"body": "hello"}})
        await bench.order(user, "clock", hours=25)
        before = await bench.chat(user)
        seen = (await bench.control.get("/sandbox/users")).json()
    async with starting.sandbox() as bench:
        assert [message["id"] for message in await bench.chat(user)] == [message["id"] for message in before]
        [after] = (await bench.control.get("/sandbox/users")).json()
        kept = ("id", "name", "bsuid", "bsuid_only", "ahead", "moves", "last_inbound", "unread")
        assert {name: after[name] for name in kept} == {name: seen[0][name] for name in kept}
        late = await bench.graph.post(LOAN, {"recipient": user["bsuid"], "type": "text", "text": {"body": "late"}})
        assert late.json()["error"]["code"] == 131047


async def test_a_webhook_that_was_not_taken_is_delivered_after_a_restart_in_order(starting: Starting) -> None:
    starting.product.refusals.append(500)
    async with starting.sandbox() as bench:
        user = await bench.user()
        await bench.send(user, {"type": "text", "body": "one"})
        await bench.send(user, {"type": "text", "body": "two"})
    assert starting.product.texts == []
    async with starting.sandbox() as bench:
        await starting.product.until(lambda: starting.product.texts == ["one", "two"])
        async with asyncio.timeout(10):
            while {message["status"] for message in await bench.chat(user)} != {"delivered"}:
                await asyncio.sleep(0)


async def test_a_decision_is_the_same_after_a_restart(starting: Starting) -> None:
    headers = {"Authorization": f"Bearer {DECISION_KEY}", "Idempotency-Key": "key-1"}
    async with starting.sandbox() as bench:
        await bench.control.put("/sandbox/decision", json={"offers": 4})
        first = await bench.control.post("/decision/offers", json=application(), headers=headers)
    async with starting.sandbox() as bench:
        again = await bench.control.post("/decision/offers", json=application(), headers=headers)
        assert (await bench.control.get("/sandbox/decision")).json()["offers"] == 4
    assert again.json() == first.json()


async def test_the_data_folder_of_the_last_release_goes_on_working(starting: Starting) -> None:
    """`last_release.sql` is a dump of it: a chat, with a message whose webhook was not taken."""
    release = Path(__file__).with_name("last_release.sql").read_text(encoding="utf-8")
    with contextlib.closing(sqlite3.connect(starting.folder / "sandbox.sqlite3")) as database:
        database.executescript(release)
    for _ in range(2):
        async with starting.sandbox() as bench:
            await starting.product.until(lambda: starting.product.texts == ["not taken yet"])
            [user] = (await bench.control.get("/sandbox/users")).json()
            chat = await bench.chat(user)
            [send] = (await bench.control.get("/sandbox/sends", params={"number": LOAN})).json()["sends"]
    assert (user["name"], user["marketing"]) == ("Asha Rao", True)
    assert [message["payload"]["text"]["body"] for message in chat] == ["hi", "hello", "not taken yet"]
    assert (send["user"], send["key"], send["accepted_at"]) == (user["id"], "key-1", chat[1]["at"])


async def test_a_killed_sandbox_comes_back_with_its_chats(starting: Starting) -> None:
    """kill -9, with a message on the phone: the process that comes after shows it, and tells its statuses."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    first = await _start(starting, port)
    async with httpx.AsyncClient(base_url=url, trust_env=False) as control:
        user = (await control.post("/sandbox/users", json={"name": "Asha Rao"})).json()
        await control.post(f"/sandbox/users/{user['id']}/send", json={"type": "text", "body": "hi"})
        graph = GraphClient(url, TOKEN)
        wamid = (await graph.text(LOAN, user["phone"], "hello")).json()["messages"][0]["id"]
        await graph.close()
        await starting.product.until(lambda: bool(starting.product.statuses_of(wamid)))
    first.send_signal(signal.SIGKILL)
    await first.wait()
    second = await _start(starting, port)
    async with httpx.AsyncClient(base_url=url, trust_env=False) as control:
        chat = (await control.get(f"/sandbox/users/{user['id']}/messages")).json()
    assert [message["id"] for message in chat][1:] == [wamid]
    second.send_signal(signal.SIGTERM)
    await second.wait()


async def _start(starting: Starting, port: int) -> asyncio.subprocess.Process:
    environment = os.environ | {
        "SANDBOX_PORT": str(port),
        "SANDBOX_DATA": str(starting.folder),
        "PRODUCT_URL": starting.product_url,
        "META_ACCESS_TOKEN": TOKEN,
        "META_APP_SECRET": APP_SECRET,
        "META_VERIFY_TOKEN": VERIFY_TOKEN,
        "LOG_LEVEL": "WARNING",
    }
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "sandbox", cwd=ROOT, env=environment)
    async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(20):
        while True:
            try:
                if (await client.get(f"http://127.0.0.1:{port}/healthz")).is_success:
                    return process
            except httpx.TransportError:
                assert process.returncode is None, "the sandbox stopped while it started"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
