"""How fast a number sends: at most its rate, however many processes send, and what comes in counts too."""

from __future__ import annotations

import asyncio
import time
from uuid import uuid4

from psycopg_pool import AsyncConnectionPool

from store.pace import NumberPace
from tests.store.conftest import Someone


async def takes(pace: NumberPace, number: str, rate: int, times: int) -> list[float]:
    """So many tries to take room for a message."""
    return [await pace.take(number, rate) for _ in range(times)]


async def older(asha: Someone, number: str, seconds: float) -> None:
    """Let a bucket leak for so many seconds."""
    async with asha.pool.connection() as connection:
        await connection.execute(
            "update pace set empty_at = empty_at - make_interval(secs => %s) where bucket = 'number:' || %s",
            (seconds, number),
        )


async def test_a_second_of_the_rate_goes_at_once_and_then_it_must_be_waited(pool: AsyncConnectionPool) -> None:
    number, pace = uuid4().hex, NumberPace(pool)
    seconds = await takes(pace, number, 1, 2)
    assert seconds[0] == 0.0
    assert 0.5 < seconds[1] <= 1.0, "a message a second: the next one may go in a second"


async def test_processes_share_a_numbers_rate(pool: AsyncConnectionPool) -> None:
    number, processes = uuid4().hex, [NumberPace(pool) for _ in range(4)]
    begun = time.monotonic()
    taken = await asyncio.gather(*(takes(one, number, 2, 3) for one in processes))
    earned = (time.monotonic() - begun) * 2
    assert 2 <= sum(wait == 0.0 for one in taken for wait in one) <= 2 + earned


async def test_room_comes_back_as_time_passes(pool: AsyncConnectionPool, asha: Someone) -> None:
    number, pace = uuid4().hex, NumberPace(pool)
    assert (await takes(pace, number, 1, 2))[1] > 0
    await older(asha, number, 2.0)
    assert await pace.take(number, 1) == 0.0


async def test_numbers_do_not_wait_for_each_other(pool: AsyncConnectionPool) -> None:
    pace = NumberPace(pool)
    first, second = uuid4().hex, uuid4().hex
    assert (await takes(pace, first, 1, 2))[1] > 0
    assert await pace.take(second, 1) == 0.0


async def test_what_comes_in_counts_too(pool: AsyncConnectionPool, asha: Someone) -> None:
    number, pace = uuid4().hex, NumberPace(pool)
    for _ in range(3):
        pace.heard(number, 1)
    while pace.telling:
        await asyncio.sleep(0)
    assert await asha.value("select count(*) from pace where bucket = 'number:' || %s", number) == 1
    assert await pace.take(number, 1) > 0
    await older(asha, number, 60)
    assert await pace.take(number, 1) == 0.0


async def test_a_flood_that_comes_in_silences_a_number_for_no_longer_than_a_moment(
    pool: AsyncConnectionPool, asha: Someone
) -> None:
    number, pace = uuid4().hex, NumberPace(pool)
    for _ in range(500):
        pace.heard(number, 10)
    while pace.telling:
        await asyncio.sleep(0)
    ahead = await asha.value(
        "select extract(epoch from empty_at - now())::float8 from pace where bucket = 'number:' || %s", number
    )
    assert ahead <= 2.0
