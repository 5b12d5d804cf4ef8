"""Chromium, and a product of the test's own that it may kill."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from stack.chromium import find_chromium
from tests.browser.phone import Phone
from tests.running.everything import Everything
from tests.running.product import Product
from tests.running.spare import held, running


@pytest.fixture
async def product(shared: Everything) -> AsyncIterator[Product]:
    """A product that nobody else talks to."""
    async with held(shared.own) as at, running(Product(at)) as own:
        yield own


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """A Chromium of this machine's; its sandbox is of no use to root."""
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=str(find_chromium(os.environ)),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield chromium
        await chromium.close()


@pytest.fixture
async def phone(browser: Browser, shared: Everything, tmp_path: Path) -> AsyncIterator[Phone]:
    """A phone on the page. What the page complains of fails the test."""
    page = await browser.new_page(viewport={"width": 1440, "height": 900})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    pictures = Path(os.environ.get("PICTURES", tmp_path))
    pictures.mkdir(parents=True, exist_ok=True)
    yield Phone(page, shared.sandbox, pictures)
    await page.close()
    assert complaints == []
