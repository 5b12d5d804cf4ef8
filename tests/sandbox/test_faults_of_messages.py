"""What people send arrives garbled, nameless, ahead of itself, or as something that cannot be read."""

from __future__ import annotations

import base64
from typing import Any

from tests.sandbox.conftest import LOAN, START, Bench


async def wrote(bench: Bench, user: dict[str, Any], mode: str, body: str = "fifty thousand") -> None:
    """This person writes a text that goes wrong in this way."""
    await bench.order(user, "faults", mode=mode)
    await bench.send(user, {"type": "text", "body": body})


async def test_a_timestamp_can_be_in_milliseconds(bench: Bench) -> None:
    user = await bench.user()
    await wrote(bench, user, "millisecond_timestamps")
    await bench.send(user, {"type": "text", "body": "in seconds"})
    assert [message["timestamp"] for message in bench.product.messages] == [str(int(START * 1000)), str(int(START))]


async def test_one_message_can_come_without_the_phone_number(bench: Bench) -> None:
    user = await bench.user()
    await wrote(bench, user, "hide_phone")
    await bench.send(user, {"type": "text", "body": "as before"})
    first, second = (received.value for received in bench.product.received)
    assert "from" not in first["messages"][0]
    assert first["messages"][0]["from_user_id"] == user["bsuid"]
    assert "wa_id" not in first["contacts"][0]
    assert second["contacts"][0]["wa_id"] == second["messages"][0]["from"]


async def test_an_edit_can_come_before_what_it_edits(bench: Bench) -> None:
    user = await bench.user()
    await wrote(bench, user, "edit_before_target")
    edit, text = bench.product.messages
    assert len(bench.product.received) == 2
    assert edit["edit"]["original_message_id"] == text["id"]
    assert edit["edit"]["message"]["text"] == text["text"]


async def test_a_message_can_arrive_as_something_unsupported(bench: Bench) -> None:
    user = await bench.user()
    await wrote(bench, user, "unsupported")
    [message] = bench.product.messages
    assert (message["type"], message["errors"][0]["code"]) == ("unsupported", 131051)
    assert "text" not in message


async def test_a_tap_can_arrive_without_what_was_tapped(bench: Bench) -> None:
    user = await bench.greeted()
    interactive = {
        "type": "button",
        "body": {"text": "Yes?"},
        "action": {"buttons": [{"type": "reply", "reply": {"id": "yes", "title": "Yes"}}]},
    }
    sent = await bench.graph.post(LOAN, {"to": user["phone"], "type": "interactive", "interactive": interactive})
    wamid = sent.json()["messages"][0]["id"]
    await bench.order(user, "faults", mode="interactive_without_reply")
    await bench.send(user, {"type": "tap", "option": "yes", "message": wamid})
    message = bench.product.messages[-1]
    assert (message["interactive"], message["context"]["id"]) == ({}, wamid)


async def test_a_number_can_change_in_the_middle_of_everything(bench: Bench) -> None:
    user = await bench.user(phone="+919812345678")
    await wrote(bench, user, "change_number")
    await bench.product.until(lambda: len(bench.product.messages) == 2)
    text, system = bench.product.messages
    assert (text["from"], system["system"]["type"]) == ("919812345678", "user_changed_number")
    moved = (await bench.control.get(f"/sandbox/users/{user['id']}")).json()
    assert system["system"]["wa_id"] == moved["phone"].lstrip("+") != "919812345678"


async def test_a_files_digest_can_be_that_of_another(bench: Bench) -> None:
    user = await bench.user()
    body = {"type": "image", "content": base64.b64encode(b"a picture").decode(), "mime_type": "image/png"}
    await bench.order(user, "faults", mode="wrong_sha256")
    await bench.send(user, body)
    await bench.send(user, body)
    wrong, right = (message["image"] for message in bench.product.messages)
    assert wrong["sha256"] != right["sha256"] == (await bench.graph.object(wrong["id"])).json()["sha256"]
