"""The phone in a real browser: the levers of the outside world, and the drawer."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.sandbox.conftest import LOAN, Bench


async def test_time_is_moved_and_the_chat_shows_the_leap(phone: Page, bench: Bench) -> None:
    await bench.greeted(name="Asha Rao")
    await phone.locator(".person").click()
    await phone.get_by_role("button", name="+24 h").click()
    await expect(phone.locator(".toast")).to_contain_text("It is 24 hours later for Asha Rao")
    await expect(phone.locator(".divider.leap")).to_have_text("24 hours later")
    await expect(phone.locator("#window-words")).to_contain_text("Closed")
    await expect(phone.locator("#status-ahead")).to_have_text("24 hours ahead")


async def test_where_time_cannot_be_moved_the_products_reason_is_shown(phone: Page, bench: Bench) -> None:
    bench.product.clock_available = False
    await bench.greeted()
    await phone.locator(".person").click()
    await phone.get_by_role("button", name="+24 h").click()
    await expect(phone.locator(".toast.bad")).to_contain_text("Temporal 1.32")


async def test_the_levers_say_what_they_did(phone: Page, bench: Bench) -> None:
    user = await bench.greeted()
    await phone.locator(".person").click()
    await phone.get_by_role("button", name="Fail the next send").click()
    await expect(phone.locator(".toast").last).to_contain_text("refuse the bot's next message with error 131000")
    assert (await bench.graph.text(LOAN, user["phone"], "hello")).status_code == 500
    await phone.get_by_role("button", name="Repeat the last webhook").click()
    await expect(phone.locator(".toast").last).to_contain_text("HTTP 200")
    assert bench.product.texts == ["hi", "hi"]
    await phone.get_by_text("11", exact=True).click()
    await expect(phone.locator(".toast").last).to_contain_text("11 offers")
    await phone.get_by_text("Down", exact=True).click()
    await expect(phone.locator(".toast").last).to_contain_text("down")
    profile = (await bench.control.get("/sandbox/decision")).json()
    assert (profile["offers"], profile["state"]) == (11, "down")


async def test_the_drawer_shows_what_the_product_knows(phone: Page, bench: Bench) -> None:
    user = await bench.greeted()
    bench.product.conversations[user["phone"]] = {
        "conversation_id": "c-1",
        "workflow_id": "conversation-c-1",
        "temporal_url": "http://127.0.0.1:8233/namespaces/default/workflows/conversation-c-1",
        "stage": "application",
        "language": "hi",
        "waiting_for": "answer:full_name",
        "turn": 4,
        "state": {
            "journal": {"/ask:language": "hi", "/say:welcome": True, "/part:otp/ask:code~1a2b": "<i>1</i>"},
            "deadlines": {"nudge": bench.clock.now() + 1800},
        },
        "inbox": [
            {"id": 1, "at": bench.clock.now(), "kind": "text", "provider_id": "wamid.in", "payload": {"body": "hi"}}
        ],
        "outbox": [{"id": 1, "turn": 4, "state": "accepted", "text_key": "ask-name", "message": {"body": "Name?"}}],
    }
    await phone.locator(".person").click()
    await phone.get_by_role("button", name="Behind the curtain").click()
    panel = phone.get_by_role("tabpanel")
    await expect(panel).to_contain_text("An answer: full name")
    await expect(panel).to_contain_text("Application")
    await expect(phone.get_by_role("link", name="Open in Temporal UI")).to_have_attribute(
        "href", "http://127.0.0.1:8233/namespaces/default/workflows/conversation-c-1"
    )
    await phone.get_by_role("tab", name="State").press("ArrowRight")
    await expect(panel.locator(".entry")).to_have_count(2)
    await expect(panel).to_contain_text("<i>1</i>")
    await panel.get_by_label("Show what was said").check()
    await expect(panel.locator(".entry")).to_have_count(3)
    await phone.get_by_role("tab", name="Deadlines").click()
    await expect(panel).to_contain_text("Nudge")
    await expect(panel.locator(".count")).to_contain_text("in 29 min")
    await phone.get_by_role("tab", name="Messages").click()
    await expect(panel).to_contain_text("ask-name")
    await phone.get_by_role("tab", name="Raw").click()
    await panel.locator("summary").click()
    await expect(panel.locator("pre")).to_contain_text("whatsapp_business_account")


async def test_a_conversation_that_the_product_does_not_know_yet_is_explained(phone: Page, bench: Bench) -> None:
    await bench.user()
    await phone.locator(".person").click()
    await phone.get_by_role("button", name="Behind the curtain").click()
    await expect(phone.get_by_role("tabpanel")).to_contain_text("has not written to this number yet")


async def test_the_drawer_says_why_a_message_waits_and_what_became_of_a_file(phone: Page, bench: Bench) -> None:
    user = await bench.greeted()
    later = bench.clock.now() + 185
    bench.product.conversations[user["phone"]] = {
        "waiting_for": "answer:full_name",
        "of_a_later_release": {"unknown": [1, 2]},
        "outbox": [
            {"id": 5, "turn": 4, "state": "deferred", "text_key": "ask-name", "reason": "pace", "not_before": later}
            | {"purpose": "answer", "as_template": False, "trace": "4bf92f3577b34da6a3ce929d0e0e4736", "attempts": 2},
            {"id": 4, "turn": 3, "state": "parked", "text_key": "nudge", "reason": "window", "purpose": "reminder"},
            {"id": 3, "turn": 2, "state": "accepted", "text_key": "offer", "as_template": True, "purpose": "answer"},
            {"id": 2, "turn": 1, "state": "failed", "text_key": "sale", "reason": "of_a_later_release"},
            {"id": 1, "state": "of_a_later_release", "message": {"kind": "of_a_later_release", "parts": [1]}},
        ],
        "inbox": [
            {"id": 2, "at": later, "kind": "image", "payload": {"caption": "PAN"}}
            | {"media": {"state": "fetched", "size": 81234, "mime_type": "image/jpeg", "reason": ""}},
            {"id": 1, "at": later, "kind": "document", "media": {"state": "refused", "reason": "wrong_type"}},
        ],
    }
    await phone.locator(".person").click()
    await phone.get_by_role("button", name="Behind the curtain").click()
    await phone.get_by_role("tab", name="Messages").click()
    entries = phone.get_by_role("tabpanel").locator(".entry")
    await expect(entries.nth(0)).to_contain_text("Waits: too many messages to this person in a short time.")
    await expect(entries.nth(0).locator(".count")).to_contain_text("in 3 min")
    await expect(entries.nth(0)).to_contain_text("trace 4bf92f3577b34d…0e0e4736")
    await expect(entries.nth(1)).to_contain_text("Waits until the person writes: the 24-hour window is closed.")
    await expect(entries.nth(1)).to_contain_text("reminder")
    await expect(entries.nth(2)).to_contain_text("as a template")
    await expect(entries.nth(3)).to_contain_text("Will never be sent: of a later release.")
    await expect(entries.nth(4)).to_contain_text("of_a_later_release")
    await expect(entries.nth(5)).to_contain_text("fetched")
    await expect(entries.nth(5)).to_contain_text("image/jpeg · 81 kB")
    await expect(entries.nth(6)).to_contain_text("it is of a type that is not taken")
