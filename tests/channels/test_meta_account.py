"""What Meta tells beside messages: whether somebody wants marketing, what became of a template, cards and ads."""

from __future__ import annotations

import json
from typing import Any

import pytest

from channels.meta import read, written_again
from domain.inbound import (
    ContactContent,
    Incoming,
    Item,
    Notice,
    PreferenceUpdate,
    Sender,
    TemplateUpdate,
    Unreadable,
)

NUMBER = "100000000000001"
AT = 1795000000.0
ASHA = {"wa_id": "919812345678"}
STOP = {"category": "marketing_messages", "value": "stop", "timestamp": 1795000000, **ASHA}


def told(field: str, **value: Any) -> list[Item]:
    """What is read of one change of this field."""
    change = {"field": field, "value": {"metadata": {"phone_number_id": NUMBER}, **value}}
    return read(json.dumps({"object": "whatsapp_business_account", "entry": [{"changes": [change]}]}).encode())


def preferences(*items: Any, **more: Any) -> list[Item]:
    return told("user_preferences", user_preferences=list(items), **more)


class TestPreferences:
    @pytest.mark.parametrize(
        ("value", "wanted"), [("stop", False), ("resume", True), ("signup", True), ("STOP", False)]
    )
    def test_what_somebody_wants_is_said_by_one_word(self, value: str, wanted: bool) -> None:
        """Signing up and coming back are the same to us."""
        (item,) = preferences({**STOP, "value": value})
        assert item == PreferenceUpdate(NUMBER, Sender("+919812345678"), "marketing_messages", wanted, AT)

    def test_a_word_that_is_new_is_a_notice(self) -> None:
        """Guessing could send marketing to somebody who does not want it."""
        assert preferences({**STOP, "value": "pause"}) == [
            Notice(NUMBER, "user_preferences", {**STOP, "value": "pause"})
        ]

    def test_somebody_without_a_phone_number_is_known_by_their_user_id(self) -> None:
        """Since 2026 the phone number may be missing."""
        item = {**STOP, "wa_id": None, "user_id": "IN.44"}
        (update,) = preferences(item, contacts=[{"user_id": "IN.44", "profile": {"name": "Asha"}}])
        assert isinstance(update, PreferenceUpdate)
        assert update.sender == Sender(bsuid="IN.44", name="Asha")

    def test_what_the_contact_knows_more_is_joined(self) -> None:
        (update,) = preferences(STOP, contacts=[{**ASHA, "user_id": "IN.44"}])
        assert isinstance(update, PreferenceUpdate)
        assert update.sender == Sender("+919812345678", "IN.44")

    @pytest.mark.parametrize(
        ("broken", "complaint"),
        [
            ({**STOP, "wa_id": None}, "wa_id: a phone number or a user id was expected"),
            ({**STOP, "value": None}, "value: an id was expected"),
            ({**STOP, "category": ""}, "category: an id was expected"),
            ({**STOP, "timestamp": "soon"}, "timestamp: a time"),
            ("stop", "an object was expected, text was found"),
        ],
    )
    def test_one_that_cannot_be_read_does_not_cost_its_neighbour(self, broken: Any, complaint: str) -> None:
        items = preferences(broken, STOP)
        assert isinstance(items[0], Unreadable)
        assert items[0].reason.startswith("user_preferences[0]")
        assert complaint in items[0].reason
        assert isinstance(items[1], PreferenceUpdate)

    def test_one_that_could_not_be_read_can_be_read_later(self) -> None:
        """Kept as a dead letter it is written again as what it was."""
        (broken,) = preferences({**STOP, "wa_id": None})
        assert isinstance(broken, Unreadable)
        mended = written_again(Unreadable(broken.number, broken.reason, {**broken.raw, **ASHA}))
        assert read(json.dumps(mended).encode()) == preferences(STOP)

    @pytest.mark.parametrize("nothing", [None, []])
    def test_a_webhook_of_preferences_without_any_is_a_notice(self, nothing: Any) -> None:
        (item,) = told("user_preferences", user_preferences=nothing)
        assert isinstance(item, Notice)

    def test_preferences_that_are_no_list_are_unreadable(self) -> None:
        (item,) = told("user_preferences", user_preferences="stop")
        assert isinstance(item, Unreadable)
        assert "user_preferences: a list was expected, text was found" in item.reason


def template(event: Any = None, **more: Any) -> list[Item]:
    names = {"message_template_name": "nudge", "message_template_language": "hi"}
    return told("message_template_status_update", **{"event": event, **names, **more})


class TestTemplates:
    @pytest.mark.parametrize(
        ("event", "status"),
        [
            ("APPROVED", "approved"),
            ("REINSTATED", "approved"),
            ("UNPAUSED", "approved"),
            ("PAUSED", "paused"),
            ("DISABLED", "disabled"),
            ("PENDING_DELETION", "disabled"),
            ("DELETED", "disabled"),
            ("ARCHIVED", "disabled"),
            ("REJECTED", "rejected"),
            ("PENDING", "pending"),
            ("IN_APPEAL", "pending"),
            ("paused", "paused"),
        ],
    )
    def test_what_became_of_a_template_is_one_of_our_words(self, event: str, status: str) -> None:
        """Meta's dozen events come down to whether it may be sent."""
        assert template(event) == [TemplateUpdate("nudge", "hi", status)]

    @pytest.mark.parametrize("event", ["FLAGGED", "LIMIT_EXCEEDED", "HOLOGRAPHIC"])
    def test_what_changes_nothing_of_that_is_a_notice(self, event: str) -> None:
        """A template that is flagged may still be sent."""
        (item,) = template(event)
        assert isinstance(item, Notice)
        assert item.detail["event"] == event

    @pytest.mark.parametrize(
        ("told", "reason"),
        [
            ({"reason": "INVALID_FORMAT"}, "invalid_format"),
            ({"reason": "NONE"}, ""),
            ({"reason": None}, ""),
            ({"reason": "NONE", "other_info": {"title": "FIRST_PAUSE", "description": "…"}}, "first_pause"),
            ({"reason": "ABUSIVE_CONTENT", "other_info": {"title": "FIRST_PAUSE"}}, "abusive_content"),
            ({"other_info": {}}, ""),
        ],
    )
    def test_the_reason_is_kept_where_there_is_one(self, told: dict[str, Any], reason: str) -> None:
        assert template("REJECTED", **told) == [TemplateUpdate("nudge", "hi", "rejected", reason)]

    @pytest.mark.parametrize("missing", ["message_template_name", "message_template_language", "event"])
    def test_one_that_does_not_say_which_or_what_is_unreadable(self, missing: str) -> None:
        (item,) = template(**{"event": "PAUSED", missing: None})
        assert isinstance(item, Unreadable)
        assert missing in item.reason


def message(kind: str, **more: Any) -> Incoming:
    told_of = {"from": "919812345678", "id": "wamid.1", "timestamp": "1795000000", "type": kind, **more}
    (item,) = told("messages", messages=[told_of])
    assert isinstance(item, Incoming), item
    return item


class TestCards:
    def test_a_card_from_an_address_book_was_not_asked_for(self) -> None:
        """It may be anybody's."""
        card = {"name": {"formatted_name": "Ravi"}, "phones": [{"phone": "+91 98000 00077"}]}
        assert message("contacts", contacts=[card], origin="other").content == ContactContent(
            ("+919800000077",), ("Ravi",), requested=False
        )
        assert message("contacts", contacts=[card]).content == ContactContent(("+919800000077",), ("Ravi",))

    @pytest.mark.parametrize(
        ("phone", "read_as"),
        [
            ({"phone": "98123 45678", "wa_id": "919812345678"}, ("+919812345678",)),
            ({"phone": "+91 (98123) 456-78"}, ("+919812345678",)),
            ({"phone": "+91.98123.45678"}, ("+919812345678",)),
            # Whose country a number without a plus sign is of, nobody knows.
            ({"phone": "98123 45678"}, ()),
            ({"phone": "+ask me"}, ()),
            ({"phone": None}, ()),
            ({}, ()),
            ("+919812345678", ()),
        ],
    )
    def test_a_number_is_one_that_can_be_dialled_from_anywhere(self, phone: Any, read_as: tuple[str, ...]) -> None:
        content = message("contacts", contacts=[{"phones": [phone]}], origin="contact_request").content
        assert content == ContactContent(read_as, (), requested=True)

    def test_every_number_is_there_once_and_a_broken_card_costs_no_other(self) -> None:
        hers, his = {"wa_id": "919812345678"}, {"wa_id": "919800000077"}
        cards = [
            {"name": {"formatted_name": "Asha"}, "phones": [hers, hers]},
            {"name": {"formatted_name": 5}, "phones": [his]},
            "Ravi",
            {"name": {}, "phones": "919800000077"},
            {"name": {"formatted_name": "Ravi"}, "phones": [his, hers]},
        ]
        assert message("contacts", contacts=cards).content == ContactContent(
            ("+919812345678", "+919800000077"), ("Asha", "Ravi")
        )


@pytest.mark.parametrize("broken", [None, "an ad", 5, []])
def test_an_ad_that_cannot_be_read_does_not_cost_the_message(broken: Any) -> None:
    assert message("text", text={"body": "hi"}, referral=broken).referral == {}
