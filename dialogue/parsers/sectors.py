"""The line of business, as people call and misspell it."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from dialogue.parsers.choices import Label, pick
from dialogue.parsers.invalid import Invalid
from dialogue.parsers.text import words

_LONG = 7
"""letters of a word from which on more than one mistake is forgiven"""
_ALIKE = 0.77
"""of two words' letters, those that agree: two or three mistakes in a long word"""


def sector(text: str, labels: Sequence[Label]) -> str:
    """The id of the sector that is meant: whatever `pick` takes, and long words with more than one mistake in them.

    Raises Invalid: pick_one, pick_several.
    """
    try:
        return pick(text, labels)
    except Invalid as invalid:
        if invalid.reason != "pick_one":
            raise
        return _alike(text, labels, invalid)


def _alike(text: str, labels: Sequence[Label], invalid: Invalid) -> str:
    typed = [word for word in words(text)[:8] if len(word) >= _LONG]
    found = {
        label.id
        for label in labels
        for name in label.names
        for meant in words(name)
        if len(meant) >= _LONG and any(SequenceMatcher(None, word, meant).ratio() >= _ALIKE for word in typed)
    }
    if len(found) > 1:
        raise Invalid("pick_several", matches=len(found), count=len(labels))
    if not found:
        raise invalid
    return found.pop()
