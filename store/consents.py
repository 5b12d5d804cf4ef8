"""The register of consents: append-only."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

APPEND = """
insert into consents (id, conversation, wording, language, words, given_at)
values (%s, %s, %s, %s, %s, to_timestamp(%s)) on conflict (id) do nothing
"""


@dataclass(frozen=True)
class Consent:
    """A consent: what was agreed to, in which words and language, and when (seconds since the epoch)."""

    id: UUID
    conversation: UUID
    wording: str
    language: str
    words: str
    given_at: float


class Consents:
    """The register."""

    def __init__(self, pool: AsyncConnectionPool) -> None:
        self._pool = pool

    async def append(self, consent: Consent) -> None:
        """Record a consent; the same one twice is one."""
        async with self._pool.connection() as connection:
            await connection.execute(
                APPEND,
                (
                    consent.id,
                    consent.conversation,
                    consent.wording,
                    consent.language,
                    consent.words,
                    consent.given_at,
                ),
            )
