"""Erasing a person: everything that was kept of them, in one transaction; nobody has to trust that a key was destroyed.

Two things stay, and say of nobody who it was. Consents: who relied on one must be able to prove it (India's DPDP Act,
section 6(10); GDPR, articles 7(1) and 17(3)). Of a consent its wording, language and time stay, with a keyed hash of
the phone number, by which one who shows the number finds theirs. And orders in a company's own books, under a hash
of the number they were placed with: they are accounts. That they were this person's is forgotten.

Backups are not reached. They hold a conversation's key as well; it is gone when the last of them is.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from uuid import UUID

from psycopg import AsyncConnection, sql
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from store.sealing import Erased, KeyRing

Connection = AsyncConnection[TupleRow]

KINDS = ("phone", "bsuid")
KEPT = ("consents", "erasures")
"""tables that go on after a person"""
PERSON = "select id from persons where id = %s for update"
CONVERSATIONS = """
select c.id, c.address_sealed, k.wrapped from conversations c left join keys k on k.conversation = c.id
where c.person = %s for update of c
"""
# Tables whose rows belong to a conversation or to a person: by the name of the column, the same everywhere.
TABLES = """
select c.relname, a.attname, a.attnotnull from pg_attribute a
join pg_class c on c.oid = a.attrelid
where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace and a.attnum > 0 and not a.attisdropped
  and a.attname in ('conversation', 'person')
"""
REFERENCES = """
select distinct f.relname, t.relname from pg_constraint r
join pg_class f on f.oid = r.conrelid join pg_class t on t.oid = r.confrelid
where r.contype = 'f' and r.connamespace = current_schema()::regnamespace
"""
LETTERS = """
select l.id, l.item_sealed, k.wrapped from dead_letters l join keys k on k.conversation = l.id order by l.arrived_at
"""
NOTED = "insert into erasures (conversation) select unnest(%s::uuid[]) on conflict do nothing"
UNFINISHED = "select conversation from erasures where finished_at is null order by erased_at"
# Who reads the provider's list of messages later shall not find there what was erased (store/catching_up.py).
UNLISTED = """
insert into unlisted_messages (digest)
select sha256(convert_to(provider_id, 'UTF8')) from inbox
where provider = 'twilio' and conversation = any(%s) and arrived_at > now() - interval '7 days'
on conflict do nothing
"""
FINISHED = "update erasures set finished_at = now() where conversation = %s"


@dataclass(frozen=True)
class Subject:
    """One who is known by a name that was given: a person of one business."""

    person: UUID
    business: str
    conversations: int


@dataclass(frozen=True)
class Removed:
    """What an erasure came to: the conversations that were, and how many rows of each table went."""

    conversations: Sequence[UUID]
    rows: dict[str, int]
    consents: int
    """that stay, as proof"""


class Erasure:
    """Erases people."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def find(self, name: str) -> list[Subject]:
        """Who is known by this phone number (E.164) or BSUID, in each business."""
        hashes = [(kind, self._keys.hash(kind, name)) for kind in KINDS]
        async with self._pool.connection() as connection:
            cursor = await connection.execute(
                "select distinct p.id, p.business, (select count(*) from conversations c where c.person = p.id)"
                " from aliases a join persons p on p.id = a.person"
                " where (a.kind, a.hash) in ((%s, %s), (%s, %s)) order by p.business",
                (*hashes[0], *hashes[1]),
            )
            return [Subject(*row) for row in await cursor.fetchall()]

    async def erase(self, subject: Subject, name: str) -> Removed:
        """Do away with all that is kept of a person, asked for by this name. Whoever writes next is somebody new.

        What lies outside of the database (the workflows, the files) is for who calls: see `unfinished`. Raises
        LookupError where somebody else was quicker, sealing.KeyMissing.
        """
        async with self._pool.connection() as connection, connection.transaction():
            # Held, so that what comes in meanwhile waits, and then finds nobody (store/arrivals.py).
            if await (await connection.execute(PERSON, (subject.person,))).fetchone() is None:
                raise LookupError("this person was erased meanwhile")
            rows = await (await connection.execute(CONVERSATIONS, (subject.person,))).fetchall()
            conversations = [row[0] for row in rows]
            names = {name, *self._names(rows)}
            removed = await self._letters(connection, names)
            removed["statuses"] = await _statuses(connection, conversations, names)
            consents = await connection.execute(
                "update consents set subject = %s where conversation = any(%s)",
                (self.subject(next((one for one in names if one.startswith("+")), name)), conversations),
            )
            await connection.execute(UNLISTED, (conversations,))
            removed |= await _rows(connection, subject.person, conversations)
            await connection.execute(NOTED, (conversations,))
        return Removed(conversations, {table: number for table, number in removed.items() if number}, consents.rowcount)

    def subject(self, name: str) -> bytes:
        """What the consents of one who was erased are found by: the number they show, or their BSUID."""
        return self._keys.hash("subject of a consent", name)

    async def unfinished(self) -> list[UUID]:
        """Conversations that were erased, and of which a workflow or files may be left."""
        async with self._pool.connection() as connection:
            return [row[0] for row in await (await connection.execute(UNFINISHED)).fetchall()]

    async def finished(self, conversation: UUID) -> None:
        """Nothing of it is left anywhere."""
        async with self._pool.connection() as connection:
            await connection.execute(FINISHED, (conversation,))

    def _names(self, rows: Sequence[TupleRow]) -> set[str]:
        """What else the person is called, as far as it can still be read."""
        found: set[str] = set()
        for conversation, address, wrapped in rows:
            try:
                opened = self._keys.seal(conversation, wrapped).open_json("conversations.address", address)
            except Erased:
                continue
            found |= {opened[kind] for kind in KINDS if opened.get(kind)}
        return found

    async def _letters(self, connection: Connection, names: Iterable[str]) -> dict[str, int]:
        """Dead letters that tell of the person: each is opened for that, since nothing else says whose it is."""
        theirs = []
        for letter, sealed, wrapped in await (await connection.execute(LETTERS)).fetchall():
            try:
                item = self._keys.seal(letter, wrapped).open("dead_letters.item", sealed)
            except Erased:
                continue
            if any(name.lstrip("+") in item for name in names):
                theirs.append(letter)
        await connection.execute("delete from keys where conversation = any(%s)", (theirs,))
        gone = await connection.execute("delete from dead_letters where id = any(%s)", (theirs,))
        return {"dead_letters": gone.rowcount}


async def _statuses(connection: Connection, conversations: Sequence[UUID], names: Iterable[str]) -> int:
    """Statuses that found no message: by the ids of the person's messages, which those of Meta hold the number in."""
    orphans = await (await connection.execute("select distinct provider_id from statuses")).fetchall()
    theirs = [id for (id,) in orphans if any(name.lstrip("+").encode() in _opened(id) for name in names)]
    gone = await connection.execute(
        "delete from statuses where provider_id = any(%s)"
        " or provider_id in (select provider_id from outbox where conversation = any(%s))",
        (theirs, conversations),
    )
    return gone.rowcount


async def _rows(connection: Connection, person: UUID, conversations: Sequence[UUID]) -> dict[str, int]:
    """Every row that belongs to one of the conversations or to the person, those first that refer to others."""
    columns = [row for row in await (await connection.execute(TABLES)).fetchall() if row[0] not in KEPT]
    references = await (await connection.execute(REFERENCES)).fetchall()
    order: TopologicalSorter[str] = TopologicalSorter({table: () for table, _, _ in columns})
    for table, other in references:
        if table != other:
            order.add(other, table)  # who refers goes before what is referred to
    gone: dict[str, int] = {}
    for place in order.static_order():
        for table, column, needed in columns:
            if table != place or table == "conversations":
                continue
            found = person if column == "person" else list(conversations)
            match = sql.SQL("{} = %s" if column == "person" else "{} = any(%s)").format(sql.Identifier(column))
            # A row that can do without a person is not theirs alone: an order is the company's.
            what = sql.SQL("delete from {}") if needed else sql.SQL("update {} set {} = null")
            named = [sql.Identifier(table)] if needed else [sql.Identifier(table), sql.Identifier(column)]
            done = await connection.execute(sql.SQL("{} where {}").format(what.format(*named), match), (found,))
            gone[table] = gone.get(table, 0) + done.rowcount
        if place == "conversations":
            gone[place] = (
                await connection.execute("delete from conversations where id = any(%s)", (list(conversations),))
            ).rowcount
        if place == "persons":
            gone[place] = (await connection.execute("delete from persons where id = %s", (person,))).rowcount
    await connection.execute("delete from pace where bucket = any(%s)", ([f"pair:{one}" for one in conversations],))
    for conversation in conversations:
        await connection.execute("delete from uploads where starts_with(blob, %s)", (f"{conversation}/",))
    return gone


def _opened(provider_id: str) -> bytes:
    """What an id of Meta's is made of; nothing where it is of another form."""
    try:
        return base64.b64decode(provider_id.removeprefix("wamid."), validate=True)
    except (binascii.Error, ValueError):
        return b""
