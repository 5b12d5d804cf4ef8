"""Webhooks of every kind, read into items."""

from __future__ import annotations

import pytest

from channels.twilio import NotAWebhook, read, read_again, written_again
from domain.inbound import (
    Incoming,
    Item,
    LocationContent,
    MediaContent,
    Notice,
    OtherContent,
    Sender,
    StatusUpdate,
    TapContent,
    TextContent,
    Unreadable,
)
from tests.channels.twilio.wire import ASHA, OURS, SID, form, message_fields

FORM = "application/x-www-form-urlencoded"
NOW = 1_795_000_000.0
MEDIA = f"https://api.twilio.com/2010-04-01/Accounts/{SID}/Messages/SM1/Media/ME"


def items_of(query: str = "", **fields: str) -> list[Item]:
    return read(form(message_fields(**fields)), FORM, query, NOW)


def message_of(**fields: str) -> Incoming:
    [item] = items_of(**fields)
    assert isinstance(item, Incoming)
    return item


def test_a_text_says_who_wrote_what_to_which_number() -> None:
    item = message_of(Body="Namaste नमस्ते", Unheard="of")
    assert (item.content, item.number) == (TextContent("Namaste नमस्ते"), OURS)
    assert item.sender == Sender(phone="+919812345678", name="Asha")
    assert item.provider_id == message_fields()["MessageSid"]
    assert item.raw["twilio"]["Unheard"] == "of"
    assert item.at == 0, "Twilio tells no time"


@pytest.mark.parametrize(
    ("fields", "sender"),
    [
        (
            {"From": "whatsapp:IN.1349abc", "WaId": "", "ExternalUserId": "IN.1349abc"},
            Sender(bsuid="IN.1349abc", name="Asha"),
        ),
        ({"From": "whatsapp:IN.1349abc", "WaId": ""}, Sender(bsuid="IN.1349abc", name="Asha")),
        (
            {"ExternalUserId": "IN.1349abc", "ParentExternalUserId": "IN.ENT.9"},
            Sender("+919812345678", "IN.1349abc", "IN.ENT.9", "Asha"),
        ),
        ({"From": "whatsapp: 919812345678", "ProfileName": ""}, Sender("+919812345678")),
    ],
)
def test_a_sender_has_every_name_that_is_told(fields: dict[str, str], sender: Sender) -> None:
    assert message_of(**fields).sender == sender


def test_a_button_and_a_row_are_taps_with_the_id_that_we_gave_them() -> None:
    button = message_of(Body="Yes", ButtonText="Yes", ButtonPayload="q1.yes", MessageType="button")
    row = message_of(Body="Trade", ListId="q2.trade", ListTitle="Trade", MessageType="interactive")
    assert (button.content, row.content) == (TapContent("q1.yes", "Yes"), TapContent("q2.trade", "Trade"))


def test_a_quick_reply_without_a_payload_sends_its_words() -> None:
    assert message_of(Body="Stop", ButtonText="Stop").content == TapContent("Stop", "Stop")


def test_each_file_is_an_item_and_the_first_has_the_words() -> None:
    files = {"NumMedia": "3", "Body": "my shop", "MediaContentType0": "image/jpeg", "MediaContentType1": "audio/ogg"}
    urls = {f"MediaUrl{at}": f"{MEDIA}{at}" for at in range(3)}
    items = items_of(**files, **urls)
    sid = message_fields()["MessageSid"]
    assert [item.provider_id for item in items if isinstance(item, Incoming)] == [sid, f"{sid}/1", f"{sid}/2"]
    contents = [item.content for item in items if isinstance(item, Incoming)]
    assert contents == [
        MediaContent("image", f"{MEDIA}0", "image/jpeg", caption="my shop"),
        MediaContent("audio", f"{MEDIA}1", "audio/ogg"),
        MediaContent("document", f"{MEDIA}2"),
    ]


def test_a_documents_name_comes_as_its_words() -> None:
    content = message_of(
        NumMedia="1", Body="udyam certificate.pdf", MediaUrl0=MEDIA, MediaContentType0="application/pdf"
    ).content
    assert content == MediaContent("document", MEDIA, "application/pdf", filename="udyam certificate.pdf")


def test_a_place_an_answer_and_an_ad() -> None:
    item = message_of(
        Body="",
        Latitude="12.25",
        Longitude="43.9",
        Label="Shop",
        Address="MG Road",
        OriginalRepliedMessageSid="SM9",
        ReferralSourceUrl="https://fb.me/x",
        ReferralCtwaClid="c1",
    )
    assert item.content == LocationContent(12.25, 43.9, "Shop", "MG Road")
    assert item.reply_to == "SM9"
    assert item.referral == {"source_url": "https://fb.me/x", "ctwa_clid": "c1"}


@pytest.mark.parametrize("words", ["join brave-tiger", " Join Brave-Tiger ", "join brave tiger"])
def test_joining_twilios_sandbox_is_a_greeting(words: str) -> None:
    assert message_of(Body=words).content == TextContent("hi")


@pytest.mark.parametrize("words", ["join", "please join brave-tiger", "join us at noon today", "joint venture"])
def test_other_words_that_begin_so_are_not(words: str) -> None:
    assert message_of(Body=words).content == TextContent(words)


@pytest.mark.parametrize(("kind", "found"), [("sticker", "sticker"), ("", "unsupported"), ("text", "unsupported")])
def test_what_holds_nothing_is_of_another_kind(kind: str, found: str) -> None:
    assert message_of(Body=" ", MessageType=kind).content == OtherContent(found)


def test_a_flows_answers_are_kept() -> None:
    assert message_of(Body="", InteractiveData='{"a": 1}').content == OtherContent("nfm_reply", {"response": {"a": 1}})


@pytest.mark.parametrize(
    ("told", "status", "code"),
    [
        ("queued", "queued", 0),
        ("sent", "sent", 0),
        ("delivered", "delivered", 0),
        ("read", "read", 0),
        ("undelivered", "failed", 63016),
        ("failed", "failed", 63016),
        ("canceled", "failed", 63016),
    ],
)
def test_a_status_is_told_with_the_key_of_its_address(told: str, status: str, code: int) -> None:
    fields = {"MessageSid": "SM5", "MessageStatus": told, "From": OURS, "To": ASHA, "ErrorCode": "63016"}
    [item] = read(form(fields), FORM, "key=row-7&more=x", NOW + 0.9)
    assert item == StatusUpdate("SM5", OURS, status, NOW, "row-7", code)


@pytest.mark.parametrize(
    "wrong",
    [
        {"NumMedia": "1"},
        {"NumMedia": "many"},
        {"Latitude": "north", "Longitude": "1"},
        {"Latitude": "91", "Longitude": "1"},
        {"From": "sms", "WaId": ""},
    ],
)
def test_what_is_malformed_is_kept_with_its_reason_and_read_again_the_same(wrong: dict[str, str]) -> None:
    [item] = items_of(**wrong)
    assert isinstance(item, Unreadable)
    assert not any(value in item.reason for value in wrong.values() if len(value) > 3)
    assert read_again(written_again(item), NOW) == [item]


def test_an_item_is_read_again_as_it_was() -> None:
    item = message_of(Body="again", OriginalRepliedMessageSid="SM3")
    assert read_again(written_again(item), NOW + 5) == [item]


def test_news_of_the_account_is_a_notice() -> None:
    [item] = read(form({"AccountSid": SID, "EventType": "something"}), FORM, "", NOW)
    assert isinstance(item, Notice)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", FORM),
        (b"a=b", FORM),
        (b"nonsense", "application/json"),
        (b"[1]", "application/json"),
        (b"&".join([b"a=b"] * 1001), FORM),
    ],
)
def test_what_is_none_of_twilios_is_refused(body: bytes, content_type: str) -> None:
    with pytest.raises(NotAWebhook):
        read(body, content_type, "", NOW)


def test_a_json_body_says_the_same() -> None:
    [item] = read(
        b'{"MessageSid": "SM1", "From": "whatsapp:+919812345678", "NumMedia": 0, "Body": "hi\\u0000"}',
        "application/json; charset=utf-8",
        "",
        NOW,
    )
    assert isinstance(item, Incoming)
    assert item.content == TextContent("hi\ufffd")
