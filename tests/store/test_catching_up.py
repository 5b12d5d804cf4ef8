"""What a provider's list of messages is asked for: what of it is known, how far it was read, who reads it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from psycopg_pool import AsyncConnectionPool

from domain.inbound import Sender
from store.arrivals import Arrival, Arrivals
from store.catching_up import CatchingUp
from store.erasure import Erasure
from store.sealing import KeyRing
from tests.store.conftest import NUMBER, a_phone


def a_sid() -> str:
    """A message's id that nobody else has."""
    return f"SM{uuid4().hex}"


async def test_a_message_that_was_taken_is_known_and_stays_so_when_its_author_is_erased(
    pool: AsyncConnectionPool, keys: KeyRing
) -> None:
    """Else the next reading would bring back what was erased; of the id itself nothing is kept."""
    store, erasure = CatchingUp(pool), Erasure(pool, keys)
    taken, phone = a_sid(), a_phone()
    await Arrivals(pool, keys).take(Sender(phone=phone), NUMBER, Arrival("twilio", taken, "text", {"text": "hi"}))
    assert await store.known([taken, a_sid()]) == {taken}
    [subject] = await erasure.find(phone)
    await erasure.erase(subject, phone)
    await store.forget()
    assert await store.known([taken, a_sid()]) == {taken}
    async with pool.connection() as connection:
        kept = await (await connection.execute("select digest from unlisted_messages")).fetchall()
    assert all(taken.encode() not in bytes(digest) for (digest,) in kept)


async def test_one_process_at_a_time_reads_the_list(pool: AsyncConnectionPool) -> None:
    one, other = CatchingUp(pool), CatchingUp(pool)
    async with one.alone() as first, other.alone() as second:
        assert (first, second) == (True, False)
    async with other.alone() as later:
        assert later


async def test_a_reading_never_goes_back_and_its_failure_is_told_until_one_succeeds(pool: AsyncConnectionPool) -> None:
    store, number, now = CatchingUp(pool), f"whatsapp:+1{uuid4().int % 10**10:010d}", datetime.now(UTC)
    assert await store.reading(number) is None
    await store.failed(number, now, 20003)
    mishap = await store.last_mishap(number)
    assert mishap is not None
    assert mishap.code == 20003
    await store.read(number, now + timedelta(hours=1))
    await store.read(number, now)
    reading = await store.reading(number)
    assert reading is not None
    assert reading.read_to == now + timedelta(hours=1)
    assert await store.last_mishap(number) is None
