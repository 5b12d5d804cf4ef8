"""Everything at once: kills, a provider that fails in many ways, webhooks that come twice. No chat shows any of it."""

from __future__ import annotations

import asyncio
import itertools

import httpx
import pytest

from tests.durability.script import TALK, WAITS, same_for_all, talk
from tests.running.levers import goes_wrong
from tests.running.person import Person
from tests.running.product import Addresses, Product
from tests.running.spare import running
from tests.running.tables import Tables, tables_of
from tests.running.waiting import until

FAULTS = ("error", "accept_then_drop", "status_first", "statuses_reversed")
UNSENT = {"pending", "sending", "deferred", "unknown"}


class Storm:
    """What befalls a product while people talk to it."""

    def __init__(self, http: httpx.AsyncClient, product: Product, tables: Tables) -> None:
        self._http = http
        self._product = product
        self._tables = tables
        self._faults = itertools.cycle(FAULTS)

    async def talk(self, person: Person) -> None:
        """Say the whole talk, each line when the one before is answered; every third send goes wrong in some way."""
        for number, (line, wait) in enumerate(zip(TALK, WAITS, strict=True)):
            if number % 3 == 0:
                await goes_wrong(self._http, person, next(self._faults))
            await person.write(line)
            if number % 4 == 0:
                await person.last_webhook_again()

            async def answered(wait: str = wait) -> bool:
                try:
                    seen = await person.inspect()
                except (RuntimeError, httpx.HTTPError):
                    return False  # the API is dead, or has not heard of them yet
                return seen["waiting_for"] == wait and not UNSENT & {row["state"] for row in seen["outbox"]}

            await until(answered, 90)

    async def kill(self, messages: int) -> None:
        """Whenever so many more messages have come in, kill the worker or the API, in turn."""
        before = await self._tables.value("select count(*) from inbox")
        for number, process in enumerate((self._product.worker, self._product.api, self._product.worker), 1):

            async def come(number: int = number) -> bool:
                return bool(await self._tables.value("select count(*) from inbox") >= before + number * messages)

            await until(come, 90)
            process.restart()


@pytest.mark.timeout(240)
async def test_nobody_can_tell_what_went_wrong(http: httpx.AsyncClient, spare: Addresses) -> None:
    async with running(Product(spare)) as product, tables_of(spare) as tables:
        people = [await Person.appear(http, spare, name="Asha Rao") for _ in range(5)]
        await talk(people[0])
        storm = Storm(http, product, tables)
        await asyncio.gather(storm.kill(messages=10), *(storm.talk(person) for person in people[1:]))
        undisturbed, *disturbed = [await same_for_all(person) for person in people]
        for told in disturbed:
            assert told == undisturbed
