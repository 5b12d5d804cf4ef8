"""A name is kept as its owner spells it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogue.parsers import Invalid, full_name


@pytest.mark.parametrize(
    "name",
    [
        "Asha Rao",
        "आशा राव",
        "श्री\u200cमती क्\u200dषमा",
        "रे",
        "Ng",
        "O'Brien",
        "D’Souza",
        "Anne-Marie van der Berg",
        "K. L. Rao",
        "A.P.J. Abdul Kalam",
        "Asha R.",
        "Sammy Davis Jr.",
        "José Álvarez",
        "محمد علي",
        "李小龙",
        "ரவி குமார்",
        "McDonald",
        "de la Cruz Maria",
    ],
)
def test_a_name_in_any_script_stays_as_it_was_typed(name: str) -> None:
    assert full_name(name) == name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("asha rao", "Asha Rao"),
        ("ASHA RAO", "Asha Rao"),
        ("asha d'souza", "Asha D'Souza"),
        ("ANNE-MARIE O’BRIEN", "Anne-Marie O’Brien"),
        ("k.l. rao", "K.L. Rao"),
        ("josé álvarez", "José Álvarez"),
        ("asha RAO", "asha RAO"),
    ],
)
def test_only_a_latin_name_all_in_one_case_gets_capitals(typed: str, kept: str) -> None:
    assert full_name(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "  Asha    Rao  ",
        "Asha\u00a0Rao",
        "A\u200bsha \u202eRao",
        "Asha Rao 😊🙏🏽",
        "*Asha Rao*",
        '"Asha Rao"',
        "Asha Rao.",
        "Asha Rao!!",
        "My name is Asha Rao",
        "my full name is Asha Rao.",
        "Name: Asha Rao",
        "I am Asha Rao",
        "Mera naam Asha Rao hai",
    ],
)
def test_what_stands_around_a_name_is_not_a_part_of_it(typed: str) -> None:
    assert full_name(typed) == "Asha Rao"


def test_a_hindi_sentence_gives_the_name_in_it() -> None:
    assert full_name("मेरा नाम आशा राव है।") == "आशा राव"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "name_too_short"),
        ("A", "name_too_short"),
        ("é", "name_too_short"),
        ("...", "name_too_short"),
        ("😀😀😀", "name_too_short"),
        ("\u3164\u3164", "name_too_short"),
        ("x" * 101, "name_too_long"),
        ("x" * 4096, "name_too_long"),
        ("Asha2", "name_has_digits"),
        ("आशा २", "name_has_digits"),
        ("98000 00001", "name_has_digits"),
        ("asha@example.com", "name_has_link"),
        ("https://example.com", "name_has_link"),
        ("www.asha", "name_has_link"),
        ("asha.com", "name_has_link"),
        ("Asha <b>Rao", "name_has_symbols"),
        ("Asha ❤ Rao", "name_has_symbols"),
        ("Asha/Rao", "name_has_symbols"),
    ],
)
def test_what_is_no_name_is_refused_with_its_reason(typed: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        full_name(typed)
    assert refused.value.reason == reason


def test_a_refusal_tells_the_limits_and_nothing_of_what_was_typed() -> None:
    with pytest.raises(Invalid) as refused:
        full_name("Y" * 150)
    assert refused.value.values == {"most": 100}
    assert "Y" not in repr(refused.value)


LETTERS = st.characters(categories=["L"], exclude_characters="\u115f\u1160\u3164\uffa0")


@settings(deadline=None)
@given(st.lists(st.text(LETTERS, min_size=2, max_size=12), min_size=1, max_size=4))
def test_every_letter_of_a_name_is_kept_in_its_order(parts: list[str]) -> None:
    typed = unicodedata.normalize("NFC", " ".join(parts))
    kept = full_name(typed)
    assert len(kept) == len(typed)
    assert kept.casefold() == typed.casefold()
