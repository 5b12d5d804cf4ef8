"""What goes out beside text, buttons and lists: the wire's shapes, and the limits that constructors enforce."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from channels import Blank, Duplicate, LimitExceeded, Recipient, Unsendable
from channels.meta import (
    ContactRequestMessage,
    DocumentMessage,
    GraphMessage,
    ImageMessage,
    LinkMessage,
    LocationRequestMessage,
    TemplateButton,
    TemplateMedia,
    TemplateMessage,
    TemplateText,
)

PHONE = Recipient(phone="+919812345678")
SECRET = "Asha's words "

WIRE: list[tuple[GraphMessage, str, dict[str, Any]]] = [
    (
        DocumentMessage("4001", "agreement.pdf", "Your agreement"),
        "document",
        {"id": "4001", "filename": "agreement.pdf", "caption": "Your agreement"},
    ),
    (DocumentMessage("4001", "करार.pdf"), "document", {"id": "4001", "filename": "करार.pdf"}),
    (ImageMessage("4002", "Your house"), "image", {"id": "4002", "caption": "Your house"}),
    (ImageMessage("4002"), "image", {"id": "4002"}),
    (
        LinkMessage("Read and sign.", "Sign", "https://sign.example/17?a=b"),
        "interactive",
        {
            "type": "cta_url",
            "body": {"text": "Read and sign."},
            "action": {
                "name": "cta_url",
                "parameters": {"display_text": "Sign", "url": "https://sign.example/17?a=b"},
            },
        },
    ),
    (
        LocationRequestMessage("Where is the shop?"),
        "interactive",
        {
            "type": "location_request_message",
            "body": {"text": "Where is the shop?"},
            "action": {"name": "send_location"},
        },
    ),
    (
        ContactRequestMessage("May we have your number?"),
        "interactive",
        {
            "type": "request_contact_info",
            "body": {"text": "May we have your number?"},
            "action": {"name": "request_contact_info"},
        },
    ),
    (TemplateMessage("hello", "en_US"), "template", {"name": "hello", "language": {"code": "en_US"}}),
    (
        TemplateMessage(
            "emi_due",
            "hi",
            (TemplateText("Asha"), TemplateText("₹9,500")),
            TemplateText("September"),
            (TemplateButton(0, "url", "loans/17"), TemplateButton(2, "quick_reply", "later")),
        ),
        "template",
        {
            "name": "emi_due",
            "language": {"code": "hi"},
            "components": [
                {"type": "header", "parameters": [{"type": "text", "text": "September"}]},
                {
                    "type": "body",
                    "parameters": [{"type": "text", "text": "Asha"}, {"type": "text", "text": "₹9,500"}],
                },
                {
                    "type": "button",
                    "sub_type": "url",
                    "index": "0",
                    "parameters": [{"type": "text", "text": "loans/17"}],
                },
                {
                    "type": "button",
                    "sub_type": "quick_reply",
                    "index": "2",
                    "parameters": [{"type": "payload", "payload": "later"}],
                },
            ],
        },
    ),
    (
        TemplateMessage("emi_due", "hi", (TemplateText("Asha", "first_name"),), TemplateText("May", "month")),
        "template",
        {
            "name": "emi_due",
            "language": {"code": "hi"},
            "components": [
                {"type": "header", "parameters": [{"type": "text", "parameter_name": "month", "text": "May"}]},
                {"type": "body", "parameters": [{"type": "text", "parameter_name": "first_name", "text": "Asha"}]},
            ],
        },
    ),
    (
        TemplateMessage("agreement", "en", (), TemplateMedia("document", "4001", "agreement.pdf")),
        "template",
        {
            "name": "agreement",
            "language": {"code": "en"},
            "components": [
                {
                    "type": "header",
                    "parameters": [{"type": "document", "document": {"id": "4001", "filename": "agreement.pdf"}}],
                }
            ],
        },
    ),
    (
        TemplateMessage("house", "en", (), TemplateMedia("image", "4002", "house.jpg")),
        "template",
        {
            "name": "house",
            "language": {"code": "en"},
            "components": [{"type": "header", "parameters": [{"type": "image", "image": {"id": "4002"}}]}],
        },
    ),
]


@pytest.mark.parametrize(("message", "kind", "holds"), WIRE)
def test_each_kind_has_the_shape_that_meta_documents(message: GraphMessage, kind: str, holds: dict[str, Any]) -> None:
    """In the same envelope as every other: recipient, key, kind."""
    assert message.to_json(PHONE, "outbox-17") == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "+919812345678",
        "type": kind,
        kind: holds,
        "biz_opaque_callback_data": "outbox-17",
    }


def words(length: int) -> str:
    return (SECRET * length)[:length].strip().ljust(length, "x")


def address(length: int) -> str:
    return "https://e.example/".ljust(length, "x")


def buttons(count: int) -> tuple[TemplateButton, ...]:
    return tuple(TemplateButton(at % 10, "quick_reply", "go") for at in range(count))


LIMITS: list[tuple[str, int, Callable[[int], object]]] = [
    ("document.filename", 240, lambda n: DocumentMessage("4001", words(n))),
    ("document.caption", 1024, lambda n: DocumentMessage("4001", "a.pdf", words(n))),
    ("image.caption", 1024, lambda n: ImageMessage("4001", words(n))),
    ("interactive.body.text", 1024, lambda n: LinkMessage(words(n), "Sign", address(30))),
    ("interactive.action.parameters.display_text", 20, lambda n: LinkMessage("Sign", words(n), address(30))),
    ("interactive.action.parameters.url", 2000, lambda n: LinkMessage("Sign", "Sign", address(n))),
    ("interactive.body.text", 1024, lambda n: LocationRequestMessage(words(n))),
    ("interactive.body.text", 1024, lambda n: ContactRequestMessage(words(n))),
    ("template.name", 512, lambda n: TemplateMessage("x" * n, "en")),
    ("template.parameter.text", 1024, lambda n: TemplateText(words(n))),
    ("template.header.text", 60, lambda n: TemplateMessage("a", "en", (), TemplateText(words(n)))),
    ("template.header.document.filename", 240, lambda n: TemplateMedia("document", "4001", words(n))),
    ("template.button.text", 2000, lambda n: TemplateButton(0, "url", "x" * n)),
    ("template.button.payload", 200, lambda n: TemplateButton(0, "quick_reply", words(n))),
    ("template.buttons", 10, lambda n: TemplateMessage("a", "en", (), None, buttons(n))),
]


@pytest.mark.parametrize(("field", "limit", "make"), LIMITS)
def test_the_limit_itself_is_allowed_and_one_more_is_not(field: str, limit: int, make: Callable[[int], object]) -> None:
    """Every limit, to the character; the error names field, limit and length, and no words."""
    make(limit)
    with pytest.raises(LimitExceeded) as exceeded:
        make(limit + 1)
    assert (exceeded.value.field, exceeded.value.limit, exceeded.value.length) == (field, limit, limit + 1)
    assert SECRET.strip() not in str(exceeded.value)


@pytest.mark.parametrize(
    ("make", "kind", "field"),
    [
        (lambda: DocumentMessage("", "a.pdf"), Blank, "document.id"),
        (lambda: DocumentMessage("4001", " "), Blank, "document.filename"),
        (lambda: DocumentMessage("4001", "a.pdf", "\u200b"), Blank, "document.caption"),
        (lambda: ImageMessage(""), Blank, "image.id"),
        (lambda: ImageMessage("4001", " "), Blank, "image.caption"),
        (lambda: LinkMessage("", "Sign", address(30)), Blank, "interactive.body.text"),
        (lambda: LinkMessage("Sign", " ", address(30)), Blank, "interactive.action.parameters.display_text"),
        (lambda: LinkMessage("Sign", "Sign", "upi://pay?pa=a@b"), Unsendable, "interactive.action.parameters.url"),
        (lambda: LinkMessage("Sign", "Sign", "https:///17"), Unsendable, "interactive.action.parameters.url"),
        (lambda: LinkMessage("Sign", "Sign", "https://e.example:x/"), Unsendable, "interactive.action.parameters.url"),
        (lambda: LinkMessage("Sign", "Sign", "https://[e.example/"), Unsendable, "interactive.action.parameters.url"),
        (lambda: LocationRequestMessage(" "), Blank, "interactive.body.text"),
        (lambda: ContactRequestMessage(" "), Blank, "interactive.body.text"),
        (lambda: TemplateText(" "), Blank, "template.parameter.text"),
        (lambda: TemplateText("a\nb"), Unsendable, "template.parameter.text"),
        (lambda: TemplateText("a\tb"), Unsendable, "template.parameter.text"),
        (lambda: TemplateText("a     b"), Unsendable, "template.parameter.text"),
        (lambda: TemplateText("a", "First Name"), Unsendable, "template.parameter.parameter_name"),
        (lambda: TemplateMedia("image", ""), Blank, "template.header.image.id"),
        (lambda: TemplateButton(10, "url", "a"), Unsendable, "template.button.index"),
        (lambda: TemplateButton(-1, "url", "a"), Unsendable, "template.button.index"),
        (lambda: TemplateButton(0, "url", "a b"), Unsendable, "template.button.text"),
        (lambda: TemplateButton(0, "url", ""), Blank, "template.button.text"),
        (lambda: TemplateButton(0, "quick_reply", "go "), Unsendable, "template.button.payload"),
        (lambda: TemplateMessage("EMI due", "en"), Unsendable, "template.name"),
        (lambda: TemplateMessage("emi_due", "English"), Unsendable, "template.language.code"),
        (
            lambda: TemplateMessage("a", "en", (TemplateText("b", "c"), TemplateText("d"))),
            Unsendable,
            "template.body.parameters",
        ),
        (
            lambda: TemplateMessage("a", "en", (TemplateText("b", "c"), TemplateText("d", "c"))),
            Duplicate,
            "template.body.parameter_name",
        ),
        (lambda: TemplateMessage("a", "en", (), None, buttons(1) + buttons(1)), Duplicate, "template.button.index"),
    ],
)
def test_other_shapes_that_meta_refuses(make: Callable[[], object], kind: type[Unsendable], field: str) -> None:
    """Each is named by its field before anything is sent."""
    with pytest.raises(kind) as refused:
        make()
    assert (type(refused.value), refused.value.field) == (kind, field)


@pytest.mark.parametrize("value", ["a    b", "नमस्ते Asha", "a\u00a0b"])
def test_a_value_on_one_line_is_taken(value: str) -> None:
    """Four spaces in a row are allowed; five are not."""
    assert TemplateText(value).text == value


@pytest.mark.parametrize("thing", [message for message, _, _ in WIRE])
def test_what_is_printed_of_it_holds_nothing_personal(thing: GraphMessage) -> None:
    """Captions, bodies, values, names of files and addresses stay out of tracebacks and logs."""
    for personal in ("Asha", "Your", "agreement.pdf", "Sign here", "sign.example", "loans/17", "9,500", "later"):
        assert personal not in repr(thing)
