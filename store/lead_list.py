"""Leads as a list: who wants to be called back, the newest first, opened for those who call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from store.sealing import Erased, KeyRing

NEWEST = """
select l.id, l.conversation, k.wrapped, l.phone_sealed, l.name_sealed, l.email_sealed, l.budget_sealed, l.notes_sealed,
       l.interest, l.country_of_interest, l.score, l.created_at, l.updated_at
from leads l left join keys k on k.conversation = l.conversation order by l.updated_at desc limit %s
"""


@dataclass(frozen=True)
class ListedLead:
    """One lead. Name, phone, e-mail address, budget (US dollars), notes: personal data; nothing where not told."""

    id: UUID
    conversation: UUID
    name: str
    phone: str
    email: str
    budget: str
    notes: str
    interest: str
    country_of_interest: str
    score: int
    created_at: datetime
    updated_at: datetime


class LeadList:
    """All leads."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def newest(self, most: int) -> list[ListedLead]:
        """So many, the one that was changed last first; without those whose key was destroyed. Raises KeyMissing."""
        async with self._pool.connection() as connection:
            rows = await (await connection.execute(NEWEST, (most,))).fetchall()
        found = []
        for id, conversation, wrapped, phone, name, email, budget, notes, *plain in rows:
            try:
                seal = self._keys.seal(conversation, wrapped)
                opened = (
                    seal.open_if_any("leads.name", name),
                    seal.open_if_any("leads.phone", phone),
                    seal.open_if_any("leads.email", email),
                    seal.open_if_any("leads.budget", budget),
                    seal.open_if_any("leads.notes", notes),
                )
            except Erased:
                continue
            found.append(ListedLead(id, conversation, *opened, *plain))
        return found
