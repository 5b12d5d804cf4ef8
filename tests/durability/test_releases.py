"""Releases while talks are open: the next message is decided by the new code over the old answers. And back."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.durability.script import TALK, WAITS, talk, waits_for
from tests.running.person import Person
from tests.running.product import Addresses, Product
from tests.running.spare import running


class Deployed:
    """A product of one's own, and its releases: the worker is replaced, everything else stays as it is."""

    def __init__(self, http: httpx.AsyncClient, product: Product) -> None:
        self._http = http
        self._product = product

    async def release(self, name: str) -> None:
        """Replace the worker: the product's own is `worker`."""
        module = name if name == "worker" else f"tests.durability.releases.{name}"
        await self._product.worker.stop()
        self._product.worker = Product(self._product.at, worker_module=module).worker
        self._product.worker.start()

    async def person_at(self, question: str) -> Person:
        """Somebody who was just asked this, or has come to this wait."""
        person = await Person.appear(self._http, self._product.at, name="Asha Rao")
        await talk(person, 0, WAITS.index(question) + 1)
        assert await waits_for(person) == question
        return person


@pytest.fixture
async def deployed(http: httpx.AsyncClient, spare: Addresses) -> AsyncIterator[Deployed]:
    """The product as it is now."""
    async with running(Product(spare)) as product:
        yield Deployed(http, product)


async def answers(person: Person, *lines: str) -> list[str]:
    """What is waited for after each of these lines."""
    after = []
    for line in lines:
        await person.write(line)
        await person.settle()
        after.append(await waits_for(person))
    assert not (await person.inspect())["trouble"]
    return after


async def test_a_question_that_a_release_inserts_is_asked_of_all_who_have_not_answered_it(deployed: Deployed) -> None:
    before, at_it, after, done = [
        await deployed.person_at(question)
        for question in ("answer:date_of_birth", "answer:employment", "answer:purpose", "kyc")
    ]
    quiet = await deployed.person_at("answer:purpose")
    await deployed.release("inserted")

    assert await answers(before, "5/11/1987", "411001", "1") == [
        "answer:pincode",
        "answer:employment",
        "answer:monthly_income",
    ]
    assert await answers(at_it, "1", "411001", "45k") == [
        "answer:pincode",
        "answer:monthly_income",
        "answer:purpose",
    ], "the question of the old release was answered before the new one is put, and is not put again"
    assert await answers(after, "wedding", "411001", "1") == ["answer:pincode", "answer:consent", "answer:summary"]
    assert await answers(done, "hi", "411001") == ["answer:pincode", "kyc"], "nor are there any new offers"

    await deployed.release("worker")
    assert await answers(before, "45k", "wedding") == ["answer:purpose", "answer:consent"]
    assert await answers(done, "hi") == ["kyc"]
    assert await answers(quiet, *TALK[7:]) == list(WAITS[7:]), "who was silent meanwhile has noticed nothing"


async def test_a_question_that_a_release_removes_is_not_asked_again_and_its_answer_is_for_nothing_else(
    deployed: Deployed,
) -> None:
    at_it, answered = await deployed.person_at("answer:employment"), await deployed.person_at("answer:purpose")
    await deployed.release("removed")
    assert await answers(at_it, "50000", "45k") == [
        "answer:monthly_income",
        "answer:purpose",
    ], "what answered the removed question is not taken for an income"
    assert await answers(answered, "wedding") == ["answer:consent"]

    await deployed.release("worker")
    assert await answers(at_it, "wedding", "1") == ["answer:employment", "answer:consent"], "now it is asked after all"
    assert await answers(answered, "1", "1") == ["answer:summary", "answer:offer"]


async def test_two_questions_that_a_release_swaps_harm_nobody(deployed: Deployed) -> None:
    first, second, past = [
        await deployed.person_at(question)
        for question in ("answer:employment", "answer:monthly_income", "answer:consent")
    ]
    await deployed.release("swapped")
    assert await answers(first, "1") == ["answer:monthly_income"]
    assert await answers(second, "45k") == ["answer:purpose"]
    assert await answers(past, "1") == ["answer:summary"]
    new = await deployed.person_at("answer:date_of_birth")
    assert await answers(new, "5/11/1987", "45k") == ["answer:monthly_income", "answer:employment"]

    await deployed.release("worker")
    assert await answers(new, "2", "wedding") == ["answer:purpose", "answer:consent"]
    assert await answers(first, "45k", "wedding") == ["answer:purpose", "answer:consent"]
    assert await answers(past, "1") == ["answer:offer"]
