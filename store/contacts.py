"""Everybody who ever wrote, whoever was last dealt with first: page by page, unsealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg_pool import AsyncConnectionPool

from store.kinds import NO_MESSAGES
from store.sealing import Erased, KeyRing

OF_BOT = "(%(bot)s::text is null or c.bot = %(bot)s)"
COUNT = f"select count(distinct c.person) from conversations c where {OF_BOT}"
# By the turn they had last, which one table tells: looking for the last message of each would take seconds.
PAGE = f"""
select person, moved from (
    select c.person, max(c.changed_at) as moved from conversations c where {OF_BOT} group by c.person
) people
where %(at)s::timestamptz is null or (moved, person) < (%(at)s, %(person)s)
order by moved desc, person desc limit %(limit)s
"""
NAMES = f"""
select c.person, c.bot, greatest(c.made_at, heard.at, told.at), c.id, c.address_sealed, k.wrapped
from conversations c
left join keys k on k.conversation = c.id
left join lateral (
    select arrived_at as at from inbox where conversation = c.id and kind <> all(%(none)s) order by id desc limit 1
) heard on true
left join lateral (
    select made_at as at from outbox where conversation = c.id order by turn desc, place desc limit 1
) told on true
where c.person = any(%(people)s) and {OF_BOT} order by c.changed_at desc, c.id
"""


@dataclass(frozen=True)
class Contact:
    """Somebody who wrote. Personal data."""

    person: UUID
    moved_at: datetime
    """of the last turn in one of their conversations: their place among all"""
    last_message_at: datetime
    phone: str
    """E.164; empty where they hide it, or are erased"""
    name: str
    """as they call themselves on WhatsApp; empty where nobody told"""
    bots: tuple[str, ...]
    """that they talk with, the latest first"""
    erased: bool
    """all that was kept of them was destroyed"""


@dataclass(frozen=True)
class Talk:
    """One conversation of somebody's; without an address it was erased."""

    bot: str
    last_message_at: datetime
    address: dict[str, str] | None


class Contacts:
    """All people."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def page(
        self, limit: int, before: tuple[datetime, UUID] | None = None, bot: str | None = None
    ) -> tuple[int, list[Contact]]:
        """How many people there are in all; and so many of those that come after this turn's time and person.

        Raises KeyMissing.
        """
        at, person = before or (None, None)
        fields: dict[str, Any] = {"bot": bot, "at": at, "person": person, "limit": limit, "none": list(NO_MESSAGES)}
        async with self._pool.connection() as connection:
            counted = await (await connection.execute(COUNT, fields)).fetchone()
            page = await (await connection.execute(PAGE, fields)).fetchall()
            people = [one for one, _ in page]
            rows = await (await connection.execute(NAMES, fields | {"people": people})).fetchall()
        talks: dict[UUID, list[Talk]] = {one: [] for one in people}
        for whose, talks_with, last, *sealed in rows:
            talks[whose].append(Talk(talks_with, last, self._address(*sealed)))
        return counted[0] if counted else 0, [_contact(one, moved, talks[one]) for one, moved in page]

    def _address(self, conversation: UUID, sealed: bytes, wrapped: bytes | None) -> dict[str, str] | None:
        try:
            seal = self._keys.seal(conversation, wrapped)
            address: dict[str, str] = seal.open_json("conversations.address", sealed)
        except Erased:
            return None
        return address


def _contact(person: UUID, moved: datetime, talks: list[Talk]) -> Contact:
    known = [talk.address for talk in talks if talk.address is not None]
    return Contact(
        person,
        moved,
        max(talk.last_message_at for talk in talks),
        next((address["phone"] for address in known if address["phone"]), ""),
        next((address["name"] for address in known if address.get("name")), ""),
        tuple(talk.bot for talk in talks),
        erased=not known,
    )
