"""What we say is written into a row and read back as it was; what no channel could carry is refused when it is made."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from domain.messages import (
    Attachment,
    Choice,
    ContactRequest,
    Document,
    HeaderText,
    Image,
    Link,
    LocationRequest,
    Message,
    Option,
    Template,
    Text,
    attachment_of,
    message_from_json,
    message_to_json,
)

AGREEMENT = Attachment("agreements/17", "application/pdf", "agreement.pdf")
PHOTO = Attachment("photos/17", "image/jpeg")

WRONG: dict[str, Any] = {"text": "Asha", "number": 5}

ALL_KINDS: list[Message] = [
    Text("नमस्ते"),
    Choice("Which?", (Option("a", "Ant", "It crawls"), Option("more", "More", numbered=False)), "Choose", 4),
    Document(AGREEMENT, "Your agreement"),
    Document(AGREEMENT),
    Image(PHOTO, "Your house"),
    Template("welcome", "en"),
    Template("reminder", "hi", ("Asha", "5"), HeaderText("September"), {0: "17"}, {1: "stop", 2: "go"}),
    Template("reminder", "hi", {"name": "Asha", "days": "5"}, HeaderText("September", "month")),
    Template("agreement", "en", (), AGREEMENT),
    Link("Sign here", "Sign", "https://sign.example/17?a=b"),
    LocationRequest("Where is the shop?"),
    ContactRequest("May we have your number?"),
]


@pytest.mark.parametrize("message", ALL_KINDS, ids=lambda message: type(message).__name__)
def test_a_message_comes_back_from_its_row_as_it_was(message: Message) -> None:
    """Through JSON text, whose keys are text and whose tuples are lists."""
    assert message_from_json(json.loads(json.dumps(message_to_json(message)))) == message


def test_a_message_of_a_later_release_says_so() -> None:
    with pytest.raises(ValueError, match="'hologram': written by a later release"):
        message_from_json({"kind": "hologram"})


@pytest.mark.parametrize(
    ("message", "attachment"),
    [
        (Document(AGREEMENT), AGREEMENT),
        (Image(PHOTO), PHOTO),
        (Template("agreement", "en", (), AGREEMENT), AGREEMENT),
        (Template("reminder", "en", (), HeaderText("September")), None),
        (Text("hi"), None),
    ],
)
def test_what_must_be_uploaded_first_is_known(message: Message, attachment: Attachment | None) -> None:
    assert attachment_of(message) == attachment


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Attachment("", "application/pdf", "a.pdf"), "names no blob"),
        (lambda: Attachment("b", "pdf", "a.pdf"), "type/subtype"),
        (lambda: Attachment("b", "image/JPEG"), "small letters"),
        (lambda: Attachment("b", "audio/ogg; codecs=opus"), "without parameters"),
        (lambda: Attachment("b", "application/pdf", "../a.pdf"), "no path"),
        (lambda: Attachment("b", "application/pdf", "..\\a.pdf"), "no path"),
        (lambda: Attachment("b", "application/pdf", "a\n.pdf"), "no line breaks"),
        (lambda: Document(PHOTO), "needs a filename"),
        (lambda: Image(AGREEMENT), "not application/pdf"),
        (lambda: Template("", "en"), "a name and a language"),
        (lambda: Template("a", ""), "a name and a language"),
        (lambda: Template("a", "en", WRONG["text"]), "not one text"),
        (lambda: Template("a", "en", (WRONG["number"],)), "is no text"),
        (lambda: Template("a", "en", {"days": WRONG["number"]}), "is no text"),
        (lambda: Template("a", "en", {"": "5"}), "an empty name"),
        (lambda: Template("a", "en", (), None, {0: WRONG["number"]}), "is no text"),
        (lambda: Template("a", "en", ("5",), HeaderText("May", "month")), "it is either"),
        (lambda: Template("a", "en", (), None, {-1: "17"}), "count from 0"),
        (lambda: Template("a", "en", (), None, {}, {-1: "17"}), "count from 0"),
        (lambda: Template("a", "en", (), None, {1: "17"}, {1: "stop"}), "at once"),
        (lambda: Link("Sign", "Sign", "sign.example/17"), "is whole"),
        (lambda: Link("Sign", "Sign", "https://sign.example/a b"), "without spaces"),
        (lambda: Link("Sign", "Sign", ""), "is whole"),
    ],
)
def test_what_no_channel_could_carry_is_refused_when_it_is_made(make: Callable[[], Message], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        make()
