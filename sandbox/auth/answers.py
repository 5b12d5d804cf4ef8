"""What the auth API answered under which idempotency key, so that nothing is done twice."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sandbox.storage import Storage


@dataclass(frozen=True, slots=True)
class AuthAnswer:
    """A first answer."""

    status: int
    body: dict[str, Any]


class AuthAnswers:
    """All first answers; they survive restarts."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def keep(self, idempotency_key: str, answer: AuthAnswer) -> None:
        """Remember the first answer under this key."""
        self._storage.write(
            "INSERT OR IGNORE INTO auth_answers VALUES (?, ?, ?)",
            (idempotency_key, answer.status, json.dumps(answer.body)),
        )

    def under(self, idempotency_key: str) -> AuthAnswer | None:
        """The first answer under this key."""
        row = self._storage.row("SELECT status, answer FROM auth_answers WHERE idempotency_key = ?", (idempotency_key,))
        return None if row is None else AuthAnswer(row[0], json.loads(row[1]))
