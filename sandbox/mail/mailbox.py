"""Mails that came in. One that is sent again, by its Message-ID, is the same mail and counted."""

from __future__ import annotations

import email
import email.policy
import json
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.clock import Clock
from sandbox.events import EventBus
from sandbox.storage import Storage

State = Literal["up", "down", "refuses"]
"""`down` puts off every mail (451), `refuses` refuses every recipient for good (550)"""

KEPT = 500
"""mails that the list shows"""


@dataclass
class Mailbox:
    """All mails, and how the server treats the next ones."""

    storage: Storage
    clock: Clock
    events: EventBus
    state: State = "up"

    def take(self, recipients: list[str], raw: bytes) -> None:
        """Keep a mail, or count it once more."""
        message = email.message_from_bytes(raw, policy=email.policy.default)
        body = message.get_body(("plain", "html"))
        headers = {name.lower(): str(value) for name, value in message.items()}
        fields = {
            "from": headers.get("from", ""),
            "to": recipients,
            "subject": headers.get("subject", ""),
            "message_id": headers.get("message-id", ""),
            "reply_to": headers.get("reply-to", ""),
            "body": body.get_content() if body is not None else "",
        }
        known = fields["message_id"] and self.storage.row(
            "SELECT id FROM mails WHERE message_id = ?", (fields["message_id"],)
        )
        if known:
            self.storage.write("UPDATE mails SET times = times + 1 WHERE id = ?", known)
        else:
            self.storage.write(
                "INSERT INTO mails (message_id, at, fields) VALUES (?, ?, ?)",
                (fields["message_id"], self.clock.now(), json.dumps(fields, ensure_ascii=False)),
            )
        # Who is told "250" finds it here, whatever happens to this process.
        self.storage.commit()
        self.events.publish("mail")

    def all(self) -> list[dict[str, Any]]:
        """The mails, the newest first."""
        rows = self.storage.rows("SELECT id, at, times, fields FROM mails ORDER BY id DESC LIMIT ?", (KEPT,))
        return [{"id": row[0], "at": row[1], "times": row[2], **json.loads(row[3])} for row in rows]

    def clear(self) -> None:
        """Throw all mails away."""
        self.storage.write("DELETE FROM mails")
        self.events.publish("mail")
