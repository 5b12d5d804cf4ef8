"""The phone in a real browser: one-time codes come as text messages, to whoever has the number."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from sandbox.auth.codes import APART
from tests.sandbox.browsing import opened, say
from tests.sandbox.conftest import Bench, Starting
from tests.sandbox.test_auth import PHONE, requested, sent

NUMBERS = """
[[number]]
provider = "meta"
id = "100000000000009"
display = "+91 98000 00009"
bot = "msme"
business = "msmebazaar"
"""
NOBODYS = "+919876544444"


@dataclass
class Pocket:
    """A phone on which somebody of msme's is looked at."""

    bench: Bench
    page: Page

    @property
    def notes(self) -> Locator:
        """The text messages that are shown."""
        return self.page.get_by_label("Text message")


@pytest.fixture
async def pocket(starting: Starting, browser: Browser, tmp_path: Path) -> AsyncIterator[Pocket]:
    """The page, opened on a person who writes to msme; a complaint of the browser fails the test."""
    file = tmp_path / "numbers.toml"
    file.write_text(NUMBERS)
    # By the machine's time: the page tells by it whether a code is fresh.
    async with starting.sandbox(numbers_file=file) as bench:
        starting.clock.advance(await now_of_the_browser(browser) - starting.clock.now())
        await bench.greeted(name="Asha Rao", phone=PHONE)
        page, complaints = await opened(browser, bench.url)
        await page.locator(".person").click()
        yield Pocket(bench, page)
        await page.close()
        assert complaints == []


async def now_of_the_browser(browser: Browser) -> float:
    """What time it is there."""
    page = await browser.new_page()
    now: float = await page.evaluate("Date.now() / 1000")
    await page.close()
    return now


async def test_a_code_comes_as_a_text_message_and_can_be_put_away(pocket: Pocket) -> None:
    await requested(pocket.bench)
    [code] = await sent(pocket.bench)
    await expect(pocket.notes).to_contain_text("SMS from MSMEBazaar")
    await expect(pocket.notes).to_contain_text(f"{code} is your code")
    await expect(pocket.notes).not_to_contain_text("To +91")
    await pocket.notes.get_by_role("button", name="Put away").click()
    await expect(pocket.notes).to_have_count(0)


async def test_a_code_that_was_typed_is_put_away(pocket: Pocket) -> None:
    await requested(pocket.bench)
    await expect(pocket.notes).to_have_count(1)
    await say(pocket.page, f"It is {(await sent(pocket.bench))[0]}")
    await expect(pocket.notes).to_have_count(0)


async def test_the_newest_of_two_lies_on_top(pocket: Pocket) -> None:
    for _ in range(3):
        await requested(pocket.bench)
        pocket.bench.clock.advance(APART)
    newest, before, _ = await sent(pocket.bench)
    await expect(pocket.notes).to_have_count(2)
    await expect(pocket.notes.nth(0)).to_contain_text(newest)
    await expect(pocket.notes.nth(1)).to_contain_text(before)


async def test_a_code_for_a_number_that_nobody_here_has_comes_where_one_looks(pocket: Pocket) -> None:
    await requested(pocket.bench, NOBODYS)
    [code] = await sent(pocket.bench, NOBODYS)
    await expect(pocket.notes).to_contain_text(f"{code} is your code")
    await expect(pocket.notes).to_contain_text(f"To {NOBODYS}")


async def test_a_code_for_somebody_else_comes_to_their_own_phone(pocket: Pocket) -> None:
    ravis = "+919876555555"
    await pocket.bench.greeted(name="Ravi Iyer", phone=ravis)
    await expect(pocket.page.locator(".person")).to_have_count(2)
    await requested(pocket.bench, ravis)
    await requested(pocket.bench)
    await expect(pocket.notes).to_have_count(1)
    await expect(pocket.notes).to_contain_text((await sent(pocket.bench))[0])
    await pocket.page.locator(".person", has_text="Ravi").click()
    await expect(pocket.notes).to_have_count(1)
    await expect(pocket.notes).to_contain_text((await sent(pocket.bench, ravis))[0])


async def test_who_opens_the_page_again_finds_a_fresh_code_and_no_old_one(pocket: Pocket) -> None:
    await requested(pocket.bench)
    await pocket.page.reload()
    await expect(pocket.notes).to_have_count(1)
    await pocket.page.get_by_role("button", name="+1 h").click()
    await expect(pocket.page.locator(".toast").last).to_contain_text("later")
    await expect(pocket.notes).to_have_count(0)


async def test_the_auth_api_is_among_the_levers_of_msme(pocket: Pocket) -> None:
    levers = pocket.page.locator('section[aria-label="One-time codes"]')
    await expect(pocket.page.get_by_label("Lenders", exact=True)).to_be_hidden()
    await levers.get_by_text("Down", exact=True).click()
    await expect(pocket.page.locator(".toast").last).to_contain_text("down")
    assert (await pocket.bench.control.get("/sandbox/auth")).json()["mood"] == "down"
    await levers.get_by_text("Expired", exact=True).click()
    await expect(pocket.page.locator(".toast").last).to_contain_text("expired")
    await expect(levers.get_by_role("radio", name="Down")).not_to_be_checked()
