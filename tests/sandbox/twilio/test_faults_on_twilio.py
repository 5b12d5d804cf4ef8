"""The faults that can be ordered, on a number of Twilio's."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from requests.exceptions import ConnectionError as Dropped
from twilio.base.exceptions import TwilioException, TwilioRestException

from tests.sandbox.twilio.conftest import NUMBER, Twilio
from tests.sandbox.twilio.product import ACCOUNT, AUTH_TOKEN


async def for_all(twilio: Twilio, **order: Any) -> None:
    assert (await twilio.bench.control.post("/sandbox/faults", json=order)).status_code == 200


async def code_of(twilio: Twilio, user: dict[str, Any]) -> tuple[int, int]:
    with pytest.raises(TwilioRestException) as refused:
        await twilio.send(user, body="hi")
    return refused.value.status, refused.value.code


@pytest.mark.parametrize(("code", "seen"), [(63018, (429, 63018)), (20003, (401, 20003)), (131000, (500, 20500))])
async def test_the_next_send_is_refused_with_a_code_once(twilio: Twilio, code: int, seen: tuple[int, int]) -> None:
    user = await twilio.greeted()
    await twilio.bench.order(user, "faults", mode="error", code=code)
    assert await code_of(twilio, user) == seen
    assert (await twilio.send(user, body="hi")).status == "queued"


async def test_one_that_is_taken_can_fail_later(twilio: Twilio) -> None:
    user = await twilio.greeted()
    await twilio.bench.order(user, "faults", mode="accept_then_fail", code=63049)
    message = await twilio.send(user, body="hi")
    assert (await twilio.became(message.sid, "undelivered"))["ErrorCode"] == "63049"


@pytest.mark.parametrize(("mode", "arrives"), [("drop", False), ("accept_then_drop", True)])
async def test_a_connection_breaks_before_or_after_the_message_was_taken(
    twilio: Twilio, mode: str, arrives: bool
) -> None:
    user = await twilio.greeted()
    await twilio.bench.order(user, "faults", mode=mode)
    with pytest.raises(Dropped):
        await twilio.send(user, body="in doubt")
    listed = await twilio.run(lambda: twilio.client.messages.list(to=f"whatsapp:{user['phone']}"))
    assert [one.body for one in listed] == (["in doubt"] if arrives else [])
    assert len(await twilio.bench.chat(user)) == (2 if arrives else 1)


async def test_the_statuses_may_come_before_the_answer(twilio: Twilio) -> None:
    user = await twilio.greeted()
    await twilio.bench.order(user, "faults", mode="status_first")
    message = await twilio.send(user, body="hi")
    assert twilio.product.statuses_told(message.sid) == ["sent", "delivered"]


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        ("drop_delivered", ["sent"]),
        ("statuses_reversed", ["delivered", "sent"]),
        ("duplicate_statuses", ["sent", "delivered", "sent", "delivered"]),
    ],
)
async def test_statuses_are_told_wrongly_and_the_list_knows_better(twilio: Twilio, mode: str, told: list[str]) -> None:
    user = await twilio.greeted()
    await twilio.bench.order(user, "faults", mode=mode)
    message = await twilio.send(user, body="hi")
    await twilio.product.until(lambda: len(twilio.product.statuses_told(message.sid)) == len(told))
    assert twilio.product.statuses_told(message.sid) == told
    assert (await twilio.run(lambda: twilio.client.messages(message.sid).fetch())).status == "delivered"


async def test_statuses_that_are_late_come_with_the_clock(twilio: Twilio) -> None:
    user = await twilio.greeted()
    await twilio.bench.order(user, "faults", mode="delay_statuses", seconds=60)
    message = await twilio.send(user, body="hi")
    await twilio.clock.until_asleep(1)
    assert twilio.product.statuses_told(message.sid) == []
    twilio.clock.advance(60)
    await twilio.became(message.sid, "delivered")


async def test_a_webhook_comes_twice_with_one_idempotency_token(twilio: Twilio) -> None:
    user = await twilio.person()
    await twilio.bench.order(user, "faults", mode="duplicate_webhook")
    await twilio.bench.send(user, {"type": "text", "body": "hi"})
    await twilio.bench.order(user, "duplicate-last-webhook")
    assert len({form["MessageSid"] for form in twilio.product.forms}) == 1
    assert len(twilio.product.webhooks) == 3
    assert len({received.token for received in twilio.product.webhooks}) == 1


async def test_a_wrong_signature_loses_the_message(twilio: Twilio) -> None:
    user = await twilio.person()
    await twilio.bench.order(user, "faults", mode="wrong_signature")
    assert (await twilio.bench.send(user, {"type": "text", "body": "hi"}))["webhook_status"] == 403
    assert (twilio.product.forged, twilio.product.forms) == (1, [])
    assert [one.body for one in await twilio.run(lambda: twilio.client.messages.list())] == ["hi"]


async def test_a_webhook_is_overtaken_by_the_next(twilio: Twilio) -> None:
    user = await twilio.person()
    await twilio.bench.order(user, "faults", mode="reorder_webhooks")
    for body in ("one", "two"):
        await twilio.bench.send(user, {"type": "text", "body": body})
    await twilio.product.until(lambda: len(twilio.product.forms) == 2)
    assert [form["Body"] for form in twilio.product.forms] == ["two", "one"]


async def test_one_message_may_come_without_the_phone_number(twilio: Twilio) -> None:
    user = await twilio.person()
    await twilio.bench.order(user, "faults", mode="hide_phone")
    await twilio.bench.send(user, {"type": "text", "body": "hi"})
    await twilio.bench.send(user, {"type": "text", "body": "hi"})
    assert [form["From"] for form in twilio.product.forms] == [f"whatsapp:{user['bsuid']}", f"whatsapp:{user['phone']}"]


async def test_an_outage_of_a_number_is_of_every_call_until_it_is_mended(twilio: Twilio) -> None:
    user = await twilio.greeted()
    message = await twilio.send(user, body="before")
    await for_all(twilio, mode="outage", times=None, number=NUMBER)
    for call in (
        lambda: twilio.client.messages(message.sid).fetch(),
        lambda: twilio.client.messages.list(to=NUMBER),
        lambda: twilio.client.messages.create(to=f"whatsapp:{user['phone']}", from_=NUMBER, body="during"),
    ):
        with pytest.raises(TwilioException, match="503"):
            await twilio.run(call)
    assert (await twilio.bench.control.delete("/sandbox/faults")).status_code == 204
    assert (await twilio.send(user, body="after")).status == "queued"


async def test_an_outage_may_be_of_one_person(twilio: Twilio) -> None:
    asha, ravi = await twilio.greeted(), await twilio.greeted()
    await twilio.bench.order(asha, "faults", mode="outage", fail_next_sends=1)
    with pytest.raises(TwilioRestException):
        await twilio.send(asha, body="hi")
    assert (await twilio.send(ravi, body="hi")).status == "queued"


async def test_a_token_that_ran_out_is_refused(twilio: Twilio) -> None:
    user = await twilio.greeted()
    await for_all(twilio, mode="expired_token", times=None, number=NUMBER)
    assert await code_of(twilio, user) == (401, 20003)


async def test_a_download_fails_and_then_does_not(twilio: Twilio) -> None:
    user = await twilio.person()
    await twilio.bench.order(user, "faults", mode="download_http", code=500)
    await twilio.bench.send(user, {"type": "document", "content": "JVBERi0=", "mime_type": "application/pdf"})
    url = twilio.product.forms[-1]["MediaUrl0"]
    async with httpx.AsyncClient(trust_env=False, auth=(ACCOUNT, AUTH_TOKEN)) as http:
        assert [(await http.get(url)).status_code for _ in range(2)] == [500, 200]


async def test_a_profile_strikes_here_too(twilio: Twilio) -> None:
    user = await twilio.greeted()
    await twilio.bench.control.put("/sandbox/faults/profile", json={"seed": 1, "error": {"63018": 1.0}})
    assert await code_of(twilio, user) == (429, 63018)
