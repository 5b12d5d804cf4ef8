"""An e-mail address is read with what stands around it; each slip is told for what it is."""

from __future__ import annotations

import pytest

from dialogue.parsers import Invalid, email_address


@pytest.mark.parametrize(
    "typed",
    [
        "asha@example.com",
        " asha@example.com ",
        "asha@EXAMPLE.com",
        "asha@example.com.",
        "<asha@example.com>",
        '"asha@example.com"',
        "mailto:asha@example.com",
        "my email is asha@example.com",
        "My e-mail address is: asha@example.com",
        "email: asha@example.com",
        "Email id asha@example.com",
        "email - asha@example.com",
        "it's asha@example.com",
        "asha＠example.com",
        "asha\u200b@example.com",
    ],
)
def test_an_address_and_what_people_write_around_it(typed: str) -> None:
    assert email_address(typed) == "asha@example.com"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Asha.Patil+nexora@Example.co.in", "Asha.Patil+nexora@example.co.in"),
        ("email@example.com", "email@example.com"),
        ("mail@example.com", "mail@example.com"),
        ("o'neil@example.ie", "o'neil@example.ie"),
        ("आशा@उदाहरण.भारत", "आशा@उदाहरण.भारत"),
    ],
)
def test_what_is_part_of_an_address_stays(typed: str, address: str) -> None:
    assert email_address(typed) == address


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("asha patil@example.com", "email_has_space"),
        ("asha @ example.com", "email_has_space"),
        ("asha@example com", "email_has_space"),
        ("asha", "email_without_at"),
        ("asha.example.com", "email_without_at"),
        ("asha at example dot com", "email_without_at"),
        ("", "email_without_at"),
        ("asha@example.com, ravi@example.com", "email_several"),
        ("asha@example.com or ravi@example.com", "email_several"),
        ("asha@example", "email_domain"),
        ("asha@", "email_domain"),
        ("asha@.com", "email_domain"),
        ("asha@example,com", "email_domain"),
        ("asha@example.c", "email_domain"),
        ("@example.com", "email_unreadable"),
        ("asha@@example.com", "email_unreadable"),
        ("a..b@example.com", "email_unreadable"),
        ("asha@exa_mple.com", "email_unreadable"),
        ("asha@-example.com", "email_domain"),
        ("a" * 260 + "@example.com", "email_too_long"),
        ("a" * 5000, "email_too_long"),
    ],
)
def test_a_slip_is_told_for_what_it_is(typed: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        email_address(typed)
    assert refused.value.reason == reason


def test_nothing_of_what_was_typed_is_in_the_refusal() -> None:
    """The library's own words quote it."""
    with pytest.raises(Invalid) as refused:
        email_address("zqxj..wfp@example.com")
    assert "zqxj" not in repr(refused.value) + repr(refused.value.values)
    assert refused.value.__cause__ is None
