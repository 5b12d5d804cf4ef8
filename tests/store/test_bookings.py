"""The diary: nobody is booked twice, whoever is quick; a booking that is moved stands until the new one does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from psycopg_pool import AsyncConnectionPool

from domain.references import reference
from store.bookings import Diary, Entered, Entry, NoBooking, SlotTaken
from store.sealing import KeyRing
from tests.store.conftest import Someone, someone

NOON = datetime(2031, 5, 5, 12, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def at() -> datetime:
    """A time at which no other test books anything."""
    return NOON + timedelta(hours=uuid4().int % 200_000)


def entry(who: Someone, starts: datetime, instead_of: str = "") -> Entry:
    """A booking of half an hour."""
    key = uuid4()
    ends = starts + HALF_AN_HOUR
    return Entry(key, reference("BK", key), who.conversation, starts, ends, "Asia/Kolkata", "advice", instead_of)


async def came_of(booking: Awaitable[Entered]) -> str:
    """`booked`, or the class of the refusal."""
    try:
        await booking
    except (SlotTaken, NoBooking) as refused:
        return type(refused).__name__
    return "booked"


async def test_twenty_people_at_the_same_instant_get_one_booking(
    pool: AsyncConnectionPool, keys: KeyRing, at: datetime
) -> None:
    people = [await someone(pool, keys) for _ in range(20)]
    results = await asyncio.gather(*(came_of(Diary(pool).enter(entry(who, at))) for who in people))
    assert sorted(results) == ["SlotTaken"] * 19 + ["booked"]


async def test_as_many_as_there_are_consultants_are_booked(
    pool: AsyncConnectionPool, keys: KeyRing, at: datetime
) -> None:
    people = [await someone(pool, keys) for _ in range(8)]
    results = await asyncio.gather(*(came_of(Diary(pool, 3).enter(entry(who, at))) for who in people))
    assert sorted(results) == ["SlotTaken"] * 5 + ["booked"] * 3


async def test_times_that_overlap_are_taken_too(pool: AsyncConnectionPool, keys: KeyRing, at: datetime) -> None:
    """Consultations may have become longer since."""
    diary, asha, ravi = Diary(pool), await someone(pool, keys), await someone(pool, keys)
    await diary.enter(entry(asha, at))
    assert await came_of(diary.enter(entry(ravi, at + timedelta(minutes=15)))) == "SlotTaken"
    assert await came_of(diary.enter(entry(ravi, at + HALF_AN_HOUR))) == "booked"


async def test_the_same_work_again_is_the_same_booking(pool: AsyncConnectionPool, asha: Someone, at: datetime) -> None:
    once = entry(asha, at)
    assert await Diary(pool).enter(once) == await Diary(pool).enter(once)


async def test_at_the_same_time_too(pool: AsyncConnectionPool, asha: Someone, at: datetime) -> None:
    """Two workers with one order: the second waits, and finds it done."""
    once = entry(asha, at)
    assert {one.reference for one in await asyncio.gather(*(Diary(pool).enter(once) for _ in range(4)))} == {
        once.reference
    }
    assert await asha.value("select count(*) from bookings where conversation = %s", asha.conversation) == 1


class TestMoving:
    async def test_leaves_the_old_time_to_others(
        self, pool: AsyncConnectionPool, keys: KeyRing, asha: Someone, at: datetime
    ) -> None:
        diary, ravi = Diary(pool), await someone(pool, keys)
        first = await diary.enter(entry(asha, at))
        await diary.enter(entry(asha, at + timedelta(minutes=15), instead_of=first.reference))
        assert await came_of(diary.enter(entry(ravi, at - timedelta(minutes=15)))) == "booked"

    async def test_to_a_time_that_is_taken_leaves_all_as_it_was(
        self, pool: AsyncConnectionPool, keys: KeyRing, asha: Someone, at: datetime
    ) -> None:
        diary, ravi = Diary(pool), await someone(pool, keys)
        first = await diary.enter(entry(asha, at))
        await diary.enter(entry(ravi, at + HALF_AN_HOUR))
        assert await came_of(diary.enter(entry(asha, at + HALF_AN_HOUR, instead_of=first.reference))) == "SlotTaken"
        assert await diary.next(asha.conversation, NOON) == first

    async def test_what_does_not_stand_any_more_is_refused(
        self, pool: AsyncConnectionPool, asha: Someone, at: datetime
    ) -> None:
        diary = Diary(pool)
        first = await diary.enter(entry(asha, at))
        await diary.cancel(asha.conversation, first.reference)
        assert await came_of(diary.enter(entry(asha, at, instead_of=first.reference))) == "NoBooking"


async def test_what_is_cancelled_is_free_again(pool: AsyncConnectionPool, asha: Someone, at: datetime) -> None:
    diary = Diary(pool)
    first = await diary.enter(entry(asha, at))
    assert await diary.cancel(asha.conversation, first.reference)
    assert not await diary.cancel(asha.conversation, first.reference), "once is enough"
    assert await diary.next(asha.conversation, NOON) is None
    assert await diary.busy(asha.conversation, at, at + HALF_AN_HOUR) == []


async def test_nobody_touches_somebody_else_s_booking(
    pool: AsyncConnectionPool, keys: KeyRing, asha: Someone, at: datetime
) -> None:
    diary, ravi = Diary(pool), await someone(pool, keys)
    hers = await diary.enter(entry(asha, at))
    assert not await diary.cancel(ravi.conversation, hers.reference)
    assert await came_of(diary.enter(replace(entry(ravi, at), instead_of=hers.reference))) == "NoBooking"
    assert await diary.next(asha.conversation, NOON) == hers


async def test_what_is_past_is_no_booking_to_come(pool: AsyncConnectionPool, asha: Someone, at: datetime) -> None:
    diary = Diary(pool)
    await diary.enter(entry(asha, at))
    assert await diary.next(asha.conversation, at + timedelta(seconds=1)) is None
