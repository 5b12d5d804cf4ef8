"""The API is killed in the middle: what it had not acknowledged comes again, and nothing is lost or doubled."""

from __future__ import annotations

import asyncio

import httpx

from tests.durability.script import WAITS, same_for_all, talk, waits_for
from tests.running.person import Person
from tests.running.product import Addresses, Product
from tests.running.spare import running
from tests.running.tables import tables_of
from tests.running.waiting import until


async def test_what_is_written_while_it_is_dead_comes_when_it_is_back(
    http: httpx.AsyncClient, spare: Addresses
) -> None:
    async with running(Product(spare)) as product:
        asha, undisturbed = [await Person.appear(http, spare, name="Asha Rao") for _ in range(2)]
        await talk(undisturbed)
        await talk(asha, 0, 5)
        product.api.kill()
        await asha.write("1")
        product.api.start()
        await product.ready()

        async def has_come() -> bool:
            return await waits_for(asha) == WAITS[5]

        await until(has_come)
        await asha.settle()
        await talk(asha, 6)
        assert await same_for_all(asha) == await same_for_all(undisturbed)


async def test_killed_under_a_storm_of_webhooks_it_answers_everybody_once(
    http: httpx.AsyncClient, spare: Addresses
) -> None:
    """Some are stored and not acknowledged, some stored and not handed over, some neither."""
    async with running(Product(spare)) as product:
        people = [await Person.appear(http, spare) for _ in range(24)]
        storm = asyncio.gather(*(person.write("hi") for person in people))
        async with tables_of(spare) as tables:
            numbers = [person.alias for person in people]

            async def under_way() -> bool:
                query = "select count(*) from inbox where arrived_at > now() - interval '5 seconds'"
                return bool(await tables.value(query) >= len(numbers) // 4)

            await until(under_way)
            product.api.kill()
            await storm
            product.api.start()
            await product.ready()
        for person in people:

            async def answered(person: Person = person) -> object:
                return await person.chat()

            await until(answered)
        for person in people:
            await person.settle()
            assert len(await person.chat()) == 1
            assert len((await person.inspect())["inbox"]) == 1
