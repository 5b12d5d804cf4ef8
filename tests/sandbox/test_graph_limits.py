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


def attached(kind: str, **fields: Any) -> dict[str, Any]:
    part = {name: value for name, value in ({"id": "1"} | fields).items() if value is not None}
    return PHONE | {"type": kind, kind: part}


def request(kind: str, action: str, parameters: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    interactive = {"type": kind, "body": {"text": "May we know?"}, "action": {"name": action} | (parameters or {})}
    return PHONE | {"type": "interactive", "interactive": interactive | fields}


def link(**parameters: Any) -> dict[str, Any]:
    given = {"display_text": "Open", "url": "https://example.org/"} | parameters
    return request("cta_url", "cta_url", {"parameters": given})


def template(*components: dict[str, Any]) -> dict[str, Any]:
    asked: dict[str, Any] = {"name": "nudge", "language": {"code": "en"}}
    return PHONE | {"type": "template", "template": asked | ({"components": list(components)} if components else {})}


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
    "an image by its id": attached("image", caption="x" * 1024),
    "an image by a link": attached("image", id=None, link="https://example.org/a.png"),
    "a document with its name": attached("document", filename="offer.pdf", caption="Your offer"),
    "an audio": attached("audio"),
    "a video": attached("video"),
    "a link with a label of 20": link(display_text="x" * 20),
    "a document above buttons": buttons("A", header={"type": "document", "document": {"id": "1", "filename": "a.pdf"}}),
    "a request of a location": request("location_request_message", "send_location"),
    "a request of the phone number": request("request_contact_info", "request_contact_info"),
    "a template without components": template(),
    "a template with a component": template({"type": "body", "parameters": [{"type": "text", "text": "Asha"}]}),
    "a reaction": PHONE | {"type": "reaction", "reaction": {"message_id": "wamid.x", "emoji": "👨‍👩‍👧‍👦"}},
    "a reaction taken back": PHONE | {"type": "reaction", "reaction": {"message_id": "wamid.x", "emoji": ""}},
    "an answer to a message": text() | {"context": {"message_id": "wamid.x"}},
}

REFUSED: dict[str, tuple[dict[str, Any], int]] = {
    "another product": (text() | {"messaging_product": "messenger"}, 100),
    "a group": (text() | {"recipient_type": "group"}, 100),
    "an unknown type": (PHONE | {"type": "hologram"}, 100),
    "a kind that is not offered": (PHONE | {"type": "location", "location": {"latitude": 1, "longitude": 1}}, 131051),
    "a file that is not named": (attached("image", id=None), 131008),
    "a file by id and by link": (attached("image", link="https://example.org/a.png"), 100),
    "a link that is no URL": (attached("image", id=None, link="a.png"), 100),
    "a file's id that is a number": (attached("image", id=7), 100),
    "a caption of 1025": (attached("image", caption="x" * 1025), 131009),
    "an audio with a caption": (attached("audio", caption="listen"), 100),
    "an image with a filename": (attached("image", filename="a.png"), 100),
    "a filename of 241": (attached("document", filename="x" * 241), 131009),
    "a template without a language": (PHONE | {"type": "template", "template": {"name": "nudge"}}, 131008),
    "a template without a name": (PHONE | {"type": "template", "template": {"language": {"code": "en"}}}, 131008),
    "a template of an unknown component": (template({"type": "carousel"}), 100),
    "a component whose parameters are no list": (template({"type": "body", "parameters": {}}), 100),
    "a reaction to nothing": (PHONE | {"type": "reaction", "reaction": {"emoji": "👍"}}, 131008),
    "a reaction of a sentence": (
        PHONE | {"type": "reaction", "reaction": {"message_id": "w", "emoji": "x" * 17}},
        131009,
    ),
    "a context without a message": (text() | {"context": {}}, 131008),
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
    "an interactive kind that is not offered": (buttons("A", type="flow"), 131051),
    "a link's label of 21": (link(display_text="x" * 21), 131009),
    "a link without a url": (link(url=None), 131008),
    "a link to a file": (link(url="file:///etc"), 131009),
    "a link's action of another name": (request("cta_url", "send_location"), 100),
    "a request of a location by another name": (request("location_request_message", "location"), 100),
    "a request of a location with a header": (
        request("location_request_message", "send_location", header={"type": "text", "text": "Where?"}),
        131009,
    ),
    "a request of a contact with a footer": (
        request("request_contact_info", "request_contact_info", footer={"text": "please"}),
        131009,
    ),
    "a request's body of 1025": (
        request("location_request_message", "send_location", body={"text": "x" * 1025}),
        131009,
    ),
    "a list with an image above it": (
        listing(section(), header={"type": "image", "image": {"id": "1"}}),
        131009,
    ),
    "an image above buttons that is not named": (buttons("A", header={"type": "image", "image": {}}), 131008),
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
