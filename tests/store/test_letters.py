"""Dead letters: kept once, sealed, shown without what is in them, opened to be replayed."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from psycopg_pool import AsyncConnectionPool

from store.letters import DeadLetters
from store.sealing import Erased, KeyRing
from tests.store.conftest import Someone


@pytest.fixture
def letters(pool: AsyncConnectionPool, keys: KeyRing) -> DeadLetters:
    """All of them."""
    return DeadLetters(pool, keys)


async def kept(letters: DeadLetters, item: object) -> UUID:
    """The letter that this item becomes."""
    before = {one.id for one in await letters.open()}
    assert await letters.keep("meta", "100000000000001", "unreadable", "messages[0].id", item)
    [new] = [one.id for one in await letters.open() if one.id not in before]
    return new


async def test_a_letter_is_opened_as_it_was_kept(letters: DeadLetters) -> None:
    item = {"text": {"body": f"Asha {uuid4().hex} \U0001f64f"}}
    assert await letters.item(await kept(letters, item)) == item


async def test_the_same_one_twice_is_kept_once(letters: DeadLetters) -> None:
    item = {"id": uuid4().hex}
    await kept(letters, item)
    before = len(await letters.open())
    assert not await letters.keep("meta", "100000000000001", "unreadable", "", item)
    assert len(await letters.open()) == before


async def test_what_was_replayed_is_open_no_more_until_it_comes_again(letters: DeadLetters) -> None:
    item = {"id": uuid4().hex}
    letter = await kept(letters, item)
    await letters.replayed(letter)
    assert letter not in {one.id for one in await letters.open()}
    assert await letters.keep("meta", "100000000000001", "unreadable", "", item)
    assert letter in {one.id for one in await letters.open()}
    assert await letters.item(letter) == item


async def test_nothing_of_it_lies_open(letters: DeadLetters, asha: Someone) -> None:
    secret = uuid4().hex
    letter = await kept(letters, {"text": {"body": secret}})
    assert secret.encode() not in await asha.value("select item_sealed from dead_letters where id = %s", letter)


async def test_with_its_key_it_is_gone(letters: DeadLetters, pool: AsyncConnectionPool) -> None:
    letter = await kept(letters, {"id": uuid4().hex})
    async with pool.connection() as connection:
        await connection.execute("delete from keys where conversation = %s", (letter,))
    with pytest.raises(Erased):
        await letters.item(letter)


async def test_one_that_is_not_there_is_said_so(letters: DeadLetters) -> None:
    with pytest.raises(LookupError, match="no dead letter"):
        await letters.item(uuid4())
