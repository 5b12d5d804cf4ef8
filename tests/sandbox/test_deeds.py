"""What people do beside writing and tapping: files, contacts, places, corrections, reactions, other identities."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest

from tests.sandbox.conftest import LOAN, NEXORA, START, Bench

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
CONTENT = base64.b64encode(PNG).decode()
SHA256 = base64.b64encode(hashlib.sha256(PNG).digest()).decode()


async def refused(bench: Bench, user: dict[str, Any], body: dict[str, Any]) -> str:
    answer = await bench.control.post(f"/sandbox/users/{user['id']}/send", json=body)
    assert answer.status_code == 422, answer.text
    code: str = answer.json()["error"]["code"]
    return code


@pytest.mark.parametrize(
    ("kind", "mime_type", "more", "told"),
    [
        ("image", "image/png", {"caption": "My card"}, {"caption": "My card"}),
        ("document", "application/pdf", {"filename": "pan.pdf"}, {"filename": "pan.pdf"}),
        ("document", "application/zip", {}, {"filename": "document"}),
        ("audio", "audio/ogg; codecs=opus", {}, {"voice": True}),
        ("audio", "audio/mpeg", {"voice": False}, {"voice": False}),
        ("video", "video/mp4", {}, {}),
        ("sticker", "image/webp", {}, {"animated": False}),
    ],
)
async def test_a_file_arrives_with_its_id_and_digest_and_can_be_fetched(
    bench: Bench, kind: str, mime_type: str, more: dict[str, Any], told: dict[str, Any]
) -> None:
    user = await bench.user()
    await bench.send(user, {"type": kind, "content": CONTENT, "mime_type": mime_type} | more)
    message = bench.product.messages[0]
    part = message[kind]
    assert (message["type"], part["mime_type"], part["sha256"]) == (kind, mime_type, SHA256)
    assert {name: value for name, value in part.items() if name not in ("id", "mime_type", "sha256", "url")} == told
    assert (await bench.graph.download(part["url"])).content == PNG
    described = (await bench.graph.object(part["id"])).json()
    assert (described["sha256"], described["mime_type"]) == (SHA256, mime_type)
    assert (await bench.graph.download(described["url"])).content == PNG


async def test_a_file_can_be_uploaded_first_as_a_form_or_as_json(bench: Bench) -> None:
    user, other = await bench.user(), await bench.user()
    address = f"/sandbox/users/{user['id']}/media"
    form = await bench.control.post(address, files={"file": ("card.png", PNG, "image/png")})
    plain = await bench.control.post(address, json={"content": CONTENT, "mime_type": "image/png"})
    assert (form.status_code, plain.status_code) == (201, 201)
    assert (form.json()["sha256"], form.json()["filename"], plain.json()["size"]) == (SHA256, "card.png", len(PNG))
    await bench.send(user, {"type": "image", "media": form.json()["id"]})
    assert bench.product.messages[0]["image"]["id"] == form.json()["id"]
    assert (await bench.chat(user))[0]["media"] == form.json()
    assert await refused(bench, other, {"type": "image", "media": form.json()["id"]}) == "unknown_media"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"type": "image", "content": CONTENT, "mime_type": "application/pdf"}, "wrong_type"),
        ({"type": "image", "content": "", "mime_type": "image/png"}, "empty_file"),
        ({"type": "image", "content": CONTENT}, "invalid_body"),
        ({"type": "image"}, "invalid_body"),
        ({"type": "image", "media": "1"}, "unknown_media"),
        ({"type": "image", "content": "not base64!", "mime_type": "image/png"}, "invalid_body"),
    ],
)
async def test_a_file_that_cannot_be_is_refused(bench: Bench, body: dict[str, Any], code: str) -> None:
    assert await refused(bench, await bench.user(), body) == code


@pytest.mark.parametrize("body", [b"{", b'{"content": "AA=="}'])
async def test_an_upload_that_cannot_be_read_is_refused(bench: Bench, body: bytes) -> None:
    user = await bench.user()
    answer = await bench.control.post(f"/sandbox/users/{user['id']}/media", content=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid_body")


async def test_a_file_that_is_too_large_arrives_as_something_that_could_not_be_had(bench: Bench) -> None:
    user = await bench.user()
    large = base64.b64encode(b"x" * (5 * 1024 * 1024 + 1)).decode()
    await bench.send(user, {"type": "image", "content": large, "mime_type": "image/png"})
    message = bench.product.messages[0]
    assert (message["type"], message["errors"][0]["code"]) == ("unsupported", 131052)
    assert "image" not in message


async def test_a_contact_that_was_asked_for_says_so(bench: Bench) -> None:
    user = await bench.greeted(name="Asha Rao", bsuid_only=True)
    interactive = {
        "type": "request_contact_info",
        "body": {"text": "May we have your number?"},
        "action": {"name": "request_contact_info"},
    }
    sent = await bench.graph.post(LOAN, {"recipient": user["bsuid"], "type": "interactive", "interactive": interactive})
    wamid = sent.json()["messages"][0]["id"]
    await bench.send(user, {"type": "contact", "phone": "+919812345678", "message": wamid})
    message = bench.product.messages[-1]
    assert (message["type"], message["origin"], message["context"]["id"]) == ("contacts", "contact_request", wamid)
    [card] = message["contacts"]
    assert card["name"] == {"formatted_name": "Asha Rao", "first_name": "Asha", "last_name": "Rao"}
    assert card["phones"] == [{"phone": "+919812345678", "wa_id": "919812345678", "type": "CELL"}]
    await bench.send(user, {"type": "contact", "name": "Ravi", "phone": "+919811111111"})
    assert bench.product.messages[-1]["origin"] == "other"


async def test_a_location_answers_the_request_for_it(bench: Bench) -> None:
    user = await bench.greeted()
    interactive = {
        "type": "location_request_message",
        "body": {"text": "Where are you?"},
        "action": {"name": "send_location"},
    }
    sent = await bench.graph.post(LOAN, {"to": user["phone"], "type": "interactive", "interactive": interactive})
    wamid = sent.json()["messages"][0]["id"]
    await bench.send(
        user, {"type": "location", "latitude": 12.97, "longitude": 77.59, "name": "Home", "message": wamid}
    )
    message = bench.product.messages[-1]
    assert message["location"] == {"latitude": 12.97, "longitude": 77.59, "name": "Home"}
    assert message["context"] == {"from": "919800000001", "id": wamid}


async def test_what_was_sent_can_be_edited_and_revoked(bench: Bench) -> None:
    user = await bench.user()
    first = (await bench.send(user, {"type": "text", "body": "fifty"}))["message_id"]
    await bench.send(user, {"type": "edit", "message": first, "body": "sixty"})
    await bench.send(user, {"type": "revoke", "message": first})
    edit, revoke = bench.product.messages[1:]
    assert edit["edit"] == {"original_message_id": first, "message": {"type": "text", "text": {"body": "sixty"}}}
    assert revoke["revoke"] == {"original_message_id": first}
    assert len({message["id"] for message in bench.product.messages}) == 3


async def test_only_ones_own_messages_can_be_edited_or_revoked(bench: Bench) -> None:
    user, other = await bench.greeted(), await bench.greeted()
    theirs = (await bench.graph.text(LOAN, user["phone"], "hello")).json()["messages"][0]["id"]
    somebodys = (await bench.chat(other))[0]["id"]
    for wamid in (theirs, somebodys, "wamid.none"):
        assert await refused(bench, user, {"type": "edit", "message": wamid, "body": "x"}) == "unknown_message"
        assert await refused(bench, user, {"type": "revoke", "message": wamid}) == "unknown_message"


async def test_a_correction_can_overtake_its_message(bench: Bench) -> None:
    user = await bench.user()
    messages = [
        {"type": "text", "id": "wamid.late", "body": "fifty"},
        {"type": "edit", "message": "wamid.late", "body": "sixty"},
    ]
    await bench.send(user, {"type": "several", "webhooks": "reversed", "messages": messages})
    assert [message["type"] for message in bench.product.messages] == ["edit", "text"]
    assert len(bench.product.received) == 2
    assert bench.product.messages[1]["id"] == "wamid.late"


async def test_several_messages_come_in_one_webhook_or_in_one_each(bench: Bench) -> None:
    user = await bench.user()
    messages = [{"type": "text", "body": "one"}, {"type": "text", "body": "two"}]
    await bench.send(user, {"type": "several", "messages": messages})
    assert [len(received.messages) for received in bench.product.received] == [2]
    await bench.send(user, {"type": "several", "webhooks": "each", "messages": messages})
    assert [len(received.messages) for received in bench.product.received] == [2, 1, 1]
    assert bench.product.texts == ["one", "two"] * 2


async def test_a_reaction_is_put_and_taken_back(bench: Bench) -> None:
    user = await bench.greeted()
    wamid = (await bench.graph.text(LOAN, user["phone"], "hello")).json()["messages"][0]["id"]
    await bench.send(user, {"type": "reaction", "message": wamid, "emoji": "👍"})
    await bench.send(user, {"type": "reaction", "message": wamid})
    put, taken = bench.product.messages[-2:]
    assert put["reaction"] == {"message_id": wamid, "emoji": "👍"}
    assert taken["reaction"] == {"message_id": wamid}
    assert await refused(bench, user, {"type": "reaction", "message": "wamid.none", "emoji": "👍"}) == "unknown_message"


async def test_the_business_reacts_to_a_message_of_the_chat_and_that_is_only_ever_sent(bench: Bench) -> None:
    user, other = await bench.greeted(reads=True), await bench.greeted()
    written = (await bench.chat(user))[0]["id"]
    reaction = {"message_id": written, "emoji": "🙏"}
    sent = await bench.graph.post(LOAN, {"to": user["phone"], "type": "reaction", "reaction": reaction})
    wamid = sent.json()["messages"][0]["id"]
    later = (await bench.graph.text(LOAN, user["phone"], "thanks")).json()["messages"][0]["id"]
    await bench.product.until(lambda: "read" in bench.product.statuses_of(later))
    assert bench.product.statuses_of(wamid) == ["sent"]
    elsewhere = await bench.graph.post(LOAN, {"to": other["phone"], "type": "reaction", "reaction": reaction})
    assert elsewhere.json()["error"]["code"] == 131009


async def test_what_whatsapp_does_not_hand_on_comes_with_an_error(bench: Bench) -> None:
    user = await bench.user()
    await bench.send(user, {"type": "unsupported", "kind": "poll"})
    message = bench.product.messages[0]
    assert (message["errors"][0]["code"], message["unsupported"]) == (131051, {"type": "poll"})


async def test_an_answer_can_say_nothing_of_what_was_chosen(bench: Bench) -> None:
    user = await bench.user()
    await bench.send(user, {"type": "interactive_without_reply"})
    message = bench.product.messages[0]
    assert (message["type"], message["interactive"]) == ("interactive", {})
    assert message["errors"]


async def test_somebody_may_come_from_an_ad_and_answer_a_message(bench: Bench) -> None:
    user = await bench.greeted()
    wamid = (await bench.graph.text(LOAN, user["phone"], "hello")).json()["messages"][0]["id"]
    referral = {"source_type": "ad", "source_id": "123", "headline": "Loans", "ctwa_clid": "abc"}
    await bench.send(user, {"type": "text", "body": "hi", "referral": referral, "context": wamid, "id": "wamid.mine"})
    message = bench.product.messages[-1]
    assert (message["referral"], message["context"]["id"], message["id"]) == (referral, wamid, "wamid.mine")


async def test_a_new_phone_number_is_told_and_used_from_then_on(bench: Bench) -> None:
    user = await bench.greeted(name="Asha Rao", phone="+919812345678")
    answer = await bench.order(user, "number", phone="+919899999999")
    told = bench.product.received[-1]
    [message] = told.messages
    moved = answer.json()["user"]
    assert "contacts" not in told.value
    assert message["from"] == "919812345678"
    assert message["system"] == {
        "type": "user_changed_number",
        "body": "User Asha Rao changed from 919812345678 to 919899999999",
        "wa_id": "919899999999",
        "user_id": moved["bsuid"],
        "previous_user_id": user["bsuid"],
    }
    assert moved["bsuid"] != user["bsuid"]
    assert (await bench.graph.text(LOAN, "+919899999999", "hello")).status_code == 200
    assert (await bench.graph.text(LOAN, "+919812345678", "hello")).json()["error"]["code"] == 131030
    await bench.send(moved, {"type": "text", "body": "me again"})
    assert bench.product.messages[-1]["from"] == "919899999999"


async def test_a_number_that_is_in_use_cannot_be_moved_to(bench: Bench) -> None:
    user, other = await bench.greeted(), await bench.greeted()
    answer = await bench.order(user, "number", phone=other["phone"])
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "phone_taken")
    assert (await bench.control.get(f"/sandbox/users/{user['id']}")).json()["phone"] == user["phone"]


async def test_a_new_business_scoped_id_is_told(bench: Bench) -> None:
    user = await bench.greeted(bsuid_only=True)
    moved = (await bench.order(user, "user-id")).json()["user"]
    system = bench.product.messages[-1]["system"]
    assert (system["type"], system["user_id"], system["previous_user_id"]) == (
        "user_changed_user_id",
        moved["bsuid"],
        user["bsuid"],
    )
    for bsuid, status in ((moved["bsuid"], 200), (user["bsuid"], 400)):
        sent = await bench.graph.post(LOAN, {"recipient": bsuid, "type": "text", "text": {"body": "hello"}})
        assert sent.status_code == status


async def test_a_system_message_does_not_open_the_window(bench: Bench) -> None:
    user = await bench.user()
    moved = (await bench.order(user, "number")).json()["user"]
    assert (await bench.graph.text(LOAN, moved["phone"], "hello")).json()["error"]["code"] == 131047


async def test_a_phone_number_can_be_hidden_in_the_middle_of_a_chat(bench: Bench) -> None:
    user = await bench.greeted()
    changed = await bench.control.patch(f"/sandbox/users/{user['id']}", json={"bsuid_only": True, "name": "Asha"})
    assert (changed.json()["phone"], changed.json()["name"]) == (None, "Asha")
    await bench.send(user, {"type": "text", "body": "now hidden"})
    value = bench.product.received[-1].value
    assert "from" not in value["messages"][0]
    assert value["contacts"][0]["user_id"] == user["bsuid"]
    assert "wa_id" not in value["contacts"][0]


async def test_marketing_can_be_stopped_and_resumed(bench: Bench) -> None:
    fields = {"name": "offer", "language": "en", "category": "MARKETING", "body": "A lower rate."}
    await bench.control.post("/sandbox/templates", json=fields)
    user = await bench.greeted()
    assert (await bench.order(user, "preferences", marketing="stop")).json() == {"webhook_status": 200}
    [change] = bench.product.received[-1].body["entry"][0]["changes"]
    assert change["field"] == "user_preferences"
    assert change["value"]["user_preferences"] == [
        {
            "wa_id": user["phone"].lstrip("+"),
            "user_id": user["bsuid"],
            "detail": "User requested to stop marketing messages",
            "category": "marketing_messages",
            "value": "stop",
            "timestamp": str(int(START)),
        }
    ]
    stopped = (await bench.graph.template(LOAN, user["phone"], "offer")).json()["messages"][0]["id"]
    await bench.product.until(lambda: bench.product.statuses_of(stopped) == ["failed"])
    assert bench.product.received[-1].statuses[0]["errors"][0]["code"] == 131050
    await bench.order(user, "preferences", marketing="resume")
    resumed = (await bench.graph.template(LOAN, user["phone"], "offer")).json()["messages"][0]["id"]
    await bench.product.until(lambda: "delivered" in bench.product.statuses_of(resumed))


async def test_messages_of_several_people_and_statuses_come_in_one_webhook(bench: Bench) -> None:
    people = [await bench.greeted(), await bench.greeted()]
    # While a batch is open, statuses wait for it: so they are still due when another one is posted.
    await bench.order(people[0], "faults", mode="batch_webhooks", seconds=60)
    await bench.send(people[0], {"type": "text", "body": "gathered"})
    wamid = (await bench.graph.text(LOAN, people[0]["phone"], "hello")).json()["messages"][0]["id"]
    deeds = [
        {"user": user["id"], "send": {"type": "text", "body": f"from {place}"}} for place, user in enumerate(people)
    ]
    answer = await bench.control.post("/sandbox/batches", json={"deeds": deeds, "statuses": True})
    value = bench.product.received[-1].value
    assert answer.json() == {"message_ids": [message["id"] for message in value["messages"]], "webhook_status": 200}
    assert [message["text"]["body"] for message in value["messages"]] == ["from 0", "from 1"]
    assert [contact["user_id"] for contact in value["contacts"]] == [user["bsuid"] for user in people]
    assert [(status["id"], status["status"]) for status in value["statuses"]] == [(wamid, "sent"), (wamid, "delivered")]
    for user in people:
        assert (await bench.chat(user))[-1]["status"] == "delivered"


async def test_a_batch_is_of_one_number(bench: Bench) -> None:
    people = [await bench.user(), await bench.user(number=NEXORA)]
    deeds = [{"user": user["id"], "send": {"type": "text", "body": "hi"}} for user in people]
    answer = await bench.control.post("/sandbox/batches", json={"deeds": deeds})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "several_numbers")
