"""A person's full name, in any script."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from dialogue.parsers.invalid import Invalid
from dialogue.parsers.text import clean

LEAST_LETTERS = 2
MOST_CHARACTERS = 100
_LONGEST = 2 * MOST_CHARACTERS
"""With what may stand around a name: beyond this nothing is searched, so that a long text costs no time."""

_LINK = re.compile(r"https?:|www\.|://|@|[^\W\d_]{2,}\.(?:com|in|net|org|co|io|info|biz|xyz|app)\b", re.IGNORECASE)
_LEAD_IN = re.compile(
    r"(?:my (?:full )?name is|(?:full )?name ?(?: is\b|[:=-])|i am|i'm|this is|mera (?:pura )?na+m(?: hai)?"
    r"|मेरा (?:पूरा )?नाम(?: है)?|नाम ?[:=-])\s*[:=-]?\s+(?P<name>\S.*?)(?: (?:hai|है))?[.।!]?",
    re.IGNORECASE,
)
_APOSTROPHES = "'\u2019\u02bc"
_INSIDE = frozenset(" .-\u2010\u2011\u00b7\u30fb\u200c\u200d" + _APOSTROPHES)
_STANDS_FOR = str.maketrans({"`": "'", "\u00b4": "'"})
_VARIATION = re.compile("[\ufe00-\ufe0f\u20e3]")


def full_name(text: str) -> str:
    """The name, spelled as typed, with single spaces and without emoji or punctuation around it.

    Letters of any script, apostrophes, dots, hyphens and spaces. "My name is …" and "मेरा नाम … है" are not a part of
    it. Only a Latin name all in small or all in capital letters is changed: `asha d'souza` becomes `Asha D'Souza`.

    Raises Invalid: name_too_short (least), name_too_long (most), name_has_link, name_has_digits, name_has_symbols.
    """
    typed = _VARIATION.sub("", clean(text)).translate(_STANDS_FOR)
    if len(typed) > _LONGEST:
        raise Invalid("name_too_long", most=MOST_CHARACTERS)
    if _LINK.search(typed):
        raise Invalid("name_has_link")
    if said := _LEAD_IN.fullmatch(typed):
        typed = said["name"]
    name = _without_edges(typed)
    if any(unicodedata.category(sign)[0] == "N" for sign in name):
        raise Invalid("name_has_digits")
    if not all(_is_letter(sign) or sign in _INSIDE for sign in name):
        raise Invalid("name_has_symbols")
    if sum(map(_counts, name)) < LEAST_LETTERS:
        raise Invalid("name_too_short", least=LEAST_LETTERS)
    if len(name) > MOST_CHARACTERS:
        raise Invalid("name_too_long", most=MOST_CHARACTERS)
    return _capitalised(name)


def _is_letter(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LM"


def _counts(sign: str) -> bool:
    # A vowel sign is a letter to its reader (रे is Re); an accent is not.
    return _is_letter(sign) and not "\u0300" <= sign <= "\u036f"


def _without_edges(text: str) -> str:
    """The text from its first letter or digit to its last; the dot of an initial or of `Jr.` belongs to the name."""
    start, end = 0, len(text)
    while start < end and unicodedata.category(text[start])[0] not in "LN":
        start += 1
    while start < end and unicodedata.category(text[end - 1])[0] not in "LMN":
        end -= 1
    name = text[start:end]
    last = re.split(r"[ .]", name)[-1]
    return name + "." if text[end : end + 1] == "." and 0 < len(last) <= 2 else name


def _capitalised(name: str) -> str:
    letters = [sign for sign in name if sign.isalpha()]
    if not all(unicodedata.name(letter, "").startswith("LATIN ") for letter in letters):
        return name
    if not (all(map(str.islower, letters)) or all(map(str.isupper, letters))):
        return name
    following = [_is_letter(after) for _, after in pairwise(name + " ")]
    capital, written = True, []
    for index, sign in enumerate(name):
        written.append(_one_for_one(sign, sign.upper() if capital else sign.lower()))
        # The s of a possessive stays small, the S of D'Souza does not: it has letters behind it.
        capital = following[index + 1] if sign in _APOSTROPHES and index + 1 < len(name) else not _is_letter(sign)
    return "".join(written)


def _one_for_one(sign: str, changed: str) -> str:
    return changed if len(changed) == 1 else sign
