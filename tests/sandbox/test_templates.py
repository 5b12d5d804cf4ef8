"""Templates: sent into a closed window, checked against what was approved, and paused while they are in use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.config import SettingsError
from sandbox.graph.templates import InvalidTemplate, read_template, read_templates
from tests.sandbox.conftest import LOAN, Bench, Starting

FILE = """
[[template]]
name = "nudge"
language = "en"
category = "UTILITY"
body = "Hello {{name}}, your application for {{amount}} waits."
footer = "Reply STOP to opt out"
buttons = [
    { type = "QUICK_REPLY", text = "Go on" },
    { type = "URL", text = "Open", url = "https://example.org/a/{{1}}" },
]

[[template]]
name = "nudge"
language = "hi"
category = "UTILITY"
body = "नमस्ते {{name}}, {{amount}} का आवेदन बाकी है।"

[[template]]
name = "statement"
language = "en"
category = "UTILITY"
header = { format = "DOCUMENT" }
body = "Statement of {{1}} for {{2}} is here."

[[template]]
name = "code"
language = "en"
category = "AUTHENTICATION"
body = "Your code is {{1}}."
buttons = [{ type = "OTP", text = "Copy code" }]

[[template]]
name = "offer"
language = "en"
category = "MARKETING"
header = "For {{1}}"
body = "A lower rate is here."
"""

NAME = {"type": "text", "parameter_name": "name", "text": "Asha"}
AMOUNT = {"type": "text", "parameter_name": "amount", "text": "₹50,000"}
OPEN = {"type": "button", "sub_type": "url", "index": "1", "parameters": [{"type": "text", "text": "k7"}]}


def body(*parameters: dict[str, Any]) -> dict[str, Any]:
    return {"type": "body", "parameters": list(parameters)}


def said(*texts: str) -> dict[str, Any]:
    return body(*({"type": "text", "text": text} for text in texts))


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    file = tmp_path / "templates.toml"
    file.write_text(FILE, encoding="utf-8")
    return file


@pytest.fixture
async def approved(starting: Starting, templates: Path) -> Any:
    async with starting.sandbox(sandbox_templates=templates) as bench:
        yield bench


def code(answer: httpx.Response) -> int | None:
    found: int | None = answer.json().get("error", {}).get("code")
    return found


async def test_a_template_may_be_sent_to_somebody_who_has_not_written(approved: Bench) -> None:
    user = await approved.user()
    sent = await approved.graph.template(LOAN, user["phone"], "nudge", body(AMOUNT, NAME), OPEN)
    assert sent.json()["messages"][0]["message_status"] == "accepted"
    assert (await approved.chat(user))[0]["shown"] == {
        "name": "nudge",
        "language": "en",
        "category": "UTILITY",
        "header": None,
        "body": "Hello Asha, your application for ₹50,000 waits.",
        "footer": "Reply STOP to opt out",
        "buttons": [
            {"type": "QUICK_REPLY", "text": "Go on", "payload": "Go on"},
            {"type": "URL", "text": "Open", "url": "https://example.org/a/k7"},
        ],
    }


async def test_its_statuses_name_the_category_that_is_billed(approved: Bench) -> None:
    user = await approved.user()
    sent = await approved.graph.template(LOAN, user["phone"], "nudge", body(AMOUNT, NAME), OPEN)
    wamid = sent.json()["messages"][0]["id"]
    await approved.product.until(lambda: len(approved.product.statuses_of(wamid)) == 2)
    assert approved.product.received[-1].statuses[0]["pricing"]["category"] == "utility"


async def test_a_tap_on_its_quick_reply_comes_as_a_button(approved: Bench) -> None:
    user = await approved.user()
    chosen = {
        "type": "button",
        "sub_type": "quick_reply",
        "index": "0",
        "parameters": [{"type": "payload", "payload": "go"}],
    }
    sent = await approved.graph.template(LOAN, user["phone"], "nudge", body(AMOUNT, NAME), OPEN, chosen)
    wamid = sent.json()["messages"][0]["id"]
    await approved.send(user, {"type": "tap", "option": "go", "message": wamid})
    tapped = approved.product.messages[-1]
    assert (tapped["type"], tapped["button"]) == ("button", {"payload": "go", "text": "Go on"})
    assert tapped["context"]["id"] == wamid


WRONG: dict[str, tuple[str, str, tuple[dict[str, Any], ...], int]] = {
    "another name": ("hello", "en", (), 132001),
    "another language": ("nudge", "mr", (body(NAME, AMOUNT), OPEN), 132001),
    "a parameter too few": ("nudge", "en", (body(NAME), OPEN), 132000),
    "no components": ("nudge", "en", (), 132000),
    "a parameter too many": ("statement", "en", (said("1", "2", "3"),), 132000),
    "no parameter names": ("nudge", "en", (said("Asha", "₹50,000"), OPEN), 100),
    "other parameter names": ("nudge", "en", (body(NAME, AMOUNT | {"parameter_name": "sum"}), OPEN), 100),
    "a new line": ("nudge", "en", (body(NAME | {"text": "a\nb"}, AMOUNT), OPEN), 100),
    "five spaces": ("nudge", "en", (body(NAME | {"text": "a     b"}, AMOUNT), OPEN), 100),
    "an empty parameter": ("nudge", "en", (body(NAME | {"text": ""}, AMOUNT), OPEN), 131008),
    "a parameter of another type": ("nudge", "en", (body(NAME | {"type": "image"}, AMOUNT), OPEN), 132012),
    "a body that gets too long": ("nudge", "en", (body(NAME | {"text": "x" * 1020}, AMOUNT), OPEN), 132005),
    "no variable for the url": ("nudge", "en", (body(NAME, AMOUNT),), 131008),
    "a button that is not there": ("nudge", "en", (body(NAME, AMOUNT), OPEN | {"index": "2"}), 132000),
    "a button of another kind": ("nudge", "en", (body(NAME, AMOUNT), OPEN | {"sub_type": "quick_reply"}), 132012),
    "no document": ("statement", "en", (said("1", "2"),), 132000),
    "an image for a document": (
        "statement",
        "en",
        (said("1", "2"), {"type": "header", "parameters": [{"type": "image", "image": {"id": "1"}}]}),
        132012,
    ),
    "a document that does not exist": (
        "statement",
        "en",
        (said("1", "2"), {"type": "header", "parameters": [{"type": "document", "document": {"id": "1"}}]}),
        100,
    ),
    "two bodies": ("nudge", "en", (body(NAME, AMOUNT), body(NAME, AMOUNT), OPEN), 100),
    "a code that is too long": (
        "code",
        "en",
        (
            said("1"),
            {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "x" * 16}]},
        ),
        100,
    ),
}


@pytest.mark.parametrize(("name", "language", "components", "expected"), WRONG.values(), ids=WRONG.keys())
async def test_what_does_not_fit_the_template_is_refused(
    approved: Bench, name: str, language: str, components: tuple[dict[str, Any], ...], expected: int
) -> None:
    user = await approved.user()
    answer = await approved.graph.template(LOAN, user["phone"], name, *components, language=language)
    assert code(answer) == expected
    assert await approved.chat(user) == []


async def test_a_document_comes_above_the_text(approved: Bench) -> None:
    user = await approved.user()
    media_id = (await approved.graph.upload(LOAN, b"%PDF", "application/pdf")).json()["id"]
    header = {"type": "header", "parameters": [{"type": "document", "document": {"id": media_id, "filename": "a.pdf"}}]}
    await approved.graph.template(LOAN, user["phone"], "statement", header, said("May", "Asha"))
    [shown] = await approved.chat(user)
    assert shown["shown"]["header"] == {"format": "DOCUMENT"}
    assert (await approved.control.get(shown["media"]["url"])).content == b"%PDF"


async def test_a_code_cannot_go_to_a_business_scoped_id(approved: Bench) -> None:
    hidden, known = await approved.user(bsuid_only=True), await approved.user()
    copy = {"type": "button", "sub_type": "url", "index": "0", "parameters": [{"type": "text", "text": "123456"}]}
    asked = {"name": "code", "language": {"code": "en"}, "components": [said("123456"), copy]}
    refused = await approved.graph.post(LOAN, {"recipient": hidden["bsuid"], "type": "template", "template": asked})
    assert code(refused) == 131062
    taken = await approved.graph.post(LOAN, {"to": known["phone"], "type": "template", "template": asked})
    assert taken.status_code == 200


@pytest.mark.parametrize(
    ("status", "expected"), [("PAUSED", 132015), ("DISABLED", 132016), ("REJECTED", 132001), ("APPROVED", None)]
)
async def test_what_is_decided_about_a_template_is_told_and_holds(
    approved: Bench, status: str, expected: int | None
) -> None:
    user = await approved.user()
    await approved.control.post("/sandbox/templates/offer/status", json={"status": status, "reason": "SPAM"})
    await approved.product.until(lambda: bool(approved.product.received))
    [entry] = approved.product.received[0].body["entry"]
    [change] = entry["changes"]
    assert change["field"] == "message_template_status_update"
    told = {name: change["value"][name] for name in ("event", "message_template_name", "reason")}
    assert told == {"event": status, "message_template_name": "offer", "reason": "SPAM"}
    header = {"type": "header", "parameters": [{"type": "text", "text": "Asha"}]}
    assert code(await approved.graph.template(LOAN, user["phone"], "offer", header)) == expected


async def test_a_template_can_be_paused_in_the_middle_of_a_campaign(approved: Bench) -> None:
    people = [await approved.user() for _ in range(4)]
    await approved.control.post("/sandbox/templates/offer/status", json={"status": "PAUSED", "after_sends": 2})
    header = {"type": "header", "parameters": [{"type": "text", "text": "friend"}]}
    answers = [await approved.graph.template(LOAN, user["phone"], "offer", header) for user in people]
    assert [code(answer) for answer in answers] == [None, None, 132015, 132015]
    listed = {template["name"]: template for template in (await approved.control.get("/sandbox/templates")).json()}
    assert (listed["offer"]["sends"], listed["offer"]["status"]) == (2, "PAUSED")


async def test_only_the_language_that_is_named_is_paused(approved: Bench) -> None:
    user = await approved.user()
    await approved.control.post("/sandbox/templates/nudge/status", json={"status": "PAUSED", "language": "hi"})
    hindi = await approved.graph.template(LOAN, user["phone"], "nudge", body(NAME, AMOUNT), language="hi")
    english = await approved.graph.template(LOAN, user["phone"], "nudge", body(NAME, AMOUNT), OPEN)
    assert (code(hindi), code(english)) == (132015, None)


async def test_a_template_is_added_by_the_control_api_and_survives_with_its_status(starting: Starting) -> None:
    fields = {"name": "hello", "language": "en", "category": "UTILITY", "body": "Hello {{1}}, good day."}
    async with starting.sandbox() as bench:
        assert (await bench.control.post("/sandbox/templates", json=fields)).status_code == 201
        await bench.control.post("/sandbox/templates/hello/status", json={"status": "DISABLED"})
    async with starting.sandbox() as bench:
        [kept] = (await bench.control.get("/sandbox/templates")).json()
        assert (kept["name"], kept["status"]) == ("hello", "DISABLED")
        user = await bench.user()
        assert code(await bench.graph.template(LOAN, user["phone"], "hello", said("Asha"))) == 132016
        assert (await bench.control.delete("/sandbox/templates/hello")).status_code == 204
        assert (await bench.control.delete("/sandbox/templates/hello")).status_code == 404


async def test_the_account_lists_its_templates(approved: Bench) -> None:
    listed = (await approved.graph.object("200000000000001/message_templates", name="statement")).json()["data"]
    [template] = listed
    assert (template["status"], template["category"]) == ("APPROVED", "UTILITY")
    assert template["components"][0] == {"type": "HEADER", "format": "DOCUMENT"}


GOOD = {"name": "nudge", "language": "en", "category": "UTILITY", "body": "Hello {{1}}."}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"name": "Nudge"}, "name"),
        ({"language": "english"}, "language"),
        ({"category": "NEWS"}, "category"),
        ({"body": "{{1}} hello"}, "begin or end"),
        ({"body": "hello {{1}}"}, "begin or end"),
        ({"body": "hello {{2}}."}, "numbered"),
        ({"body": "hello {{1}} and {{name}}."}, "either numbered or named"),
        ({"body": "x" * 1025}, "1024"),
        ({"footer": "x" * 61}, "60"),
        ({"footer": "by {{1}}"}, "footer"),
        ({"header": {"format": "SOUND"}}, "header.format"),
        ({"header": "{{1}} and {{2}}"}, "at most one"),
        ({"buttons": [{"type": "QUICK_REPLY", "text": "x" * 26}]}, "25"),
        ({"buttons": [{"type": "QUICK_REPLY"}]}, "text"),
        ({"buttons": [{"type": "URL", "text": "Open"}]}, "url"),
        ({"buttons": [{"type": "URL", "text": "Open", "url": "https://{{1}}/a"}]}, "at its end"),
        ({"buttons": [{"type": "QUICK_REPLY", "text": "Yes"}] * 11}, "10"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_template_that_meta_would_not_take_is_named(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidTemplate, match=named):
        read_template(GOOD | changes)


@pytest.mark.parametrize("text", ["not toml", "[[template]]\nname = 'x'", "template = 7"])
def test_a_file_of_templates_that_cannot_be_used_stops_the_start(tmp_path: Path, text: str) -> None:
    file = tmp_path / "templates.toml"
    file.write_text(text)
    with pytest.raises(SettingsError, match="SANDBOX_TEMPLATES"):
        read_templates(file)
