"""Two people want the same slot at the same instant, and there is one consultant."""

from __future__ import annotations

import asyncio

import httpx

from tests.running.person import Person
from tests.running.product import Addresses, Product
from tests.running.spare import running


async def about_to_book(http: httpx.AsyncClient, at: Addresses) -> Person:
    """Somebody who is one word away from the first slot of the second day."""
    person = await Person.appear(http, at, "nexora")
    for words in ("hi", "5", "2", "1"):
        await person.write(words)
        await person.settle()
    return person


async def test_two_people_at_the_same_instant_get_one_booking(http: httpx.AsyncClient, spare: Addresses) -> None:
    async with running(Product(spare, more={"BOOKING_CONSULTANTS": "1"})):
        asha, ravi = [await about_to_book(http, spare) for _ in range(2)]
        await asyncio.gather(asha.write("yes"), ravi.write("yes"))
        await asyncio.gather(asha.settle(), ravi.settle())
        said = ["\n".join(await person.lines()) for person in (asha, ravi)]
        assert sorted("Your consultation is booked" in lines for lines in said) == [False, True]
        loser, lines = next(
            (person, lines) for person, lines in zip((asha, ravi), said, strict=True) if "is booked" not in lines
        )
        assert "somebody has just taken that time" in lines
        assert (await loser.inspect())["waiting_for"] == "answer:booking_day"

        await loser.write("2")
        await loser.settle()
        shown = (await loser.chat())[-1]
        assert shown.options[0].label == "9:30 AM", "the slot that is gone is not offered again"
        for words in ("1", "yes"):
            await loser.write(words)
            await loser.settle()
        assert "Your consultation is booked" in "\n".join(await loser.lines())
