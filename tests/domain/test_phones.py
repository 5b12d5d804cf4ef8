"""A phone number is understood however it is written, and never guessed at."""

from __future__ import annotations

import pytest

from domain.phones import NotAPhone, e164


@pytest.mark.parametrize(
    "written",
    [
        "+919800000001",
        "919800000001",
        "00919800000001",
        " +91 98000 00001 ",
        "+91-98000-00001",
        "(+91) 98000 00001",
        "+91 (98000) 00001",
        "+91.98000.00001",
        "+91 98000–00001",
        "whatsapp:+919800000001",
        "+९१९८०००००००१",
    ],
)
def test_all_ways_to_write_a_number_are_one_number(written: str) -> None:
    assert e164(written) == "+919800000001"


def test_bare_digits_begin_with_their_country_code_as_whatsapp_writes_them() -> None:
    assert e164("14155550101") == "+14155550101"
    assert e164("9812345678") == "+9812345678", "Iran's, whoever of India meant it otherwise"


@pytest.mark.parametrize(
    "written",
    ["", "+", "+91", "98000", "+999 1234 5678", "+91 98000 00001 ext 5", "1-800-FLOWERS", "+91980000000199999"],
)
def test_what_is_no_phone_number_is_refused_without_being_quoted(written: str) -> None:
    with pytest.raises(NotAPhone) as refused:
        e164(written)
    assert not written or written not in str(refused.value)
