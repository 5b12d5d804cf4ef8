"""The phone in a real browser, on a number of Twilio's."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page, expect
from twilio.base.exceptions import TwilioRestException

from tests.sandbox.browsing import mine, opened, say
from tests.sandbox.twilio.conftest import NUMBER, Twilio
from tests.sandbox.twilio.test_content_of_twilio import PICKER, REPLIES, approve, made


@pytest.fixture
async def phone(twilio: Twilio, browser: Browser) -> AsyncIterator[Page]:
    """The phone's page, with a person on the number of Twilio's; a complaint of the browser fails the test."""
    page, complaints = await opened(browser, twilio.bench.url)
    await page.click("#new-user")
    await page.select_option("#new-user-dialog select", NUMBER)
    await page.click("#new-user-form button[type=submit]")
    await expect(page.locator("#chat-name")).to_have_text("Msmebazaar · msme")
    yield page
    await page.close()
    assert complaints == []


async def test_a_new_user_may_be_on_a_number_of_twilios(phone: Page, twilio: Twilio) -> None:
    await say(phone, "hi")
    await expect(mine(phone, "hi").locator(".ticks")).to_contain_text("delivered")
    assert [form["To"] for form in twilio.product.forms] == [NUMBER]
    [user] = (await twilio.bench.control.get("/sandbox/users")).json()
    message = await twilio.send(user, body="*Namaste*, what is your name?\n1. Yes\n2. No")
    bubble = phone.locator(".row:not(.mine)")
    await expect(bubble).to_contain_text("Namaste, what is your name?")
    await expect(bubble.locator(".option")).to_have_count(0)
    await twilio.became(message.sid, "read")


async def test_buttons_and_rows_of_content_can_be_tapped(phone: Page, twilio: Twilio) -> None:
    await say(phone, "hi")
    await expect(mine(phone, "hi").locator(".ticks")).to_contain_text("delivered")
    [user] = (await twilio.bench.control.get("/sandbox/users")).json()
    replies = await made(twilio, "twilio/quick-reply", REPLIES)
    await twilio.send(user, content_sid=replies.sid)
    await phone.get_by_role("button", name="Yes", exact=True).click()
    await twilio.product.until(lambda: twilio.product.forms[-1].get("ButtonPayload") == "yes")
    picker = await made(twilio, "twilio/list-picker", PICKER)
    await twilio.send(user, content_sid=picker.sid)
    await phone.get_by_role("button", name="Sectors").click()
    await phone.get_by_text("Retail", exact=True).click()
    await twilio.product.until(lambda: twilio.product.forms[-1].get("ListId") == "retail")


async def test_a_template_and_a_picture_look_as_on_whatsapp(phone: Page, twilio: Twilio) -> None:
    await say(phone, "hi")
    await expect(mine(phone, "hi").locator(".ticks")).to_contain_text("delivered")
    [user] = (await twilio.bench.control.get("/sandbox/users")).json()
    content = await made(twilio, "twilio/quick-reply", REPLIES)
    await approve(twilio, content.sid)
    await twilio.send(user, content_sid=content.sid)
    await twilio.send(user, body="Your shop", media_url=[f"{twilio.files}/picture.png"])
    await expect(phone.locator(".bubble.template")).to_contain_text("Hello you, is this right?")
    await expect(phone.locator(".row:not(.mine) .bubble", has_text="Your shop").locator("a.photo")).to_have_count(1)
    await phone.get_by_role("button", name="No", exact=True).click()
    await twilio.product.until(lambda: twilio.product.forms[-1].get("ButtonPayload") == "no")


async def test_what_was_not_taken_says_that_twilio_does_not_try_again(phone: Page, twilio: Twilio) -> None:
    twilio.product.refusals.append(503)
    await say(phone, "lost?")
    row = phone.locator(".row.mine", has_text="lost?")
    await expect(row.locator(".note")).to_have_text("The bot did not take it, and Twilio does not try again.")


async def test_what_fails_later_is_told_at_the_bubble(phone: Page, twilio: Twilio) -> None:
    await say(phone, "hi")
    await expect(mine(phone, "hi").locator(".ticks")).to_contain_text("delivered")
    [user] = (await twilio.bench.control.get("/sandbox/users")).json()
    await twilio.bench.order(user, "clock", hours=25)
    await twilio.send(user, body="Still there?")
    row = phone.locator(".row:not(.mine)", has_text="Still there?")
    await expect(row.locator(".note")).to_have_text("Accepted, then not delivered (63016).")


async def test_the_next_send_fails_with_an_error_of_twilios(phone: Page, twilio: Twilio) -> None:
    await say(phone, "hi")
    await expect(mine(phone, "hi").locator(".ticks")).to_contain_text("delivered")
    [user] = (await twilio.bench.control.get("/sandbox/users")).json()
    await phone.get_by_label("How the next message of the bot goes wrong").select_option(
        label="Twilio refuses: too fast"
    )
    await phone.get_by_role("button", name="Fail the next send").click()
    await expect(phone.get_by_text("Twilio will refuse the bot's next message with error 63018")).to_be_visible()
    with pytest.raises(TwilioRestException) as refused:
        await twilio.send(user, body="Namaste")
    assert refused.value.code == 63018
