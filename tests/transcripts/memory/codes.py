"""One-time codes without HTTP, by the rules of the sandbox's auth API: thirty seconds apart, good for five minutes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from activities.effects import OutsideRefused, OutsideUnavailable

VALID_FOR, APART, HOUR = 300.0, 30.0, 3600.0
"""seconds"""
AN_HOUR, TRIES = 5, 5


@dataclass
class Sent:
    """One code."""

    request_id: str
    phone: str
    code: str
    at: float
    wrong: int = 0
    wrong_at: float = 0.0
    used: bool = False


class CodeBook:
    """The codes of one story, and how each number is treated."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._sent: list[Sent] = []
        self._numbers = count(271828, 1009)
        self.moods: dict[str, str] = {}

    def newest(self, phone: str) -> str:
        """The code that was sent last. Raises LookupError where none was."""
        for sent in reversed(self._sent):
            if sent.phone == phone:
                return sent.code
        raise LookupError("no code has come to this phone")

    def send(self, phone: str) -> str:
        """Send one; the request's id. Raises OutsideRefused: locked, too_many, bad_number; OutsideUnavailable."""
        self._in_a_mood(phone, "locked", "too_many", "bad_number")
        now = self._now()
        self._held(phone, now)
        lately = [sent.at for sent in self._sent if sent.phone == phone and sent.at > now - HOUR]
        if len(lately) >= AN_HOUR or any(at > now - APART for at in lately):
            raise OutsideRefused("too_many")
        sent = Sent(f"request-{len(self._sent)}", phone, f"{next(self._numbers):06d}", now)
        self._sent.append(sent)
        return sent.request_id

    def check(self, request_id: str, phone: str, typed: str) -> None:
        """Use a code up. Raises OutsideRefused: wrong, expired, locked; OutsideUnavailable."""
        self._in_a_mood(phone, "wrong", "expired", "locked")
        now = self._now()
        self._held(phone, now)
        sent = next((one for one in self._sent if (one.request_id, one.phone) == (request_id, phone)), None)
        if sent is None or sent.used or sent.at <= now - VALID_FOR:
            raise OutsideRefused("expired")
        if sent.code != typed:
            sent.wrong, sent.wrong_at = sent.wrong + 1, now
            raise OutsideRefused("locked" if sent.wrong >= TRIES else "wrong")
        sent.used = True

    def _in_a_mood(self, phone: str, *refusals: str) -> None:
        mood = self.moods.get(phone, "up")
        if mood == "down":
            raise OutsideUnavailable("auth API: HTTP 503")
        if mood in refusals:
            raise OutsideRefused(mood)

    def _held(self, phone: str, now: float) -> None:
        theirs = [sent for sent in self._sent if sent.phone == phone]
        if any(sent.wrong >= TRIES and sent.wrong_at > now - HOUR for sent in theirs):
            raise OutsideRefused("locked")
