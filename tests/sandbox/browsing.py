"""Looking at the phone with a real browser."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, expect

MESSAGE = "#composer-text"


async def opened(browser: Browser, url: str, **screen: Any) -> tuple[Page, list[str]]:
    """The phone's page on a screen of this kind, and what the browser complains of; other hosts are a complaint."""
    complaints: list[str] = []
    context = await browser.new_context(**({"viewport": {"width": 1440, "height": 900}} | screen))
    page = await context.new_page()

    def told(message: ConsoleMessage) -> None:
        # A refusal of the control API is told to the person who looks; that the browser notes it too is no complaint.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    def asked(address: str) -> None:
        if not address.startswith((url, "data:")):
            complaints.append(address)

    page.on("console", told)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked(request.url))
    await page.goto(url)
    await expect(page.locator("#live")).to_have_class("live on")
    return page, complaints


async def say(phone: Page, text: str) -> None:
    """Write a text and send it with the keyboard."""
    await phone.fill(MESSAGE, text)
    await phone.press(MESSAGE, "Enter")


def mine(phone: Page, text: str) -> Locator:
    """A bubble of the person's own with this text."""
    return phone.locator(".row.mine .bubble", has_text=text)
