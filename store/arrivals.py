"""What comes in: whose it is, and its row in the inbox. A row is stored once, under the provider's message id."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg import AsyncConnection
from psycopg.errors import ForeignKeyViolation
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from domain.inbound import Sender
from domain.numbers import Number
from store.amendments import Amendment, amend, apply_waiting
from store.kinds import STAMPED
from store.sealing import KeyRing, Seal

Connection = AsyncConnection[TupleRow]

FIND = """
select a.kind, a.person, c.id, c.address_sealed, k.wrapped, c.number
from aliases a
left join conversations c on c.person = a.person and c.bot = %s
left join keys k on k.conversation = c.id
where a.business = %s and (a.kind, a.hash) in ((%s, %s), (%s, %s))
"""

STORE = f"""
insert into inbox (conversation, provider, provider_id, kind, body_sealed, question, said_at, trace)
select c.id, %(provider)s, %(provider_id)s, %(kind)s, %(body)s,
       case when %(kind)s in {STAMPED} then c.shown else %(question)s end, %(said_at)s, %(trace)s
from conversations c where c.id = %(conversation)s
on conflict (provider, provider_id) do nothing
returning id, exists (select from amendments a where a.provider = %(provider)s and a.target = %(provider_id)s
                      and a.applied_at is null)
"""

REFERRED = "update conversations set referral_sealed = coalesce(referral_sealed, %s) where id = %s"


@dataclass(frozen=True)
class Found:
    """A conversation, and the key of what belongs to it."""

    conversation: UUID
    seal: Seal


@dataclass(frozen=True)
class Arrival:
    """Something for the inbox."""

    provider: str
    provider_id: str
    kind: str
    """text | tap | image … | outcome | retry | business"""
    body: dict[str, Any]
    question: str = ""
    """a tap's own; a text or a file is stamped here with the question shown"""
    said_at: float | None = None
    """seconds since the epoch, by the provider's clock"""
    trace: str = ""
    referral: dict[str, Any] = field(default_factory=dict)
    """the ad that led here: the first one is kept with the conversation"""


@dataclass(frozen=True)
class Stored:
    """What became of an arrival."""

    conversation: UUID
    row: int | None
    """its row; None when the inbox had it already"""


class Arrivals:
    """People and conversations found by their aliases, or made; and the inbox."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def find(self, sender: Sender, number: Number) -> Found | None:
        """The conversation of this sender with this number's bot, if there is one."""
        async with self._pool.connection() as connection:
            found, _ = await self._look_up(connection, sender, number)
            return found

    async def conversation(self, sender: Sender, number: Number) -> Found:
        """The conversation of this sender with this number's bot: found, or made."""
        async with self._pool.connection() as connection:
            found, as_it_stands = await self._look_up(connection, sender, number)
            if found is not None and as_it_stands:
                return found
            async with connection.transaction():
                await self._lock(connection, sender)
                person = await self._person(connection, sender, number.business)
                return await self._conversation(connection, person, sender, number)

    async def take(self, sender: Sender, number: Number, arrival: Arrival) -> Stored:
        """A message, whoever it is from: person, conversation and row all at once, or nothing of it."""
        async with self._pool.connection() as connection:
            found, as_it_stands = await self._look_up(connection, sender, number)
            if found is not None and as_it_stands:
                with contextlib.suppress(ForeignKeyViolation):
                    row = await store(connection, found, arrival)
                    if row is not None or await _is_there(connection, found.conversation):
                        return Stored(found.conversation, row)
                # The person was erased in this very moment (store/erasure.py): who wrote is somebody new.
            async with connection.transaction():
                await self._lock(connection, sender)
                person = await self._person(connection, sender, number.business)
                found = await self._conversation(connection, person, sender, number)
                return Stored(found.conversation, await store(connection, found, arrival))

    async def amended(self, sender: Sender, number: Number, amendment: Amendment, arrival: Arrival) -> Stored:
        """An edit or a revoke: done to the message it means, or kept until that comes; and its own row."""
        found = await self.conversation(sender, number)
        async with self._pool.connection() as connection, connection.transaction():
            effect = await amend(connection, found.conversation, found.seal, amendment)
            late = {"late": True} if effect.late else {}
            told = replace(arrival, body={**arrival.body, **late}, question=effect.question)
            return Stored(found.conversation, await store(connection, found, told))

    async def store(self, found: Found, arrival: Arrival) -> int | None:
        """The new row's id; None when the inbox had it already."""
        async with self._pool.connection() as connection:
            return await store(connection, found, arrival)

    async def wants_marketing(self, sender: Sender, number: Number, *, wanted: bool) -> bool:
        """The person told the provider whether they want marketing; False where nobody is known by that name."""
        async with self._pool.connection() as connection:
            for kind in ("bsuid", "phone"):
                person = await self._alias(connection, number.business, kind, getattr(sender, kind))
                if person is not None:
                    await connection.execute(
                        "update persons set marketing_stopped = %s where id = %s", (not wanted, person)
                    )
                    return True
        return False

    async def renamed(self, previous: Sender, new: Sender, number: Number) -> None:
        """The provider says that a person is now called otherwise: their aliases and their address follow."""
        async with self._pool.connection() as connection, connection.transaction():
            await self._lock(connection, previous, new)
            person = None
            for kind in ("bsuid", "phone"):
                person = person or await self._alias(connection, number.business, kind, getattr(previous, kind))
            if person is None:
                return
            if new.phone and new.phone != previous.phone:
                # Whoever gets the old number next is somebody else.
                await connection.execute(
                    "delete from aliases where business = %s and kind = 'phone' and hash = %s and person = %s",
                    (number.business, self._keys.hash("phone", previous.phone), person),
                )
            await self._point(connection, number.business, new, person)
            names = {kind: getattr(new, kind) for kind in ("phone", "bsuid") if getattr(new, kind)}
            await self._readdress(connection, person, names)

    async def _lock(self, connection: Connection, *senders: Sender) -> None:
        """Everyone who would make or move one of these names waits here, and then finds it done."""
        names = {(kind, getattr(sender, kind)) for sender in senders for kind in ("phone", "bsuid", "parent_bsuid")}
        hashes = [self._keys.hash(f"lock {kind}", name) for kind, name in names if name]
        # In one order for all, so that no two wait for each other.
        for lock in sorted(int.from_bytes(digest[:8], "big", signed=True) for digest in hashes):
            await connection.execute("select pg_advisory_xact_lock(%s)", (lock,))

    async def _readdress(self, connection: Connection, person: UUID, names: dict[str, str]) -> None:
        """Change these names in the address of every conversation of a person."""
        cursor = await connection.execute(
            "select c.id, c.address_sealed, k.wrapped from conversations c"
            " join keys k on k.conversation = c.id where c.person = %s for update of c",
            (person,),
        )
        for conversation, address, wrapped in await cursor.fetchall():
            seal = self._keys.seal(conversation, wrapped)
            known = seal.open_json("conversations.address", address) | names
            await connection.execute(
                "update conversations set address_sealed = %s where id = %s",
                (seal.seal("conversations.address", known), conversation),
            )

    async def _look_up(self, connection: Connection, sender: Sender, number: Number) -> tuple[Found | None, bool]:
        """The conversation, when every alias given is of one person; and whether its address is still right."""
        names = [(kind, name) for kind, name in (("phone", sender.phone), ("bsuid", sender.bsuid)) if name]
        if not names:
            return None, False
        hashes = [(kind, self._keys.hash(kind, name)) for kind, name in names]
        cursor = await connection.execute(FIND, (number.bot, number.business, *hashes[0], *hashes[-1]))
        rows = await cursor.fetchall()
        if len(rows) < len(names) or len({row[1] for row in rows}) != 1 or rows[0][2] is None:
            return None, False
        _, _, conversation, address, wrapped, wrote_to = rows[0]
        found = Found(conversation, self._keys.seal(conversation, wrapped))
        known = found.seal.open_json("conversations.address", address)
        # A webhook that leaves a known name out takes nothing away.
        names += [("name", sender.name)] if sender.name else []
        return found, wrote_to == number.id and all(known.get(kind) == name for kind, name in names)

    async def _person(self, connection: Connection, sender: Sender, business: str) -> UUID:
        """Who this is. A BSUID decides; a known phone with another BSUID is a recycled number, so somebody new."""
        by_bsuid = await self._alias(connection, business, "bsuid", sender.bsuid)
        by_phone = await self._alias(connection, business, "phone", sender.phone)
        person = by_bsuid
        if person is None and by_phone is not None:
            recycled = bool(sender.bsuid) and await self._has_alias(connection, by_phone, "bsuid")
            person = None if recycled else by_phone
        elif person is None and not sender.bsuid and not sender.phone:
            person = await self._alias(connection, business, "parent_bsuid", sender.parent_bsuid)
        if person is None:
            person = uuid4()
            await connection.execute("insert into persons (id, business) values (%s, %s)", (person, business))
        await self._point(connection, business, sender, person)
        return person

    async def _point(self, connection: Connection, business: str, sender: Sender, person: UUID) -> None:
        """Every name given is this person's from now on; whoever had it before is not written to under it any more."""
        for kind in ("phone", "bsuid", "parent_bsuid"):
            name = getattr(sender, kind)
            if not name:
                continue
            before = await self._alias(connection, business, kind, name)
            if before == person:
                continue
            await connection.execute(
                "insert into aliases (business, kind, hash, person) values (%s, %s, %s, %s)"
                " on conflict (business, kind, hash) do update set person = excluded.person",
                (business, kind, self._keys.hash(kind, name), person),
            )
            if before is not None and kind != "parent_bsuid":
                await self._readdress(connection, before, {kind: ""})

    async def _alias(self, connection: Connection, business: str, kind: str, name: str) -> UUID | None:
        if not name:
            return None
        cursor = await connection.execute(
            "select person from aliases where business = %s and kind = %s and hash = %s",
            (business, kind, self._keys.hash(kind, name)),
        )
        row = await cursor.fetchone()
        return row[0] if row else None

    async def _has_alias(self, connection: Connection, person: UUID, kind: str) -> bool:
        cursor = await connection.execute(
            "select exists (select from aliases where person = %s and kind = %s)", (person, kind)
        )
        row = await cursor.fetchone()
        return bool(row and row[0])

    async def _conversation(self, connection: Connection, person: UUID, sender: Sender, number: Number) -> Found:
        cursor = await connection.execute(
            "select c.id, c.address_sealed, k.wrapped from conversations c left join keys k on k.conversation = c.id"
            " where c.person = %s and c.bot = %s for update of c",
            (person, number.bot),
        )
        row = await cursor.fetchone()
        if row is None:
            return await self._new(connection, person, sender, number)
        found = Found(row[0], self._keys.seal(row[0], row[2]))
        known = found.seal.open_json("conversations.address", row[1])
        address = known | address_of(sender)
        await connection.execute(
            "update conversations set address_sealed = %s, number = %s where id = %s",
            (found.seal.seal("conversations.address", address), number.id, found.conversation),
        )
        return found

    async def _new(self, connection: Connection, person: UUID, sender: Sender, number: Number) -> Found:
        conversation = uuid4()
        wrapped, seal = self._keys.new(conversation)
        address = {"phone": "", "bsuid": ""} | address_of(sender)
        await connection.execute(
            "insert into keys (conversation, wrapped) values (%s, %s)",
            (conversation, wrapped),
        )
        await connection.execute(
            "insert into conversations (id, person, bot, number, address_sealed) values (%s, %s, %s, %s, %s)",
            (
                conversation,
                person,
                number.bot,
                number.id,
                seal.seal("conversations.address", address),
            ),
        )
        return Found(conversation, seal)


def address_of(sender: Sender) -> dict[str, str]:
    """What is kept of the names that a sender has given: where answers go, and how they call themselves."""
    names = {"phone": sender.phone, "bsuid": sender.bsuid, "name": sender.name}
    return {kind: name for kind, name in names.items() if name}


async def store(connection: Connection, found: Found, arrival: Arrival) -> int | None:
    """Put an arrival into the inbox; its row, or None when it was there already."""
    said_at = None if arrival.said_at is None else datetime.fromtimestamp(arrival.said_at, UTC)
    cursor = await connection.execute(
        STORE,
        {
            "conversation": found.conversation,
            "provider": arrival.provider,
            "provider_id": arrival.provider_id,
            "kind": arrival.kind,
            "body": found.seal.seal("inbox.body", arrival.body),
            "question": arrival.question,
            "said_at": said_at,
            "trace": arrival.trace,
        },
    )
    stored = await cursor.fetchone()
    if stored is None:
        return None
    row, amended = stored
    if arrival.referral:
        sealed = found.seal.seal_json("conversations.referral", arrival.referral)
        await connection.execute(REFERRED, (sealed, found.conversation))
    if amended:
        # Its edit or revoke came first. It is done before anybody is told of the row.
        async with connection.transaction():
            await apply_waiting(connection, found.conversation, found.seal, arrival.provider, arrival.provider_id)
    return int(row)


async def _is_there(connection: Connection, conversation: UUID) -> bool:
    cursor = await connection.execute("select from conversations where id = %s", (conversation,))
    return await cursor.fetchone() is not None
