"""Pincodes, mobile numbers and codes, in the forms that people type them."""

from __future__ import annotations

import pytest

from dialogue.parsers import Invalid, indian_mobile, one_time_code, pincode
from domain.pincodes import Area, area_of


@pytest.mark.parametrize(
    "typed",
    [
        "560001",
        " 560001 ",
        "560 001",
        "560-001",
        "5 6 0 0 0 1",
        "560001.",
        "PIN 560001",
        "pin code: 560 001",
        "Pincode-560001",
        "my pincode is 560001",
        "MG Road, Bengaluru 560001",
        "12, MG Road, Bengaluru - 560 001",
        "५६०००१",
        "५६० ००१",
        "पिन कोड ५६०००१",
        "मेरा पिन 560001 है",
        "５６０００１",
        "560001 560001 twice, 560001",
    ],
)
def test_a_pincode_however_it_is_written(typed: str) -> None:
    assert pincode(typed) == "560001"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "pincode_digits"),
        ("56001", "pincode_digits"),
        ("5600011", "pincode_digits"),
        ("Bengaluru", "pincode_digits"),
        ("98450 12345", "pincode_digits"),
        ("call 9845012345", "pincode_digits"),
        ("5" * 500, "pincode_digits"),
        ("560001 or 110001", "pincode_several"),
        ("056001", "pincode_zero"),
    ],
)
def test_what_is_no_pincode_is_told_why(typed: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        pincode(typed)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "typed",
    [
        "9845012345",
        "98450 12345",
        "98450-12345",
        "984 501 2345",
        "98 45 01 23 45",
        "9 8 4 5 0 1 2 3 4 5",
        "09845012345",
        "0 98450 12345",
        "+919845012345",
        "+91 98450 12345",
        "+91-98450-12345",
        "+91 (98450) 12345",
        "(+91) 98450 12345",
        "+91 098450 12345",
        "+91 (0) 98450 12345",
        "919845012345",
        "91 98450 12345",
        "00919845012345",
        "0091 98450 12345",
        "whatsapp:+919845012345",
        "tel: 98450 12345",
        "my number is 98450 12345",
        "98450 12345 (Asha)",
        "98450 12345, again: +91 98450 12345",
        "९८४५०१२३४५",
        "+९१ ९८४५० १२३४५",
        "मेरा नंबर 98450 12345 है",
        "98450\u200b12345",
        "98450.12345",
    ],
)
def test_a_mobile_number_however_it_is_written(typed: str) -> None:
    assert indian_mobile(typed) == "+919845012345"


@pytest.mark.parametrize("first", "6789")
def test_a_mobile_number_begins_with_six_to_nine(first: str) -> None:
    assert indian_mobile(f"{first}300112233") == f"+91{first}300112233"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "phone_digits"),
        ("yes", "phone_digits"),
        ("98450 1234", "phone_digits"),
        ("98450 123456", "phone_digits"),
        ("+91 98450 1234", "phone_digits"),
        ("987654321012", "phone_digits"),
        ("560001", "phone_digits"),
        ("9" * 500, "phone_digits"),
        ("2345678901", "phone_not_mobile"),
        ("+91 12345 67890", "phone_not_mobile"),
        ("080 2222 3333", "phone_not_mobile"),
        ("+1 415 555 0101", "phone_not_indian"),
        ("+971 50 123 4567", "phone_not_indian"),
        ("0044 20 7946 0018", "phone_not_indian"),
        ("98450 12345 or 98450 54321", "phone_several"),
        ("9845012345/9845054321", "phone_several"),
        ("98450 12345 98450 54321", "phone_several"),
    ],
)
def test_what_is_no_mobile_number_of_india_is_told_why(typed: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        indian_mobile(typed)
    assert refused.value.reason == reason
    assert not any(isinstance(value, str) for value in refused.value.values.values())


@pytest.mark.parametrize(
    "typed",
    ["123456", "123 456", "123-456", "1 2 3 4 5 6", "OTP 123456", "my code is 123456.", "१२३४५६", "कोड है १२३४५६"],
)
def test_a_code_however_it_is_written(typed: str) -> None:
    assert one_time_code(typed) == "123456"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "no code", "98450 12345", "123456 or 654321", "1" * 500])
def test_what_is_no_code_is_told_so_without_being_quoted(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        one_time_code(typed)
    assert (refused.value.reason, refused.value.values) == ("code_digits", {"count": 6})


@pytest.mark.parametrize(
    ("pin", "area"),
    [
        ("560001", Area(("Bengaluru Urban",), "Karnataka")),
        ("400001", Area(("Mumbai",), "Maharashtra")),
        ("744101", Area(("South Andamans",), "Andaman and Nicobar Islands")),
        ("700091", Area(("North 24 Parganas",), "West Bengal")),
        # Entered under a neighbour's name too: the state with most of its offices counts.
        ("110025", Area(("South Delhi", "South East Delhi"), "Delhi")),
        ("194101", Area(("Leh",), "Ladakh")),
    ],
)
def test_a_pincode_belongs_to_a_place(pin: str, area: Area) -> None:
    assert area_of(pin) == area


def test_several_districts_are_named_together() -> None:
    assert Area(("South Delhi", "South East Delhi"), "Delhi").district == "South Delhi / South East Delhi"


@pytest.mark.parametrize("pin", ["999999", "100000", "560999"])
def test_a_pincode_that_the_directory_does_not_have_has_no_place(pin: str) -> None:
    assert area_of(pin) is None
