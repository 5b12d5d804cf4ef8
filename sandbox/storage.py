"""What the sandbox remembers, in one SQLite file: chats survive a restart and a kill."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY, created REAL NOT NULL, number TEXT NOT NULL, name TEXT NOT NULL, phone TEXT NOT NULL,
    bsuid TEXT NOT NULL, bsuid_only INTEGER NOT NULL, limits INTEGER NOT NULL, reads INTEGER NOT NULL,
    ahead REAL NOT NULL DEFAULT 0, moves TEXT NOT NULL DEFAULT '[]'
);
CREATE TABLE IF NOT EXISTS messages (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, user TEXT NOT NULL, direction TEXT NOT NULL, at REAL NOT NULL,
    type TEXT NOT NULL, payload TEXT NOT NULL, status TEXT NOT NULL, read INTEGER NOT NULL DEFAULT 0,
    callback TEXT, error TEXT
);
CREATE INDEX IF NOT EXISTS messages_of_user ON messages (user, seq);
CREATE INDEX IF NOT EXISTS messages_without_status ON messages (seq) WHERE direction = 'out' AND status = 'accepted';
CREATE TABLE IF NOT EXISTS webhooks (
    id INTEGER PRIMARY KEY, number TEXT NOT NULL, lane TEXT NOT NULL, kind TEXT NOT NULL, body BLOB NOT NULL,
    created REAL NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'waiting',
    status INTEGER, message TEXT
);
CREATE INDEX IF NOT EXISTS webhooks_waiting ON webhooks (id) WHERE state = 'waiting';
CREATE TABLE IF NOT EXISTS webhook_users (
    user TEXT NOT NULL, webhook INTEGER NOT NULL, PRIMARY KEY (user, webhook)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS graph_requests (
    id INTEGER PRIMARY KEY, user TEXT NOT NULL, at REAL NOT NULL, request TEXT NOT NULL,
    status INTEGER NOT NULL, answer TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS graph_requests_of_user ON graph_requests (user, id);
CREATE TABLE IF NOT EXISTS decisions (
    idempotency_key TEXT PRIMARY KEY, application_id TEXT NOT NULL, applicant TEXT NOT NULL,
    fingerprint TEXT NOT NULL, status INTEGER NOT NULL, answer TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS decisions_of_application ON decisions (application_id);
CREATE TABLE IF NOT EXISTS profiles (applicant TEXT PRIMARY KEY, profile TEXT NOT NULL);
"""

MIGRATIONS = (
    """
    ALTER TABLE users ADD COLUMN marketing INTEGER NOT NULL DEFAULT 1;
    ALTER TABLE messages ADD COLUMN number TEXT NOT NULL DEFAULT '';
    ALTER TABLE messages ADD COLUMN accepted REAL;
    ALTER TABLE messages ADD COLUMN addressed_to TEXT;
    ALTER TABLE messages ADD COLUMN media TEXT;
    ALTER TABLE messages ADD COLUMN shown TEXT;
    UPDATE messages SET number = coalesce((SELECT number FROM users WHERE users.id = messages.user), ''),
        accepted = CASE direction WHEN 'out' THEN at END;
    CREATE TABLE media (
        id TEXT PRIMARY KEY, number TEXT NOT NULL, user TEXT NOT NULL, mime_type TEXT NOT NULL, size INTEGER NOT NULL,
        sha256 TEXT NOT NULL, filename TEXT, created REAL NOT NULL, expires REAL NOT NULL
    );
    CREATE TABLE templates (
        name TEXT NOT NULL, language TEXT NOT NULL, definition TEXT NOT NULL, status TEXT NOT NULL,
        sends INTEGER NOT NULL, PRIMARY KEY (name, language)
    );
    """,
    """
    CREATE TABLE mails (
        id INTEGER PRIMARY KEY, message_id TEXT NOT NULL, at REAL NOT NULL, times INTEGER NOT NULL DEFAULT 1,
        fields TEXT NOT NULL
    );
    CREATE INDEX mails_by_message_id ON mails (message_id);
    """,
    """
    CREATE TABLE codes (
        request_id TEXT PRIMARY KEY, phone TEXT NOT NULL, code TEXT NOT NULL, at REAL NOT NULL,
        wrong INTEGER NOT NULL DEFAULT 0, wrong_at REAL, used INTEGER NOT NULL DEFAULT 0
    );
    CREATE INDEX codes_of_phone ON codes (phone);
    CREATE TABLE auth_answers (idempotency_key TEXT PRIMARY KEY, status INTEGER NOT NULL, answer TEXT NOT NULL);
    """,
    """
    CREATE TABLE twilio_messages (
        sid TEXT PRIMARY KEY, user TEXT NOT NULL, number TEXT NOT NULL, direction TEXT NOT NULL, sender TEXT NOT NULL,
        recipient TEXT NOT NULL, body TEXT NOT NULL, callback TEXT NOT NULL, service TEXT, media TEXT NOT NULL,
        sent REAL NOT NULL, updated REAL NOT NULL
    );
    CREATE TABLE twilio_contents (
        sid TEXT PRIMARY KEY, definition TEXT NOT NULL, created REAL NOT NULL, updated REAL NOT NULL, approval TEXT
    );
    """,
)
"""What came after the schema above, in order; `PRAGMA user_version` counts those that a file has had."""

COMMIT_EVERY = 0.025
"""Seconds that writes are gathered before they are committed together: one commit a tick, however busy it is."""

RAW_ROWS_KEPT = 20_000
"""Raw webhooks and requests kept for the inspect drawer; older ones that are done with are pruned at start."""


class Storage:
    """One connection, used from the event loop's thread alone; reads see writes that are not yet committed."""

    def __init__(self, path: Path | str) -> None:
        """Open or make the file. Raises sqlite3.Error where it is no database or the folder cannot be written."""
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.executescript(SCHEMA)
        self._migrate()
        self._tick: asyncio.Handle | None = None
        self._committed = 0.0
        self._prune()

    def write(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Run one statement in the tick's transaction; the id of the inserted row, if there is one."""
        if not self._connection.in_transaction:
            self._connection.execute("BEGIN IMMEDIATE")
            self._tick = self._next_tick()
        return self._connection.execute(sql, parameters).lastrowid or 0

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self._connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, if there is one."""
        found: tuple[Any, ...] | None = self._connection.execute(sql, parameters).fetchone()
        return found

    def commit(self) -> None:
        """Make durable what was written since the last tick."""
        if self._tick is not None:
            self._tick.cancel()
            self._tick = None
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")

    def _next_tick(self) -> asyncio.Handle:
        """Commit at once when it is quiet, and at most once a tick when it is not."""
        loop = asyncio.get_running_loop()
        due = self._committed + COMMIT_EVERY
        self._committed = max(loop.time(), due)
        return loop.call_soon(self.commit) if loop.time() >= due else loop.call_at(due, self.commit)

    def close(self) -> None:
        """Commit and let go of the file."""
        self.commit()
        self._connection.close()

    def _migrate(self) -> None:
        had = self._connection.execute("PRAGMA user_version").fetchone()[0]
        for version, migration in enumerate(MIGRATIONS[had:], had + 1):
            self._connection.executescript(f"BEGIN IMMEDIATE;{migration};PRAGMA user_version = {version};COMMIT;")

    def _prune(self) -> None:
        with self._connection:
            self._connection.execute(
                "DELETE FROM webhooks WHERE state <> 'waiting' AND id <= (SELECT max(id) FROM webhooks) - ?",
                (RAW_ROWS_KEPT,),
            )
            self._connection.execute("DELETE FROM webhook_users WHERE webhook NOT IN (SELECT id FROM webhooks)")
            self._connection.execute(
                "DELETE FROM graph_requests WHERE id <= (SELECT max(id) FROM graph_requests) - ?", (RAW_ROWS_KEPT,)
            )
