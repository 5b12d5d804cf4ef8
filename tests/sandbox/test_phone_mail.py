"""The phone in a real browser: the outside world of the investments bot, its job search and its mail."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, Page, expect

from activities.mail import MailServer
from stack import free_ports
from tests.sandbox.browsing import opened
from tests.sandbox.conftest import NEXORA, Bench, Starting
from tests.sandbox.test_mail import about


@dataclass
class Desk:
    """A phone on which somebody of Nexora's is looked at, and the mail server behind it."""

    bench: Bench
    page: Page
    server: MailServer


@pytest.fixture
async def desk(starting: Starting, browser: Browser) -> AsyncIterator[Desk]:
    """The page, opened on a person who writes to Nexora; a complaint of the browser fails the test."""
    [port] = free_ports(1)
    async with starting.sandbox(sandbox_smtp_port=port) as bench:
        await bench.greeted(name="Asha Rao", number=NEXORA)
        page, complaints = await opened(browser, bench.url)
        await page.locator(".person").click()
        yield Desk(bench, page, MailServer.at(f"smtp://127.0.0.1:{port}"))
        await page.close()
        assert complaints == []


async def test_its_own_levers_are_there_and_the_lenders_are_not(desk: Desk) -> None:
    await expect(desk.page.get_by_label("Job search", exact=True).first).to_be_visible()
    await expect(desk.page.get_by_label("Mail", exact=True)).to_be_visible()
    await expect(desk.page.get_by_label("Lenders", exact=True)).to_be_hidden()


async def test_the_job_search_can_find_nothing_and_be_taken_down(desk: Desk) -> None:
    levers = desk.page.locator('section[aria-label="Job search"]')
    await levers.get_by_text("Nothing", exact=True).click()
    await expect(desk.page.locator(".toast").last).to_contain_text("finds nothing")
    assert (await desk.bench.control.get("/sandbox/jobs")).json()["found"] == 0
    await levers.get_by_text("Down", exact=True).click()
    await expect(desk.page.locator(".toast").last).to_contain_text("down")
    answer = (await desk.bench.control.get("/sandbox/jobs")).json()
    assert (answer["state"], answer["found"]) == ("down", None)


async def test_a_mail_is_shown_as_it_arrives_and_can_be_read(desk: Desk) -> None:
    mail = desk.page.locator('section[aria-label="Mail"]')
    await expect(mail).to_contain_text("No mail yet.")
    await desk.server.send(about(key="a-key"))
    await expect(mail.locator("summary")).to_contain_text("score 100")
    await mail.locator("summary").click()
    await expect(mail.locator("pre")).to_contain_text("Asha Pâtil")
    await desk.server.send(about(key="a-key"))
    await expect(mail.locator("summary")).to_contain_text("2 times")
    await expect(mail.locator("pre")).to_be_visible()


async def test_the_mail_server_can_be_taken_down(desk: Desk) -> None:
    await desk.page.locator('section[aria-label="Mail"]').get_by_text("Down", exact=True).click()
    await expect(desk.page.locator(".toast").last).to_contain_text("down")
    assert (await desk.bench.control.get("/sandbox/mail")).json()["state"] == "down"
