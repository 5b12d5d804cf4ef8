"""The process ends at each point of a message's way: after its restart the person gets what they would have got.

Only where the provider may have taken a message, and never tells what became of it, is it sent again: once.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from stack import Child
from tests.durability.script import TALK, WAITS, same_for_all
from tests.running.levers import goes_wrong
from tests.running.person import UNSENT, Person
from tests.running.product import Addresses, Product
from tests.running.spare import running
from tests.running.waiting import until

OF_THE_API = ("stored", "signalled")
OF_THE_WORKER = ("decided", "claimed", "taken", "answered")
MAYBE_TAKEN = ("taken", "answered")
BORN = 4
"""the line of the talk that is written when the process ends: answered by two messages, what was read and a question"""


class Scene:
    """A product, a process of which ends at a point, and two people who say the same: one before, one while it does."""

    def __init__(self, product: Product, flag: Path, process: Child, undisturbed: Person, asha: Person) -> None:
        self._product = product
        self._flag = flag
        self._process = process
        self.undisturbed = undisturbed
        self.asha = asha

    async def up_to_the_end(self) -> None:
        """Both talk, one of them up to the line on which the process is to end, the other past it."""
        await asyncio.gather(say(self.undisturbed, 0, BORN + 2), say(self.asha, 0, BORN))

    async def it_ends(self) -> None:
        """She writes a line more, and the process ends on it and is started again."""
        self._flag.touch()
        await self.asha.write(TALK[BORN])
        async with asyncio.timeout(30):
            assert await self._process.ended() == -signal.SIGKILL
        self._process.start()

    async def it_goes_on(self) -> None:
        """The line is answered, and so is the next."""
        await answered(self.asha, BORN)
        await say(self.asha, BORN + 1, BORN + 2)
        taken = [row["turn"] for row in (await self.asha.inspect())["inbox"]]
        assert None not in taken
        assert len(set(taken)) == len(TALK[: BORN + 2]), "every message was taken, each by a turn of its own"


@asynccontextmanager
async def scene(http: httpx.AsyncClient, at: Addresses, folder: Path, point: str) -> AsyncIterator[Scene]:
    """Everybody is there, and nothing was said."""
    flag = folder / "end"
    more = {"CRASH_POINT": point, "CRASH_FLAG": str(flag)}
    if point in OF_THE_API:
        product = Product(at, api_module="tests.durability.crashes.api", more=more)
        process = product.api
    else:
        product = Product(at, "tests.durability.crashes.worker", more)
        process = product.worker
    async with running(product):
        people = [await Person.appear(http, at) for _ in range(2)]
        yield Scene(product, flag, process, *people)


async def say(person: Person, first: int, last: int) -> None:
    """Say these lines of the talk, each when the answer to the one before is out."""
    for line in range(first, last):
        await person.write(TALK[line])
        await answered(person, line)


async def answered(person: Person, line: int) -> None:
    """Wait until this line of the talk is answered, and everything is out."""

    async def is_so() -> bool:
        try:
            seen = await person.inspect()
        except (RuntimeError, httpx.HTTPError):
            return False  # the API is dead, or has not heard of them yet
        return seen["waiting_for"] == WAITS[line] and not {row["state"] for row in seen["outbox"]} & set(UNSENT)

    await until(is_so, 40)


@pytest.mark.parametrize("point", [*OF_THE_API, *OF_THE_WORKER])
async def test_wherever_it_ends_nobody_can_tell(
    http: httpx.AsyncClient, spare: Addresses, tmp_path: Path, point: str
) -> None:
    async with scene(http, spare, tmp_path, point) as there:
        await there.up_to_the_end()
        await there.it_ends()
        await there.it_goes_on()
        assert await same_for_all(there.asha) == await same_for_all(there.undisturbed)


@pytest.mark.parametrize("point", MAYBE_TAKEN)
async def test_what_no_status_ever_tells_of_is_sent_once_more(
    http: httpx.AsyncClient, spare: Addresses, tmp_path: Path, point: str
) -> None:
    async with scene(http, spare, tmp_path, point) as there:
        await there.up_to_the_end()
        await goes_wrong(http, there.asha, "drop_statuses")
        told_before = len(await same_for_all(there.asha))
        await there.it_ends()
        await there.it_goes_on()
        expected = await same_for_all(there.undisturbed)
        in_doubt = expected[told_before]
        assert await same_for_all(there.asha) == [*expected[:told_before], in_doubt, *expected[told_before:]]
