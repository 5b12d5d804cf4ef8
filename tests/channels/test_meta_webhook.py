"""Webhooks as a whole: batches, what is malformed, who wrote, and what is no webhook at all."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.meta import NotAWebhook, read
from domain.inbound import (
    IdentityContent,
    Incoming,
    Item,
    Notice,
    OtherContent,
    Sender,
    StatusUpdate,
    TextContent,
    Unreadable,
)

NUMBER = "100000000000001"


def body(*messages: Any, contacts: Any = None, **value: Any) -> bytes:
    inner = {"metadata": {"phone_number_id": NUMBER}, "messages": list(messages), **value}
    if contacts is not None:
        inner["contacts"] = contacts
    return wrapped({"field": "messages", "value": inner})


def wrapped(*changes: Any) -> bytes:
    return json.dumps(
        {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": list(changes)}]}
    ).encode()


def text(words: str = "hi", **more: Any) -> dict[str, Any]:
    message = {"from": "919812345678", "id": "wamid.1", "timestamp": "1795000000", "type": "text"}
    return {**message, "text": {"body": words}, **more}


def only(raw: bytes) -> Item:
    (item,) = read(raw)
    return item


def incoming(raw: bytes) -> Incoming:
    item = only(raw)
    assert isinstance(item, Incoming), item
    return item


class TestBatches:
    def test_all_entries_changes_and_items_are_read_around_a_broken_one(self, webhook: Callable[[str], bytes]) -> None:
        """Two entries, three changes: the broken message and the broken status cost nobody else."""
        items = read(webhook("batch"))
        assert [type(item).__name__ for item in items] == [
            "Incoming",
            "Unreadable",
            "Incoming",
            "Unreadable",
            "StatusUpdate",
            "Incoming",
            "Notice",
        ]
        assert [item.provider_id for item in items if isinstance(item, Incoming)] == [
            "wamid.first",
            "wamid.third",
            "wamid.other_number",
        ]
        assert [item.reason for item in items if isinstance(item, Unreadable)] == [
            "messages[1].text.body: text was expected, a number was found",
            "statuses[0].timestamp: a time in seconds since the epoch was expected, nothing was found",
        ]

    def test_items_carry_the_number_of_their_own_change(self, webhook: Callable[[str], bytes]) -> None:
        """One body may hold messages to several of our numbers."""
        last = [item for item in read(webhook("batch")) if isinstance(item, Incoming)][-1]
        assert last.number == "100000000000002"

    def test_names_go_to_the_right_senders(self, webhook: Callable[[str], bytes]) -> None:
        """Contacts are joined by phone number or by user id, not by their place in the list."""
        messages = [item for item in read(webhook("batch")) if isinstance(item, Incoming)]
        assert [message.sender.name for message in messages] == ["Asha Rao", "Ravi", "Asha Rao"]

    def test_messages_come_before_statuses(self) -> None:
        """Whatever their order in the body."""
        status = {"id": "wamid.0", "status": "read", "timestamp": "1795000000"}
        items = read(body(text(), statuses=[status]))
        assert [type(item) for item in items] == [Incoming, StatusUpdate]

    @pytest.mark.parametrize("broken", [None, 7, "words", [], {}])
    def test_no_kind_of_garbage_in_the_list_costs_the_neighbours(self, broken: Any) -> None:
        """Whatever stands between two messages, both are read."""
        first, middle, last = read(body(text("one"), broken, text("two")))
        assert isinstance(middle, Unreadable)
        assert isinstance(first, Incoming)
        assert isinstance(last, Incoming)
        assert last.content == TextContent("two")

    @pytest.mark.parametrize(
        "change", [None, [], {}, {"value": 3}, {"field": 5, "value": {}}, {"value": {"messages": {}}}]
    )
    def test_a_broken_change_costs_only_itself(self, change: Any) -> None:
        """Changes are read apart, as messages are."""
        sound = {"field": "messages", "value": {"messages": [text()]}}
        broken, message = read(wrapped(change, sound))
        assert isinstance(message, Incoming)
        assert isinstance(broken, Unreadable | Notice)

    def test_a_change_that_says_nothing_we_know_leaves_a_trace(self) -> None:
        """A new field under `messages` becomes a notice and is not lost in silence."""
        item = only(wrapped({"field": "messages", "value": {"waves": [1]}}))
        assert item == Notice("", "messages", {"waves": [1]})


class TestMalformed:
    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"type": None}, "messages[0].type: an id was expected, nothing was found"),
            ({"text": None}, "messages[0].text: an object was expected, nothing was found"),
            ({"text": ["secret"]}, "messages[0].text: an object was expected, a list was found"),
            ({"text": {"body": True}}, "messages[0].text.body: text was expected, true or false was found"),
            ({"id": 5}, "messages[0].id: text was expected, a number was found"),
            ({"from": "secret"}, "messages[0].from: a phone number or a user id was expected, text was found"),
            ({"from": None}, "messages[0].from: a phone number or a user id was expected, nothing was found"),
            ({"context": "secret"}, "messages[0].context: an object was expected, text was found"),
            (
                {"timestamp": "secret"},
                "messages[0].timestamp: a time in seconds since the epoch was expected, text was found",
            ),
            (
                {"timestamp": "Infinity"},
                "messages[0].timestamp: a time in seconds since the epoch was expected, text was found",
            ),
            ({"type": "image"}, "messages[0].image: an object was expected, nothing was found"),
            (
                {"type": "image", "image": {"id": ""}},
                "messages[0].image.id: an id was expected, text was found",
            ),
            (
                {"type": "location", "location": {"latitude": 91, "longitude": 0}},
                "messages[0].location.latitude: a number from -90 to 90 was expected, a number was found",
            ),
            (
                {"type": "reaction", "reaction": {"emoji": "x"}},
                "messages[0].reaction.message_id: an id was expected, nothing was found",
            ),
            (
                {"type": "contacts", "contacts": "secret"},
                "messages[0].contacts: a list was expected, text was found",
            ),
            (
                {"type": "system", "system": {"type": "user_changed_number"}},
                "messages[0].system.wa_id: a new phone number or user id was expected, nothing was found",
            ),
        ],
    )
    def test_the_reason_names_the_field_and_never_the_value(self, change: dict[str, Any], reason: str) -> None:
        """Reasons are logged; what people wrote is not."""
        item = only(body(text() | change))
        assert isinstance(item, Unreadable)
        assert (item.number, item.reason) == (NUMBER, reason)
        assert "secret" not in item.reason

    def test_what_could_not_be_read_is_kept(self) -> None:
        """An unreadable item can be looked at, and read by a later release."""
        item = only(body(text() | {"text": 5}))
        assert isinstance(item, Unreadable)
        assert item.raw["id"] == "wamid.1"

    def test_a_flow_reply_that_is_no_json_is_still_a_reply(self) -> None:
        """Its answers are nothing then, its text is kept."""
        reply = {"type": "nfm_reply", "nfm_reply": {"response_json": "{oops"}}
        item = incoming(body(text() | {"type": "interactive", "interactive": reply}))
        assert item.content == OtherContent("nfm_reply", {"response_json": "{oops", "response": None})

    def test_half_of_a_surrogate_pair_and_nul_are_replaced(self) -> None:
        """JSON can carry them, PostgreSQL and UTF-8 cannot; a whole pair stays the emoji it is."""
        item = incoming(body(text("a\ud83d b\x00 \U0001f600")))
        assert item.content == TextContent("a\ufffd b\ufffd \U0001f600")
        json.dumps(item.raw, ensure_ascii=False).encode()

    def test_escapes_in_capitals_are_replaced_too(self) -> None:
        """JSON allows both ways of writing them."""
        item = incoming(body(text("HALF")).replace(b"HALF", b"\\uDC00"))
        assert item.content == TextContent("\ufffd")


class TestWhoWrote:
    @pytest.mark.parametrize("written", ["919812345678", "+919812345678", 919812345678])
    def test_a_phone_number_gets_its_plus(self, written: Any) -> None:
        """Meta writes bare digits; we keep E.164."""
        assert incoming(body(text() | {"from": written})).sender == Sender(phone="+919812345678")

    def test_a_user_id_in_place_of_the_number_is_a_user_id(self) -> None:
        """Some providers in between put the BSUID into `from`."""
        assert incoming(body(text() | {"from": "IN.77"})).sender == Sender(bsuid="IN.77")

    def test_the_contact_adds_what_the_message_leaves_out(self) -> None:
        """A message by user id, whose contact still has the phone number."""
        contact = {"profile": {"name": "Ravi"}, "wa_id": "919800000077", "user_id": "IN.77"}
        message = text() | {"from": None, "from_user_id": "IN.77"}
        assert incoming(body(message, contacts=[contact])).sender == Sender("+919800000077", "IN.77", "", "Ravi")

    def test_a_message_that_names_nobody_is_of_the_only_contact(self) -> None:
        """`from` may be absent."""
        contact = {"profile": {"name": "Ravi"}, "user_id": "IN.77"}
        assert incoming(body(text() | {"from": None}, contacts=[contact])).sender == Sender(bsuid="IN.77", name="Ravi")

    def test_a_message_that_names_nobody_among_two_contacts_is_unreadable(self) -> None:
        """Guessing whose it is would show one person's answers to another."""
        contacts = [{"user_id": "IN.77"}, {"user_id": "IN.78"}]
        assert isinstance(only(body(text() | {"from": None}, contacts=contacts)), Unreadable)

    def test_the_name_of_another_user_with_the_same_number_is_not_taken(self) -> None:
        """A recycled number: the user id decides."""
        contact = {"profile": {"name": "Former owner"}, "wa_id": "919812345678", "user_id": "IN.1"}
        message = text() | {"from_user_id": "IN.2"}
        assert incoming(body(message, contacts=[contact])).sender == Sender("+919812345678", "IN.2")

    @pytest.mark.parametrize("contacts", [None, "words", [None], [{"profile": "Asha"}], [{"profile": {"name": 5}}]])
    def test_a_broken_contact_does_not_cost_the_message(self, contacts: Any) -> None:
        """A name is a nicety."""
        assert incoming(body(text(), contacts=contacts)).sender == Sender(phone="+919812345678")


class TestIdentityChanges:
    def test_names_that_are_new_already_are_not_taken_for_the_former_ones(self) -> None:
        """The envelope may name the person as before the change or as after it; the details decide."""
        system = {"type": "user_changed_number", "wa_id": "919887654321", "user_id": "IN.9", "previous_user_id": "IN.1"}
        after = text() | {"type": "system", "system": system, "from": "919887654321", "from_user_id": "IN.9"}
        before = after | {"from": "919812345678"}
        new = Sender("+919887654321", "IN.9")
        assert incoming(body(after)).content == IdentityContent(new, previous=Sender(bsuid="IN.1"))
        assert incoming(body(before)).content == IdentityContent(new, previous=Sender("+919812345678", "IN.1"))

    def test_the_former_user_id_may_stand_in_the_envelope_alone(self) -> None:
        """As it did before 2026-08; where that is the new one, nothing of the former is known."""
        system = {"type": "user_changed_user_id", "user_id": "IN.9"}
        message = text() | {"type": "system", "system": system, "from": None}
        new = Sender(bsuid="IN.9")
        told = incoming(body(message | {"from_user_id": "IN.1"}))
        assert (told.sender, told.content) == (Sender(bsuid="IN.1"), IdentityContent(new, Sender(bsuid="IN.1")))
        untold = incoming(body(message | {"from_user_id": "IN.9"}))
        assert (untold.sender, untold.content) == (new, IdentityContent(new, Sender()))


class TestTimesAndIds:
    @pytest.mark.parametrize("written", ["1795000000", 1795000000, "1795000000000", 1795000000000])
    def test_seconds_and_milliseconds_are_told_apart(self, written: Any) -> None:
        """Milliseconds occur in the wild; nobody writes to us in the year 58000."""
        assert incoming(body(text() | {"timestamp": written})).at == 1795000000

    @pytest.mark.parametrize("written", ["0", "-5", "nan", "1e30", "", None, True, [1]])
    def test_what_is_no_time_is_unreadable(self, written: Any) -> None:
        """The 24-hour window hangs on it."""
        assert isinstance(only(body(text() | {"timestamp": written})), Unreadable)

    def test_a_message_without_an_id_gets_the_same_one_on_every_delivery(self) -> None:
        """However the provider orders its fields the next time."""
        message = {name: value for name, value in text().items() if name != "id"}
        again = dict(reversed(message.items()))
        assert incoming(body(message)).provider_id == incoming(body(again)).provider_id
        assert incoming(body(message)).provider_id.startswith("sha256:")

    def test_the_same_words_of_two_people_without_ids_are_two_messages(self) -> None:
        """Also where the senders stand beside the message and not in it."""
        message = text() | {"id": None, "from": None}
        ids = {incoming(body(message, contacts=[{"user_id": user}])).provider_id for user in ("IN.1", "IN.2")}
        assert len(ids) == 2

    def test_without_metadata_the_number_is_unknown(self) -> None:
        """Whose it is then is for whoever knows how many numbers there are."""
        assert incoming(wrapped({"field": "messages", "value": {"messages": [text()]}})).number == ""


class TestNotAWebhook:
    @pytest.mark.parametrize(
        ("raw", "why"),
        [
            (b"", "not JSON"),
            (b"{", "not JSON"),
            (b"\xff\xfe", "not UTF-8"),
            (b'{"object": NaN}', "not JSON"),
            (b"[" * 100_000, "not JSON"),
            (b"[]", "a list, not an object"),
            (b'"words"', "text, not an object"),
            (b"{}", "object is not whatsapp_business_account"),
            (b'{"object":"page","entry":[]}', "object is not whatsapp_business_account"),
            (b'{"object":"whatsapp_business_account"}', "entry is nothing, not a list"),
            (b'{"object":"whatsapp_business_account","entry":{}}', "entry is an object, not a list"),
        ],
    )
    def test_it_is_refused_as_a_whole(self, raw: bytes, why: str) -> None:
        """The sender of such a body is not WhatsApp, or not set up for it."""
        with pytest.raises(NotAWebhook, match=why):
            read(raw)

    def test_a_webhook_without_entries_is_empty(self) -> None:
        """There is nothing wrong with it."""
        assert read(b'{"object":"whatsapp_business_account","entry":[]}') == []


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
KINDS = ["text", "interactive", "button", "image", "location", "system", "edit", "contacts", "order", "reaction"]


@settings(deadline=None)
@given(kind=st.sampled_from(KINDS), part=ANY_JSON, sender=ANY_JSON, contacts=ANY_JSON, context=ANY_JSON)
def test_a_neighbour_is_read_whatever_stands_beside_it(
    kind: str, part: Any, sender: Any, contacts: Any, context: Any
) -> None:
    """Any JSON in any field of a message: nothing but a reading or an unreadable item comes of it."""
    strange = {"type": kind, kind: part, "from": sender, "context": context, "id": "x", "timestamp": "1795000000"}
    items = read(body(strange, text("neighbour"), contacts=contacts))
    assert len(items) == 2
    assert isinstance(items[0], Incoming | Unreadable)
    assert isinstance(items[1], Incoming)
    assert items[1].content == TextContent("neighbour")


@settings(deadline=None)
@given(st.text(max_size=4096))
def test_any_text_comes_through_unchanged(words: str) -> None:
    """Emoji, Devanagari, right-to-left marks, zero-width joiners: what was typed is what is read."""
    expected = "".join("\ufffd" if character == "\x00" else character for character in words)
    assert incoming(body(text(words))).content == TextContent(expected)
