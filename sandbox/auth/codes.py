"""The codes that were sent: each for five minutes, for five tries, and not more often than a phone can want.

Times are the phone's own: somebody whose clock was moved waits no longer than they think they do.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

from sandbox.auth.whose import ahead_of
from sandbox.chats import Chats
from sandbox.clock import Clock
from sandbox.events import EventBus
from sandbox.people import People
from sandbox.storage import Storage

VALID_FOR = 300.0
"""seconds of a code"""
APART = 30.0
"""seconds between two codes for one phone"""
HOUR = 3600.0
AN_HOUR = 5
"""codes for one phone within an hour"""
TRIES = 5
"""wrong ones of one code: the last of them locks the phone"""
LOCKED_FOR = HOUR
"""seconds from that one on in which nothing is sent to the phone nor checked for it"""
SHOWN = 50
"""codes of a phone that are shown"""

COLUMNS = "request_id, phone, code, at, wrong, wrong_at, used"


class CodeRefused(Exception):
    """The auth API says no: wrong, expired, locked, too_many."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Code:
    """One code: for which phone, when it was sent, how often it was typed wrongly, whether it was used."""

    request_id: str
    phone: str
    code: str
    at: float
    wrong: int
    wrong_at: float | None
    used: bool


class Codes:
    """All codes; they survive restarts."""

    def __init__(self, storage: Storage, people: People, chats: Chats, clock: Clock, events: EventBus) -> None:
        self._storage = storage
        self._people = people
        self._chats = chats
        self._clock = clock
        self._events = events

    def send(self, phone: str) -> str:
        """Send a code to this phone (E.164); the request's id. Raises CodeRefused: locked, too_many."""
        now = self._now(phone)
        self._held(phone, now)
        sent = [code.at for code in self._of(phone) if code.at > now - HOUR]
        if len(sent) >= AN_HOUR or any(at > now - APART for at in sent):
            raise CodeRefused("too_many")
        code = f"{secrets.randbelow(10**6):06d}"
        request_id = f"otp_{secrets.token_hex(12)}"
        self._storage.write(
            "INSERT INTO codes (request_id, phone, code, at) VALUES (?, ?, ?, ?)", (request_id, phone, code, now)
        )
        self._events.publish("sms", phone=phone, code=code, at=now)
        return request_id

    def check(self, request_id: str, phone: str, typed: str) -> None:
        """Use the code of this request up. Raises CodeRefused: wrong, expired (used ones too), locked."""
        now = self._now(phone)
        self._held(phone, now)
        code = self._find(request_id, phone)
        if code is None or code.used or code.at <= now - VALID_FOR:
            raise CodeRefused("expired")
        if not secrets.compare_digest(code.code.encode(), typed.strip().encode()):
            self._storage.write(
                "UPDATE codes SET wrong = wrong + 1, wrong_at = ? WHERE request_id = ?", (now, request_id)
            )
            raise CodeRefused("locked" if code.wrong + 1 >= TRIES else "wrong")
        self._storage.write("UPDATE codes SET used = 1 WHERE request_id = ?", (request_id,))

    def of(self, phone: str) -> list[dict[str, Any]]:
        """What was sent to this phone, the newest first."""
        return [{"code": code.code, "at": code.at} for code in self._of(phone)]

    def _held(self, phone: str, now: float) -> None:
        if any(code.wrong >= TRIES and (code.wrong_at or 0.0) > now - LOCKED_FOR for code in self._of(phone)):
            raise CodeRefused("locked")

    def _now(self, phone: str) -> float:
        return self._clock.now() + ahead_of(phone, self._people, self._chats)

    def _of(self, phone: str) -> list[Code]:
        rows = self._storage.rows(
            f"SELECT {COLUMNS} FROM codes WHERE phone = ? ORDER BY rowid DESC LIMIT ?", (phone, SHOWN)
        )
        return [Code(id, of, code, at, wrong, wrong_at, bool(used)) for id, of, code, at, wrong, wrong_at, used in rows]

    def _find(self, request_id: str, phone: str) -> Code | None:
        return next((code for code in self._of(phone) if code.request_id == request_id), None)


def user_id(phone: str) -> str:
    """The user who has this phone: always the same one."""
    return f"user_{hashlib.sha256(phone.encode()).hexdigest()[:16]}"
