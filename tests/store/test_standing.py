"""Where all conversations stand: each once, opened, erased ones named as such, and nothing written."""

from __future__ import annotations

import pytest
from psycopg_pool import AsyncConnectionPool

from dialogue import State
from store import standing as stored
from store.sealing import KeyRing
from store.standing import Standing, how_many, standing
from tests.store.conftest import Someone, someone


async def with_a_state(asha: Someone, waiting_for: str = "answer:name") -> str:
    """Somebody who had a turn; the state it left."""
    state = State.new("loan", str(asha.conversation)).dump()
    async with asha.pool.connection() as connection:
        await connection.execute(
            "update conversations set state_sealed = %s, waiting_for = %s where id = %s",
            (asha.found.seal.seal("conversations.state", state), waiting_for, asha.conversation),
        )
    return state


async def all_of(pool: AsyncConnectionPool, keys: KeyRing, bot: str = "") -> dict[object, Standing]:
    """Each by its id."""
    found = [one async for one in standing(pool, keys, bot)]
    assert len({one.conversation for one in found}) == len(found) == await how_many(pool, bot)
    return {one.conversation: one for one in found}


async def test_each_that_had_a_turn_is_there_as_it_was_left(
    asha: Someone, pool: AsyncConnectionPool, keys: KeyRing
) -> None:
    state = await with_a_state(asha)
    new = await someone(pool, keys)
    found = await all_of(pool, keys)
    assert found[asha.conversation] == Standing(asha.conversation, "loan", state, "answer:name", frozenset())
    assert new.conversation not in found


async def test_work_under_way_is_named_and_work_that_ended_is_not(
    asha: Someone, pool: AsyncConnectionPool, keys: KeyRing
) -> None:
    await with_a_state(asha, "work:send")
    for key, ended in (("0/do:send", False), ("0/do:other", True)):
        async with pool.connection() as connection:
            await connection.execute(
                "insert into work (conversation, key, effect, argument_sealed, ended_at)"
                " values (%s, %s, 'send', '', case when %s then now() end)",
                (asha.conversation, key, ended),
            )
    assert (await all_of(pool, keys))[asha.conversation].working == {"0/do:send"}


async def test_one_that_was_erased_has_no_state(asha: Someone, pool: AsyncConnectionPool, keys: KeyRing) -> None:
    await with_a_state(asha)
    async with pool.connection() as connection:
        await connection.execute("delete from keys where conversation = %s", (asha.conversation,))
    assert (await all_of(pool, keys))[asha.conversation].state is None


async def test_of_one_bot_only_its_own_are_there(asha: Someone, pool: AsyncConnectionPool, keys: KeyRing) -> None:
    await with_a_state(asha)
    assert asha.conversation in await all_of(pool, keys, "loan")
    assert await all_of(pool, keys, "orders") == {}


async def test_more_than_are_fetched_at_once_come_all(
    pool: AsyncConnectionPool, keys: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "AT_A_TIME", 3)
    several = [await someone(pool, keys) for _ in range(8)]
    for one in several:
        await with_a_state(one)
    assert {one.conversation for one in several} <= (await all_of(pool, keys)).keys()
