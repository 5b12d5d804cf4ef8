"""Every kind of inbound item, recorded in a file of its own, and what we read in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from channels.meta import read
from channels.meta.contents import READERS
from domain.inbound import (
    ContactContent,
    Content,
    EditContent,
    IdentityContent,
    Incoming,
    Item,
    LocationContent,
    MediaContent,
    Notice,
    OtherContent,
    PreferenceUpdate,
    ReactionContent,
    RevokeContent,
    Sender,
    StatusUpdate,
    TapContent,
    TemplateUpdate,
    TextContent,
)

NUMBER = "100000000000001"
AT = 1795000000.0
ASHA = Sender(phone="+919812345678", bsuid="IN.4400000000000000001", name="Asha Rao")
RAVI = Sender(bsuid="IN.4400000000000000002", parent_bsuid="IN.ENT.5500000000000000002", name="Ravi")
ASHA_BEFORE = Sender(phone="+919812345678", bsuid="IN.4400000000000000001")
ASHA_AFTER = Sender(phone="+919887654321", bsuid="IN.4400000000000000009")
RAVI_BEFORE = Sender(bsuid="IN.4400000000000000002", parent_bsuid="IN.ENT.5500000000000000002")
RAVI_AFTER = Sender(bsuid="IN.4400000000000000010", parent_bsuid="IN.ENT.5500000000000000010")
PHONE_ONLY = Sender(phone="+919812345678")
MEDIUM = {"media_id": "3000000000000001", "sha256": "q2hhbm5lbA=="}
UNSUPPORTED_ERROR = {
    "code": 131051,
    "title": "Message type unknown",
    "message": "Message type unknown",
    "error_data": {"details": "Message type is currently not supported."},
}

CONTENTS: dict[str, tuple[Sender, Content]] = {
    "text": (ASHA, TextContent("नमस्ते 🙏🏽, loan chahiye")),
    "text_from_bsuid": (RAVI, TextContent("hi")),
    "text_of_2025": (Sender(phone="+919812345678", name="Asha Rao"), TextContent("hi")),
    "text_with_milliseconds": (ASHA, TextContent("hi")),
    "text_without_id": (ASHA, TextContent("hi")),
    "text_from_ad": (ASHA, TextContent("Tell me more")),
    "button_reply": (ASHA, TapContent("yes", "Yes, go on")),
    "list_reply": (ASHA, TapContent("salaried", "Salaried")),
    "nfm_reply": (
        ASHA,
        OtherContent(
            "nfm_reply",
            {
                "name": "flow",
                "body": "Sent",
                "response_json": '{"flow_token":"token-1","city":"पुणे"}',
                "response": {"flow_token": "token-1", "city": "पुणे"},
            },
        ),
    ),
    "interactive_without_reply": (
        ASHA,
        OtherContent(
            "interactive",
            {"type": "button_reply", "errors": [{"code": 131000, "title": "Something went wrong"}]},
        ),
    ),
    "template_button": (ASHA, TapContent("remind-later", "Remind me later")),
    "template_button_without_context": (ASHA, TapContent("Stop promotions", "Stop promotions")),
    "location": (ASHA, LocationContent(18.5204, 73.8567, "Shaniwar Wada", "Pune")),
    "image": (ASHA, MediaContent("image", **MEDIUM, mime_type="image/jpeg", caption="My PAN card")),
    "document": (
        ASHA,
        MediaContent("document", **MEDIUM, mime_type="application/pdf", caption="March", filename="statement.pdf"),
    ),
    "audio": (ASHA, MediaContent("audio", **MEDIUM, mime_type="audio/ogg; codecs=opus")),
    "video": (ASHA, MediaContent("video", **MEDIUM, mime_type="video/mp4")),
    "sticker": (ASHA, MediaContent("sticker", **MEDIUM, mime_type="image/webp")),
    "contacts": (
        ASHA,
        ContactContent(phones=("+919812345678",), names=("Asha Rao",), requested=True),
    ),
    "order": (
        ASHA,
        OtherContent(
            "order",
            {
                "catalog_id": "700",
                "text": "",
                "product_items": [{"product_retailer_id": "sku-1", "quantity": 3, "item_price": 30, "currency": "INR"}],
            },
        ),
    ),
    "reaction": (ASHA, ReactionContent("wamid.question", "👍🏽")),
    "reaction_removed": (ASHA, ReactionContent("wamid.question")),
    "reaction_removed_with_empty_emoji": (ASHA, ReactionContent("wamid.question")),
    "unsupported": (ASHA, OtherContent("unsupported", {"type": "poll_creation", "errors": [UNSUPPORTED_ERROR]})),
    "system_changed_number": (ASHA_BEFORE, IdentityContent(new=ASHA_AFTER, previous=ASHA_BEFORE)),
    "system_changed_number_legacy": (
        PHONE_ONLY,
        IdentityContent(new=Sender(phone="+919887654321"), previous=PHONE_ONLY),
    ),
    "system_changed_user_id": (RAVI_BEFORE, IdentityContent(new=RAVI_AFTER, previous=RAVI_BEFORE)),
    "system_identity_changed": (PHONE_ONLY, IdentityContent(new=PHONE_ONLY, previous=PHONE_ONLY)),
    "system_unknown": (
        PHONE_ONLY,
        OtherContent("system", {"body": "Something happened", "type": "user_did_something_new"}),
    ),
    "edit": (ASHA, EditContent("wamid.text", "I meant 5 lakh")),
    "edit_of_a_caption": (ASHA, EditContent("wamid.image", "My new PAN card")),
    "revoke": (ASHA, RevokeContent("wamid.text")),
    "request_welcome": (ASHA, OtherContent("request_welcome")),
    "unknown_kind": (ASHA, OtherContent("hologram", {"id": "h-1"})),
}


def ours(status: str, error_code: int = 0, error_title: str = "") -> StatusUpdate:
    return StatusUpdate("wamid.ours", NUMBER, status, AT, "outbox-17", error_code, error_title)


OTHERS: dict[str, Item] = {
    "status_sent": ours("sent"),
    "status_delivered": ours("delivered"),
    "status_read": ours("read"),
    "status_played": ours("played"),
    "status_failed": ours("failed", error_code=131026, error_title="Message undeliverable"),
    "account_error": Notice(
        NUMBER,
        "errors",
        {
            "code": 130429,
            "title": "Rate limit hit",
            "message": "Rate limit hit",
            "error_data": {"details": "Too many messages"},
        },
    ),
    "template_update": TemplateUpdate("nudge", "hi", "paused"),
    "user_preferences": PreferenceUpdate(NUMBER, PHONE_ONLY, "marketing_messages", wanted=False, at=AT),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_a_recorded_message_is_read(name: str, webhook: Callable[[str], bytes]) -> None:
    """One message of each kind: who wrote it, when, to which number, and what it says."""
    (item,) = read(webhook(name))
    assert isinstance(item, Incoming)
    sender, content = CONTENTS[name]
    assert item.content == content
    assert item.sender == sender
    assert item.number == NUMBER
    assert item.at == pytest.approx(AT, abs=0.2)
    assert item.raw["timestamp"].startswith("1795000000")


@pytest.mark.parametrize("name", OTHERS)
def test_a_recorded_status_or_notice_is_read(name: str, webhook: Callable[[str], bytes]) -> None:
    """What is no message: statuses of ours, and notices of the account."""
    assert read(webhook(name)) == [OTHERS[name]]


def test_a_notice_keeps_all_that_came(webhook: Callable[[str], bytes]) -> None:
    """What staff wrote from the phone is a notice, whole, for whoever handles that field."""
    (notice,) = read(webhook("echo_of_staff"))
    assert isinstance(notice, Notice)
    assert (notice.number, notice.field) == (NUMBER, "smb_message_echoes")
    assert notice.detail["message_echoes"]


def test_every_recorded_file_is_asserted_on() -> None:
    """A recording that no test reads would be a recording of nothing."""
    recorded = {path.stem for path in (Path(__file__).parent / "fixtures").glob("*.json")}
    assert recorded == {*CONTENTS, *OTHERS, "echo_of_staff", "batch"}


def test_every_kind_we_read_is_recorded(webhook: Callable[[str], bytes]) -> None:
    """A reader without a recorded message would be a guess."""
    recorded = {item.raw["type"] for name in CONTENTS for item in read(webhook(name)) if isinstance(item, Incoming)}
    assert set(READERS) <= recorded


@pytest.mark.parametrize("name", ["button_reply", "list_reply", "nfm_reply", "template_button"])
def test_an_answer_names_the_message_it_answers(name: str, webhook: Callable[[str], bytes]) -> None:
    """The context tells which question a tap belongs to, so that a stale one can be told."""
    (item,) = read(webhook(name))
    assert isinstance(item, Incoming)
    assert item.reply_to == "wamid.question"


def test_a_forwarded_message_answers_nothing(webhook: Callable[[str], bytes]) -> None:
    """A context may hold a mark of forwarding and no id."""
    (item,) = read(webhook("video"))
    assert isinstance(item, Incoming)
    assert item.reply_to == ""


def test_the_ad_a_message_came_from_is_kept(webhook: Callable[[str], bytes]) -> None:
    """The referral is an attribute of its own, and stays with the item as it came."""
    (item,) = read(webhook("text_from_ad"))
    assert isinstance(item, Incoming)
    assert item.referral["ctwa_clid"] == "clid-1"
    assert item.raw["referral"] == item.referral
