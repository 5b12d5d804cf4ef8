"""Who goes round in menus all day leaves no more behind than who went once."""

from __future__ import annotations

from pathlib import Path

import httpx
from temporalio.client import Client

from tests.running.person import Person
from tests.running.product import Addresses, Product
from tests.running.spare import running
from workflows.conversation import TURNS_A_RUN

ROUND = "5"
"""what leads back to the menu, and is a round of it"""
EVENTS_A_TURN = 12
"""at most: a turn's own, and those of being asked whether all is settled"""


async def rounds(person: Person, times: int) -> None:
    """Go round the menu so many times."""
    for _ in range(times):
        await person.write(ROUND)
        await person.settle()


async def history(at: Addresses, person: Person) -> int:
    """How many events the present run of their conversation has."""
    client = await Client.connect(at.temporal, namespace=at.namespace)
    described = await client.get_workflow_handle((await person.inspect())["workflow_id"]).describe()
    return described.history_length


async def test_300_rounds_of_a_menu_leave_history_and_state_as_small_as_one(
    spare: Addresses, http: httpx.AsyncClient, tmp_path: Path
) -> None:
    numbers = tmp_path / "numbers.toml"
    numbers.write_text(
        f'[[number]]\nprovider = "meta"\nid = "{spare.number_of("orders")}"\nbot = "orders"\nbusiness = "desk"\n'
        "pair_burst = 1000  # a day's worth in a minute\n"
    )
    async with running(Product(spare, more={"NUMBERS_FILE": str(numbers)})):
        kiran = await Person.appear(http, spare, "orders")
        await kiran.write("hi")
        await kiran.settle()
        await rounds(kiran, 1)
        once = await kiran.inspect()
        await rounds(kiran, 299)
        after = await kiran.inspect()
        assert after["waiting_for"] == once["waiting_for"] == "answer:main"
        assert after["turn"] == 301
        assert len(str(after["state"])) <= len(str(once["state"])) + 20
        assert await history(spare, kiran) <= TURNS_A_RUN * EVENTS_A_TURN
