"""What the product is told, in Meta's form and signed as Meta signs it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.sandbox.conftest import APP_SECRET, LOAN, NEXORA, START, VERIFY_TOKEN, Bench, Starting, serving
from tests.sandbox.fake_product import FakeProduct


async def test_a_text_arrives_in_metas_envelope(bench: Bench) -> None:
    user = await bench.user(name="Asha Rao", phone="+919812345678")
    sent = await bench.send(user, {"type": "text", "body": "hi"})
    assert sent["webhook_status"] == 200
    value = bench.product.received[0].value
    assert value["metadata"] == {"display_phone_number": "919800000001", "phone_number_id": LOAN}
    assert value["contacts"] == [{"profile": {"name": "Asha Rao"}, "wa_id": "919812345678", "user_id": user["bsuid"]}]
    assert value["messages"] == [
        {
            "from": "919812345678",
            "from_user_id": user["bsuid"],
            "id": sent["message_id"],
            "timestamp": str(int(START)),
            "type": "text",
            "text": {"body": "hi"},
        }
    ]


async def test_the_signature_is_of_the_raw_body(bench: Bench) -> None:
    user = await bench.user()
    await bench.send(user, {"type": "text", "body": "hi"})
    received = bench.product.received[0]
    digest = hmac.new(APP_SECRET.encode(), received.raw, hashlib.sha256).hexdigest()
    assert received.signature == f"sha256={digest}"


async def test_the_body_is_escaped_so_that_nobody_may_write_it_anew_before_checking_it(bench: Bench) -> None:
    user = await bench.user()
    await bench.send(user, {"type": "text", "body": "ॐ 😀 a/b"})
    raw = bench.product.received[0].raw
    assert rb'"body":"\u0950 \ud83d\ude00 a\/b"' in raw
    assert raw != json.dumps(json.loads(raw)).encode()
    assert bench.product.texts == ["ॐ 😀 a/b"]


async def test_somebody_with_a_hidden_phone_comes_with_a_business_scoped_id_alone(bench: Bench) -> None:
    user = await bench.user(bsuid_only=True)
    await bench.send(user, {"type": "text", "body": "hi"})
    value = bench.product.received[0].value
    assert user["phone"] is None
    assert value["contacts"][0]["user_id"] == user["bsuid"]
    assert value["contacts"][0]["profile"]["username"]
    assert "wa_id" not in value["contacts"][0]
    assert "from" not in value["messages"][0]
    assert value["messages"][0]["from_user_id"] == user["bsuid"]


async def test_one_person_has_one_business_scoped_id_on_all_numbers_of_a_business(starting: Starting) -> None:
    numbers = starting.folder / "numbers.toml"
    numbers.write_text(
        "\n".join(
            f'[[number]]\nid = "{id_}"\ndisplay = "+91 {id_}"\nbot = "loan"\nbusiness = "{business}"'
            for id_, business in (("1", "one"), ("2", "one"), ("3", "another"))
        )
    )
    async with starting.sandbox(numbers_file=numbers) as bench:
        first, second, third = [await bench.user(number=id_, phone="+919812345678") for id_ in ("1", "2", "3")]
    assert first["bsuid"] == second["bsuid"] != third["bsuid"]


BUTTONS = {
    "type": "interactive",
    "interactive": {
        "type": "button",
        "body": {"text": "Language?"},
        "action": {"buttons": [{"type": "reply", "reply": {"id": "hi", "title": "हिन्दी"}}]},
    },
}
LIST = {
    "type": "interactive",
    "interactive": {
        "type": "list",
        "body": {"text": "Purpose?"},
        "action": {
            "button": "Choose",
            "sections": [
                {
                    "rows": [
                        {"id": "home", "title": "Home", "description": "Repairs"},
                        {"id": "travel", "title": "Travel"},
                    ]
                }
            ],
        },
    },
}


@pytest.mark.parametrize(
    ("message", "option", "reply"),
    [
        (BUTTONS, "hi", {"type": "button_reply", "button_reply": {"id": "hi", "title": "हिन्दी"}}),
        (
            LIST,
            "home",
            {"type": "list_reply", "list_reply": {"id": "home", "title": "Home", "description": "Repairs"}},
        ),
        (LIST, "travel", {"type": "list_reply", "list_reply": {"id": "travel", "title": "Travel"}}),
    ],
)
async def test_a_tap_tells_the_option_and_the_message_it_belongs_to(
    bench: Bench, message: dict[str, Any], option: str, reply: dict[str, Any]
) -> None:
    user = await bench.greeted()
    wamid = (await bench.graph.post(LOAN, {"to": user["phone"]} | message)).json()["messages"][0]["id"]
    await bench.send(user, {"type": "tap", "option": option, "message": wamid})
    tapped = bench.product.messages[-1]
    assert tapped["context"] == {"from": "919800000001", "id": wamid}
    assert tapped["interactive"] == reply


async def test_an_option_that_was_not_offered_cannot_be_tapped(bench: Bench) -> None:
    user = await bench.greeted()
    wamid = (await bench.graph.post(LOAN, {"to": user["phone"]} | BUTTONS)).json()["messages"][0]["id"]
    for option, message in (("mr", wamid), ("hi", "wamid.none")):
        answer = await bench.control.post(
            f"/sandbox/users/{user['id']}/send", json={"type": "tap", "option": option, "message": message}
        )
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "nothing_to_tap")


async def test_any_kind_can_be_sent_in_metas_own_fields(bench: Bench) -> None:
    user = await bench.user()
    location = {"type": "location", "location": {"latitude": 12.97, "longitude": 77.59}}
    sent = await bench.send(user, {"type": "raw", "message": location})
    assert (
        bench.product.messages[0]
        == {
            "from": user["phone"].lstrip("+"),
            "from_user_id": user["bsuid"],
            "id": sent["message_id"],
            "timestamp": str(int(START)),
        }
        | location
    )


async def test_a_system_message_comes_without_contacts(bench: Bench) -> None:
    user = await bench.user()
    changed = {"type": "system", "system": {"type": "user_changed_number", "body": "changed", "wa_id": "919811112222"}}
    await bench.send(user, {"type": "raw", "message": changed})
    assert "contacts" not in bench.product.received[0].value


async def test_statuses_of_several_people_share_a_webhook_and_echo_the_callback_data(bench: Bench) -> None:
    people = [await bench.greeted(), await bench.greeted()]
    wamids = [
        (await bench.graph.text(LOAN, user["phone"], "hello", biz_opaque_callback_data=user["id"])).json()["messages"][
            0
        ]["id"]
        for user in people
    ]
    await bench.product.until(lambda: all(bench.product.statuses_of(wamid) for wamid in wamids))
    told = [received for received in bench.product.received if received.statuses]
    assert len(told) == 1
    assert [(status["id"], status["status"], status["biz_opaque_callback_data"]) for status in told[0].statuses] == [
        (wamid, status, user["id"])
        for wamid, user in zip(wamids, people, strict=True)
        for status in ("sent", "delivered")
    ]
    assert told[0].statuses[0]["recipient_id"] == people[0]["phone"].lstrip("+")


async def test_looking_at_the_chat_sends_read_receipts_once(bench: Bench) -> None:
    user = await bench.greeted()
    wamid = (await bench.graph.text(LOAN, user["phone"], "hello")).json()["messages"][0]["id"]
    assert (await bench.order(user, "read")).json() == {"read": 1}
    assert (await bench.order(user, "read")).json() == {"read": 0}
    await bench.product.until(lambda: bench.product.statuses_of(wamid)[-1:] == ["read"])
    assert bench.product.statuses_of(wamid) == ["sent", "delivered", "read"]


async def test_a_user_who_always_reads_needs_no_phone(bench: Bench) -> None:
    user = await bench.greeted(reads=True)
    wamid = (await bench.graph.text(LOAN, user["phone"], "hello")).json()["messages"][0]["id"]
    await bench.product.until(lambda: bench.product.statuses_of(wamid)[-1:] == ["read"])
    assert (await bench.control.get(f"/sandbox/users/{user['id']}")).json()["unread"] == 0


async def test_the_webhook_address_is_verified_as_meta_does_it(bench: Bench) -> None:
    verified = await bench.control.post("/sandbox/verify-webhook", json={"number": LOAN})
    assert verified.json()["verified"] is True
    bench.product.verify_token = "another"
    refused = (await bench.control.post("/sandbox/verify-webhook", json={})).json()
    assert (refused["verified"], refused["status"]) == (False, 403)
    assert "META_VERIFY_TOKEN" in refused["explanation"]


@pytest.fixture
async def second_product() -> AsyncIterator[tuple[FakeProduct, str]]:
    product = FakeProduct(APP_SECRET, VERIFY_TOKEN)
    async with serving(product.app()) as url:
        yield product, url


async def test_one_sandbox_serves_several_products_by_number(
    starting: Starting, second_product: tuple[FakeProduct, str]
) -> None:
    other, url = second_product
    async with starting.sandbox(product_urls={NEXORA: url}) as bench:
        await bench.send(await bench.user(number=NEXORA), {"type": "text", "body": "for the other"})
        await bench.send(await bench.user(), {"type": "text", "body": "for the first"})
    assert (bench.product.texts, other.texts) == (["for the first"], ["for the other"])


async def test_a_message_can_be_given_an_id_and_come_twice_under_it(bench: Bench) -> None:
    """The product is told twice, and the chat shows it once."""
    user = await bench.user()
    message = {"type": "text", "id": "wamid.twice", "text": {"body": "hi"}}
    for _ in range(2):
        await bench.send(user, {"type": "raw", "message": message})
    assert [told["id"] for told in bench.product.messages] == ["wamid.twice", "wamid.twice"]
    assert [shown["id"] for shown in await bench.chat(user)] == ["wamid.twice"]
