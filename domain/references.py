"""Short references for people, such as DEF-7K3M9Q: to be read out on the phone without a mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from uuid import UUID, uuid5

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""without 0, 1, I, L, O, which are taken for each other"""
LENGTH = 6
_SHAPE = re.compile(rf"\b([A-Z]{{2,4}})[-\s]?([{ALPHABET}]{{{LENGTH}}})\b")


def reference(kind: str, key: UUID) -> str:
    """The reference of what was made by the work with this key: the same on every try of it.

    There are 887 million of a kind; where two may meet, take `references`.
    """
    left, signs = key.int, []
    for _ in range(LENGTH):
        left, sign = divmod(left, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return f"{kind}-{''.join(signs)}"


def references(kind: str, key: UUID) -> Iterator[str]:
    """That reference, and where somebody has drawn it already, the next ones: the same on every try."""
    yield reference(kind, key)
    for again in count(1):
        yield reference(kind, uuid5(key, str(again)))


def references_in(text: str) -> list[str]:
    """The references in a text, as they are written here, in order."""
    return [f"{kind}-{signs}" for kind, signs in _SHAPE.findall(text.upper())]
