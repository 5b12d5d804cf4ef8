"""The sandbox's own API: people, levers, and what lies behind a chat."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.config import SettingsError, read_numbers, read_settings
from tests.sandbox.conftest import LOAN, NEXORA, START, Bench


async def test_a_new_user_is_unique_and_writes_to_the_loan_number(bench: Bench) -> None:
    users = [await bench.user() for _ in range(5)]
    assert len({user["phone"] for user in users}) == len({user["bsuid"] for user in users}) == 5
    assert {user["number"] for user in users} == {LOAN}
    for user in users:
        assert re.fullmatch(r"\+9198\d{8}", user["phone"])
        assert re.fullmatch(r"IN\.\d{20}", user["bsuid"])
        assert user["name"]


async def test_a_phone_has_one_chat_with_a_number_and_may_have_one_with_another(bench: Bench) -> None:
    await bench.user(phone="+91 98123 45678")
    taken = await bench.control.post("/sandbox/users", json={"phone": "+919812345678"})
    assert (taken.status_code, taken.json()["error"]["code"]) == (409, "phone_taken")
    assert (await bench.user(phone="+919812345678", number=NEXORA))["number"] == NEXORA


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"phone": "12345"}, "phone"),
        ({"number": "whatsapp:+14155550999"}, "number"),
        ({"nmae": "Asha"}, "nmae"),
        ({"name": ""}, "name"),
    ],
)
async def test_a_wrong_user_is_refused_with_the_field_named(bench: Bench, body: dict[str, Any], named: str) -> None:
    answer = await bench.control.post("/sandbox/users", json=body)
    assert answer.status_code == 422
    assert named in answer.json()["error"]["message"]


async def test_the_users_are_listed_with_what_is_unread(bench: Bench) -> None:
    user = await bench.greeted()
    await bench.graph.text(LOAN, user["phone"], "one")
    await bench.graph.text(LOAN, user["phone"], "two")
    [listed] = (await bench.control.get("/sandbox/users")).json()
    assert (listed["unread"], listed["last_message"]["payload"]["text"]["body"]) == (2, "two")


async def test_a_removed_user_is_gone_and_the_phone_is_free(bench: Bench) -> None:
    user = await bench.greeted(phone="+919812345678")
    assert (await bench.control.delete(f"/sandbox/users/{user['id']}")).status_code == 204
    assert (await bench.control.get("/sandbox/users")).json() == []
    missing = await bench.control.get(f"/sandbox/users/{user['id']}/messages")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "unknown_user")
    await bench.user(phone="+919812345678")


async def test_the_numbers_are_listed(bench: Bench) -> None:
    numbers = (await bench.control.get("/sandbox/numbers")).json()
    assert numbers[0] == {
        "id": LOAN,
        "display": "+91 98000 00001",
        "bot": "loan",
        "provider": "meta",
        "business": "flowless",
    }
    assert [number["provider"] for number in numbers] == ["meta"] * 3 + ["twilio"]


async def test_moving_a_clock_moves_the_products_and_the_users(bench: Bench) -> None:
    user = await bench.greeted()
    answer = await bench.order(user, "clock", hours=1)
    assert answer.json() == {"now": START + 3600, "moved": 3600}
    assert bench.product.moved == [{"number": LOAN, "user": user["phone"], "seconds": 3600}]
    await bench.send(user, {"type": "text", "body": "an hour later"})
    assert bench.product.messages[-1]["timestamp"] == str(int(START + 3600))


async def test_a_hidden_phones_clock_is_moved_by_its_business_scoped_id(bench: Bench) -> None:
    user = await bench.greeted(bsuid_only=True)
    await bench.order(user, "clock", hours=1)
    assert bench.product.moved[0]["user"] == user["bsuid"]


async def test_a_clock_that_cannot_be_moved_stays_and_the_products_reason_is_passed_on(bench: Bench) -> None:
    bench.product.clock_available = False
    user = await bench.greeted()
    answer = await bench.order(user, "clock", hours=24)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "clock_unavailable")
    assert "1.32" in answer.json()["error"]["message"]
    assert (await bench.control.get(f"/sandbox/users/{user['id']}")).json()["ahead"] == 0


async def test_inspecting_shows_the_products_view_the_webhooks_and_the_requests(bench: Bench) -> None:
    user = await bench.greeted()
    bench.product.conversations[user["phone"]] = {"stage": "application", "state": {"journal": {}}}
    await bench.graph.text(LOAN, user["phone"], "hello")
    await bench.graph.text(LOAN, user["phone"], "")
    shown = (await bench.control.get(f"/sandbox/users/{user['id']}/inspect")).json()
    assert shown["stage"] == "application"
    assert shown["webhooks"][-1]["body"]["entry"][0]["changes"][0]["value"]["messages"][0]["text"]["body"] == "hi"
    assert (shown["webhooks"][-1]["kind"], shown["webhooks"][-1]["status"]) == ("message", 200)
    [request] = shown["graph_requests"]
    assert (request["status"], request["request"]["text"]["body"]) == (200, "hello")


async def test_inspecting_somebody_whom_the_product_does_not_know_says_so(bench: Bench) -> None:
    user = await bench.user()
    shown = (await bench.control.get(f"/sandbox/users/{user['id']}/inspect")).json()
    assert shown["error"]["code"] == "unknown_conversation"
    assert (shown["webhooks"], shown["graph_requests"]) == ([], [])


async def test_what_happens_is_told_live(bench: Bench) -> None:
    seen: list[tuple[str, dict[str, Any]]] = []
    complete = asyncio.Event()
    watching = asyncio.Event()

    async def watch() -> None:
        async with bench.control.stream("GET", "/sandbox/events") as stream:
            kind = ""
            async for line in stream.aiter_lines():
                if line.startswith("event: "):
                    kind = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    seen.append((kind, json.loads(line.removeprefix("data: "))))
                    watching.set()
                    if kind == "status" and seen[-1][1]["status"] == "read":
                        complete.set()

    watcher = asyncio.create_task(watch())
    async with asyncio.timeout(10):
        await watching.wait()
        user = await bench.greeted()
        wamid = (await bench.chat(user))[0]["id"]
        await bench.graph.post(LOAN, {"status": "read", "message_id": wamid, "typing_indicator": {"type": "text"}})
        await bench.graph.text(LOAN, user["phone"], "hello")
        await bench.order(user, "clock", hours=1)
        await bench.order(user, "read")
        await complete.wait()
    watcher.cancel()
    kinds = [kind for kind, _ in seen]
    assert kinds[0] == "hello"
    assert {"user", "message", "status", "typing", "read", "clock"} <= set(kinds)
    assert [event["message"]["direction"] for kind, event in seen if kind == "message"] == ["in", "out"]


async def test_an_error_of_the_control_api_has_one_form(bench: Bench) -> None:
    answer = await bench.control.post("/sandbox/users/nobody/send", json={"type": "text", "body": "hi"})
    assert (answer.status_code, set(answer.json()["error"])) == (404, {"code", "message"})


async def test_the_apis_are_described(bench: Bench) -> None:
    """The OpenAPI document names every route that a partner or a test may call."""
    described = set((await bench.control.get("/openapi.json")).json()["paths"])
    assert {"/graph/{version}/{phone_number_id}/messages", "/decision/offers", "/sandbox/users"} <= described


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("number = 1", "numbers_file"),
        ("[[number]]\nid = 1", "display"),
        ("not toml", "no toml"),
        ("", "lists no"),
    ],
)
def test_numbers_that_cannot_be_used_stop_the_start_and_are_named(tmp_path: Path, text: str, complaint: str) -> None:
    file = tmp_path / "numbers.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match=rf"(?i){complaint}"):
        read_numbers(file)


def test_a_wrong_setting_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANDBOX_PORT", "eighty")
    with pytest.raises(SettingsError, match="SANDBOX_PORT") as stopped:
        read_settings()
    assert "eighty" not in str(stopped.value)


async def test_health_needs_nothing(bench: Bench) -> None:
    answer: httpx.Response = await bench.control.get("/healthz")
    assert answer.json() == {"status": "ok", "service": "sandbox"}
