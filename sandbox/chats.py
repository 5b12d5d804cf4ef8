"""The messages of every chat, both ways. `in` is what the person wrote, `out` what the business sent."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.events import EventBus
from sandbox.people import People, User
from sandbox.storage import Storage

Direction = Literal["in", "out"]


def new_wamid() -> str:
    """A message id in Meta's form; random, for the real ones give the phone number away."""
    return "wamid.HBg" + base64.b64encode(secrets.token_bytes(27)).decode()


@dataclass(slots=True)
class Message:
    """One message of a chat.

    `status` of an inbound one: waiting (the product has not taken its webhook yet), delivered, failed; of an outbound
    one: accepted, sent, delivered, read, failed. `payload` is Meta's JSON of it. `media` is its file and `shown` a
    template as the person sees it, both as the control API has them. `accepted` is the machine's time of an outbound
    one; `at` is the person's.
    """

    id: str
    user: str
    direction: Direction
    at: float
    type: str
    payload: dict[str, Any]
    status: str
    read: bool = False
    callback: str | None = None
    error: int | None = None
    number: str = ""
    addressed_to: str | None = None
    accepted: float | None = None
    media: dict[str, Any] | None = None
    shown: dict[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        """This message as the control API shows it."""
        return {
            "id": self.id,
            "direction": self.direction,
            "at": self.at,
            "type": self.type,
            "payload": self.payload,
            "status": self.status,
            "read": self.read,
            "error": self.error,
            "media": self.media,
            "shown": self.shown,
        }


COLUMNS = (
    "id, user, direction, at, type, payload, status, read, callback, error,"
    " number, addressed_to, accepted, media, shown"
)
UNREAD = "user = ? AND direction = 'out' AND read = 0 AND status <> 'failed'"


class Chats:
    """Stores messages and tells watchers about them."""

    def __init__(self, storage: Storage, people: People, events: EventBus) -> None:
        self._storage = storage
        self._people = people
        self._events = events

    def add(self, user: User, message: Message) -> None:
        """Append to this person's chat; one that is there already, by its id, stays as it is."""
        self._keep(message)
        if message.direction == "in" and message.type != "system":
            user.last_inbound = message.at
        if self._events.watched:
            self._events.publish("message", user=user.id, message=message.to_json())

    def add_lost(self, message: Message) -> None:
        """Keep a message that was accepted and that nobody gets."""
        self._keep(message)

    def _keep(self, message: Message) -> None:
        self._storage.write(
            f"INSERT OR IGNORE INTO messages ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                message.id,
                message.user,
                message.direction,
                message.at,
                message.type,
                json.dumps(message.payload, ensure_ascii=False),
                message.status,
                message.read,
                message.callback,
                message.error,
                message.number,
                message.addressed_to,
                message.accepted,
                None if message.media is None else json.dumps(message.media),
                None if message.shown is None else json.dumps(message.shown, ensure_ascii=False),
            ),
        )

    def of(self, user: User) -> list[Message]:
        """The whole chat, in order."""
        return self._many("WHERE user = ? ORDER BY seq", user.id)

    def last(self, user: User) -> Message | None:
        """The newest message of this chat."""
        return self._one("WHERE user = ? ORDER BY seq DESC LIMIT 1", user.id)

    def get(self, message_id: str) -> Message | None:
        """The message with this wamid."""
        return self._one("WHERE id = ?", message_id)

    def writer_of(self, message_id: str) -> str | None:
        """The id of the user who wrote this message, if it is an inbound one."""
        row = self._storage.row("SELECT user FROM messages WHERE id = ? AND direction = 'in'", (message_id,))
        return None if row is None else str(row[0])

    def unread(self, user: User) -> list[Message]:
        """What the business sent, and the person has not seen yet."""
        return self._many(f"WHERE {UNREAD} ORDER BY seq", user.id)

    def unread_count(self, user: User) -> int:
        """How many messages of the business this person has not seen."""
        row = self._storage.row(f"SELECT count(*) FROM messages WHERE {UNREAD}", (user.id,))
        return int(row[0]) if row else 0

    def without_status(self) -> list[Message]:
        """What was accepted, but no status was sent of it: left over from a sandbox that was killed."""
        return self._many("WHERE direction = 'out' AND status = 'accepted' ORDER BY seq")

    def set_status(self, message_id: str, user_id: str, status: str, error: int | None = None) -> None:
        """Record what became of a message."""
        self._storage.write(
            "UPDATE messages SET status = ?, read = read OR ?, error = ? WHERE id = ?",
            (status, status == "read", error, message_id),
        )
        self._events.publish("status", user=user_id, id=message_id, status=status, error=error)

    def mark_seen(self, user: User) -> None:
        """The person has looked at all that the business sent."""
        self._storage.write(f"UPDATE messages SET read = 1 WHERE {UNREAD}", (user.id,))
        self._events.publish("read", user=user.id, direction="out", id=None)

    def mark_read(self, user: User, message_id: str) -> None:
        """The business has read this message of the person, and all earlier ones (Meta, "Mark messages as read")."""
        self._storage.write(
            "UPDATE messages SET read = 1 WHERE user = ? AND direction = 'in' AND read = 0"
            " AND seq <= (SELECT seq FROM messages WHERE id = ?)",
            (user.id, message_id),
        )
        self._events.publish("read", user=user.id, direction="in", id=message_id)

    def _many(self, condition: str, *values: str) -> list[Message]:
        return [_message(row) for row in self._storage.rows(f"SELECT {COLUMNS} FROM messages {condition}", values)]

    def _one(self, condition: str, value: str) -> Message | None:
        row = self._storage.row(f"SELECT {COLUMNS} FROM messages {condition}", (value,))
        return None if row is None else _message(row)


def _message(row: tuple[Any, ...]) -> Message:
    message_id, user, direction, at, kind, payload, status, read, callback, error, *rest = row
    number, addressed_to, accepted, media, shown = rest
    return Message(
        message_id,
        user,
        direction,
        at,
        kind,
        json.loads(payload),
        status,
        bool(read),
        callback,
        error,
        number,
        addressed_to,
        accepted,
        None if media is None else json.loads(media),
        None if shown is None else json.loads(shown),
    )
