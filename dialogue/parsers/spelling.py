"""One slip of the finger."""

from __future__ import annotations

FORGIVING_FROM = 5
"""Letters of a word from which on one mistake is forgiven: in shorter words a mistake is often another word."""


def within_one_edit(left: str, right: str) -> bool:
    """Whether the words are equal or one letter apart: one more, one less, another one, or two neighbours swapped.

    That is a Damerau-Levenshtein distance of at most 1, in one pass over the common start.
    """
    if left == right:
        return True
    if len(left) > len(right):
        left, right = right, left
    if len(right) - len(left) > 1:
        return False
    at = next((index for index, (one, other) in enumerate(zip(left, right, strict=False)) if one != other), len(left))
    if len(left) < len(right):
        return left[at:] == right[at + 1 :]
    if left[at + 1 :] == right[at + 1 :]:
        return True
    return left[at : at + 2] == right[at : at + 2][::-1] and left[at + 2 :] == right[at + 2 :]


def forgivably_near(typed: str, meant: str) -> bool:
    """Whether `typed` is `meant`, or one mistake away from it where `meant` is long enough for that."""
    return typed == meant or (len(meant) >= FORGIVING_FROM and within_one_edit(typed, meant))
