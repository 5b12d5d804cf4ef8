"""Content templates: made, approved, filled and tapped. Twilio's own client is the judge."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest.content.v1.content import ContentInstance, ContentList
from twilio.rest.content.v1.content.approval_create import ApprovalCreateList

from tests.sandbox.conftest import Starting
from tests.sandbox.twilio.conftest import Twilio, connected
from tests.sandbox.twilio.product import TwilioProduct

REPLIES: dict[str, Any] = {
    "body": "Hello {{1}}, is this right?",
    "actions": [{"title": "Yes", "id": "yes"}, {"title": "No", "id": "no"}],
}
PICKER = {
    "body": "Your sector?",
    "button": "Sectors",
    "items": [{"item": "Textile", "id": "textile", "description": "Cloth"}, {"item": "Retail", "id": "retail"}],
}


async def made(twilio: Twilio, kind: str, part: dict[str, Any], **fields: Any) -> Any:
    """A Content of one type, made with Twilio's client."""
    given = {"language": "en", "friendly_name": "asked", "variables": {"1": "you"}, "types": {kind: part}} | fields
    request = ContentList.ContentCreateRequest({**given, "types": given["types"]})
    return await twilio.run(lambda: twilio.client.content.v1.contents.create(content_create_request=request))


async def approve(twilio: Twilio, sid: str, category: str = "UTILITY") -> Any:
    approvals = twilio.client.content.v1.contents(sid).approval_create
    asked = {"name": "asked_again", "category": category}
    request = ApprovalCreateList.ContentApprovalRequest(asked)
    return await twilio.run(lambda: approvals.create(content_approval_request=request))


async def post(twilio: Twilio, types: dict[str, Any]) -> httpx.Response:
    """A Content posted as plain JSON."""
    auth = (twilio.client.username, twilio.client.password)
    body = {"language": "en", "types": types}
    return await twilio.bench.control.post("/twilio/v1/Content", json=body, auth=auth)


async def test_a_content_is_made_listed_fetched_and_deleted(twilio: Twilio) -> None:
    content = await made(twilio, "twilio/quick-reply", REPLIES)
    assert (content.language, content.friendly_name, content.variables) == ("en", "asked", {"1": "you"})
    contents = twilio.client.content.v1.contents
    listed: list[ContentInstance] = await twilio.run(lambda: contents.list())
    assert [one.sid for one in listed] == [content.sid]
    found = await twilio.run(lambda: contents(content.sid).fetch())
    assert found.types == {"twilio/quick-reply": REPLIES}
    assert await twilio.run(lambda: contents(content.sid).delete())
    assert await twilio.run(lambda: contents.list()) == []


async def test_a_list_of_contents_has_pages(twilio: Twilio) -> None:
    sids = [(await made(twilio, "twilio/text", {"body": f"text {number}"})).sid for number in range(5)]
    listed = await twilio.run(lambda: twilio.client.content.v1.contents.list(page_size=2))
    assert [one.sid for one in listed] == sids


async def test_quick_replies_are_buttons_and_a_tap_comes_with_its_payload(twilio: Twilio) -> None:
    user = await twilio.greeted()
    content = await made(twilio, "twilio/quick-reply", REPLIES)
    message = await twilio.send(user, content_sid=content.sid, content_variables=json.dumps({"1": "Asha"}))
    assert message.body == "Hello Asha, is this right?"
    shown = await twilio.shown(user)
    assert shown["payload"]["interactive"]["body"]["text"] == "Hello Asha, is this right?"
    await twilio.bench.send(user, {"type": "tap", "message": message.sid, "option": "yes"})
    form = twilio.product.forms[-1]
    assert {name: form[name] for name in ("Body", "ButtonText", "ButtonPayload", "MessageType")} == {
        "Body": "Yes",
        "ButtonText": "Yes",
        "ButtonPayload": "yes",
        "MessageType": "interactive",
    }
    assert form["OriginalRepliedMessageSid"] == message.sid


async def test_a_row_of_a_list_comes_with_its_id(twilio: Twilio) -> None:
    user = await twilio.greeted()
    content = await made(twilio, "twilio/list-picker", PICKER)
    message = await twilio.send(user, content_sid=content.sid)
    await twilio.bench.send(user, {"type": "tap", "message": message.sid, "option": "textile"})
    form = twilio.product.forms[-1]
    assert [form[name] for name in ("Body", "ListId", "ListTitle")] == ["Textile", "textile", "Textile"]


async def test_a_list_is_for_the_window_alone(twilio: Twilio) -> None:
    user = await twilio.greeted()
    content = await made(twilio, "twilio/list-picker", PICKER)
    with pytest.raises(TwilioRestException) as refused:
        await approve(twilio, content.sid)
    assert refused.value.status == 400
    twilio.clock.advance(25 * 3600)
    message = await twilio.send(user, content_sid=content.sid)
    assert (await twilio.became(message.sid, "failed"))["ErrorCode"] == "63016"


async def test_an_approved_template_goes_outside_the_window_and_its_reply_opens_it(twilio: Twilio) -> None:
    user = await twilio.greeted()
    content = await made(twilio, "twilio/quick-reply", REPLIES)
    assert (await approve(twilio, content.sid)).status == "approved"
    decided = await twilio.run(lambda: twilio.client.content.v1.contents(content.sid).approval_fetch().fetch())
    assert decided.whatsapp["status"] == "approved"
    twilio.clock.advance(25 * 3600)
    message = await twilio.send(user, content_sid=content.sid)
    await twilio.became(message.sid, "delivered")
    shown = (await twilio.shown(user))["shown"]
    assert shown["body"] == "Hello you, is this right?"
    assert [button["text"] for button in shown["buttons"]] == ["Yes", "No"]
    await twilio.bench.send(user, {"type": "tap", "message": message.sid, "option": "no"})
    form = twilio.product.forms[-1]
    assert (form["ButtonPayload"], form["ButtonText"], form["MessageType"]) == ("no", "No", "button")
    assert (await twilio.send(user, body="Thank you")).status == "queued"


@pytest.mark.parametrize("body", ["{{1}}, hello", "Hello {{1}}", "Hello {{1}} {{2}} there"])
async def test_a_body_that_whatsapp_would_not_approve_is_rejected_with_a_reason(twilio: Twilio, body: str) -> None:
    content = await made(twilio, "twilio/text", {"body": body})
    approval = await approve(twilio, content.sid)
    assert approval.status == "rejected"
    assert approval.rejection_reason


@pytest.mark.parametrize(("status", "code"), [("paused", "63041"), ("disabled", "63042")])
async def test_a_template_that_is_stopped_fails_later(twilio: Twilio, status: str, code: str) -> None:
    user = await twilio.greeted()
    content = await made(twilio, "twilio/quick-reply", REPLIES)
    await approve(twilio, content.sid)
    stopped = await twilio.bench.control.post(f"/sandbox/contents/{content.sid}/status", json={"status": status})
    assert stopped.json()["approval"] == status
    message = await twilio.send(user, content_sid=content.sid)
    assert (await twilio.became(message.sid, "failed"))["ErrorCode"] == code


@pytest.mark.parametrize(
    "variables",
    ["no json", '["Asha"]', '{"1": 5}', '{"1": ""}', '{"1": "two\\nlines"}', '{"1": "far      away"}'],
)
async def test_variables_that_twilio_refuses(twilio: Twilio, variables: str) -> None:
    user = await twilio.greeted()
    content = await made(twilio, "twilio/quick-reply", REPLIES)
    with pytest.raises(TwilioRestException) as refused:
        await twilio.send(user, content_sid=content.sid, content_variables=variables)
    assert refused.value.code == 21656


@pytest.mark.parametrize(
    "types",
    [
        {},
        {"twilio/carousel": {}},
        {"twilio/text": {"body": "x" * 1601}},
        {"twilio/quick-reply": {"body": "x" * 1025, "actions": [{"title": "Yes"}]}},
        {"twilio/quick-reply": {"body": "x", "actions": [{"title": "x" * 21}]}},
        {"twilio/quick-reply": {"body": "x", "actions": [{"title": str(place)} for place in range(11)]}},
        {"twilio/list-picker": PICKER | {"items": [{"item": str(place), "id": str(place)} for place in range(11)]}},
        {"twilio/list-picker": PICKER | {"items": [{"item": "x" * 25, "id": "x"}]}},
        {"twilio/list-picker": PICKER | {"items": [{"item": "x", "id": "x", "description": "x" * 73}]}},
        {"twilio/list-picker": PICKER | {"button": "x" * 21}},
        {"twilio/call-to-action": {"body": "x", "actions": [{"type": "URL", "title": "x"}]}},
    ],
)
async def test_a_content_over_a_limit_is_refused(twilio: Twilio, types: dict[str, Any]) -> None:
    answer = await post(twilio, types)
    assert (answer.status_code, answer.json()["code"]) == (400, 20001)


async def test_more_than_three_buttons_need_an_approval(twilio: Twilio) -> None:
    user = await twilio.greeted()
    four = REPLIES | {"actions": [{"title": str(place), "id": str(place)} for place in range(4)]}
    content = await made(twilio, "twilio/quick-reply", four)
    message = await twilio.send(user, content_sid=content.sid)
    assert (await twilio.became(message.sid, "failed"))["ErrorCode"] == "63021"
    await approve(twilio, content.sid)
    again = await twilio.send(user, content_sid=content.sid)
    await twilio.became(again.sid, "delivered")
    assert len((await twilio.shown(user))["shown"]["buttons"]) == 4


async def test_a_link_is_a_button(twilio: Twilio) -> None:
    user = await twilio.greeted()
    link = {"body": "Go on", "actions": [{"type": "URL", "title": "Sign in", "url": "https://app.example/{{1}}"}]}
    content = await made(twilio, "twilio/call-to-action", link)
    await twilio.send(user, content_sid=content.sid, content_variables='{"1": "t0ken"}')
    action = (await twilio.shown(user))["payload"]["interactive"]["action"]
    assert action["parameters"] == {"display_text": "Sign in", "url": "https://app.example/t0ken"}


async def test_contents_and_messages_outlive_a_restart(
    starting_twilio: Starting, twilio_product: TwilioProduct
) -> None:
    async with connected(starting_twilio, twilio_product) as before:
        await before.greeted()
        content = await made(before, "twilio/quick-reply", REPLIES)
        await approve(before, content.sid)
    async with connected(starting_twilio, twilio_product) as after:
        listed = (await after.bench.control.get("/sandbox/contents")).json()
        messages = await after.run(lambda: after.client.messages.list())
    assert [(one["sid"], one["approval"]) for one in listed] == [(content.sid, "approved")]
    assert [message.body for message in messages] == ["hi"]
