"""Typed text, made fit for reading: `clean` keeps what was meant, `fold` is for comparing, `words` takes it apart.

Characters are from the Unicode Standard: default-ignorable code points (chapter 5.21), join controls (chapter 23.2).
"""

from __future__ import annotations

import re
import unicodedata

# Soft hyphen, fillers, zero-width and bidi controls, byte order mark, annotation and tag characters, lone surrogates.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff0-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f\ud800-\udfff]+"
)
# The blank of Braille is a symbol to Unicode, and a way to send an empty-looking message.
_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2800]+")
# Arabic, the scripts of India and their neighbours: there, a joiner inside a word changes how it is written.
_JOINING = "\u0600-\u109f\u1780-\u18af\ua8e0-\ua8ff"
_JOINERS = re.compile(f"(?<=[{_JOINING}])[\u200c\u200d]+(?=[{_JOINING}])|([\u200c\u200d]+)")

WORD = "(?:[^\\W\\d_]|[\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0970])+"
"""A pattern for letters with their marks: to `\\w`, the vowel signs of Devanagari are no part of a word."""

_ACCENTS = re.compile("[\u0300-\u036f\u093c\u200c\u200d\u20d0-\u20f0\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_CHANDRABINDU = "\u0901"
_ANUSVARA = "\u0902"
_NASAL = re.compile("[\u0919\u091e\u0923\u0928\u092e]\u094d(?=[\u0915-\u0939])")
_APOSTROPHES = re.compile("['\u2019\u02bc`\u00b4]")


def clean(text: str) -> str:
    """The text in NFC, on one line, without what cannot be seen.

    Zero-width characters, bidi controls, control characters and lone surrogates go; spaces of every kind become one
    space each. ZWJ and ZWNJ stay inside words of the scripts that need them (`क्‍ष` is not `क्ष`).
    """
    text = _INVISIBLE.sub("", text)
    text = _JOINERS.sub(lambda found: "" if found[1] else found[0][0], text)
    return unicodedata.normalize("NFC", _SPACES.sub(" ", text).strip())


def fold(text: str) -> str:
    """The text for comparing words, never for showing.

    Case, width, Latin accents and punctuation or emoji at the ends do not count; nor do, in Devanagari, nukta
    (`फ़रवरी`, `फरवरी`), chandrabindu for anusvara (`हाँ`, `हां`), half nasals for anusvara (`हिन्दी`, `हिंदी`) and joiners.
    """
    text = clean(text)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _ACCENTS.sub("", unicodedata.normalize("NFKD", text)))
        text = unicodedata.normalize("NFKD", text.casefold())
        text = _ACCENTS.sub("", text).replace(_CHANDRABINDU, _ANUSVARA)
        text = unicodedata.normalize("NFC", _NASAL.sub(_ANUSVARA, text))
    else:
        text = text.casefold()
    start, end = 0, len(text)
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not _of_a_word(text[end - 1]):
        end -= 1
    return " ".join(text[start:end].split())


def words(text: str) -> tuple[str, ...]:
    """The folded words and numbers of a text, in order: `Self-employed!` gives `self`, `employed`; `don't`, `dont`."""
    folded = _APOSTROPHES.sub("", fold(text))
    if folded.isascii() and folded.isalnum():
        return (folded,)
    return tuple("".join(sign if _of_a_word(sign) else " " for sign in folded).split())


def folded_set(text: str) -> frozenset[str]:
    """The words of a list that is written with spaces, folded: for tables of words."""
    return frozenset(fold(word) for word in text.split())


def _of_a_word(sign: str) -> bool:
    # Vowel signs are marks (M), which str.isalnum does not take for a part of a word.
    return sign.isalnum() or unicodedata.category(sign)[0] == "M"
