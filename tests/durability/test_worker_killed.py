"""The worker is killed in the middle of talks: after its restart they get the same messages as if it had not been."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from temporalio.client import Client

from stack import python_child
from tests.durability.script import TALK, WAITS, same_for_all, talk, waits_for
from tests.running.person import Person
from tests.running.product import Addresses, Product
from tests.running.spare import running
from tests.running.tables import tables_of
from tests.running.waiting import until


@pytest.fixture
async def product(spare: Addresses) -> AsyncIterator[Product]:
    """A product of one's own."""
    async with running(Product(spare)) as product:
        yield product


async def test_killed_between_and_under_messages_nobody_can_tell(http: httpx.AsyncClient, product: Product) -> None:
    """One talk while nothing is wrong; one with kills between messages, and with a message while it is dead."""
    asha, undisturbed = [await Person.appear(http, product.at, name="Asha Rao") for _ in range(2)]
    await talk(undisturbed)

    await talk(asha, 0, 4)
    product.worker.kill()
    product.worker.start()
    await talk(asha, 4, 7)
    product.worker.kill()
    await asha.write(TALK[7])
    product.worker.start()
    await asha.settle()
    await talk(asha, 8)

    assert await waits_for(asha) == WAITS[-1]
    assert await same_for_all(asha) == await same_for_all(undisturbed)


async def test_what_a_lost_workflow_had_heard_and_not_dealt_with_is_not_lost(
    http: httpx.AsyncClient, product: Product
) -> None:
    """While the worker is dead somebody writes, and then their workflow is lost with all that it was told."""
    asha = await Person.appear(http, product.at, name="Asha Rao")
    await talk(asha, 0, 4)
    product.worker.kill()
    await asha.write(TALK[4])
    temporal = await Client.connect(product.at.temporal, namespace=product.at.namespace)
    await temporal.get_workflow_handle((await asha.inspect())["workflow_id"]).terminate("lost")
    await asha.write("help")
    product.worker.start()
    await asha.settle()
    assert await waits_for(asha) == WAITS[4]
    assert sum("whenever you like" in line for line in await asha.lines()) == 1


async def test_what_many_people_write_while_it_is_dead_is_answered_when_it_is_back(
    http: httpx.AsyncClient, product: Product
) -> None:
    people = [await Person.appear(http, product.at) for _ in range(6)]
    for person in people[:3]:
        await talk(person, 0, 3)
    product.worker.kill()
    for person in people[:3]:
        await person.write(TALK[3])
        await person.write("help")
    for person in people[3:]:
        await person.write("hi")
    product.worker.start()
    for person in people[:3]:
        await person.settle()
        assert await waits_for(person) == WAITS[3]
        assert sum("whenever you like" in line for line in await person.lines()) == 1
    for person in people[3:]:
        await person.settle()
        assert len(await person.chat()) == 1


async def test_killed_with_work_under_way_the_work_is_done_once(http: httpx.AsyncClient, product: Product) -> None:
    """The lenders were asked and their answer was lost with the worker: it is asked for again, under the same key."""
    asha = await Person.appear(http, product.at)
    name = f"Asha {''.join(chr(97 + int(digit)) for digit in asha.alias[-8:])}"
    await asha.decide(name, state="slow", seconds=1.0)
    for line in ("hi", "English", "1", name, *TALK[4:9]):
        await asha.write(line)
        await asha.settle()
    await asha.write("1")
    await asha.answered()
    async with tables_of(product.at) as tables:
        conversation = (await asha.inspect())["conversation_id"]
        begun = "select count(*) from work where conversation = %s and effect = 'fetch_offers' and ended_at is null"

        async def is_asking() -> bool:
            return bool(await tables.value(begun, conversation) == 1)

        await until(is_asking)
        product.worker.kill()
        await asha.decide(name, state="up")
        product.worker.start()
        await asha.settle()
        assert await waits_for(asha) == "answer:offer"
        done = "select count(*), count(ended_at) from work where conversation = %s and effect = 'fetch_offers'"
        assert await tables.rows(done, conversation) == [(1, 1)]
    assert sum("offers for you. Choose" in line for line in await asha.lines()) == 1


async def test_two_workers_at_once_do_no_more_than_one(http: httpx.AsyncClient, product: Product) -> None:
    """Both serve everybody; one is killed in the middle, and the other goes on alone."""
    second = python_child("second worker", "worker", product.worker.environment, product.worker.log)
    second.start()
    try:
        people = [await Person.appear(http, product.at, name="Asha Rao") for _ in range(6)]
        await asyncio.gather(*(talk(person, 0, 6) for person in people))
        second.kill()
        await asyncio.gather(*(talk(person, 6) for person in people))
    finally:
        second.kill()
    told = [await same_for_all(person) for person in people]
    assert all(one == told[0] for one in told)
    assert {await waits_for(person) for person in people} == {WAITS[-1]}
