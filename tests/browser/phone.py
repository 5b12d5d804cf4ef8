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

    async def edit(self, words: str, better: str) -> None:
        """Give a text that was sent other words."""
        await self._act(words, "Edit")
        await self.type(better)

    async def delete(self, words: str) -> None:
        """Delete what was sent, for everyone."""
        await self._act(words, "Delete for everyone")

    async def attach(self, what: str) -> None:
        """Send a sample of the "+" menu."""
        await self.page.get_by_role("button", name="Send something else").click()
        await self.page.get_by_role("menuitem", name=what).click()

    async def turn_on(self, group: str, fault: str) -> None:
        """Let something go wrong for this person, once."""
        await self.page.get_by_role("button", name="All faults").click()
        await self.page.locator(".fault-group summary", has_text=group).click()
        await self.page.get_by_role("switch", name=fault, exact=True).click()
        await expect(self.page.get_by_role("switch", name=fault, exact=True)).to_be_checked()

    async def _act(self, words: str, item: str) -> None:
        row = self.page.locator(".row.mine", has_text=words).last
        await row.hover()
        await row.get_by_role("button", name="Message actions").click()
        await self.page.get_by_role("menuitem", name=item, exact=True).click()

    async def reads(self, words: str) -> None:
        """Wait until the newest thing said has these words in it."""
        await expect(self.answers.last).to_contain_text(words, timeout=ANSWER)

    async def picture(self, name: str) -> Path:
        """Take a picture of the whole page."""
        path = self._pictures / f"{name}.png"
        await self.page.screenshot(path=path, animations="disabled")
        return path
