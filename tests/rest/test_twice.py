"""A call that comes twice under one Idempotency-Key is done once, and answered alike."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import httpx

from store.api_keys import ApiKeys
from store.database import open_pool
from store.sends import Sends
from tests.rest.conftest import Api, problem
from tests.rest.test_sending import LATER, bodies, conversation_of, some_words
from tests.running.levers import goes_wrong
from tests.running.person import Person
from tests.running.tables import KEYS, Tables


async def test_the_same_call_again_is_answered_alike_and_sends_nothing(api: Api, asha: Person) -> None:
    once, words = uuid4().hex, some_words()
    first = await api.send(asha.alias, words, once)
    assert first.json()["status"] == "accepted"
    for _ in range(2):
        again = await api.send(asha.alias, words, once)
        assert (again.status_code, again.json()) == (200, first.json())
    await asha.settle()
    assert (await bodies(asha)).count(words) == 1


async def test_without_a_key_the_same_words_are_another_message(api: Api, asha: Person) -> None:
    words = some_words()
    ids = {(await api.send(asha.alias, words)).json()["message_id"] for _ in range(2)}
    assert len(ids) == 2
    assert (await bodies(asha)).count(words) == 2


async def test_twins_at_once_are_one_message_with_one_answer(api: Api, asha: Person) -> None:
    once, words = uuid4().hex, some_words()
    answers = await asyncio.gather(*(api.send(asha.alias, words, once) for _ in range(8)))
    told = [answer.json() for answer in answers]
    assert {answer.status_code for answer in answers} == {200}
    assert all(one == told[0] for one in told)
    await asha.settle()
    assert (await bodies(asha)).count(words) == 1


async def test_what_was_queued_stays_queued_for_whoever_asks_again(
    api: Api, asha: Person, http: httpx.AsyncClient
) -> None:
    once, words = uuid4().hex, some_words()
    await goes_wrong(http, asha, "error", times=100, code=131000)
    first = await api.send(asha.alias, words, once)
    assert first.json()["status"] == "queued"
    await goes_wrong(http, asha, "error", times=0)
    await asha.skip(120)
    await asha.answered()
    assert (await bodies(asha))[-1] == words
    assert (await api.send(asha.alias, words, once)).json() == first.json()
    assert (await bodies(asha)).count(words) == 1


async def test_a_refusal_is_an_answer_too(api: Api, asha: Person, tables: Tables) -> None:
    once, words = uuid4().hex, some_words()
    assert await tables.rows(LATER, await conversation_of(asha))
    assert problem(await api.send(asha.alias, words, once)) == (409, "window_closed")
    await asha.write("hi")
    await asha.settle()
    assert problem(await api.send(asha.alias, words, once)) == (409, "window_closed"), "the same call is answered alike"
    assert (await api.send(asha.alias, words, uuid4().hex)).json()["status"] == "accepted"


async def test_another_body_under_the_same_key_is_a_mistake(api: Api, asha: Person) -> None:
    once, words = uuid4().hex, some_words()
    await api.send(asha.alias, words, once)
    assert problem(await api.send(asha.alias, some_words(), once)) == (422, "other_body")
    assert problem(await api.send("+919899999999", words, once)) == (422, "other_body")
    same = await api.send(asha.alias.lstrip("+"), words, once)
    assert same.status_code == 200, "the number is the same, though it is written otherwise"
    await asha.settle()
    assert (await bodies(asha)).count(words) == 1


async def test_twins_with_different_bodies_are_one_message_and_one_mistake(api: Api, asha: Person) -> None:
    once = uuid4().hex
    before = len(await bodies(asha))
    answers = await asyncio.gather(*(api.send(asha.alias, some_words(), once) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [200, 422]
    await asha.settle()
    assert len(await bodies(asha)) == before + 1


async def test_two_callers_may_have_the_same_key(api: Api, asha: Person, keys: ApiKeys) -> None:
    once, words = uuid4().hex, some_words()
    other = api.with_key((await keys.create("another system", ["send"])).secret)
    ids = {(await caller.send(asha.alias, words, once)).json()["message_id"] for caller in (api, other)}
    assert len(ids) == 2


async def test_a_call_is_remembered_for_two_days_and_nothing_that_it_said(
    api: Api, asha: Person, tables: Tables
) -> None:
    once, words = f"{asha.alias}-{uuid4().hex}", some_words()
    await api.send(asha.alias, words, once)
    kept = await tables.value("select d::text from idempotency d where key = %s", kept_under(once))
    assert words not in kept
    assert asha.alias.lstrip("+") not in kept
    age = "update idempotency set made_at = now() - %s::interval where key = %s returning true"
    pool = await open_pool(api.at.database_url, 2)
    try:
        for hours, remembered in ((47, True), (49, False)):
            await tables.rows(age, f"{hours} hours", kept_under(once))
            await Sends(pool, KEYS).forget()
            found = await tables.rows("select true from idempotency where key = %s", kept_under(once))
            assert bool(found) == remembered
    finally:
        await pool.close()


def kept_under(once: str) -> bytes:
    """What an Idempotency-Key of the admin's is kept under."""
    return KEYS.hash("idempotency key", f"admin\0send\0{once}")
