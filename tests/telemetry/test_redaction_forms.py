"""What is personal is known by its form, whatever is around it; and ids of ours are not taken for it."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from telemetry.personal import IDS, redacted
from telemetry.verhoeff import is_checked
from tests.telemetry.people import AADHAAR, MOBILES, PERSONAL, aadhaar

OURS = {
    "a uuid": "0f8fad5b-d9cb-469f-a165-70867728950e",
    "a uuid of digits": "98123456-7098-4123-8567-919812345670",
    "a workflow's id": "conversation-98123456-7098-4123-8567-919812345670",
    "a trace": "4bf92f3577b34da6a3ce929d0e0e4736",
    "a trace of digits": "98123456709812345670981234567098",
    "a traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    "a digest": "9812345670" * 6 + "abcd",
    "a wamid": "wamid.HBgMOTE5ODEyMzQ1NjcwFQIAERgSMTIzNDU2Nzg5MEFC",
    "a wamid of the sandbox": "wamid.98123456709812345670981234567098",
    "a phone_number_id": "100000000000001",
    "another phone_number_id": "981234567098123",
    "a count": "981234567",
    "a time in seconds": "1795741458",
    "a time in milliseconds": "1795741458123",
    "a time in seconds and parts": "1795741458.123456",
    "a time": "2026-11-27T01:13:13.123456Z",
    "a day and a time": "2026-11-27 01:13:13",
    "a duration": "took 8.123456789 s",
    "a duration in milliseconds": "98123.45670 ms",
    "an address of a machine": "98.76.54.3210",
    "a port": "http://127.0.0.1:8000/webhook",
    "a request": '127.0.0.1:54321 - "GET /healthz HTTP/1.1" 200',
    "a number's hint": "…70#a1b2c3",
    "several counts": "taken 12, 3456, 789 of 12345678",
    "a sentence": "since 2026 a worker is up: it serves conversations = all of them",
    "an error's code": "code 131056",
}


@pytest.mark.parametrize("personal", PERSONAL.values(), ids=PERSONAL)
def test_what_is_personal_is_marked_where_it_stood(personal: str) -> None:
    assert personal not in redacted(f"before {personal} after")
    assert redacted(f"before {personal} after").startswith("before ")
    assert redacted(f"before {personal} after").endswith(" after")


@pytest.mark.parametrize("id", OURS.values(), ids=OURS)
def test_an_id_or_a_measure_of_ours_survives(id: str) -> None:
    assert redacted(id) == id
    assert redacted(f"row {id}, again") == f"row {id}, again"


def test_a_number_beside_an_id_is_marked_and_the_id_survives() -> None:
    id = "0f8fad5b-d9cb-469f-a165-70867728950e"

    assert redacted(f"{id} 9812345670 {id}-9812345670") == f"{id} [phone] {id}-[phone]"


def test_several_numbers_in_a_row_are_all_marked() -> None:
    assert redacted("9812345670 9812345671 9812345672") == "[phone] [phone] [phone]"
    assert redacted("+91 98123 45670, +91 98123 45671") == "[phone], [phone]"
    assert redacted(f"12 {AADHAAR} 9812345670 7") == "12 [aadhaar] [phone] 7"


def test_twelve_digits_that_are_not_checked_are_no_aadhaar() -> None:
    wrong = AADHAAR[:11] + str((int(AADHAAR[11]) + 1) % 10)

    assert not is_checked(wrong)
    assert redacted(wrong) == wrong


def test_the_check_digit_is_verhoeffs() -> None:
    """His own example: 236 has the check digit 3. Any one wrong digit is found, and any two that changed places."""
    assert [digit for digit in range(10) if is_checked(f"236{digit}")] == [3]
    for place in range(12):
        for digit in set("0123456789") - {AADHAAR[place]}:
            assert not is_checked(AADHAAR[:place] + digit + AADHAAR[place + 1 :])
    for place in range(11):
        one, other = AADHAAR[place], AADHAAR[place + 1]
        assert one == other or not is_checked(AADHAAR[:place] + other + one + AADHAAR[place + 2 :])


def test_of_a_very_long_text_the_middle_is_left_out_and_the_ends_are_searched() -> None:
    shown = redacted("9812345670 " + "word " * 20_000 + " 9812345671")

    assert len(shown) < 20_000
    assert shown.startswith("[phone] word")
    assert shown.endswith("word  [phone]")
    assert "signs left out" in shown


no_digits = st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=30)
no_digit = st.characters(exclude_categories=["Nd", "Cs"])
anything = st.text(st.one_of(no_digit, st.sampled_from("0123456789 -+.()")), max_size=30)
before_it = st.one_of(no_digits, st.builds(lambda text, last: text + last, anything, no_digit))
after_it = st.one_of(no_digits, st.builds(lambda first, text: first + text, no_digit, anything))
"""anything but a digit beside it, for a number ends where its digits do"""


def grouped(form: str, number: str) -> str:
    """A number's digits in place of the zeros of a form."""
    digits = iter(number)
    return "".join(next(digits) if sign == "0" else sign for sign in form)


mobiles = st.builds(
    grouped,
    st.sampled_from(["0000000000", "00000 00000", "00000-00000", "000-000-0000", "0000 000 000", "0000-00-0000"]),
    st.from_regex(r"[6-9][0-9]{9}", fullmatch=True),
)
prefixed = st.builds(lambda prefix, number: prefix + number, st.sampled_from(["", "+91", "+91 ", "91", "0"]), mobiles)
foreign = st.from_regex(r"\+[1-9][0-9]{9,14}", fullmatch=True)
pans = st.from_regex(r"[A-Z]{3}[PCHFATBLJG][A-Z][0-9]{4}[A-Z]", fullmatch=True)
aadhaars = st.builds(
    grouped,
    st.sampled_from(["000000000000", "0000 0000 0000", "0000-0000-0000"]),
    st.from_regex(r"[2-9][0-9]{10}", fullmatch=True).map(aadhaar),
)


@settings(deadline=None)
@given(before=before_it, personal=st.one_of(prefixed, foreign, pans, aadhaars, st.emails()), after=after_it)
def test_no_such_number_gets_through_whatever_is_around_it(before: str, personal: str, after: str) -> None:
    text = before + personal + after
    assume(IDS.search(text) is None)

    assert personal not in redacted(text)


@settings(deadline=None)
@given(before=no_digits, number=st.sampled_from([*MOBILES.values(), AADHAAR]), after=no_digits)
def test_nor_does_one_inside_what_was_written_as_code(before: str, number: str, after: str) -> None:
    """As in the repr of a text, or in JSON: signs that are not ASCII are digits and letters there."""
    assume(IDS.search(ascii(before) + number + ascii(after)) is None)

    assert number not in redacted(ascii(before)[:-1] + number + ascii(after)[1:])


@settings(deadline=None)
@given(st.text())
def test_what_has_been_redacted_once_has_nothing_left_to_redact(text: str) -> None:
    assert redacted(redacted(text)) == redacted(text)


@settings(deadline=None)
@given(st.uuids(), st.uuids())
def test_ids_survive_whatever_their_digits_are(one: UUID, other: UUID) -> None:
    assert redacted(f"{one} and {other}") == f"{one} and {other}"
