"""The phone in a real browser: what a person sees and does."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from tests.sandbox.browsing import MESSAGE, mine, opened, say
from tests.sandbox.conftest import LOAN, Bench, Starting

BUTTONS = {
    "type": "interactive",
    "interactive": {
        "type": "button",
        "body": {"text": "In which language?"},
        "action": {
            "buttons": [
                {"type": "reply", "reply": {"id": "en", "title": "English"}},
                {"type": "reply", "reply": {"id": "hi", "title": "हिन्दी"}},
            ]
        },
    },
}
LIST = {
    "type": "interactive",
    "interactive": {
        "type": "list",
        "body": {"text": "What is it for?"},
        "action": {
            "button": "Choose",
            "sections": [
                {
                    "title": "Often",
                    "rows": [
                        {"id": "home", "title": "Home", "description": "Repairs, a new roof"},
                        {"id": "travel", "title": "Travel"},
                    ],
                }
            ],
        },
    },
}


async def test_an_empty_phone_says_what_to_do(phone: Page, bench: Bench) -> None:
    await expect(phone.get_by_role("heading", level=1)).to_be_visible()
    await phone.get_by_role("button", name="Start a conversation").click()
    await phone.get_by_role("button", name="Say hi").click()
    await expect(mine(phone, "hi")).to_be_visible()
    assert bench.product.texts == ["hi"]


async def test_a_button_and_a_row_of_a_list_are_tapped(phone: Page, bench: Bench) -> None:
    user = await bench.greeted()
    await phone.locator(".person").click()
    await bench.graph.post(LOAN, {"to": user["phone"]} | BUTTONS)
    await phone.get_by_role("button", name="हिन्दी").click()
    await expect(mine(phone, "हिन्दी")).to_contain_text("In which language?")
    await expect(phone.locator('.option[data-option="hi"]')).to_have_class("option chosen")
    await bench.graph.post(LOAN, {"to": user["phone"]} | LIST)
    await phone.get_by_role("button", name="Choose").click()
    await expect(phone.get_by_role("dialog", name="Choose")).to_be_visible()
    await phone.get_by_role("button", name="Home").click()
    await expect(phone.get_by_role("dialog", name="Choose")).to_be_hidden()
    await expect(mine(phone, "Repairs, a new roof")).to_be_visible()
    replies = [message["interactive"] for message in bench.product.messages[1:]]
    assert [reply[reply["type"]]["id"] for reply in replies] == ["hi", "home"]


async def test_the_sheet_is_left_with_escape_and_the_focus_goes_back(phone: Page, bench: Bench) -> None:
    user = await bench.greeted()
    await phone.locator(".person").click()
    await bench.graph.post(LOAN, {"to": user["phone"]} | LIST)
    opener = phone.get_by_role("button", name="Choose")
    await opener.focus()
    await phone.keyboard.press("Enter")
    await expect(phone.locator(".sheet-row").first).to_be_focused()
    await phone.keyboard.press("ArrowDown")
    await expect(phone.locator(".sheet-row").last).to_be_focused()
    await phone.keyboard.press("Escape")
    await expect(opener).to_be_focused()


@pytest.mark.parametrize(
    "text",
    ["<img src=x onerror=alert(1)>", "<b>bold</b> &amp;", "मेरा नाम आशा है 😀", "مرحبا بالعالم", "javascript:alert(1)"],
)
async def test_what_people_write_is_shown_as_they_wrote_it(phone: Page, bench: Bench, text: str) -> None:
    user = await bench.greeted(name=text)
    await phone.locator(".person").click()
    await say(phone, text)
    await bench.graph.text(LOAN, user["phone"], text)
    await expect(phone.locator(".bubble .text", has_text=text)).to_have_count(2)
    await expect(phone.locator(".person-name")).to_have_text(text)
    assert await phone.locator(".log img, .log b, .log a").count() == 0


async def test_a_text_from_right_to_left_is_set_so(phone: Page, bench: Bench) -> None:
    await bench.greeted()
    await phone.locator(".person").click()
    await say(phone, "مرحبا")
    await expect(mine(phone, "مرحبا").locator(".text")).to_have_css("direction", "rtl")


async def test_whatsapps_marks_are_shown_as_it_shows_them(phone: Page, bench: Bench) -> None:
    user = await bench.greeted()
    await phone.locator(".person").click()
    await bench.graph.text(LOAN, user["phone"], "*Name* Asha, 2*3*4, see https://example.org/a?b=1.")
    await expect(phone.locator(".bubble strong")).to_have_text("Name")
    await expect(phone.locator(".bubble a")).to_have_attribute("href", "https://example.org/a?b=1")


async def test_the_arrow_up_recalls_what_was_said(phone: Page, bench: Bench) -> None:
    await bench.greeted()
    await phone.locator(".person").click()
    await say(phone, "first")
    await say(phone, "second")
    await expect(mine(phone, "second")).to_be_visible()
    await phone.press(MESSAGE, "ArrowUp")
    await expect(phone.locator(MESSAGE)).to_have_value("second")
    await phone.press(MESSAGE, "ArrowUp")
    await expect(phone.locator(MESSAGE)).to_have_value("first")
    await phone.press(MESSAGE, "ArrowDown")
    await phone.press(MESSAGE, "ArrowDown")
    await expect(phone.locator(MESSAGE)).to_have_value("")


async def test_other_kinds_are_sent_from_the_menu(phone: Page, bench: Bench) -> None:
    await bench.greeted()
    await phone.locator(".person").click()
    for name in ("Photo", "Location", "Voice note", "Sticker", "Document", "Contact"):
        await phone.get_by_role("button", name="Send something else").click()
        await phone.get_by_role("menuitem", name=name).click()
    await expect(phone.locator(".row.mine")).to_have_count(7)
    kinds = [message["type"] for message in bench.product.messages]
    assert kinds == ["text", "image", "location", "audio", "sticker", "document", "contacts"]


async def test_several_people_are_told_apart_and_what_they_have_not_seen_is_counted(phone: Page, bench: Bench) -> None:
    first, second = await bench.greeted(name="Asha Rao"), await bench.greeted(name="Vidya Nair")
    await phone.locator(".person", has_text="Asha Rao").click()
    wamid = (await bench.graph.text(LOAN, first["phone"], "for Asha")).json()["messages"][0]["id"]
    await bench.graph.text(LOAN, second["phone"], "for Vidya")
    await expect(phone.locator(".person", has_text="Vidya Nair").locator(".badge")).to_have_text("1")
    await expect(phone.locator(".log")).to_contain_text("for Asha")
    await expect(phone.locator(".log")).not_to_contain_text("for Vidya")
    await bench.product.until(lambda: "read" in bench.product.statuses_of(wamid))
    await phone.locator(".person", has_text="Vidya Nair").click()
    await expect(phone.locator(".log")).to_contain_text("for Vidya")
    await expect(phone.locator(".badge")).to_have_count(0)


async def test_ticks_and_typing_tell_what_the_business_does(phone: Page, bench: Bench) -> None:
    user = await bench.greeted()
    await phone.locator(".person").click()
    ticks = phone.locator(".row.mine .ticks")
    await expect(ticks).to_have_text("delivered")
    receipt = {"status": "read", "message_id": bench.product.messages[0]["id"]}
    await bench.graph.post(LOAN, receipt | {"typing_indicator": {"type": "text"}})
    await expect(ticks).to_have_text("read")
    await expect(phone.locator("#chat-sub")).to_have_text("typing…")
    await bench.graph.text(LOAN, user["phone"], "here I am")
    await expect(phone.locator(".typing-row")).to_have_count(0)


async def test_a_message_that_the_product_does_not_take_is_marked_until_it_does(phone: Page, bench: Bench) -> None:
    await bench.greeted()
    await phone.locator(".person").click()
    bench.product.refusals.append(500)
    await say(phone, "anybody there?")
    note = phone.locator(".note", has_text="Not delivered yet")
    await expect(note).to_be_visible()
    bench.clock.advance(0.5)
    await expect(note).to_have_count(0)
    assert bench.product.texts == ["hi", "anybody there?"]


async def test_a_person_is_made_with_a_hidden_number_and_forgotten_again(phone: Page, bench: Bench) -> None:
    await phone.get_by_role("button", name="New user").click()
    await phone.get_by_label("Name").fill("Asha Rao")
    await phone.get_by_label("Hides the phone number").check()
    await phone.get_by_role("button", name="Create").click()
    await phone.get_by_role("button", name="Say hi").click()
    await bench.product.until(lambda: bool(bench.product.messages))
    assert "from" not in bench.product.messages[0]
    await phone.get_by_role("button", name="More").click()
    await phone.get_by_role("menuitem", name="Forget Asha Rao").click()
    await expect(phone.get_by_role("button", name="Start a conversation")).to_be_visible()


async def test_a_page_that_lost_the_sandbox_catches_up_when_it_is_back(starting: Starting, browser: Browser) -> None:
    async with starting.sandbox() as bench:
        user = await bench.greeted()
        page, _ = await opened(browser, bench.url)
        await page.locator(".person").click()
        port = int(bench.url.rsplit(":", 1)[1])
        await bench.control.aclose()
    await expect(page.locator("#live")).to_contain_text("reconnecting")
    async with starting.sandbox(port=port) as bench:
        await bench.graph.text(LOAN, user["phone"], "while you were away")
        await expect(page.locator(".log")).to_contain_text("while you were away", timeout=15_000)
        await expect(page.locator("#live")).to_have_text("live")
    await page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_nothing_is_cut_off_on_any_screen(bench: Bench, browser: Browser, scheme: str) -> None:
    user = await bench.greeted(name="A rather long name that does not fit into the list of people")
    await bench.graph.text(LOAN, user["phone"], "x" * 300)
    await bench.graph.post(LOAN, {"to": user["phone"]} | BUTTONS)
    page, complaints = await opened(browser, bench.url, viewport={"width": 390, "height": 844}, color_scheme=scheme)
    await page.locator(".person").click()
    for width in (390, 800, 1100, 1440):
        await page.set_viewport_size({"width": width, "height": 844})
        await expect(page.get_by_role("button", name="English")).to_be_in_viewport()
        await expect(page.locator(MESSAGE)).to_be_in_viewport()
        log = await page.locator("#log").bounding_box()
        bubble = await page.locator(".bubble", has_text="xxx").bounding_box()
        assert log is not None
        assert bubble is not None
        assert log["x"] >= 0
        assert bubble["x"] + bubble["width"] <= log["x"] + log["width"] <= width
    await expect(page.locator("html")).to_have_attribute("data-theme", scheme)
    assert complaints == []
    await page.close()
