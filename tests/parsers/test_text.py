"""Typed text is cleaned of what cannot be seen, and folded so that words compare as people read them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogue.parsers.text import clean, fold, words

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("  Asha   Rao\n", "Asha Rao"),
        ("Asha\u00a0Rao\u2003\u3000Patil", "Asha Rao Patil"),
        ("A\u200bs\ufeffh\u2060a", "Asha"),
        ("\u202eoaR ahsA\u202c", "oaR ahsA"),
        ("\u2067आशा\u2069\u200f", "आशा"),
        ("Jose\u0301", "José"),
        ("\x00hi\x1f\x7f", "hi"),
        ("\u3164\u2800\u00ad", ""),
        ("lone \ud83d surrogate", "lone surrogate"),
    ],
)
def test_what_cannot_be_seen_goes_and_spaces_are_squeezed(typed: str, cleaned: str) -> None:
    assert clean(typed) == cleaned


def test_a_joiner_inside_a_devanagari_word_stays_because_it_changes_how_the_word_is_written() -> None:
    assert clean("क्\u200dष") == "क्\u200dष"
    assert clean("श्री\u200cमान") == "श्री\u200cमान"


def test_a_joiner_anywhere_else_goes() -> None:
    assert clean("As\u200dha \u200cक\u200d") == "Asha क"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Hindi", "  HINDI! "),
        ("हिन्दी", "हिंदी"),
        ("फ़रवरी", "फरवरी"),
        ("हाँ", "हां"),
        ("पाँच", "पांच"),
        ("café", "CAFE"),
        ("ｙｅｓ", "yes"),
        ("yes 👍🏽", "(yes)"),
        ("नव॰", "नव"),
        ("क्\u200dष", "क्ष"),
        ("1️⃣", "1"),
    ],
)
def test_words_that_read_the_same_fold_to_the_same(left: str, right: str) -> None:
    assert fold(left) == fold(right) != ""


def test_folding_keeps_words_apart_that_mean_different_things() -> None:
    assert len({fold(word) for word in ("कल", "काल", "कला", "किला", "no", "know", "दिन", "दीन")}) == 8


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Self-employed!", ("self", "employed")),
        ("I don't know…", ("i", "dont", "know")),
        ("नौकरी करता/करती हूँ।", ("नौकरी", "करता", "करती", "हूं")),
        ("option 2)", ("option", "2")),
        ("👍", ()),
        ("", ()),
    ],
)
def test_a_text_is_taken_apart_into_its_words(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@settings(deadline=None)
@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once.encode().decode() == once


@settings(deadline=None)
@given(ANY_TEXT)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
