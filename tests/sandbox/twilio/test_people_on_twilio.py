"""What people do on a number of Twilio's, as its webhooks tell it."""

from __future__ import annotations

import base64
import json
from typing import Any

import httpx

from tests.sandbox.twilio.conftest import NUMBER, Twilio
from tests.sandbox.twilio.product import ACCOUNT, AUTH_TOKEN, PNG


async def last(twilio: Twilio) -> dict[str, str]:
    await twilio.product.until(lambda: bool(twilio.product.forms))
    return twilio.product.forms[-1]


async def test_a_text_comes_as_a_signed_form(twilio: Twilio) -> None:
    user = await twilio.person(name="Asha Rao")
    sent = await twilio.bench.send(user, {"type": "text", "body": "नमस्ते & hello + more"})
    form = await last(twilio)
    assert sent == {"message_id": form["MessageSid"], "webhook_status": 200}
    assert {name: form[name] for name in ("Body", "From", "To", "WaId", "ProfileName", "NumMedia", "SmsStatus")} == {
        "Body": "नमस्ते & hello + more",
        "From": f"whatsapp:{user['phone']}",
        "To": NUMBER,
        "WaId": user["phone"].lstrip("+"),
        "ProfileName": "Asha Rao",
        "NumMedia": "0",
        "SmsStatus": "received",
    }
    assert form["SmsSid"] == form["SmsMessageSid"] == form["MessageSid"]
    assert (form["AccountSid"], form["ApiVersion"], form["MessageType"]) == (ACCOUNT, "2010-04-01", "text")
    assert form["ExternalUserId"] == f"whatsapp:{user['bsuid']}"
    assert json.loads(form["ChannelMetadata"])["data"]["context"]["ProfileName"] == "Asha Rao"
    assert (await twilio.shown(user))["status"] == "delivered"


async def test_who_hides_their_phone_comes_with_the_bsuid_alone_and_can_be_answered(twilio: Twilio) -> None:
    user = await twilio.greeted(bsuid_only=True)
    form = await last(twilio)
    assert form["From"] == form["ExternalUserId"] == f"whatsapp:{user['bsuid']}"
    assert "WaId" not in form
    assert "+91" not in json.dumps(form)
    message = await twilio.send(user, to=form["From"], body="Namaste")
    assert (await twilio.became(message.sid, "delivered"))["ChannelToAddress"] == user["bsuid"]


async def test_a_webhook_that_is_not_taken_is_lost_but_stands_in_the_list(twilio: Twilio) -> None:
    user = await twilio.person()
    twilio.product.refusals.append(500)
    sent = await twilio.bench.send(user, {"type": "text", "body": "lost?"})
    assert sent["webhook_status"] == 500
    assert (await twilio.shown(user))["status"] == "failed"
    await twilio.bench.send(user, {"type": "text", "body": "next"})
    assert [form["Body"] for form in twilio.product.forms] == ["next"]
    listed = await twilio.run(lambda: twilio.client.messages.list(to=NUMBER))
    assert [(one.body, one.status, one.direction) for one in listed] == [
        ("next", "received", "inbound"),
        ("lost?", "received", "inbound"),
    ]


async def test_a_picture_can_be_fetched_with_the_accounts_credentials_alone(twilio: Twilio) -> None:
    user = await twilio.person()
    content = base64.b64encode(PNG).decode()
    await twilio.bench.send(user, {"type": "image", "content": content, "mime_type": "image/png", "caption": "My shop"})
    form = await last(twilio)
    assert (form["NumMedia"], form["MediaContentType0"], form["Body"]) == ("1", "image/png", "My shop")
    async with httpx.AsyncClient(trust_env=False) as http:
        assert (await http.get(form["MediaUrl0"])).status_code == 401
        found = await http.get(form["MediaUrl0"], auth=(ACCOUNT, AUTH_TOKEN))
    assert (found.content, found.headers["content-type"]) == (PNG, "image/png")
    [media] = await twilio.run(lambda: twilio.client.messages(form["MessageSid"]).media.list())
    assert form["MediaUrl0"].endswith(media.sid)
    assert await twilio.run(lambda: twilio.client.messages(form["MessageSid"]).media(media.sid).delete())
    assert await twilio.run(lambda: twilio.client.messages(form["MessageSid"]).media.list()) == []


async def test_a_place_comes_in_degrees(twilio: Twilio) -> None:
    user = await twilio.person()
    place = {"type": "location", "latitude": 18.52, "longitude": 73.85, "name": "Shop", "address": "Pune"}
    await twilio.bench.send(user, place)
    form = await last(twilio)
    named = {name: form[name] for name in ("Latitude", "Longitude", "Label", "Address", "Body", "MessageType")}
    assert named == {
        "Latitude": "18.52",
        "Longitude": "73.85",
        "Label": "Shop",
        "Address": "Pune",
        "Body": "",
        "MessageType": "location",
    }


async def test_a_contact_comes_as_a_vcard(twilio: Twilio) -> None:
    user = await twilio.person(name="Asha Rao")
    await twilio.bench.send(user, {"type": "contact"})
    form = await last(twilio)
    assert (form["MediaContentType0"], form["MessageType"]) == ("text/vcard", "contacts")
    async with httpx.AsyncClient(trust_env=False) as http:
        card = (await http.get(form["MediaUrl0"], auth=(ACCOUNT, AUTH_TOKEN))).text
    assert f"TEL;TYPE=CELL:{user['phone']}" in card


async def test_an_answer_names_the_message_that_it_quotes(twilio: Twilio) -> None:
    user = await twilio.greeted()
    message = await twilio.send(user, body="Which one?")
    await twilio.bench.send(user, {"type": "text", "body": "this", "context": message.sid})
    form = await last(twilio)
    assert form["OriginalRepliedMessageSid"] == message.sid
    assert form["OriginalRepliedMessageSender"] == NUMBER


async def test_an_ad_that_led_here_is_told(twilio: Twilio) -> None:
    user = await twilio.person()
    ad = {"source_id": "7", "source_type": "ad", "headline": "Grow", "ctwa_clid": "c1"}
    await twilio.bench.send(user, {"type": "text", "body": "hi", "referral": ad})
    form = await last(twilio)
    told = [form[f"Referral{name}"] for name in ("SourceId", "SourceType", "Headline", "CtwaClid")]
    assert told == ["7", "ad", "Grow", "c1"]


async def test_what_twilio_does_not_hand_on_is_told_to_nobody(twilio: Twilio) -> None:
    user = await twilio.greeted()
    mine = (await twilio.shown(user))["id"]
    deeds: list[dict[str, Any]] = [
        {"type": "edit", "message": mine, "body": "hello"},
        {"type": "reaction", "message": mine, "emoji": "x"},
        {"type": "revoke", "message": mine},
    ]
    for deed in deeds:
        assert (await twilio.bench.send(user, deed))["webhook_status"] is None
    assert [form["Body"] for form in twilio.product.forms] == ["hi"]


async def test_several_messages_come_one_by_one_in_order(twilio: Twilio) -> None:
    user = await twilio.person()
    texts = [{"type": "text", "body": body} for body in ("one", "two", "three")]
    await twilio.bench.send(user, {"type": "several", "messages": texts})
    assert [form["Body"] for form in twilio.product.forms] == ["one", "two", "three"]


async def test_a_changed_number_shows_in_the_next_message_alone(twilio: Twilio) -> None:
    user = await twilio.greeted()
    changed = (await twilio.bench.order(user, "number", phone="+919812300045")).json()
    assert (changed["user"]["phone"], changed["message_id"]) == ("+919812300045", None)
    assert len(twilio.product.forms) == 1
    await twilio.bench.send(user, {"type": "text", "body": "me again"})
    assert (await last(twilio))["From"] == "whatsapp:+919812300045"


async def test_the_drawer_shows_forms_and_sends(twilio: Twilio) -> None:
    user = await twilio.greeted()
    await twilio.send(user, body="Namaste")
    seen = (await twilio.bench.control.get(f"/sandbox/users/{user['id']}/inspect")).json()
    assert "hi" in [webhook["body"].get("Body") for webhook in seen["webhooks"]]
    assert [request["request"]["Body"] for request in seen["graph_requests"]] == ["Namaste"]


async def test_a_person_who_is_forgotten_is_gone_from_twilios_list(twilio: Twilio) -> None:
    user = await twilio.greeted()
    assert (await twilio.bench.control.delete(f"/sandbox/users/{user['id']}")).status_code == 204
    assert await twilio.run(lambda: twilio.client.messages.list()) == []
