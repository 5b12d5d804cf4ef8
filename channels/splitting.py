"""Long text into pieces, where it hurts least: between paragraphs, lines, sentences, words, and last between graphemes.

Nothing but white space at the breaks goes missing, and invisible characters where a whole piece had nothing else.
Lengths are in UTF-16 units (see `channels.limits`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from channels.limits import is_blank, length

_PARAGRAPH = re.compile(r"(?=\n[^\S\n]*\n)")
_LINE = re.compile(r"(?=\n)")
# Latin, Devanagari and Arabic ends of sentences, with the quotes that may close behind them.
# A full stop after a digit numbers something more often than it ends a sentence.
_SENTENCE = re.compile(r"""(?:(?<!\d)\.|[!?\u2026\u0964\u0965\u06d4\u061f])["'\u201d\u2019\u00bb)\]*_]*(?=\s)""")
_WORD = re.compile(r"(?=[^\S\u00a0\u2007\u202f])")
"""Before white space, the kinds that forbid a break excepted."""

_VIRAMA = 9
"""The canonical combining class of signs that bind two Indic consonants into one shape."""
_JOINER = "\u200d"


def split(text: str, limit: int) -> list[str]:
    """The text in pieces that can be seen, each within the limit; in one piece where it is short enough."""
    pieces: list[str] = []
    rest = text
    while length(rest) > limit:
        rest = rest.lstrip()
        end = _prefix(rest, limit)
        cut = _last_break(rest, end) if end < len(rest) else end
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [piece for piece in (*pieces, rest) if not is_blank(piece)]


def split_tail(text: str, limit: int) -> tuple[str, str]:
    """A text too long for the limit as what goes before, and a last part within it: a paragraph, line or sentence."""
    text = text.rstrip()
    while is_blank(text[_suffix(text, limit) :]):
        text = text[: _suffix(text, limit)].rstrip()
    start = _suffix(text, limit)
    cut = _first_break(text, start) if start else 0
    return text[:cut].rstrip(), text[cut:].lstrip()


def _last_break(text: str, end: int) -> int:
    """Where to cut at or before `end`: as late as possible, and not in the first half for the sake of a nicer place."""
    for pattern in (_PARAGRAPH, _LINE, _SENTENCE, _WORD):
        if cut := max(_breaks(pattern, text, end // 2, end), default=0):
            return cut
    if cut := max(_breaks(_WORD, text, 1, end), default=0):
        return cut
    return next((cut for cut in range(end, end // 2, -1) if _between_graphemes(text, cut)), end)


def _first_break(text: str, start: int) -> int:
    """Where to cut at or after `start`: before the last paragraph, line or sentence, else as early as possible."""
    for pattern in (_PARAGRAPH, _LINE, _SENTENCE):
        cuts = [cut for cut in _breaks(pattern, text, start, len(text) - 1) if not is_blank(text[cut:])]
        if cuts:
            return cuts[-1]
    for cut in _breaks(_WORD, text, start, len(text) - 1):
        if not is_blank(text[cut:]):
            return cut
    return next((cut for cut in range(start, len(text)) if _between_graphemes(text, cut)), start)


def _breaks(pattern: re.Pattern[str], text: str, first: int, last: int) -> Iterator[int]:
    # One character more, so that the white space behind the last place is seen.
    for found in pattern.finditer(text, max(first - 1, 0), last + 1):
        if first <= found.end() <= last:
            yield found.end()


def _prefix(text: str, limit: int) -> int:
    """How many code points from the start are within the limit."""
    units = 0
    for at, character in enumerate(text[: limit + 1]):
        units += 2 if character > "\uffff" else 1
        if units > limit:
            return at
    return len(text)


def _suffix(text: str, limit: int) -> int:
    """Where the last code points within the limit begin."""
    units = 0
    for at in range(len(text) - 1, -1, -1):
        units += 2 if text[at] > "\uffff" else 1
        if units > limit:
            return at + 1
    return 0


def _between_graphemes(text: str, at: int) -> bool:
    """Whether a cut here leaves whole what is seen as one sign (Unicode Standard Annex 29, simplified)."""
    before, after = text[at - 1], text[at]
    if unicodedata.category(after) in ("Mn", "Mc", "Me", "Cf") or before == _JOINER:
        return False
    if "\U0001f3fb" <= after <= "\U0001f3ff":  # skin tones
        return False
    if "\u1160" <= after <= "\u11ff":  # Korean vowels and finals that follow an initial
        return False
    if unicodedata.combining(before) == _VIRAMA and after.isalpha():
        return False
    return not (_is_regional(after) and _flags_are_open(text, at))


def _flags_are_open(text: str, at: int) -> bool:
    """Whether an odd number of flag letters stands before this place: flags are pairs."""
    count = 0
    while count < at and _is_regional(text[at - 1 - count]):
        count += 1
    return count % 2 == 1


def _is_regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
