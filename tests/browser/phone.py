"""The phone in a browser, as a person uses it: what they tap, type and read."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Locator, Page, expect

ANSWER = 30_000
"""milliseconds that an answer may take: a killed worker is started again meanwhile"""


class Phone:
    """One person's phone on the sandbox's page."""

    def __init__(self, page: Page, sandbox: str, pictures: Path) -> None:
        self.page = page
        self._sandbox = sandbox
        self._pictures = pictures

    async def begin(self, number: str, name: str) -> None:
        """Make a new user who writes to this number of ours."""
        await self.page.goto(self._sandbox)
        await self.page.get_by_role("button", name="New user", exact=True).click()
        dialog = self.page.get_by_role("dialog")
        await dialog.get_by_label("Name").fill(name)
        await dialog.get_by_label("Writes to").select_option(value=number)
        await dialog.get_by_role("button", name="Create").click()
        await expect(self.page.locator("#toasts")).to_contain_text(name)
        await expect(self.composer).to_be_visible()

    @property
    def composer(self) -> Locator:
        """Where one types."""
        return self.page.get_by_placeholder("Message", exact=True)

    @property
    def answers(self) -> Locator:
        """What the bot said, bubble by bubble."""
        return self.page.locator(".row:not(.mine) .bubble .text")

    async def type(self, words: str) -> None:
        """Type something and send it."""
        await self.composer.fill(words)
        await self.composer.press("Enter")

    async def tap(self, label: str) -> None:
        """Tap the newest button of this label."""
        await self.page.locator("button.option", has_text=label).last.click()

    async def pick(self, opener: str, row: str) -> None:
        """Open the newest list and pick the row that has these words."""
        await self.tap(opener)
        await self.page.get_by_role("dialog").get_by_role("button").filter(has_text=row).first.click()

    async def reads(self, words: str) -> None:
        """Wait until the newest thing said has these words in it."""
        await expect(self.answers.last).to_contain_text(words, timeout=ANSWER)

    async def picture(self, name: str) -> Path:
        """Take a picture of the whole page."""
        path = self._pictures / f"{name}.png"
        await self.page.screenshot(path=path, animations="disabled")
        return path
