"""Short references for people, such as DEF-7K3M9Q: to be read out on the phone without a mistake."""

from __future__ import annotations

import re
from uuid import UUID

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""without 0, 1, I, L, O, which are taken for each other"""
LENGTH = 6
_SHAPE = re.compile(rf"\b([A-Z]{{2,4}})[-\s]?([{ALPHABET}]{{{LENGTH}}})\b")


def reference(kind: str, key: UUID) -> str:
    """The reference of what was made by the work with this key: the same on every try of it.

    There are 887 million of a kind; where two meet, the table says so and the caller takes another key's.
    """
    left, signs = key.int, []
    for _ in range(LENGTH):
        left, sign = divmod(left, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return f"{kind}-{''.join(signs)}"


def references_in(text: str) -> list[str]:
    """The references in a text, as they are written here, in order."""
    return [f"{kind}-{signs}" for kind, signs in _SHAPE.findall(text.upper())]
