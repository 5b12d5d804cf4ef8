"""Every kind of webhook on record, posted as Meta would: acknowledged, stored, and answered if somebody talks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.running.levers import seen_by_sandbox
from tests.running.person import Person
from tests.running.tables import KEYS, Tables
from tests.running.wire import Meta, wamid

FIXTURES = Path(__file__).parents[1] / "channels" / "fixtures"

ANSWERED = {
    "audio": "audio",
    "button_reply": "text",
    "contacts": "contacts",
    "document": "document",
    "image": "image",
    "interactive_without_reply": "interactive",
    "list_reply": "text",
    "location": "location",
    "nfm_reply": "nfm_reply",
    "order": "order",
    "request_welcome": "request_welcome",
    "sticker": "sticker",
    "template_button": "text",
    "template_button_without_context": "text",
    "text": "text",
    "text_from_ad": "text",
    "text_from_bsuid": "text",
    "text_of_2025": "text",
    "text_with_milliseconds": "text",
    "text_without_id": "text",
    "unknown_kind": "hologram",
    "unsupported": "unsupported",
    "video": "video",
}
"""what one who writes to us gets an answer to, and the kind it is stored as; a tap on what was not ours is its words"""
KEPT = {
    "edit": "edit",
    "edit_of_a_caption": "edit",
    "reaction": "reaction",
    "reaction_removed": "reaction",
    "reaction_removed_with_empty_emoji": "reaction",
    "revoke": "revoke",
    "system_unknown": "system",
}
"""what is stored and needs no answer"""
RENAMINGS = (
    "system_changed_number",
    "system_changed_number_legacy",
    "system_changed_user_id",
    "system_identity_changed",
)
NOTICES = ("account_error", "echo_of_staff", "template_update", "user_preferences")
STATUSES = ("status_delivered", "status_failed", "status_played", "status_read", "status_sent")
BATCHES = ("batch",)


def recorded(name: str, number: str, phone: str, bsuid: str) -> dict[str, Any]:
    """A recorded webhook as if it came to this number from this person, just now."""
    text = (FIXTURES / f"{name}.json").read_text()
    for was, now in (
        ("100000000000001", number),
        ("919812345678", phone.lstrip("+")),
        ("IN.4400000000000000001", bsuid),
        ("IN.4400000000000000002", bsuid),
    ):
        text = text.replace(was, now)
    body: dict[str, Any] = json.loads(text)
    for entry in body["entry"]:
        for change in entry["changes"]:
            for item in change["value"].get("messages", []):
                if "id" in item:
                    item["id"] = wamid()
    return body


@pytest.fixture
async def asha(http: httpx.AsyncClient, meta: Meta) -> Person:
    """Somebody who has said hello and was asked for their language."""
    asha = await Person.appear(http, meta.at)
    await asha.write("hi")
    await asha.settle()
    return asha


async def post(http: httpx.AsyncClient, meta: Meta, asha: Person, name: str) -> None:
    """Post what is recorded under this name, as of this person."""
    known = await seen_by_sandbox(http, asha)
    answer = await meta.post(recorded(name, meta.at.number, known["phone"], known["bsuid"]))
    assert answer.status_code == 200
    assert answer.json()["success"] is True
    await asha.settle()


@pytest.mark.parametrize(("name", "kind"), ANSWERED.items())
async def test_one_who_talks_to_us_is_answered_whatever_it_is(
    http: httpx.AsyncClient, meta: Meta, asha: Person, name: str, kind: str
) -> None:
    said = len(await asha.chat())
    await post(http, meta, asha, name)
    after = await asha.inspect()
    assert after["inbox"][0]["kind"] == kind
    assert after["inbox"][0]["turn"] is not None
    assert len(await asha.chat()) > said
    assert after["waiting_for"] == "answer:language", "the question is put again: nothing was lost"
    assert after["outbox"][0]["text_key"] == "language"
    assert not after["trouble"]


@pytest.mark.parametrize(("name", "kind"), KEPT.items())
async def test_what_needs_no_answer_is_kept_and_changes_nothing(
    http: httpx.AsyncClient, meta: Meta, asha: Person, name: str, kind: str
) -> None:
    said = len(await asha.chat())
    await post(http, meta, asha, name)
    after = await asha.inspect()
    assert after["inbox"][0]["kind"] == kind
    assert after["inbox"][0]["turn"] is not None
    assert len(await asha.chat()) == said
    assert after["waiting_for"] == "answer:language"


@pytest.mark.parametrize("name", [*RENAMINGS, *NOTICES, *STATUSES])
async def test_what_is_no_message_of_a_person_is_acknowledged_and_not_answered(
    http: httpx.AsyncClient, meta: Meta, asha: Person, name: str
) -> None:
    before = await asha.chat(), (await asha.inspect())["inbox"]
    known = await seen_by_sandbox(http, asha)
    answer = await meta.post(recorded(name, meta.at.number, known["phone"], known["bsuid"]))
    assert answer.status_code == 200
    assert await asha.chat() == before[0]
    if name not in RENAMINGS:
        assert (await asha.inspect())["inbox"] == before[1]


@pytest.mark.parametrize(
    ("name", "as_what"),
    [(name, {"user_preferences": "preferenceupdate", "template_update": "templateupdate"}.get(name, "notice"))
     for name in NOTICES],
)  # fmt: skip
async def test_notices_of_the_account_are_counted(
    http: httpx.AsyncClient, meta: Meta, asha: Person, tables: Tables, name: str, as_what: str
) -> None:
    before = await tables.counted(as_what)
    await post(http, meta, asha, name)
    assert await tables.counted(as_what) > before


async def test_who_tells_the_provider_that_they_want_no_marketing_is_remembered(
    http: httpx.AsyncClient, meta: Meta, asha: Person, tables: Tables
) -> None:
    await post(http, meta, asha, "user_preferences")
    person = await tables.person_of((await asha.inspect())["conversation_id"])
    wants = "select not marketing_stopped, not stopped from persons where id = %s"
    assert await tables.rows(wants, person) == [(False, True)]


async def test_what_the_provider_says_of_a_template_is_remembered(
    http: httpx.AsyncClient, meta: Meta, asha: Person, tables: Tables
) -> None:
    await post(http, meta, asha, "template_update")
    status = "select status from templates where name = 'nudge' and language = 'hi'"
    assert await tables.value(status) == "paused"


async def test_the_recorded_batch_is_acknowledged_too(http: httpx.AsyncClient, meta: Meta, asha: Person) -> None:
    await post(http, meta, asha, "batch")
    kinds = [row["kind"] for row in (await asha.inspect())["inbox"]]
    assert kinds == ["text"] * 3, "both readable ones of this number, and the first"


def test_there_is_a_test_for_every_kind_on_record() -> None:
    tested = {*ANSWERED, *KEPT, *RENAMINGS, *NOTICES, *STATUSES, *BATCHES}
    assert tested == {file.stem for file in FIXTURES.glob("*.json")}


async def test_the_ad_that_led_somebody_here_is_kept_with_their_conversation(
    http: httpx.AsyncClient, meta: Meta, asha: Person, tables: Tables
) -> None:
    await post(http, meta, asha, "text_from_ad")
    conversation = (await asha.inspect())["conversation_id"]
    [(sealed, wrapped)] = await tables.rows(
        "select c.referral_sealed, k.wrapped from conversations c join keys k on k.conversation = c.id where c.id = %s",
        conversation,
    )
    kept = KEYS.seal(UUID(conversation), wrapped).open_json("conversations.referral", sealed)
    recorded_ad = json.loads((FIXTURES / "text_from_ad.json").read_text())
    assert kept == recorded_ad["entry"][0]["changes"][0]["value"]["messages"][0]["referral"]
