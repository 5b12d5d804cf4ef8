"""What the business says on its own: a row of the inbox, kept once under an Idempotency-Key, and what came of it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg.types.json import Jsonb
from psycopg_pool import AsyncConnectionPool

from store.arrivals import Arrival, Found, store
from store.sealing import KeyRing

PROVIDER = "api"
"""of such rows of the inbox: nobody outside has sent them"""

EARLIER = """
select d.body, d.answer, d.inbox, i.conversation, i.provider_id
from idempotency d left join inbox i on i.id = d.inbox where d.key = %s
"""
KEEP = "insert into idempotency (key, body, answer) values (%s, %s, %s) on conflict (key) do nothing returning true"
BECAME = "update idempotency set inbox = %s where key = %s"
ANSWERED = "update idempotency set answer = coalesce(answer, %s) where key = %s returning answer"
FORGET = "delete from idempotency where made_at < now() - interval '48 hours'"
LOOK = """
select state, reason, coalesce(provider_id, '') from outbox where inbox = %s
order by state in ('accepted', 'sent', 'delivered', 'read'), place limit 1
"""
WITHDRAW = "update outbox set state = 'failed', changed_at = now() where inbox = %s and state = 'parked'"


class OtherBody(Exception):
    """This Idempotency-Key came before with another body: a new request needs a new key."""


@dataclass(frozen=True)
class Wanted:
    """What was asked for under an Idempotency-Key, both as keyed hashes."""

    key: bytes
    body: bytes


@dataclass(frozen=True)
class Answer:
    """How a call was answered: `code` is accepted, queued, or why it was refused."""

    code: str
    id: str = ""


@dataclass(frozen=True)
class Order:
    """A message that the business wants sent."""

    conversation: UUID
    row: int
    id: str
    """ours"""


@dataclass(frozen=True)
class Came:
    """What has become of a message so far: a state of the outbox, or nothing before its turn."""

    state: str = ""
    reason: str = ""
    provider_id: str = ""


class Sends:
    """All of them."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    def wanted(self, caller: str, key: str, body: str) -> Wanted:
        """What is compared: the key is the caller's own, and neither it nor the body is kept."""
        return Wanted(self._keys.hash("idempotency key", f"{caller}\0{key}"), self._keys.hash("idempotency body", body))

    async def earlier(self, wanted: Wanted) -> Answer | Order | None:
        """The answer that was given to the same call, or its message while there is none. Raises OtherBody."""
        async with self._pool.connection() as connection:
            return await earlier_of(connection, wanted)

    async def refuse(self, wanted: Wanted, answer: Answer) -> Answer | Order:
        """Keep a refusal; what a twin of this call came to, where that was quicker. Raises OtherBody."""
        async with self._pool.connection() as connection:
            kept = await connection.execute(KEEP, (wanted.key, wanted.body, Jsonb(asdict(answer))))
            if await kept.fetchone() is not None:
                return answer
            return await earlier_of(connection, wanted) or answer

    async def order(self, wanted: Wanted | None, found: Found, arrival: Arrival) -> Answer | Order:
        """Put a message into the inbox; what a twin of this call came to, where that was quicker. Raises OtherBody."""
        async with self._pool.connection() as connection, connection.transaction():
            if wanted is not None:
                # A twin waits here until the other one's transaction has ended.
                kept = await connection.execute(KEEP, (wanted.key, wanted.body, None))
                if await kept.fetchone() is None:
                    earlier = await earlier_of(connection, wanted)
                    if earlier is not None:
                        return earlier
            row = await store(connection, found, arrival)
            if row is None:
                raise ValueError("a message of ours has an id that was there before")
            if wanted is not None:
                await connection.execute(BECAME, (row, wanted.key))
        return Order(found.conversation, row, arrival.provider_id)

    async def answered(self, wanted: Wanted, answer: Answer) -> Answer:
        """Keep how the call is answered, so that it is answered so again; a twin's answer, where that was quicker."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(ANSWERED, (Jsonb(asdict(answer)), wanted.key))).fetchone()
        return answer if row is None else Answer(**row[0])

    async def came(self, order: Order) -> Came:
        """What has become of a message so far."""
        async with self._pool.connection() as connection:
            row = await (await connection.execute(LOOK, (order.row,))).fetchone()
        return Came() if row is None else Came(*row)

    async def withdraw(self, order: Order) -> bool:
        """A message that waits until the person writes is not to be sent after all; False where it waits no more."""
        async with self._pool.connection() as connection:
            return (await connection.execute(WITHDRAW, (order.row,))).rowcount > 0

    async def forget(self) -> int:
        """Forget what was asked for two days ago and more; how much that was."""
        async with self._pool.connection() as connection:
            return (await connection.execute(FORGET)).rowcount


async def earlier_of(connection: AsyncConnection[TupleRow], wanted: Wanted) -> Answer | Order | None:
    """What came of this key before, within somebody's transaction. Raises OtherBody."""
    row = await (await connection.execute(EARLIER, (wanted.key,))).fetchone()
    if row is None:
        return None
    body, answer, inbox, conversation, id = row
    if body != wanted.body:
        raise OtherBody
    return Order(conversation, inbox, id) if answer is None else Answer(**answer)
