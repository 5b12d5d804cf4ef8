"""How long things are, and what is raised where something is not sendable.

Providers say "characters" and not which. We count UTF-16 units: a text has at least as many of those as code points or
graphemes, so what is within our limits is within theirs, whichever of the three they count. The price is that a text
of emoji is split, or shown as a list, a little early. (Bytes are not meant: 4096 Devanagari letters are accepted.)
"""

from __future__ import annotations

import unicodedata

OPTION_ID = 200
"""characters of an option's id: a row's, at Meta and at Twilio; the same option may be shown as a button"""

# Letters and marks that Unicode prints as nothing; the categories of is_blank do not tell.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_MORE_VARIATION_SELECTORS = range(0xE0100, 0xE01F0)


class Unsendable(ValueError):
    """This message can never be sent as it is: give it up and mend what made it. Its text holds no words of it."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field} {problem}")
        self.field = field


class LimitExceeded(Unsendable):
    """Longer, or more, than the provider takes."""

    def __init__(self, field: str, limit: int, length: int) -> None:
        super().__init__(field, f"is {length} long where {limit} are taken: pass the message through fit() first")
        self.limit = limit
        self.length = length


class Blank(Unsendable):
    """Nothing in it can be seen."""

    def __init__(self, field: str) -> None:
        super().__init__(field, "shows nothing: it is empty, or of spaces and invisible characters alone")


class Duplicate(Unsendable):
    """Two things that the provider wants to be different are the same."""

    def __init__(self, field: str) -> None:
        super().__init__(field, "occurs twice in one message")


class NotText(Unsendable):
    """Half of a surrogate pair: it has no UTF-8."""

    def __init__(self, field: str) -> None:
        super().__init__(field, "holds half of a surrogate pair, which cannot be encoded")


def length(text: str) -> int:
    """How long a text is, in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_blank(text: str) -> bool:
    """Whether nothing of a text can be seen."""
    return not text or text.isspace() or all(_is_invisible(character) for character in text)


def require_visible(field: str, text: str) -> None:
    """Refuse what shows nothing or cannot be encoded: Blank, NotText."""
    if is_blank(text):
        raise Blank(field)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotText(field) from None


def require(field: str, text: str, limit: int) -> None:
    """Refuse what shows nothing, cannot be encoded, or is over the limit: Blank, NotText, LimitExceeded."""
    require_visible(field, text)
    if (found := length(text)) > limit:
        raise LimitExceeded(field, limit, found)


def require_id(field: str, value: str) -> None:
    """Refuse an option's id that would not come back as it went out: Unsendable."""
    require(field, value, OPTION_ID)
    if value != value.strip():
        raise Unsendable(field, "begins or ends with a space")


def _is_invisible(character: str) -> bool:
    return (
        character.isspace()
        or character in _FILLERS
        or ord(character) in _VARIATION_SELECTORS
        or ord(character) in _MORE_VARIATION_SELECTORS
        or unicodedata.category(character) in ("Cc", "Cf")
    )
