"""The worker is killed while a message is on its way: it is never sent twice, and never lost."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest

from tests.durability.middleman import Middleman, middleman
from tests.running.person import Person
from tests.running.product import Addresses, Product
from tests.running.spare import running
from tests.running.tables import Tables, tables_of
from tests.running.waiting import until


@dataclass(frozen=True)
class Scene:
    """A product of one's own with somebody between it and the Graph API, and a person at its other end."""

    product: Product
    between: Middleman
    tables: Tables
    asha: Person

    async def state(self) -> str:
        """The state of the newest message to them."""
        number = "select id from conversations where number = %s order by made_at desc limit 1"
        found = await self.tables.value(
            f"select state from outbox where conversation = ({number}) order by turn desc, place desc limit 1",
            self.asha.at.number,
        )
        return str(found)

    async def becomes(self, state: str) -> None:
        """Wait until the newest message to them is in this state."""

        async def is_so() -> bool:
            return await self.state() == state

        await until(is_so, 40)

    async def goes_on(self, so_far: int) -> None:
        """They have got so many messages, answer the last of them, and the talk goes on."""
        assert len(await self.asha.chat()) == so_far
        await self.asha.write("English")
        await self.asha.settle()
        assert (await self.asha.inspect())["waiting_for"] == "answer:intent"
        assert len(await self.asha.chat()) == so_far + 1


@pytest.fixture
async def scene(http: httpx.AsyncClient, spare: Addresses) -> AsyncIterator[Scene]:
    """Nothing was said yet."""
    async with (
        middleman(f"{spare.sandbox}") as between,
        running(Product(spare, more={"GRAPH_API_URL": f"{between.url}/graph"})) as product,
        tables_of(spare) as tables,
    ):
        yield Scene(product, between, tables, await Person.appear(http, spare))


async def test_killed_after_the_provider_took_it_the_status_tells_and_it_is_not_sent_again(scene: Scene) -> None:
    scene.between.after.close()
    await scene.asha.write("hi")
    await scene.between.after.somebody()
    scene.product.worker.kill()
    scene.between.after.open()
    await scene.becomes("delivered")
    scene.product.worker.start()
    await scene.asha.settle()
    await scene.goes_on(so_far=1)


async def test_killed_with_the_statuses_delayed_it_is_in_doubt_until_they_come(scene: Scene) -> None:
    """The API is down too, so nobody tells what became of it: in doubt, it is not sent again at once.

    The worker rests while the API starts, for on a busy machine that may take longer than the doubt.
    """
    scene.between.before.close()
    await scene.asha.write("hi")
    await scene.between.before.somebody()
    scene.product.api.kill()
    scene.between.after.close()
    scene.between.before.open()
    await scene.between.after.somebody()
    scene.product.worker.kill()
    scene.between.after.open()
    scene.product.worker.start()
    await scene.becomes("unknown")
    scene.product.worker.kill()
    assert len(await scene.asha.chat()) == 1
    scene.product.api.start()
    await scene.product.api.ready_at(f"{scene.product.at.url}/healthz")
    # Something that is delivered brings what waits for its next try along.
    await scene.asha.last_webhook_again()
    await scene.becomes("delivered")
    scene.product.worker.start()
    await scene.asha.settle()
    await scene.goes_on(so_far=1)


async def test_killed_before_the_provider_heard_of_it_it_is_sent_again_after_the_doubt(scene: Scene) -> None:
    scene.between.before.close()
    await scene.asha.write("hi")
    await scene.between.before.somebody()
    scene.product.worker.kill()
    scene.between.before.open("lost")
    scene.product.worker.start()
    await scene.becomes("unknown")
    assert await scene.asha.chat() == []
    await scene.becomes("delivered")
    await scene.asha.settle()
    await scene.goes_on(so_far=1)


async def test_killed_in_mid_turn_what_comes_before_it_is_back_is_not_lost(scene: Scene) -> None:
    """The turn is asked for again, and by then there is more to it than when it was decided."""
    scene.between.after.close()
    await scene.asha.write("hi")
    await scene.between.after.somebody()
    scene.product.worker.kill()
    scene.between.after.open()
    await scene.becomes("delivered")
    await scene.asha.write("English")
    scene.product.worker.start()
    await scene.asha.settle()
    assert [row["turn"] is not None for row in (await scene.asha.inspect())["inbox"]] == [True, True]
    assert (await scene.asha.inspect())["waiting_for"] == "answer:intent"
    assert len(await scene.asha.chat()) == 2
