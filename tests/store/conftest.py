"""A database of this test process's own, migrated and empty but for what its tests put there."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg_pool import AsyncConnectionPool

from domain.inbound import Sender
from domain.messages import Text, message_to_json
from domain.numbers import Number
from store.arrivals import Arrival, Arrivals, Found
from store.database import open_pool
from store.outbox import Claim, Outbox, Unsent
from store.sealing import KeyRing
from tests.running.everything import TEMPLATE, Everything
from tests.running.product import SECRETS

NUMBER = Number("meta", "100000000000000", "+91 98000 00000", "loan", "flowless")


@pytest.fixture(scope="session")
def keys() -> KeyRing:
    """The encryption keys of this test run."""
    return KeyRing(SECRETS["ENCRYPTION_KEYS"], SECRETS["LOOKUP_KEY"])


@pytest.fixture
async def database(shared: Everything) -> str:
    """The connection string of a migrated database: one for each process of the run."""
    return await shared.servers.create_database(f"store_{os.getpid()}", TEMPLATE)


@pytest.fixture
async def pool(database: str) -> AsyncIterator[AsyncConnectionPool]:
    """A pool of connections to it."""
    pool = await open_pool(database, 10)
    yield pool
    await pool.close()


@dataclass(frozen=True)
class Someone:
    """A person who has written, and their conversation."""

    pool: AsyncConnectionPool
    found: Found

    @property
    def conversation(self) -> UUID:
        """The id of their conversation."""
        return self.found.conversation

    async def to_be_sent(
        self, turn: int, place: int = 0, state: str = "pending", question: str = "", purpose: str = "answer"
    ) -> UUID:
        """Put a message for them into the outbox."""
        row = uuid4()
        sealed = self.found.seal.seal("outbox.message", message_to_json(Text("Namaste")))
        async with self.pool.connection() as connection:
            await connection.execute(
                "insert into outbox (id, conversation, turn, place, text_key, question, message_sealed, state, purpose)"
                " values (%s, %s, %s, %s, 'welcome', %s, %s, %s, %s)",
                (row, self.conversation, turn, place, question, sealed, state, purpose),
            )
        return row

    async def state_of(self, row: UUID) -> str:
        """The state of a message of the outbox."""
        return str(await self.value("select state from outbox where id = %s", row))

    async def value(self, query: str, *values: object) -> Any:
        """The one value of a query."""
        async with self.pool.connection() as connection:
            found = await (await connection.execute(query, values)).fetchone()
        assert found is not None
        return found[0]

    async def time_passes(self, seconds: float) -> None:
        """Let what is written down of this outbox be so many seconds older."""
        async with self.pool.connection() as connection:
            await connection.execute(
                "update outbox set lease_until = lease_until - make_interval(secs => %(s)s),"
                " not_before = not_before - make_interval(secs => %(s)s),"
                " changed_at = changed_at - make_interval(secs => %(s)s) where conversation = %(id)s",
                {"s": seconds, "id": self.conversation},
            )


@pytest.fixture
async def asha(pool: AsyncConnectionPool, keys: KeyRing) -> Someone:
    """Somebody who has written once."""
    return await someone(pool, keys)


async def someone(pool: AsyncConnectionPool, keys: KeyRing) -> Someone:
    """Somebody new who has written once."""
    arrivals = Arrivals(pool, keys)
    found = await arrivals.conversation(Sender(phone=a_phone()), NUMBER)
    await arrivals.store(found, Arrival("meta", f"wamid.{uuid4().hex}", "text", {"text": "hi"}))
    return Someone(pool, found)


async def claim_first(outbox: Outbox, asha: Someone, lease: float = 8.0) -> Unsent | None:
    """The first unsent message of somebody, claimed for so many seconds; None where there is none, or not for us."""
    row = await outbox.first(asha.conversation)
    now = datetime.now(UTC)
    if row is None or row.state == "sending" or (row.not_before is not None and row.not_before > now):
        return None
    claimed = await outbox.claim(row, Claim(now, now + timedelta(seconds=lease), as_template=False, leaks_in=6.0))
    return row if claimed else None


def a_phone() -> str:
    """A phone number that nobody else has."""
    return f"+9197{uuid4().int % 10**8:08d}"
