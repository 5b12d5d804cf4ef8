"""Programs lie in a table, by category and rank, and seeds are put in as often as one likes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from psycopg_pool import AsyncConnectionPool

from domain.investments import by_rank
from store.programs import Programs
from store.seeding import seed_programs, seeded_programs


@pytest.fixture
async def programs(pool: AsyncConnectionPool) -> Programs:
    """The seeded programs."""
    await seed_programs(pool)
    return Programs(pool)


async def test_the_first_of_a_category_are_read_by_rank(programs: Programs) -> None:
    found = await programs.first("europe", 3)
    assert [one.country for one in found] == ["Portugal", "Greece", "Spain"]
    assert found == tuple(sorted((one for one in seeded_programs() if one.category == "europe"), key=by_rank)[:3])


async def test_all_are_read_as_they_were_put(programs: Programs) -> None:
    assert set(seeded_programs()) <= set(await programs.all())


async def test_seeding_twice_changes_nothing(programs: Programs, pool: AsyncConnectionPool) -> None:
    async def rows() -> list[tuple[object, ...]]:
        async with pool.connection() as connection:
            return await (await connection.execute("select id, name, changed_at from programs order by id")).fetchall()

    before = await rows()
    await seed_programs(pool)
    assert await rows() == before


async def test_what_has_changed_is_changed_and_what_is_not_listed_stays(
    programs: Programs, pool: AsyncConnectionPool
) -> None:
    [portugal, *_] = await programs.first("europe", 1)
    own = replace(portugal, name="A program of somebody's own", rank=99)
    await programs.put([replace(portugal, minimum_investment=Decimal(300_000)), own])
    assert (await programs.first("europe", 1))[0].minimum_investment == 300_000
    await seed_programs(pool)
    assert (await programs.first("europe", 1))[0].minimum_investment == 280_000
    assert own in await programs.all()
