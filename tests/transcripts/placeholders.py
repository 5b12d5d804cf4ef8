"""What is another every day, written so that a story stays the same: `{today}`, `{+3d}`, `DEF-#1`, `{own}`, `{link}`.

Days are counted from the one on which the story begins, references in the order in which they are first seen.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from babel import Locale

from dialogue.silence import KOLKATA
from domain.phones import spaced
from domain.references import ALPHABET, LENGTH
from texts.writing import Day, Weekday

NEAR = range(-60, 121)
"""days from the first one that are written by their distance"""
LOCALES = (Locale("en", "IN"), Locale("hi", "IN"))
_REFERENCE = re.compile(rf"\b([A-Z]{{2,4}})-([{ALPHABET}]{{{LENGTH}}})\b")
_NUMBERED = re.compile(r"\b([A-Z]{2,4})-#([1-9][0-9]*)")
_LOGIN = re.compile(r"https?://\S+/login\?token=\S+")
OWN, ANOTHER = "{own}", "{another}"
"""the number that the person writes from; another mobile number, which nobody else has"""
_DAY = re.compile(r"\{(today|[+-][1-9][0-9]*d)\}")
_AT = re.compile(r"\{(today|\+[1-9][0-9]*d)\} (\d\d):(\d\d)")


class Placeholders:
    """The days and references of one story that is played."""

    def __init__(self, begins: float, own: str = "", another: str = "") -> None:
        self._phones = {name: phone for name, phone in ((OWN, own), (ANOTHER, another)) if phone}
        self._first = datetime.fromtimestamp(begins, KOLKATA).date()
        self._days: dict[str, str] = {}
        for distance in NEAR:
            for written in _written(self._first + timedelta(days=distance)):
                self._days[written] = _named(distance)
        # The longest first: "1 December" is in "21 December".
        several = "|".join(map(re.escape, sorted(self._days, key=len, reverse=True)))
        self._day = re.compile(rf"(?<!\d)(?:{several})(?!\d)")
        self._seen: dict[str, str] = {}

    def hide(self, text: str) -> str:
        """A text as the story has it."""
        for name, phone in self._phones.items():
            text = text.replace(spaced(phone), name)
        text = _LOGIN.sub("{link}", text)
        return _REFERENCE.sub(self._numbered, self._day.sub(lambda found: self._days[found[0]], text))

    def reveal(self, text: str) -> str:
        """A text of the story as it is here and today. Raises LookupError for a reference that nobody has seen."""
        for name, phone in self._phones.items():
            text = text.replace(name, phone.removeprefix("+91"))
        text = _DAY.sub(lambda found: _written(self._first + timedelta(days=_distance(found[1])))[0], text)
        return _NUMBERED.sub(self._meant, text)

    def moment(self, text: str) -> float:
        """`{+1d} 09:30` in seconds since the epoch, by the clocks of India. Raises ValueError for anything else."""
        found = _AT.fullmatch(text)
        if found is None:
            raise ValueError("a moment is written {+1d} 09:30")
        day = self._first + timedelta(days=_distance(found[1]))
        return datetime(day.year, day.month, day.day, int(found[2]), int(found[3]), tzinfo=KOLKATA).timestamp()

    def _numbered(self, found: re.Match[str]) -> str:
        kind = found[1]
        if found[0] not in self._seen:
            number = 1 + sum(known.startswith(f"{kind}-") for known in self._seen)
            self._seen[found[0]] = f"{kind}-#{number}"
        return self._seen[found[0]]

    def _meant(self, found: re.Match[str]) -> str:
        for reference, name in self._seen.items():
            if name == found[0]:
                return reference
        raise LookupError(f"{found[0]} was not seen in this story yet")


def _written(day: date) -> list[str]:
    """How texts write a day; the first is how a person does."""
    near = [Weekday(day).format(locale) for locale in LOCALES]
    return [*near, *(Day(day).format(locale) for locale in LOCALES)]


def _named(distance: int) -> str:
    return "{today}" if not distance else f"{{{distance:+d}d}}"


def _distance(name: str) -> int:
    return 0 if name == "today" else int(name.removesuffix("d"))
