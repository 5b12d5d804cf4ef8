"""What goes out: the wire's shapes, and the limits that constructors enforce."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from channels import Blank, Duplicate, LimitExceeded, NotText, Recipient, Unsendable
from channels.meta import Button, ButtonsMessage, ListMessage, ListRow, ReadMark, TextMessage

PHONE = Recipient(phone="+919812345678")
SECRET = "Asha's words "


class TestWire:
    def test_text(self) -> None:
        """Words to a phone number, with our key to come back in the statuses."""
        assert TextMessage("नमस्ते").to_json(PHONE, "outbox-17") == {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": "+919812345678",
            "type": "text",
            "text": {"body": "नमस्ते"},
            "biz_opaque_callback_data": "outbox-17",
        }

    def test_buttons(self) -> None:
        """Up to three replies under a body."""
        message = ButtonsMessage("Go on?", (Button("yes", "Yes"), Button("no", "No")))
        assert message.to_json(PHONE, "")["interactive"] == {
            "type": "button",
            "body": {"text": "Go on?"},
            "action": {
                "buttons": [
                    {"type": "reply", "reply": {"id": "yes", "title": "Yes"}},
                    {"type": "reply", "reply": {"id": "no", "title": "No"}},
                ]
            },
        }

    def test_list(self) -> None:
        """One section of rows, of which a description is left out where there is none."""
        message = ListMessage("Which?", "Choose", (ListRow("a", "Ant"), ListRow("b", "Bee", "It stings")))
        assert message.to_json(PHONE, "")["interactive"] == {
            "type": "list",
            "body": {"text": "Which?"},
            "action": {
                "button": "Choose",
                "sections": [
                    {
                        "rows": [
                            {"id": "a", "title": "Ant"},
                            {"id": "b", "title": "Bee", "description": "It stings"},
                        ]
                    }
                ],
            },
        }

    def test_a_user_id_has_a_field_of_its_own(self) -> None:
        """In `to` it would be dropped without an error."""
        wire = TextMessage("hi").to_json(Recipient(bsuid="IN.44"), "")
        assert wire["recipient"] == "IN.44"
        assert "to" not in wire

    def test_a_phone_number_goes_before_a_user_id(self) -> None:
        """One of them is enough, and Meta would take the phone number."""
        wire = TextMessage("hi").to_json(Recipient(phone="+919812345678", bsuid="IN.44"), "")
        assert wire["to"] == "+919812345678"
        assert "recipient" not in wire

    def test_no_key_no_field(self) -> None:
        """An empty key is not sent."""
        assert "biz_opaque_callback_data" not in TextMessage("hi").to_json(PHONE, "")

    def test_read_marks(self) -> None:
        """Read alone, or read with typing."""
        read = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.1"}
        assert ReadMark("wamid.1").to_json() == read
        assert ReadMark("wamid.1", typing=True).to_json() == {**read, "typing_indicator": {"type": "text"}}

    def test_a_recipient_without_any_address_is_none(self) -> None:
        """Nobody can be written to so."""
        with pytest.raises(ValueError, match="a phone number or a BSUID"):
            Recipient()

    @pytest.mark.parametrize("thing", [Recipient("+919812345678", "IN.44"), TextMessage(SECRET), Button("a", SECRET)])
    def test_what_is_printed_of_it_holds_nothing_personal(self, thing: object) -> None:
        """Tracebacks and logs print what they hold."""
        assert not {"+919812345678", "IN.44", SECRET} & set(repr(thing).split("'"))


def words(length: int) -> str:
    return (SECRET * length)[:length].strip().ljust(length, "x")


def buttons(count: int) -> tuple[Button, ...]:
    return tuple(Button(f"b{at}", f"Button {at}") for at in range(count))


def rows(count: int) -> tuple[ListRow, ...]:
    return tuple(ListRow(f"r{at}", f"Row {at}") for at in range(count))


LIMITS: list[tuple[str, int, Callable[[int], object]]] = [
    ("text.body", 4096, lambda n: TextMessage(words(n))),
    ("interactive.body.text", 1024, lambda n: ButtonsMessage(words(n), buttons(1))),
    ("interactive.action.buttons", 3, lambda n: ButtonsMessage("Which?", buttons(n))),
    ("button.id", 200, lambda n: Button(words(n), "Yes")),
    ("button.title", 20, lambda n: Button("yes", words(n))),
    ("interactive.body.text", 4096, lambda n: ListMessage(words(n), "Choose", rows(1))),
    ("interactive.action.button", 20, lambda n: ListMessage("Which?", words(n), rows(1))),
    ("interactive.action.sections.rows", 10, lambda n: ListMessage("Which?", "Choose", rows(n))),
    ("row.id", 200, lambda n: ListRow(words(n), "Row")),
    ("row.title", 24, lambda n: ListRow("row", words(n))),
    ("row.description", 72, lambda n: ListRow("row", "Row", words(n))),
    ("biz_opaque_callback_data", 512, lambda n: TextMessage("hi").to_json(PHONE, words(n))),
]


class TestLimits:
    @pytest.mark.parametrize(("field", "limit", "make"), LIMITS)
    def test_the_limit_itself_is_allowed_and_one_more_is_not(
        self, field: str, limit: int, make: Callable[[int], object]
    ) -> None:
        """Every documented limit, to the character; the error names field, limit and length, and no words."""
        make(limit)
        with pytest.raises(LimitExceeded) as exceeded:
            make(limit + 1)
        assert (exceeded.value.field, exceeded.value.limit, exceeded.value.length) == (field, limit, limit + 1)
        assert SECRET.strip() not in str(exceeded.value)

    @pytest.mark.parametrize(
        ("label", "length"),
        [("नमस्ते", 6), ("שלום", 4), ("😀", 2), ("👍🏽", 4), ("🇮🇳", 4), ("क\u200dख", 3), ("e\u0301", 2)],
    )
    def test_lengths_are_counted_in_the_unit_that_is_never_too_few(self, label: str, length: int) -> None:
        """UTF-16 units: as many as code points or graphemes, or more, whichever of them Meta means."""
        with pytest.raises(LimitExceeded) as exceeded:
            Button("a", label * 21)
        assert exceeded.value.length == 21 * length

    @pytest.mark.parametrize(
        "nothing",
        [
            "",
            " ",
            "\n\t ",
            "\u200b",
            "\u200b \u200d\ufeff",
            "\u2060\u00a0",
            "\u3164",
            "\ufe0f\u034f\U000e0100",
            "\u202e\u202c",
        ],
    )
    def test_what_shows_nothing_is_refused(self, nothing: str) -> None:
        """An empty bubble helps nobody, and Meta refuses it with a code that explains nothing."""
        with pytest.raises(Blank, match=r"text\.body shows nothing"):
            TextMessage(nothing)

    @pytest.mark.parametrize("something", [".", "0", "\u200b.\u200b", "👍", "़", "\u202eسلم"])
    def test_what_shows_anything_is_sent(self, something: str) -> None:
        """Invisible characters are fine beside visible ones."""
        assert TextMessage(something).body == something

    def test_half_of_a_surrogate_pair_is_no_text(self) -> None:
        """It could not be encoded when it is sent."""
        with pytest.raises(NotText):
            TextMessage("a\ud83d")

    @pytest.mark.parametrize(
        "make",
        [
            lambda: ButtonsMessage("Which?", (Button("a", "Same"), Button("b", "Same"))),
            lambda: ButtonsMessage("Which?", (Button("a", "One"), Button("a", "Two"))),
            lambda: ListMessage("Which?", "Choose", (ListRow("a", "One"), ListRow("a", "Two"))),
        ],
    )
    def test_two_of_the_same_are_refused(self, make: Callable[[], object]) -> None:
        """Ids must differ, and so must what buttons show."""
        with pytest.raises(Duplicate):
            make()

    @pytest.mark.parametrize(
        "make",
        [
            lambda: ButtonsMessage("Which?", ()),
            lambda: ListMessage("Which?", "Choose", ()),
            lambda: Button(" a", "A"),
            lambda: ListRow("a\n", "A"),
        ],
    )
    def test_other_shapes_that_meta_refuses(self, make: Callable[[], object]) -> None:
        """Nothing to tap, or an id that would not come back as it went."""
        with pytest.raises(Unsendable):
            make()
