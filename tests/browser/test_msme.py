"""A business is registered in Chromium, on a number at Twilio: taps, words, and a code that comes as a text message."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.browser.phone import Phone
from tests.browser.test_phone import assert_drawn
from tests.running.product import Product


async def test_from_a_first_hi_to_the_link_that_logs_in(phone: Phone, product: Product) -> None:
    """The code is read where it arrives; a wrong one costs a line."""
    await phone.begin(product.at.number_of("msme"), "Asha")
    await phone.type("hi")
    await phone.reads("Which language")
    await phone.tap("English")
    await phone.reads("What is your name")
    await phone.type("Asha Patil")
    await phone.reads("What does your business do")
    assert_drawn(await phone.picture("msme-sectors"))
    await phone.type("kirana shop")
    await phone.reads("PIN code")
    await phone.type("560 001")
    await phone.reads("Which mobile number")
    await phone.tap("This number")
    await phone.reads("Is everything right")
    assert_drawn(await phone.picture("msme-summary"))
    await phone.tap("Yes, all correct")
    await phone.reads("six-digit code")
    sms = phone.page.locator(".text-note strong").first
    await expect(sms).to_have_text(re.compile(r"\d{6}"), timeout=30_000)
    assert_drawn(await phone.picture("msme-code"))
    code = await sms.inner_text()
    await phone.type(f"{(int(code) + 1) % 1_000_000:06d}")
    await expect(phone.answers.filter(has_text="not the code we sent")).to_be_visible(timeout=30_000)
    await phone.reads("six-digit code")
    await phone.type(code)
    await expect(phone.answers.filter(has_text="registered with MSMEBazaar")).to_be_visible(timeout=30_000)
    assert_drawn(await phone.picture("msme-registered"))
