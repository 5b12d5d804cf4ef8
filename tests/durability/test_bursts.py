"""Where that is wanted a burst of texts is one answer; else two quick messages never answer two questions."""

from __future__ import annotations

import httpx

from tests.running.person import Person
from tests.running.product import Addresses, Product
from tests.running.spare import running


async def up_to_the_name(http: httpx.AsyncClient, at: Addresses) -> Person:
    """Somebody who is asked for their name."""
    asha = await Person.appear(http, at)
    for words in ("hi", "English", "1"):
        await asha.write(words)
        await asha.settle()
    return asha


async def name_of(asha: Person) -> str:
    """What the conversation takes for their name."""
    journal = (await asha.inspect())["state"]["journal"]
    return str(next((value for key, value in journal.items() if "/ask:full_name" in key), ""))


async def test_a_burst_is_one_answer_where_that_is_wanted(http: httpx.AsyncClient, spare: Addresses) -> None:
    async with running(Product(spare, more={"FOLD_SECONDS": "1.5"})):
        asha = await up_to_the_name(http, spare)
        await asha.write("Asha")
        await asha.write("Rao")
        await asha.settle()
        assert await name_of(asha) == "Asha Rao"
        assert (await asha.inspect())["waiting_for"] == "answer:date_of_birth"


async def test_without_it_the_second_of_two_quick_messages_is_no_answer(http: httpx.AsyncClient, at: Addresses) -> None:
    asha = await up_to_the_name(http, at)
    await asha.write("Asha Rao", "5/11/1987")
    await asha.settle()
    assert await name_of(asha) == "Asha Rao"
    assert (await asha.inspect())["waiting_for"] == "answer:date_of_birth"
