"""What the business sends by Twilio: Twilio's own client is the judge."""

from __future__ import annotations

from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException

from tests.sandbox.twilio.conftest import NUMBER, Twilio


async def test_a_message_is_queued_then_told_sent_and_delivered_and_stands_on_the_phone(twilio: Twilio) -> None:
    user = await twilio.greeted()
    message = await twilio.send(user, body="Namaste")
    assert (message.status, message.direction, message.num_media) == ("queued", "outbound-api", "0")
    delivered = await twilio.became(message.sid, "delivered")
    assert twilio.product.statuses_told(message.sid) == ["sent", "delivered"]
    assert twilio.product.statuses[0].path == "/statuses?key=k-1"
    assert (delivered["EventType"], delivered["To"]) == ("DELIVERED", f"whatsapp:{user['phone']}")
    shown = await twilio.shown(user)
    assert (shown["id"], shown["payload"]["text"]["body"], shown["status"]) == (message.sid, "Namaste", "delivered")


async def test_a_chat_that_is_looked_at_is_told_read(twilio: Twilio) -> None:
    user = await twilio.greeted()
    message = await twilio.send(user, body="Namaste")
    await twilio.bench.order(user, "read")
    assert (await twilio.became(message.sid, "read"))["EventType"] == "READ"
    assert twilio.product.statuses_told(message.sid) == ["sent", "delivered", "read"]


async def test_a_message_can_be_fetched_with_what_became_of_it(twilio: Twilio) -> None:
    user = await twilio.greeted()
    sent = await twilio.send(user, body="Namaste")
    await twilio.became(sent.sid, "delivered")
    found = await twilio.run(lambda: twilio.client.messages(sent.sid).fetch())
    assert (found.status, found.body, found.from_, found.error_code) == ("delivered", "Namaste", NUMBER, None)
    assert found.date_sent is not None


async def test_the_key_of_a_send_is_in_the_query_of_its_callback(twilio: Twilio) -> None:
    user = await twilio.greeted()
    message = await twilio.send(user, body="Namaste")
    sends = (await twilio.bench.control.get("/sandbox/sends", params={"key": "k-1"})).json()["sends"]
    assert [send["message_id"] for send in sends] == [message.sid]


async def test_the_list_is_paged_from_the_newest_on(twilio: Twilio) -> None:
    user = await twilio.greeted()
    for number in range(5):
        await twilio.send(user, body=f"message {number}")
    listed = await twilio.run(lambda: twilio.client.messages.list(page_size=2))
    assert [one.body for one in listed] == [f"message {number}" for number in (4, 3, 2, 1, 0)] + ["hi"]
    auth = (twilio.client.username, twilio.client.password)
    path = f"/2010-04-01/Accounts/{twilio.client.username}/Messages.json"
    page = (await twilio.bench.control.get(f"/twilio{path}", params={"PageSize": "4"}, auth=auth)).json()
    assert page["next_page_uri"].startswith(f"{path}?PageSize=4&Page=1&PageToken=PA")
    assert (await twilio.bench.control.get(f"/twilio{page['next_page_uri']}", auth=auth)).json()[
        "next_page_uri"
    ] is None


async def test_the_list_is_filtered_by_who_and_when(twilio: Twilio) -> None:
    asha, ravi = await twilio.greeted(), await twilio.greeted()
    twilio.clock.advance(3600)
    message = await twilio.send(asha, body="for Asha")
    await twilio.became(message.sid, "delivered")
    later = message.date_created

    async def bodies(**filters: Any) -> list[str]:
        return [one.body for one in await twilio.run(lambda: twilio.client.messages.list(**filters))]

    assert await bodies(to=f"whatsapp:{asha['phone']}") == ["for Asha"]
    assert await bodies(from_=f"whatsapp:{ravi['phone']}") == ["hi"]
    assert await bodies(date_sent_after=later) == ["for Asha"]
    assert await bodies(date_sent_before=later.replace(minute=0, hour=0)) == []
    assert len(await bodies(date_sent=later.date())) == 3


@pytest.mark.parametrize(
    ("fields", "http", "code"),
    [
        ({"body": "x" * 1601}, 400, 21617),
        ({}, 400, 21619),
        ({"body": "hi", "to": "whatsapp:12"}, 400, 21211),
        ({"body": "hi", "to": "+919800000000"}, 400, 21910),
        ({"body": "hi", "from_": "whatsapp:+14155559999"}, 400, 63007),
        ({"body": "hi", "to": NUMBER}, 400, 63031),
        ({"media_url": ["ftp://files.example/x"]}, 400, 21620),
        ({"body": "hi", "status_callback": "nowhere"}, 400, 21609),
        ({"content_sid": "HX" + "0" * 32}, 400, 21655),
        ({"content_variables": "{}"}, 400, 21654),
    ],
)
async def test_what_twilio_refuses_at_once(twilio: Twilio, fields: dict[str, Any], http: int, code: int) -> None:
    user = await twilio.greeted()
    with pytest.raises(TwilioRestException) as refused:
        await twilio.send(user, **fields)
    assert (refused.value.status, refused.value.code) == (http, code)
    assert len(await twilio.bench.chat(user)) == 1


async def test_the_longest_body_goes(twilio: Twilio) -> None:
    user = await twilio.greeted()
    assert (await twilio.send(user, body="x" * 1600)).status == "queued"


async def test_wrong_credentials_are_refused(twilio: Twilio) -> None:
    twilio.client.auth = (twilio.client.username, "another token")
    with pytest.raises(TwilioRestException) as refused:
        await twilio.run(lambda: twilio.client.messages("SM" + "0" * 32).fetch())
    assert (refused.value.status, refused.value.code) == (401, 20003)


async def test_an_unknown_message_is_not_found(twilio: Twilio) -> None:
    with pytest.raises(TwilioRestException) as refused:
        await twilio.run(lambda: twilio.client.messages("SM" + "0" * 32).fetch())
    assert (refused.value.status, refused.value.code) == (404, 20404)


async def test_outside_the_window_a_message_is_taken_and_fails_later(twilio: Twilio) -> None:
    user = await twilio.greeted()
    twilio.clock.advance(24 * 3600 + 1)
    message = await twilio.send(user, body="Still there?")
    assert message.status == "queued"
    failed = await twilio.became(message.sid, "failed")
    assert failed["ErrorCode"] == "63016"
    found = await twilio.run(lambda: twilio.client.messages(message.sid).fetch())
    assert (found.status, found.error_code) == ("failed", 63016)
    assert ((await twilio.shown(user))["status"], (await twilio.shown(user))["error"]) == ("failed", "63016")


async def test_the_window_follows_the_persons_own_clock(twilio: Twilio) -> None:
    user = await twilio.greeted()
    await twilio.bench.order(user, "clock", hours=25)
    message = await twilio.send(user, body="Still there?")
    assert (await twilio.became(message.sid, "failed"))["ErrorCode"] == "63016"


@pytest.mark.parametrize(("to", "code"), [("whatsapp:+919811100000", "63015"), ("whatsapp:IN.12345", "63024")])
async def test_who_has_not_joined_gets_nothing_and_it_is_told_later(twilio: Twilio, to: str, code: str) -> None:
    message = await twilio.run(
        lambda: twilio.client.messages.create(to=to, from_=NUMBER, body="hi", status_callback=twilio.callback)
    )
    assert (await twilio.became(message.sid, "undelivered"))["ErrorCode"] == code
    found = await twilio.run(lambda: twilio.client.messages(message.sid).fetch())
    assert (found.status, found.error_code) == ("undelivered", int(code))


async def test_too_much_at_once_fails_with_the_rate_limit(twilio: Twilio) -> None:
    user = await twilio.greeted()
    messages = [await twilio.send(user, body=f"message {number}") for number in range(10)]
    assert (await twilio.became(messages[-1].sid, "failed"))["ErrorCode"] == "63018"
    assert (await twilio.became(messages[0].sid, "delivered"))["MessageStatus"] == "delivered"


async def test_who_has_unsubscribed_is_refused_until_they_want_messages_again(twilio: Twilio) -> None:
    user = await twilio.greeted()
    await twilio.bench.order(user, "preferences", marketing="stop")
    with pytest.raises(TwilioRestException) as refused:
        await twilio.send(user, body="hi")
    assert refused.value.code == 21610
    await twilio.bench.order(user, "preferences", marketing="resume")
    assert (await twilio.send(user, body="hi")).status == "queued"


async def test_a_picture_is_fetched_and_shown_with_its_words(twilio: Twilio) -> None:
    user = await twilio.greeted()
    message = await twilio.send(user, body="Your shop", media_url=[f"{twilio.files}/picture.png"])
    await twilio.became(message.sid, "delivered")
    shown = await twilio.shown(user)
    assert (shown["type"], shown["payload"]["image"]["caption"]) == ("image", "Your shop")
    assert shown["media"]["mime_type"] == "image/png"
    [media] = await twilio.run(lambda: twilio.client.messages(message.sid).media.list())
    assert (media.content_type, media.parent_sid) == ("image/png", message.sid)


async def test_a_document_has_neither_a_name_nor_words(twilio: Twilio) -> None:
    user = await twilio.greeted()
    await twilio.send(user, body="The terms", media_url=[f"{twilio.files}/terms.pdf"])
    shown = await twilio.shown(user)
    assert shown["payload"]["document"] == {"link": f"{twilio.files}/terms.pdf", "filename": "Untitled"}


@pytest.mark.parametrize(("names", "code"), [(["missing.png"], "63019"), (["picture.png", "picture.png"], "63005")])
async def test_files_that_cannot_go_fail_later(twilio: Twilio, names: list[str], code: str) -> None:
    user = await twilio.greeted()
    message = await twilio.send(user, media_url=[f"{twilio.files}/{name}" for name in names])
    assert (await twilio.became(message.sid, "failed"))["ErrorCode"] == code


async def test_a_messaging_service_finds_the_number_by_itself(twilio: Twilio) -> None:
    user = await twilio.greeted()
    service = "MG" + "0" * 32
    message = await twilio.run(
        lambda: twilio.client.messages.create(
            to=f"whatsapp:{user['phone']}", messaging_service_sid=service, body="hi", status_callback=twilio.callback
        )
    )
    assert (message.from_, message.messaging_service_sid) == (NUMBER, service)
    assert (await twilio.became(message.sid, "delivered"))["MessagingServiceSid"] == service


async def test_one_that_is_about_to_fail_is_never_read(twilio: Twilio) -> None:
    user = await twilio.greeted()
    await twilio.bench.order(user, "clock", hours=25)
    message = await twilio.send(user, body="Still there?")
    await twilio.bench.order(user, "read")
    await twilio.became(message.sid, "failed")
    assert twilio.product.statuses_told(message.sid) == ["failed"]
    assert (await twilio.run(lambda: twilio.client.messages(message.sid).fetch())).status == "failed"
