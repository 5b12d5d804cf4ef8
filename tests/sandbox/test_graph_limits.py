"""What Meta would refuse, the sandbox refuses: each documented limit at its edge and one beyond."""

from __future__ import annotations

import json
from typing import Any

import pytest

from sandbox.graph.errors import GraphError
from sandbox.graph.messages import Outgoing, ReadReceipt, parse

PHONE = {"messaging_product": "whatsapp", "to": "+919812345678"}


def text(**fields: Any) -> dict[str, Any]:
    return PHONE | {"type": "text", "text": {"body": "hello"} | fields}


def buttons(*titles: str, ids: tuple[str, ...] | None = None, **fields: Any) -> dict[str, Any]:
    ids = ids or tuple(f"id-{place}" for place in range(len(titles)))
    replies = [{"type": "reply", "reply": {"id": id_, "title": title}} for id_, title in zip(ids, titles, strict=True)]
    interactive = {"type": "button", "body": {"text": "Choose"}, "action": {"buttons": replies}}
    return PHONE | {"type": "interactive", "interactive": interactive | fields}


def rows(count: int, **fields: Any) -> list[dict[str, Any]]:
    return [{"id": f"row-{place}", "title": f"Row {place}"} | fields for place in range(count)]


def listing(*sections: dict[str, Any], button: str = "Choose", **fields: Any) -> dict[str, Any]:
    action = {"button": button, "sections": list(sections)}
    interactive = {"type": "list", "body": {"text": "Pick one"}, "action": action}
    return PHONE | {"type": "interactive", "interactive": interactive | fields}


def section(count: int = 1, title: str | None = None, **fields: Any) -> dict[str, Any]:
    return ({} if title is None else {"title": title}) | {"rows": rows(count, **fields)}


ACCEPTED: dict[str, dict[str, Any]] = {
    "a text of 4096 characters": text(body="x" * 4096),
    "4096 Devanagari letters": text(body="क" * 4096),
    "a text without a type": PHONE | {"text": {"body": "hello"}},
    "one button": buttons("Yes"),
    "three buttons": buttons("A", "B", "C"),
    "a button title of 20": buttons("x" * 20),
    "a button id of 256": buttons("Yes", ids=("x" * 256,)),
    "a button body of 1024": buttons("Yes", body={"text": "x" * 1024}),
    "a header and a footer of 60": buttons("Yes", header={"type": "text", "text": "x" * 60}, footer={"text": "x" * 60}),
    "a list of ten rows": listing(section(10)),
    "a list body of 4096": listing(section(), body={"text": "x" * 4096}),
    "a list label of 20": listing(section(), button="x" * 20),
    "ten sections of a row each": listing(
        *({"title": f"S{place}", "rows": [{"id": f"{place}", "title": "Row"}]} for place in range(10))
    ),
    "a row with all at its longest": listing(section(1, id="x" * 200, title="x" * 24, description="x" * 72)),
    "a section title of 24": listing(section(1, title="x" * 24)),
    "callback data of 512": text() | {"biz_opaque_callback_data": "x" * 512},
}

REFUSED: dict[str, tuple[dict[str, Any], int]] = {
    "another product": (text() | {"messaging_product": "messenger"}, 100),
    "a group": (text() | {"recipient_type": "group"}, 100),
    "an unknown type": (PHONE | {"type": "hologram"}, 100),
    "a kind that is not offered yet": (
        PHONE | {"type": "image", "image": {"link": "https://example.org/a.png"}},
        131051,
    ),
    "a template": (PHONE | {"type": "template", "template": {"name": "nudge"}}, 131051),
    "a type without its part": (PHONE | {"type": "text"}, 131008),
    "a part of the wrong kind": (PHONE | {"type": "text", "text": "hello"}, 100),
    "a text of 4097 characters": (text(body="x" * 4097), 100),
    "an empty text": (text(body=""), 100),
    "a blank text": (text(body=" \n"), 100),
    "a text without a body": (PHONE | {"type": "text", "text": {}}, 131008),
    "a body that is a number": (text(body=7), 100),
    "callback data of 513": (text() | {"biz_opaque_callback_data": "x" * 513}, 100),
    "nobody to send to": ({"messaging_product": "whatsapp", "type": "text", "text": {"body": "hello"}}, 131008),
    "a phone number of letters": (text() | {"to": "nobody"}, 131009),
    "a recipient that is a phone number": (
        {"messaging_product": "whatsapp", "recipient": "+919812345678", "type": "text", "text": {"body": "x"}},
        131009,
    ),
    "an interactive kind that is not offered yet": (buttons("A", type="cta_url"), 131051),
    "an unknown interactive kind": (buttons("A", type="wheel"), 100),
    "no button": (buttons(), 131009),
    "four buttons": (buttons("A", "B", "C", "D"), 131009),
    "a button title of 21": (buttons("x" * 21), 131009),
    "an empty button title": (buttons(""), 131009),
    "two buttons of one title": (buttons("Yes", "Yes"), 131009),
    "two buttons of one id": (buttons("Yes", "No", ids=("a", "a")), 131009),
    "a button id of 257": (buttons("Yes", ids=("x" * 257,)), 131009),
    "a button id with a space at its end": (buttons("Yes", ids=("yes ",)), 131009),
    "a button body of 1025": (buttons("Yes", body={"text": "x" * 1025}), 131009),
    "no body": (buttons("Yes", body=None), 131008),
    "a header of 61": (buttons("Yes", header={"type": "text", "text": "x" * 61}), 131009),
    "a footer of 61": (buttons("Yes", footer={"text": "x" * 61}), 131009),
    "a list without sections": (listing(), 131009),
    "eleven rows": (listing(section(11)), 131009),
    "eleven rows in two sections": (
        listing(section(6, title="A"), {"title": "B", "rows": [row | {"id": row["id"] + "b"} for row in rows(5)]}),
        131009,
    ),
    "a section without rows": (listing(section(0)), 131009),
    "two sections, one without a title": (listing(section(1, title="A"), section(1)), 131008),
    "a section title of 25": (listing(section(1, title="x" * 25)), 131009),
    "a row title of 25": (listing(section(1, title=None) | {"rows": rows(1, title="x" * 25)}), 131009),
    "a row description of 73": (listing(section(1, description="x" * 73)), 131009),
    "a row id of 201": (listing(section(1, id="x" * 201)), 131009),
    "two rows of one id": (listing(section(2, id="same")), 131009),
    "a list label of 21": (listing(section(), button="x" * 21), 131009),
    "a list body of 4097": (listing(section(), body={"text": "x" * 4097}), 131009),
    "a status that is not read": ({"messaging_product": "whatsapp", "status": "typing", "message_id": "wamid.x"}, 100),
    "a receipt of no message": ({"messaging_product": "whatsapp", "status": "read"}, 131008),
    "a typing indicator of another kind": (
        {"messaging_product": "whatsapp", "status": "read", "message_id": "w", "typing_indicator": {"type": "audio"}},
        100,
    ),
}


@pytest.mark.parametrize("body", ACCEPTED.values(), ids=ACCEPTED.keys())
def test_what_is_within_the_limits_is_accepted(body: dict[str, Any]) -> None:
    asked = parse(json.dumps(body).encode())
    assert isinstance(asked, Outgoing)
    assert asked.phone == "919812345678"


@pytest.mark.parametrize(("body", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_beyond_them_is_refused_with_the_documented_code(body: dict[str, Any], code: int) -> None:
    with pytest.raises(GraphError) as refusal:
        parse(json.dumps(body).encode())
    assert refusal.value.code == code


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff", b'"text"'])
def test_a_body_that_is_no_json_object_is_an_invalid_parameter(raw: bytes) -> None:
    with pytest.raises(GraphError) as refusal:
        parse(raw)
    assert refusal.value.code == 100


def test_an_error_body_has_metas_fields() -> None:
    error = GraphError(131056, "Too many.").body()["error"]
    assert error["message"] == "(#131056) (Business Account, Consumer Account) pair rate limit hit"
    assert error["type"] == "OAuthException"
    assert error["error_data"] == {"messaging_product": "whatsapp", "details": "Too many."}
    assert error["fbtrace_id"]


def test_a_phone_number_is_taken_as_people_write_it() -> None:
    asked = parse(json.dumps(text() | {"to": "+91 (98123) 456-78"}).encode())
    assert isinstance(asked, Outgoing)
    assert asked.phone == "919812345678"


def test_the_phone_number_wins_over_the_business_scoped_id() -> None:
    asked = parse(json.dumps(text() | {"recipient": "IN.123"}).encode())
    assert isinstance(asked, Outgoing)
    assert (asked.phone, asked.bsuid) == ("919812345678", "")


def test_a_read_receipt_may_show_that_the_business_types() -> None:
    body = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.x"}
    assert parse(json.dumps(body).encode()) == ReadReceipt("wamid.x", typing=False)
    body_typing = body | {"typing_indicator": {"type": "text"}}
    assert parse(json.dumps(body_typing).encode()) == ReadReceipt("wamid.x", typing=True)
