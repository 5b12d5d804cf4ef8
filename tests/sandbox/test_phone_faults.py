"""The phone in a real browser: faults as switches, for one person and for everybody."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.sandbox.browsing import opened
from tests.sandbox.conftest import LOAN, Bench

WIDER_THAN_THEIR_BOX = """
(panel) => [...panel.querySelectorAll("*")]
    .filter((one) => one.clientWidth && getComputedStyle(one).overflowX === "visible")
    .filter((one) => one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.className)
"""


@pytest.fixture
async def user(phone: Page, bench: Bench) -> dict[str, Any]:
    """Somebody who has written, with their chat and all faults open."""
    user = await bench.greeted(name="Asha Rao")
    await phone.locator(".person").click()
    await phone.get_by_role("button", name="All faults").click()
    return user


def panel(phone: Page) -> Locator:
    return phone.get_by_role("region", name="Faults").last


async def group(phone: Page, name: str) -> None:
    """Open or close the faults of this subject."""
    await panel(phone).locator("summary", has_text=name).click()


def switch(phone: Page, name: str) -> Locator:
    return panel(phone).get_by_role("switch", name=name, exact=True)


async def faults(bench: Bench) -> dict[str, Any]:
    found: dict[str, Any] = (await bench.control.get("/sandbox/faults")).json()
    return found


async def test_a_fault_for_one_person_strikes_once_and_is_off_again(
    phone: Page, bench: Bench, user: dict[str, Any]
) -> None:
    await group(phone, "Sending")
    await switch(phone, "Meta refuses").click()
    await expect(switch(phone, "Meta refuses")).to_be_checked()
    await panel(phone).get_by_label("Code: Meta refuses").select_option("131056")
    await expect(panel(phone).get_by_label("Code: Meta refuses")).to_have_value("131056")
    [order] = (await faults(bench))["ordered"]
    assert (order["mode"], order["code"], order["remaining"], order["user"]) == ("error", 131056, 1, user["id"])
    refused = await bench.graph.text(LOAN, user["phone"], "hello")
    assert refused.json()["error"]["code"] == 131056
    await expect(switch(phone, "Meta refuses")).not_to_be_checked()
    await expect(panel(phone).locator(".fault", has_text="Meta refuses")).to_contain_text("struck once")


async def test_every_fault_of_the_sandbox_has_a_switch_with_its_sentence(
    phone: Page, bench: Bench, user: dict[str, Any]
) -> None:
    modes = (await bench.control.get("/openapi.json")).json()["components"]["schemas"]["Mode"]["enum"]
    rows = panel(phone).locator(".fault[data-mode]")
    shown = await rows.evaluate_all("(rows) => rows.map((row) => row.dataset.mode)")
    assert sorted(shown) == sorted(modes)
    sentences = await rows.locator("p").all_text_contents()
    assert all(sentence.endswith(".") and sentence.count(". ") == 0 for sentence in sentences)
    assert len(set(sentences)) == len(modes)


async def test_turning_one_fault_off_leaves_the_others_of_the_person_on(
    phone: Page, bench: Bench, user: dict[str, Any]
) -> None:
    await group(phone, "Webhooks")
    await group(phone, "Sending")
    await switch(phone, "Twice").click()
    await expect(switch(phone, "Twice")).to_be_checked()
    await panel(phone).get_by_label("How often: Twice", exact=True).select_option("until mended")
    await switch(phone, "Cut off before it is taken").click()
    await expect(switch(phone, "Cut off before it is taken")).to_be_checked()
    await switch(phone, "Cut off before it is taken").click()
    await expect(switch(phone, "Cut off before it is taken")).not_to_be_checked()
    await expect(switch(phone, "Twice")).to_be_checked()
    [order] = (await faults(bench))["ordered"]
    assert (order["mode"], order["remaining"]) == ("duplicate_webhook", 1000)


async def test_a_fault_for_everybody_is_drawn_as_often_as_is_said(
    phone: Page, bench: Bench, user: dict[str, Any]
) -> None:
    await panel(phone).get_by_text("For everybody", exact=True).click()
    await group(phone, "Answers")
    await group(phone, "Sending")
    await switch(phone, "Taken, answer lost").click()
    await panel(phone).get_by_label("How often: Taken, answer lost").select_option("1 in 10")
    await expect(panel(phone).get_by_label("How often: Taken, answer lost")).to_have_value("0.1")
    await switch(phone, "Meta refuses").click()
    await expect(switch(phone, "Meta refuses")).to_be_checked()
    profile = (await faults(bench))["profile"]
    assert {name: profile[name] for name in profile if name != "seed"} == {
        "accept_then_drop": 0.1,
        "error": {"131000": 1},
    }
    await switch(phone, "Taken, answer lost").click()
    await expect(switch(phone, "Taken, answer lost")).not_to_be_checked()
    await switch(phone, "Meta refuses").click()
    await expect(switch(phone, "Meta refuses")).not_to_be_checked()
    assert (await faults(bench))["profile"] is None


async def test_what_concerns_no_person_is_turned_on_for_everybody_only(
    phone: Page, bench: Bench, user: dict[str, Any]
) -> None:
    await group(phone, "Sending")
    await expect(switch(phone, "The token ran out")).to_be_disabled()
    await panel(phone).get_by_text("For everybody", exact=True).click()
    await switch(phone, "The token ran out").click()
    await expect(switch(phone, "The token ran out")).to_be_checked()
    assert (await bench.graph.text(LOAN, user["phone"], "hello")).json()["error"]["code"] == 190


async def test_a_bad_day_is_one_tap_and_everything_is_mended_with_another(
    phone: Page, bench: Bench, user: dict[str, Any]
) -> None:
    await panel(phone).get_by_text("For everybody", exact=True).click()
    day = panel(phone).get_by_role("button", name="A bad day")
    await day.click()
    await expect(day).to_have_attribute("aria-pressed", "true")
    profile = (await faults(bench))["profile"]
    assert (profile["accept_then_drop"], profile["error"]) == (0.1, {"131000": 0.05})
    await panel(phone).get_by_role("button", name="Mend everything").click()
    await expect(day).to_have_attribute("aria-pressed", "false")
    await expect(panel(phone).get_by_role("button", name="Mend everything")).to_be_disabled()
    assert await faults(bench) == {"ordered": [], "profile": None, "struck": {}}


@pytest.mark.parametrize("name", ["A bad day", "A bad line", "Too much at once", "Broken files"])
async def test_every_kind_of_day_is_a_profile_that_the_sandbox_takes(
    phone: Page, bench: Bench, user: dict[str, Any], name: str
) -> None:
    await panel(phone).get_by_text("For everybody", exact=True).click()
    day = panel(phone).get_by_role("button", name=name)
    await day.click()
    await expect(day).to_have_attribute("aria-pressed", "true")
    await day.click()
    await expect(day).to_have_attribute("aria-pressed", "false")
    assert (await faults(bench))["profile"] is None


async def test_what_is_on_is_seen_at_a_glance_and_after_a_reload(
    phone: Page, bench: Bench, user: dict[str, Any]
) -> None:
    await expect(phone.locator("#on-count")).to_have_text("all well")
    await bench.order(user, "faults", mode="drop", fail_next_sends=2)
    await bench.control.post("/sandbox/faults", json={"mode": "drop_statuses", "times": None})
    await expect(phone.locator("#on-count")).to_have_text("2 on")
    await phone.reload()
    await expect(phone.locator("#on-count")).to_have_text("2 on")
    await expect(phone.locator("#on-now")).to_contain_text("Cut off before it is taken")
    await expect(phone.locator("#on-now")).to_contain_text("No statuses at all")
    await phone.get_by_role("button", name="Mend everything").click()
    await expect(phone.locator("#on-count")).to_have_text("all well")


async def test_what_was_ordered_elsewhere_for_everybody_is_shown_and_only_mended_as_a_whole(
    phone: Page, bench: Bench, user: dict[str, Any]
) -> None:
    await bench.control.post("/sandbox/faults", json={"mode": "drop_statuses", "times": 5})
    await panel(phone).get_by_text("For everybody", exact=True).click()
    await group(phone, "Statuses")
    await expect(switch(phone, "No statuses at all")).to_be_checked()
    await expect(switch(phone, "No statuses at all")).to_be_disabled()


async def test_faults_of_other_people_are_counted_and_mended_with_everything(phone: Page, bench: Bench) -> None:
    asha, vidya = await bench.greeted(name="Asha Rao"), await bench.greeted(name="Vidya Nair")
    await bench.order(asha, "faults", mode="drop", fail_next_sends=2)
    await phone.locator(".person", has_text=vidya["name"]).click()
    await expect(phone.locator("#on-now")).to_contain_text("and 1 for other people")
    await expect(phone.locator("#on-count")).to_have_text("all well")
    await phone.get_by_role("button", name="Mend everything").click()
    await expect(phone.locator("#on-now")).to_be_hidden()
    assert (await faults(bench))["ordered"] == []


async def test_a_template_is_paused_and_mended_with_everything(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    await group(phone, "Templates")
    await expect(panel(phone)).to_contain_text("The sandbox knows no templates")
    offer = {"name": "offer", "language": "en", "category": "UTILITY", "body": "An offer waits."}
    await bench.control.post("/sandbox/templates", json=offer)
    status = panel(phone).get_by_label("Status of offer in en")
    await status.select_option("Paused")
    await expect(panel(phone).locator(".template-row")).to_contain_text("132015")
    refused = await bench.graph.template(LOAN, user["phone"], "offer")
    assert refused.json()["error"]["code"] == 132015
    await panel(phone).get_by_role("button", name="Mend everything").click()
    await expect(status).to_have_value("APPROVED")
    assert (await bench.graph.template(LOAN, user["phone"], "offer")).status_code == 200


async def test_lenders_that_are_away_count_and_are_mended_too(phone: Page, bench: Bench, user: dict[str, Any]) -> None:
    await phone.get_by_role("button", name="Back to the levers").click()
    await phone.get_by_text("Down", exact=True).click()
    await expect(phone.locator("#on-now")).to_contain_text("The lenders are down")
    await phone.get_by_role("button", name="Mend everything").click()
    await expect(phone.locator("#on-count")).to_have_text("all well")
    assert (await bench.control.get("/sandbox/decision")).json()["state"] == "up"


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_on_a_small_phone_a_badge_tells_and_the_switches_fit(bench: Bench, browser: Browser, scheme: str) -> None:
    user = await bench.greeted(name="Asha Rao")
    await bench.order(user, "faults", mode="drop")
    page, complaints = await opened(browser, bench.url, viewport={"width": 390, "height": 844}, color_scheme=scheme)
    await page.locator(".person").click()
    opener = page.get_by_role("button", name="The outside world, 1 fault on")
    await opener.click()
    await page.get_by_role("button", name="All faults").click()
    await group(page, "Sending")
    await expect(switch(page, "Cut off before it is taken")).to_be_in_viewport()
    await expect(switch(page, "Cut off before it is taken")).to_be_checked()
    wide = await panel(page).evaluate(WIDER_THAN_THEIR_BOX)
    assert wide == []
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="All faults")).to_be_focused()
    assert complaints == []
    await page.close()
