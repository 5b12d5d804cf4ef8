"""The phone in a real browser: what a business can send, as a person sees and answers it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from tests.sandbox.browsing import mine, say
from tests.sandbox.conftest import LOAN, Bench

PDF = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"
OFFER = {
    "name": "offer",
    "language": "en",
    "category": "UTILITY",
    "header": "For {{1}}",
    "body": "Hello {{1}}, the offer of *{{2}}* waits.",
    "footer": "Reply STOP to opt out",
    "buttons": [
        {"type": "QUICK_REPLY", "text": "Go on"},
        {"type": "URL", "text": "Read", "url": "https://example.org/terms/{{1}}"},
        {"type": "COPY_CODE", "text": "Copy code"},
    ],
}


def png() -> bytes:
    """A picture of 40 by 30."""
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(file, "PNG")
    return file.getvalue()


async def sent(bench: Bench, user: dict[str, Any], fields: dict[str, Any]) -> str:
    """Send something of any kind to this person; its id."""
    answer = await bench.graph.post(LOAN, {"to": user["phone"]} | fields)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["messages"][0]["id"])


async def uploaded(bench: Bench, content: bytes, mime_type: str) -> str:
    return str((await bench.graph.upload(LOAN, content, mime_type)).json()["id"])


def asking(kind: str, action: dict[str, Any]) -> dict[str, Any]:
    interactive = {"type": kind, "body": {"text": "Please."}, "action": action}
    return {"type": "interactive", "interactive": interactive}


def button(kind: str, index: str, value: dict[str, str]) -> dict[str, Any]:
    """The component of a template's button."""
    return {"type": "button", "sub_type": kind, "index": index, "parameters": [value]}


@pytest.fixture
async def user(phone: Page, bench: Bench) -> dict[str, Any]:
    """Somebody who has written, with their chat open."""
    user = await bench.greeted(name="Asha Rao")
    await phone.locator(".person").click()
    return user


async def test_an_image_is_shown_and_opens_by_itself(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    media = await uploaded(bench, png(), "image/png")
    await sent(bench, user, {"type": "image", "image": {"id": media, "caption": "The branch"}})
    picture = phone.get_by_role("img", name="Photo: The branch")
    await expect(picture).to_have_js_property("naturalWidth", 40)
    link = phone.get_by_role("link", name="Photo: The branch")
    await expect(link).to_have_attribute("href", f"/sandbox/media/{media}")
    await expect(link).to_have_attribute("target", "_blank")
    await expect(phone.locator(".bubble", has=picture)).to_contain_text("The branch")


async def test_an_image_that_is_not_there_has_a_drawn_one_in_its_place(
    phone: Page, bench: Bench, user: dict[str, Any]
) -> None:
    await bench.send(
        user, {"type": "raw", "message": {"type": "image", "image": {"id": "1", "mime_type": "image/png"}}}
    )
    await expect(phone.get_by_role("img", name="Photo")).to_have_class("picture")


async def test_a_document_is_a_card_with_its_name_type_and_size_that_is_downloaded(
    phone: Page, bench: Bench, user: dict[str, Any]
) -> None:
    media = await uploaded(bench, PDF, "application/pdf")
    document = {"id": media, "filename": "sanction letter.pdf", "caption": "Keep it well"}
    await sent(bench, user, {"type": "document", "document": document})
    card = phone.get_by_role("link", name="sanction letter.pdf")
    await expect(card).to_contain_text(f"PDF · {len(PDF)} bytes")
    await expect(phone.locator(".bubble", has=card)).to_contain_text("Keep it well")
    async with phone.expect_download() as coming:
        await card.click()
    download = await coming.value
    assert download.suggested_filename == "sanction letter.pdf"
    assert (await download.path()).read_bytes() == PDF


async def test_a_template_is_shown_as_it_was_approved_with_its_values(
    phone: Page, bench: Bench, user: dict[str, Any]
) -> None:
    await bench.control.post("/sandbox/templates", json=OFFER)
    components = [
        {"type": "header", "parameters": [{"type": "text", "text": "Asha"}]},
        {"type": "body", "parameters": [{"type": "text", "text": "Asha"}, {"type": "text", "text": "2 lakh"}]},
        {
            "type": "button",
            "sub_type": "quick_reply",
            "index": "0",
            "parameters": [{"type": "payload", "payload": "go"}],
        },
        {"type": "button", "sub_type": "url", "index": "1", "parameters": [{"type": "text", "text": "17"}]},
        button("copy_code", "2", {"type": "coupon_code", "coupon_code": "DIWALI"}),
    ]
    template = {"name": "offer", "language": {"code": "en"}, "components": components}
    await sent(bench, user, {"type": "template", "template": template})
    bubble = phone.locator(".bubble.template")
    await expect(bubble.locator(".head")).to_have_text("For Asha")
    await expect(bubble).to_contain_text("Hello Asha, the offer of 2 lakh waits.")
    await expect(bubble.locator("strong")).to_have_text("2 lakh")
    await expect(bubble).to_contain_text("Reply STOP to opt out")
    link = phone.get_by_role("link", name="Read")
    await expect(link).to_have_attribute("href", "https://example.org/terms/17")
    await expect(link).to_have_attribute("rel", "noreferrer noopener")
    await phone.get_by_role("button", name="Go on").click()
    await expect(mine(phone, "Go on")).to_be_visible()
    await expect(phone.locator('.option[data-option="go"]')).to_have_class("option chosen")
    assert bench.product.messages[-1]["button"] == {"payload": "go", "text": "Go on"}


async def test_a_templates_document_stands_above_its_words(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    statement = {"name": "statement", "language": "en", "category": "UTILITY", "header": {"format": "DOCUMENT"}}
    await bench.control.post("/sandbox/templates", json=statement | {"body": "Your statement is here."})
    media = await uploaded(bench, PDF, "application/pdf")
    document = {"type": "document", "document": {"id": media, "filename": "october.pdf"}}
    components = [{"type": "header", "parameters": [document]}]
    template = {"name": "statement", "language": {"code": "en"}, "components": components}
    await sent(bench, user, {"type": "template", "template": template})
    bubble = phone.locator(".bubble.template")
    await expect(bubble.get_by_role("link", name="october.pdf")).to_have_attribute(
        "href", f"/sandbox/media/{media}?filename=october.pdf"
    )
    await expect(bubble).to_contain_text("Your statement is here.")


async def test_a_link_button_opens_in_a_tab_of_its_own(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    parameters = {"display_text": "Verify now", "url": "https://example.org/kyc?a=1"}
    await sent(bench, user, asking("cta_url", {"name": "cta_url", "parameters": parameters}))
    link = phone.get_by_role("link", name="Verify now")
    await expect(link).to_have_attribute("href", "https://example.org/kyc?a=1")
    await expect(link).to_have_attribute("target", "_blank")


async def test_a_request_for_a_place_is_answered_with_one(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    request = await sent(bench, user, asking("location_request_message", {"name": "send_location"}))
    await phone.get_by_role("button", name="Send location").click()
    await phone.get_by_role("dialog", name="Send location").get_by_role("button", name="Hawa Mahal").click()
    await expect(mine(phone, "Hawa Mahal")).to_contain_text("Jaipur")
    await expect(phone.locator('.option[data-option="location"]')).to_have_class("option chosen")
    answer = bench.product.messages[-1]
    assert (answer["type"], answer["location"]["name"], answer["context"]["id"]) == ("location", "Hawa Mahal", request)


async def test_a_request_for_the_number_is_answered_with_the_persons_own_contact(
    phone: Page, bench: Bench, user: dict[str, Any]
) -> None:
    await sent(bench, user, asking("request_contact_info", {"name": "request_contact_info"}))
    await phone.get_by_role("button", name="Share contact").click()
    await expect(mine(phone, "Asha Rao")).to_contain_text(user["phone"])
    answer = bench.product.messages[-1]
    assert (answer["type"], answer["origin"]) == ("contacts", "contact_request")
    assert answer["contacts"][0]["phones"][0]["phone"] == user["phone"]


async def test_a_reaction_of_the_business_is_shown_on_the_message_and_taken_back(
    phone: Page, bench: Bench, user: dict[str, Any]
) -> None:
    about = bench.product.messages[0]["id"]
    await sent(bench, user, {"type": "reaction", "reaction": {"message_id": about, "emoji": "👍"}})
    await expect(mine(phone, "hi").locator(".reactions")).to_have_text("The business reacted with 👍")
    await expect(phone.locator(".log .row")).to_have_count(1)
    await sent(bench, user, {"type": "reaction", "reaction": {"message_id": about, "emoji": ""}})
    await expect(phone.locator(".reactions")).to_have_count(0)


async def test_what_is_unknown_is_shown_for_what_it_is(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    await bench.send(user, {"type": "raw", "message": {"type": "order", "order": {"catalog_id": "7"}}})
    await expect(mine(phone, "order")).to_contain_text('"catalog_id":"7"')
    await bench.send(user, {"type": "unsupported", "kind": "poll"})
    await expect(mine(phone, "does not reach businesses (poll)")).to_contain_text("131051")
    await bench.send(user, {"type": "interactive_without_reply"})
    await expect(mine(phone, "A tap that does not say on what")).to_contain_text("131051")


async def test_all_is_there_again_when_the_page_is_opened_anew(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    await say(phone, "I earn 4500")
    await expect(mine(phone, "I earn 4500")).to_be_visible()
    wamid = bench.product.messages[-1]["id"]
    await bench.send(user, {"type": "edit", "message": wamid, "body": "I earn 45000"})
    await sent(bench, user, {"type": "reaction", "reaction": {"message_id": wamid, "emoji": "🙏"}})
    await phone.reload()
    bubble = mine(phone, "I earn 45000")
    await expect(bubble).to_contain_text("edited")
    await expect(bubble.locator(".reactions")).to_contain_text("🙏")
    await expect(phone.locator(".row.mine")).to_have_count(2)
