"""Twilio's list of messages, both ways: what a lost webhook told can be read here again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.storage import Storage
from sandbox.twilio.errors import UNDELIVERED


@dataclass(frozen=True, slots=True)
class Record:
    """A message as Twilio keeps it. `sent` is the time of the person it is from or for; `media` are ids of files.

    `reached` and `error` are what became of it, in the words of the chat.
    """

    sid: str
    user: str
    number: str
    direction: str
    sender: str
    recipient: str
    body: str
    callback: str
    service: str | None
    media: tuple[str, ...]
    sent: float
    updated: float
    reached: str = "accepted"
    error: int | None = None

    @property
    def inbound(self) -> bool:
        """Whether a person wrote it."""
        return self.direction == "inbound"

    @property
    def status(self) -> str:
        """Twilio's word for what became of it. One that was taken in is `received`, whether or not its webhook was."""
        return "received" if self.inbound else status_of(self.reached, self.error)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages are asked for; `after` is the sid behind which a page begins. Times are seconds."""

    sender: str = ""
    recipient: str = ""
    since: float | None = None
    until: float | None = None
    after: str = ""


def status_of(reached: str, error: int | None) -> str:
    """Twilio's word for what became of a message of the business."""
    if reached == "accepted":
        return "queued"
    return "undelivered" if reached == "failed" and error in UNDELIVERED else reached


OWN = ("sid", "user", "number", "direction", "sender", "recipient", "body", "callback", "service", "media", "sent")
SELECT = (
    f"SELECT {', '.join(f'twilio_messages.{name}' for name in OWN)}, updated, status, error"
    " FROM twilio_messages JOIN messages ON messages.id = sid"
)


class Records:
    """The rows. Each stands beside the row of the same message in the chats, which has its status."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def add(self, record: Record) -> None:
        """Keep a message; its row in the chat is there already, or comes in the same moment."""
        self._storage.write(
            f"INSERT INTO twilio_messages ({', '.join(OWN)}, updated) VALUES ({', '.join('?' * (len(OWN) + 1))})",
            (
                record.sid,
                record.user,
                record.number,
                record.direction,
                record.sender,
                record.recipient,
                record.body,
                record.callback,
                record.service,
                json.dumps(record.media),
                record.sent,
                record.updated,
            ),
        )

    def get(self, sid: str) -> Record | None:
        """The message with this sid."""
        row = self._storage.row(f"{SELECT} WHERE sid = ?", (sid,))
        return None if row is None else _record(row)

    def touch(self, sid: str, now: float) -> None:
        """Note when something became of a message."""
        self._storage.write("UPDATE twilio_messages SET updated = ? WHERE sid = ?", (now, sid))

    def page(self, wanted: Wanted, size: int) -> tuple[Sequence[Record], bool]:
        """So many messages, the newest first, and whether there are more."""
        tests: list[tuple[str, Any]] = [
            ("sender = ?", wanted.sender or None),
            ("recipient = ?", wanted.recipient or None),
            ("sent >= ?", wanted.since),
            ("sent <= ?", wanted.until),
            ("seq < (SELECT seq FROM messages WHERE id = ?)", wanted.after or None),
        ]
        given = [(test, value) for test, value in tests if value is not None]
        where = f" WHERE {' AND '.join(test for test, _ in given)}" if given else ""
        rows = self._storage.rows(
            f"{SELECT}{where} ORDER BY seq DESC LIMIT ?", [*(value for _, value in given), size + 1]
        )
        return [_record(row) for row in rows[:size]], len(rows) > size


def _record(row: tuple[Any, ...]) -> Record:
    named = dict(zip((*OWN, "updated", "reached", "error"), row, strict=True))
    error = None if named["error"] is None else int(named["error"])
    return Record(**named | {"media": tuple(json.loads(named["media"])), "error": error})
