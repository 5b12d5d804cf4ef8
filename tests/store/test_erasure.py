"""Erasing: all that is a person's goes, what is others' stays, and what comes in meanwhile is never lost."""

from __future__ import annotations

import asyncio
import base64
from typing import Any
from uuid import uuid4

from psycopg_pool import AsyncConnectionPool

from domain.inbound import Sender
from store.arrivals import Arrival, Arrivals
from store.blobs import open_blobs
from store.erasure import KEPT, TABLES, Erasure
from store.letters import DeadLetters
from store.sealing import KeyRing
from tests.store.conftest import NUMBER, a_phone

ROUNDS = 20


def hi() -> Arrival:
    """A message."""
    return Arrival("meta", f"wamid.{uuid4().hex}", "text", {"text": "hi"})


async def rows(pool: AsyncConnectionPool, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """What a query finds."""
    async with pool.connection() as connection:
        return await (await connection.execute(query, values)).fetchall()


async def test_whatever_refers_to_a_conversation_or_a_person_is_named_so(pool: AsyncConnectionPool) -> None:
    """By its column's name erasing finds it: a table that called it otherwise would keep what it should not."""
    referring = await rows(
        pool,
        "select f.relname, a.attname, t.relname from pg_constraint r join pg_class f on f.oid = r.conrelid"
        " join pg_class t on t.oid = r.confrelid join pg_attribute a on a.attrelid = f.oid and a.attnum = any(r.conkey)"
        " where r.contype = 'f' and t.relname in ('conversations', 'persons')",
    )
    assert referring
    assert {(column, other) for _, column, other in referring} == {
        ("conversation", "conversations"),
        ("person", "persons"),
    }
    found = {table for table, _, _ in await rows(pool, TABLES)}
    assert {table for table, _, _ in referring} <= found
    assert "keys" in found
    assert set(KEPT) <= found


async def test_others_keep_all_that_is_theirs(pool: AsyncConnectionPool, keys: KeyRing) -> None:
    arrivals, erasure, letters = Arrivals(pool, keys), Erasure(pool, keys), DeadLetters(pool, keys)
    asha, ravi = a_phone(), a_phone()
    for phone in (asha, ravi):
        await arrivals.take(Sender(phone=phone, bsuid=f"IN.{phone[-8:]}"), NUMBER, hi())
        await letters.keep("meta", "1", "unreadable", phone, {"from": phone.lstrip("+"), "type": uuid4().hex})
        id = "wamid." + base64.b64encode(f"\1{phone.lstrip('+')}\2".encode()).decode()
        await rows(
            pool,
            "insert into statuses (provider, provider_id, status, at) values ('meta', %s, 'sent', now()) returning 1",
            id,
        )
    orphans = await rows(pool, "select count(*) from statuses")

    [subject] = await erasure.find(f"IN.{asha[-8:]}")
    removed = await erasure.erase(subject, f"IN.{asha[-8:]}")

    assert len(removed.conversations) == 1
    assert removed.rows["aliases"] == 2
    assert removed.rows["dead_letters"] == removed.rows["statuses"] == 1
    assert await erasure.find(asha) == []
    assert len(await erasure.find(ravi)) == 1
    assert (await rows(pool, "select count(*) from statuses"))[0][0] == orphans[0][0] - 1
    left = [one.detail for one in await letters.open()]
    assert (asha in left, ravi in left) == (False, True)
    assert removed.conversations[0] in await erasure.unfinished()
    await erasure.finished(removed.conversations[0])
    assert removed.conversations[0] not in await erasure.unfinished()


async def test_a_message_in_the_moment_of_an_erasure_is_erased_with_the_rest_or_somebody_elses(
    pool: AsyncConnectionPool, keys: KeyRing
) -> None:
    arrivals, erasure = Arrivals(pool, keys), Erasure(pool, keys)
    for _ in range(ROUNDS):
        sender = Sender(phone=a_phone())
        first = await arrivals.take(sender, NUMBER, hi())
        [subject] = await erasure.find(sender.phone)
        taking = asyncio.gather(*(arrivals.take(sender, NUMBER, hi()) for _ in range(3)))
        stored, _ = await asyncio.gather(taking, erasure.erase(subject, sender.phone))
        for one in stored:
            assert one.row is not None
            there = await rows(pool, "select conversation from inbox where id = %s", one.row)
            assert there == ([] if one.conversation == first.conversation else [(one.conversation,)])


async def test_the_files_of_one_conversation_are_cleared_and_no_others(keys: KeyRing, tmp_path: Any) -> None:
    blobs = open_blobs(str(tmp_path))
    one, other = uuid4(), uuid4()
    for conversation in (one, other):
        _, seal = keys.new(conversation)
        for name in ("media-1", "brochure"):
            await blobs.put(seal, f"{conversation}/{name}", b"a photo")
    assert await blobs.clear(str(one)) == 2
    assert await blobs.clear(str(one)) == 0
    assert {file.parent.name for file in tmp_path.glob("*/*")} == {str(other)}
