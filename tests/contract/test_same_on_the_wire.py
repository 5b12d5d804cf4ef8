"""What we would send to Meta is, field by field, what pywa would send for the same."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from pywa.types.callback import Button as PywaButton
from pywa.types.callback import ContactInfoRequestButton, Section, SectionList, SectionRow, URLButton
from pywa.types.templates import BodyText, HeaderDocument, HeaderText, QuickReplyButton, TemplateLanguage
from pywa.types.templates import URLButton as TemplateURLButton
from pywa_async.client import WhatsApp

from channels import Recipient
from channels.meta import (
    Button,
    ButtonsMessage,
    ContactRequestMessage,
    DocumentMessage,
    GraphMessage,
    ImageMessage,
    LinkMessage,
    ListMessage,
    ListRow,
    LocationRequestMessage,
    ReadMark,
    TemplateButton,
    TemplateMedia,
    TemplateMessage,
    TemplateText,
    TextMessage,
)

PHONE, BSUID, KEY = "+919812345678", "IN.4400000000000000001", "outbox-17"
MEDIUM = "3000000000000001"

Call = Callable[[WhatsApp, str], Awaitable[object]]


async def sent_by_pywa(call: Callable[[WhatsApp], Awaitable[object]]) -> dict[str, Any]:
    """The body of the one request that this call makes."""
    bodies: list[dict[str, Any]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        bodies.append(json.loads(request.content))
        told = {"contacts": [{"input": PHONE, "wa_id": PHONE[1:]}], "messages": [{"id": "wamid.1"}], "success": True}
        return httpx.Response(200, json=told)

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as session:
        await call(WhatsApp("100000000000001", "a-token", session=session))
    [body] = bodies
    return body


def told(body: dict[str, Any]) -> dict[str, Any]:
    """Without what says nothing: a preview that is not wished for, a list's only section's title, capitals of kinds."""
    for section in body.get("interactive", {}).get("action", {}).get("sections", []):
        section.pop("title", None)
    for component in body.get("template", {}).get("components", []):
        component |= {name: component[name].lower() for name in ("type", "sub_type") if name in component}
        component |= {"index": str(component["index"])} if "index" in component else {}
        for parameter in component["parameters"]:
            parameter["type"] = parameter["type"].lower()
    if body.get("type") == "text":
        body["text"].pop("preview_url", None)
    return body


def button(title: str, data: str) -> PywaButton:
    return PywaButton(title=title, callback_data=data)


MESSAGES: dict[str, tuple[GraphMessage, Call]] = {
    "text": (
        TextMessage("नमस्ते / hello"),
        lambda pywa, to: pywa.send_message(to, "नमस्ते / hello", tracker=KEY),
    ),
    "buttons": (
        ButtonsMessage("Shall we?", (Button("yes", "Yes"), Button("no", "नहीं"))),
        lambda pywa, to: pywa.send_message(
            to, "Shall we?", buttons=[button("Yes", "yes"), button("नहीं", "no")], tracker=KEY
        ),
    ),
    "list": (
        ListMessage("Which?", "Languages", (ListRow("en", "English"), ListRow("hi", "हिन्दी", "देवनागरी में"))),
        lambda pywa, to: pywa.send_message(
            to,
            "Which?",
            buttons=SectionList(
                button_title="Languages",
                sections=[
                    Section(
                        title="-",
                        rows=[
                            SectionRow(title="English", callback_data="en"),
                            SectionRow(title="हिन्दी", callback_data="hi", description="देवनागरी में"),
                        ],
                    )
                ],
            ),
            tracker=KEY,
        ),
    ),
    "document": (
        DocumentMessage(MEDIUM, "statement.pdf", "March"),
        lambda pywa, to: pywa.send_document(to, MEDIUM, filename="statement.pdf", caption="March", tracker=KEY),
    ),
    "image": (
        ImageMessage(MEDIUM, "Our shop"),
        lambda pywa, to: pywa.send_image(to, MEDIUM, caption="Our shop", tracker=KEY),
    ),
    "link": (
        LinkMessage("Please verify", "Verify", "https://kyc.example.com/1"),
        lambda pywa, to: pywa.send_message(
            to, "Please verify", buttons=URLButton(title="Verify", url="https://kyc.example.com/1"), tracker=KEY
        ),
    ),
    "location request": (
        LocationRequestMessage("Where are you?"),
        lambda pywa, to: pywa.request_location(to, "Where are you?", tracker=KEY),
    ),
    "contact request": (
        ContactRequestMessage("Your number, please"),
        lambda pywa, to: pywa.send_message(to, "Your number, please", buttons=ContactInfoRequestButton(), tracker=KEY),
    ),
    "template by number": (
        TemplateMessage(
            "reminder",
            "en_US",
            (TemplateText("Asha"), TemplateText("₹50,000")),
            TemplateText("Asha"),
            (TemplateButton(0, "quick_reply", "go-on"), TemplateButton(1, "url", "loan-1")),
        ),
        lambda pywa, to: pywa.send_template(
            to,
            "reminder",
            TemplateLanguage.ENGLISH_US,
            [
                header_text("Asha"),
                body_text("Asha", "₹50,000"),
                QuickReplyButton.params(callback_data="go-on", index=0),
                TemplateURLButton.params(url_variable="loan-1", index=1),
            ],
            tracker=KEY,
        ),
    ),
    "template by name": (
        TemplateMessage(
            "named",
            "hi",
            (TemplateText("आशा", "first_name"),),
            TemplateMedia("document", MEDIUM, "terms.pdf"),
        ),
        lambda pywa, to: pywa.send_template(
            to,
            "named",
            TemplateLanguage.HINDI,
            [HeaderDocument.params(document=MEDIUM, filename="terms.pdf"), BodyText.params(first_name="आशा")],
            tracker=KEY,
        ),
    ),
}


def header_text(*values: str) -> Any:
    """Values by number. pywa takes them; its annotations do not say so."""
    params: Any = HeaderText.params
    return params(*values)


def body_text(*values: str) -> Any:
    """The same for the body."""
    params: Any = BodyText.params
    return params(*values)


@pytest.mark.parametrize(("ours", "pywas"), MESSAGES.values(), ids=MESSAGES)
@pytest.mark.parametrize(
    ("recipient", "to"),
    [(Recipient(phone=PHONE), PHONE), (Recipient(bsuid=BSUID), BSUID)],
    ids=["by phone", "by user id"],
)
async def test_a_message_is_the_same(ours: GraphMessage, pywas: Call, recipient: Recipient, to: str) -> None:
    assert told(ours.to_json(recipient, KEY)) == told(await sent_by_pywa(lambda pywa: pywas(pywa, to)))


async def test_a_read_mark_is_the_same_with_and_without_typing() -> None:
    plain = await sent_by_pywa(lambda pywa: pywa.mark_message_as_read("wamid.hi"))
    typing = await sent_by_pywa(lambda pywa: pywa.indicate_typing("wamid.hi"))
    assert ReadMark("wamid.hi").to_json() == plain
    assert ReadMark("wamid.hi", typing=True).to_json() == typing
