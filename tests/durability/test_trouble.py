"""A release with a bug: all whom it meets are told, an operator sees it, and after the fix they go on from there."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest
from temporalio.client import Client

from tests.durability.script import talk, waits_for
from tests.running.everything import Everything
from tests.running.person import Person
from tests.running.product import Addresses, Product
from tests.running.spare import running
from tests.running.waiting import until


@pytest.fixture
async def product(request: pytest.FixtureRequest, spare: Addresses) -> AsyncIterator[Product]:
    """A product of one's own, whose worker is of the release that the test names."""
    async with running(Product(spare, worker_module=f"tests.durability.releases.{request.param}")) as product:
        yield product


def mended(product: Product) -> None:
    """Replace the worker by the product's own."""
    product.worker.kill()
    product.worker = Product(product.at).worker
    product.worker.start()


async def operator(at: Addresses, *arguments: str) -> tuple[int, str]:
    """What an operator does on the command line: how it ended, and what it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "cli", *arguments,
        env=at.environment(), stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode()


@pytest.mark.parametrize("product", ["broken"], indirect=True)
async def test_a_bug_is_told_shown_and_after_the_fix_everybody_goes_on(
    http: httpx.AsyncClient, product: Product
) -> None:
    asha, ravi = [await Person.appear(http, product.at, name="Asha Rao") for _ in range(2)]
    for person in (asha, ravi):
        await talk(person, 0, 6)
        seen = await person.inspect()
        assert seen["waiting_for"] == "operator"
        assert seen["trouble"].startswith("ValueError in application (broken.py:")
        assert (await person.lines())[-1].startswith("< We are sorry, something went wrong on our side")

    temporal = await Client.connect(product.at.temporal, namespace=product.at.namespace)
    workflow = (await asha.inspect())["workflow_id"]

    async def is_found() -> bool:
        found = [one.id async for one in temporal.list_workflows("WaitingFor = 'operator' AND Bot = 'loan'")]
        return workflow in found

    await until(is_found)
    log = product.worker.log.read_text()
    assert "a conversation is in trouble" in log
    history = await temporal.get_workflow_handle(workflow).fetch_history()
    assert "Asha Rao" not in log + history.to_json(), "though the error quotes it"

    mended(product)
    conversation = (await asha.inspect())["conversation_id"]
    assert await operator(product.at, "retry", conversation) == (0, "1 conversation will be tried again in a moment\n")

    async def goes_on(person: Person) -> None:
        async def so() -> bool:
            return await waits_for(person) == "answer:monthly_income"

        await until(so)
        await person.settle()

    await goes_on(asha)
    assert (await asha.lines())[-1].startswith("< How much do you earn in a month?")
    assert await waits_for(ravi) == "operator", "the other one was not tried again yet"
    code, said = await operator(product.at, "retry", "all")
    assert (code, said.endswith(" will be tried again in a moment\n")) == (0, True)
    await goes_on(ravi)
    for person in (asha, ravi):
        await talk(person, 6, 8)
        assert await waits_for(person) == "answer:consent"


@pytest.mark.parametrize("product", ["broken"], indirect=True)
async def test_what_is_written_in_trouble_is_answered_and_restart_is_a_way_out(
    http: httpx.AsyncClient, product: Product
) -> None:
    asha = await Person.appear(http, product.at)
    await talk(asha, 0, 6)
    said = len(await asha.chat())
    await asha.write("hello?")
    await asha.settle()
    assert len(await asha.chat()) == said + 1
    mended(product)
    for line in ("restart", "1"):
        await asha.write(line)
        await asha.settle()
    assert not (await asha.inspect())["trouble"]
    assert await waits_for(asha) == "answer:language"


@pytest.mark.parametrize("product", ["speechless"], indirect=True)
async def test_a_release_without_words_for_something_loses_nothing_and_the_next_one_says_it(
    http: httpx.AsyncClient, product: Product
) -> None:
    """It cannot be told to the person, for it is the telling that fails: the turn is tried again until it can be."""
    asha = await Person.appear(http, product.at, name="Asha Rao")
    await talk(asha, 0, 5)
    await asha.write("1")

    async def is_logged() -> bool:
        return "MissingText" in product.worker.log.read_text()

    await until(is_logged)
    mended(product)
    await asha.settle()
    assert await waits_for(asha) == "answer:monthly_income"


async def test_an_operator_is_told_what_cannot_be_tried_again(shared: Everything) -> None:
    nobody = str(uuid4())
    assert await operator(shared.straight, "retry", nobody) == (1, f"there is no conversation {nobody}\n")
    code, said = await operator(shared.straight, "retry", "Asha")
    assert code == 2
    assert "named by its id" in said
    code, said = await operator(shared.straight, "forget", nobody)
    assert code == 2
    assert "No such command 'forget'" in said
