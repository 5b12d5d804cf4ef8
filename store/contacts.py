"""Everybody who ever wrote, whoever was last heard or told something first: page by page, unsealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from store.sealing import Erased, KeyRing

OF_BOT = "(%(bot)s::text is null or c.bot = %(bot)s)"
COUNT = f"select count(distinct c.person) from conversations c where {OF_BOT}"
PAGE = f"""
select person, last from (
    select c.person, max(greatest(c.made_at, heard.at, told.at)) as last
    from conversations c
    left join lateral (
        select arrived_at as at from inbox where conversation = c.id order by id desc limit 1
    ) heard on true
    left join lateral (
        select made_at as at from outbox where conversation = c.id order by turn desc, place desc limit 1
    ) told on true
    where {OF_BOT}
    group by c.person
) people
where %(at)s::timestamptz is null or (last, person) < (%(at)s, %(person)s)
order by last desc, person desc limit %(limit)s
"""
NAMES = f"""
select c.person, c.id, c.bot, c.address_sealed, k.wrapped
from conversations c left join keys k on k.conversation = c.id
where c.person = any(%(people)s) and {OF_BOT} order by c.changed_at desc, c.id
"""


@dataclass(frozen=True)
class Contact:
    """Somebody who wrote. Personal data."""

    person: UUID
    last_message_at: datetime
    phone: str
    """E.164; empty where they hide it, or are erased"""
    name: str
    """as they call themselves on WhatsApp; empty where nobody told"""
    bots: tuple[str, ...]
    """that they talk with, the latest first"""
    erased: bool
    """all that was kept of them was destroyed"""


class Contacts:
    """All people."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def page(
        self, limit: int, before: tuple[datetime, UUID] | None = None, bot: str | None = None
    ) -> tuple[int, list[Contact]]:
        """How many people there are in all; and so many of those that come after this time and person.

        Raises KeyMissing.
        """
        at, person = before or (None, None)
        fields = {"bot": bot, "at": at, "person": person, "limit": limit}
        async with self._pool.connection() as connection:
            counted = await (await connection.execute(COUNT, fields)).fetchone()
            page = await (await connection.execute(PAGE, fields)).fetchall()
            people = [one for one, _ in page]
            rows = await (await connection.execute(NAMES, {"people": people, "bot": bot})).fetchall()
        named: dict[UUID, list[tuple[str, dict[str, str] | None]]] = {one: [] for one in people}
        for whose, conversation, talks_with, sealed, wrapped in rows:
            named[whose].append((talks_with, self._address(conversation, sealed, wrapped)))
        return counted[0] if counted else 0, [_contact(one, last, named[one]) for one, last in page]

    def _address(self, conversation: UUID, sealed: bytes, wrapped: bytes | None) -> dict[str, str] | None:
        try:
            seal = self._keys.seal(conversation, wrapped)
            address: dict[str, str] = seal.open_json("conversations.address", sealed)
        except Erased:
            return None
        return address


def _contact(person: UUID, last: datetime, talks: list[tuple[str, dict[str, str] | None]]) -> Contact:
    known = [address for _, address in talks if address is not None]
    return Contact(
        person,
        last,
        next((address["phone"] for address in known if address["phone"]), ""),
        next((address["name"] for address in known if address.get("name")), ""),
        tuple(bot for bot, _ in talks),
        erased=not known,
    )
