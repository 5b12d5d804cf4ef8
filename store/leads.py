"""Leads: who wants to be called back, one a person; and what a conversation looked at before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow, dict_row
from psycopg_pool import AsyncConnectionPool

from domain.investments import Lead, NewLead
from domain.scores import Known, score
from store.sealing import KeyRing, Seal
from store.turns import NoConversation

Connection = AsyncConnection[TupleRow]

SEALED_BY = """
select c.person, c.address_sealed, k.wrapped from conversations c left join keys k on k.conversation = c.id
where c.id = %s for no key update of c
"""
NOTE = """
insert into interests (conversation, category, country, budget_sealed)
values (%(conversation)s, coalesce(%(category)s, ''), coalesce(%(country)s, ''), %(budget)s)
on conflict (conversation) do update set
    category = coalesce(%(category)s, interests.category), country = coalesce(%(country)s, interests.country),
    budget_sealed = coalesce(%(budget)s, interests.budget_sealed), changed_at = now()
"""
NOTED = "select category, country, budget_sealed from interests where conversation = %s"
CHEAPEST = "select min(minimum_investment) from programs where category = %s"
COUNTRIES = "select distinct country from programs where category = %s limit 2"
OF_PERSON = "select * from leads where person = %s"
KEEP = """
insert into leads (id, person, conversation, phone_sealed, name_sealed, email_sealed, budget_sealed, notes_sealed,
    interest, country_of_interest, score, score_reasons, work)
values (%(id)s, %(person)s, %(conversation)s, %(phone)s, %(name)s, %(email)s, %(budget)s, %(notes)s,
    %(interest)s, %(country)s, %(score)s, %(reasons)s, %(work)s)
on conflict (person) do update set
    conversation = excluded.conversation, phone_sealed = excluded.phone_sealed, name_sealed = excluded.name_sealed,
    email_sealed = excluded.email_sealed, budget_sealed = excluded.budget_sealed, notes_sealed = excluded.notes_sealed,
    interest = excluded.interest, country_of_interest = excluded.country_of_interest, score = excluded.score,
    score_reasons = excluded.score_reasons, work = excluded.work, updated_at = now()
"""


@dataclass(frozen=True)
class Noted:
    """What a conversation looked at: a category, a country, a budget in US dollars."""

    category: str = ""
    country: str = ""
    budget: Decimal | None = None


class Leads:
    """All leads."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def note(
        self,
        conversation: UUID,
        *,
        category: str | None = None,
        country: str | None = None,
        budget: Decimal | None = None,
    ) -> None:
        """Remember what was looked at; what is None stays as it was. Raises NoConversation, sealing.Erased."""
        async with self._pool.connection() as connection, connection.transaction():
            _, seal, _ = await self._conversation(connection, conversation)
            fields = {
                "conversation": conversation,
                "category": category,
                "country": country,
                "budget": None if budget is None else seal.seal("interests.budget", str(budget)),
            }
            await connection.execute(NOTE, fields)

    async def noted(self, conversation: UUID) -> Noted:
        """What was looked at so far. Raises NoConversation, sealing.Erased."""
        async with self._pool.connection() as connection, connection.transaction():
            _, seal, _ = await self._conversation(connection, conversation)
            return await _noted(connection, seal, conversation)

    async def keep(self, conversation: UUID, work: UUID, new: NewLead) -> Lead:
        """Keep a lead: the person's only one, with what the conversation looked at where the lead does not say it.

        A second one of the same person takes the place of the first, and keeps its id and notes. The same work twice
        gives what it gave. Raises NoConversation, sealing.Erased.
        """
        async with self._pool.connection() as connection, connection.transaction():
            person, seal, phone = await self._conversation(connection, conversation)
            before = await _row(connection, person)
            if before is not None and before["work"] == work:
                return _lead(before, seal)
            noted = await _noted(connection, seal, conversation)
            interest = new.interest or noted.category
            budget = noted.budget if new.budget is None else new.budget
            country = noted.country or await _only_country(connection, interest)
            known = Known(
                email=new.email,
                phone=phone,
                interest=interest,
                country=country,
                budget=budget,
                cheapest=await _cheapest(connection, interest),
            )
            scored = score(known)
            # Another conversation's notes are sealed under its own key, and stay with it.
            old = before if before is not None and before["conversation"] == conversation else None
            notes = seal.open_if_any("leads.notes", old["notes_sealed"]) if old is not None else ""
            lead = Lead(
                id=before["id"] if before is not None else work,
                name=new.name,
                email=new.email,
                phone=phone,
                interest=interest,
                budget=budget,
                country_of_interest=country,
                notes=notes,
                score=scored.points,
                reasons=scored.reasons,
            )
            fields = {
                "id": lead.id,
                "person": person,
                "conversation": conversation,
                "phone": seal.seal("leads.phone", lead.phone),
                "name": seal.seal("leads.name", lead.name),
                "email": seal.seal("leads.email", lead.email),
                "budget": None if budget is None else seal.seal("leads.budget", str(budget)),
                "notes": seal.seal("leads.notes", notes) if notes else None,
                "interest": interest,
                "country": country,
                "score": lead.score,
                "reasons": list(lead.reasons),
                "work": work,
            }
            await connection.execute(KEEP, fields)
            return lead

    async def of(self, conversation: UUID) -> Lead | None:
        """The lead of a conversation's person; None where there is none. Raises NoConversation, sealing.Erased."""
        async with self._pool.connection() as connection, connection.transaction():
            person, seal, _ = await self._conversation(connection, conversation)
            row = await _row(connection, person)
        return None if row is None else _lead(row, seal)

    async def _conversation(self, connection: Connection, conversation: UUID) -> tuple[UUID, Seal, str]:
        """The person, the seal and the phone number of a conversation, locked against another lead of theirs."""
        row = await (await connection.execute(SEALED_BY, (conversation,))).fetchone()
        if row is None:
            raise NoConversation("there is no such conversation: it was erased")
        seal = self._keys.seal(conversation, row[2])
        return row[0], seal, str(seal.open_json("conversations.address", row[1])["phone"])


async def _noted(connection: Connection, seal: Seal, conversation: UUID) -> Noted:
    row = await (await connection.execute(NOTED, (conversation,))).fetchone()
    if row is None:
        return Noted()
    budget = seal.open_if_any("interests.budget", row[2])
    return Noted(row[0], row[1], Decimal(budget) if budget else None)


async def _cheapest(connection: Connection, category: str) -> Decimal | None:
    row = await (await connection.execute(CHEAPEST, (category,))).fetchone()
    return row[0] if row else None


async def _only_country(connection: Connection, category: str) -> str:
    """The country of a category that has but one."""
    rows = await (await connection.execute(COUNTRIES, (category,))).fetchall()
    return str(rows[0][0]) if len(rows) == 1 else ""


async def _row(connection: Connection, person: UUID) -> dict[str, Any] | None:
    async with connection.cursor(row_factory=dict_row) as cursor:
        return await (await cursor.execute(OF_PERSON, (person,))).fetchone()


def _lead(row: dict[str, Any], seal: Seal) -> Lead:
    budget = seal.open_if_any("leads.budget", row["budget_sealed"])
    return Lead(
        id=row["id"],
        name=seal.open_if_any("leads.name", row["name_sealed"]),
        email=seal.open_if_any("leads.email", row["email_sealed"]),
        phone=seal.open_if_any("leads.phone", row["phone_sealed"]),
        interest=row["interest"],
        budget=Decimal(budget) if budget else None,
        country_of_interest=row["country_of_interest"],
        notes=seal.open_if_any("leads.notes", row["notes_sealed"]),
        score=row["score"],
        reasons=tuple(row["score_reasons"]),
    )
