"""What was answered under which idempotency key, so that a repeated request gets the same answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sandbox.storage import Storage


@dataclass(frozen=True, slots=True)
class Answer:
    """A first answer: to whose application, and a fingerprint of the request it answered."""

    application_id: str
    applicant: str
    fingerprint: str
    status: int
    body: dict[str, Any]


class Answers:
    """All first answers; they survive restarts."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def keep(self, idempotency_key: str, answer: Answer) -> None:
        """Remember the first answer under this key."""
        self._storage.write(
            "INSERT OR IGNORE INTO decisions VALUES (?, ?, ?, ?, ?, ?)",
            (
                idempotency_key,
                answer.application_id,
                answer.applicant,
                answer.fingerprint,
                answer.status,
                json.dumps(answer.body),
            ),
        )

    def under(self, idempotency_key: str) -> Answer | None:
        """The first answer under this key."""
        return self._find("idempotency_key = ?", idempotency_key)

    def to_application(self, application_id: str) -> Answer | None:
        """The latest decision on this application."""
        return self._find("application_id = ? AND status = 200 ORDER BY rowid DESC", application_id)

    def _find(self, condition: str, value: str) -> Answer | None:
        row = self._storage.row(
            f"SELECT application_id, applicant, fingerprint, status, answer FROM decisions WHERE {condition}", (value,)
        )
        if row is None:
            return None
        of_application, applicant, fingerprint, status, answer = row
        return Answer(of_application, applicant, fingerprint, status, json.loads(answer))
