"""One journey on the numbers of two providers, one after the other: what the provider itself costs."""

from __future__ import annotations

import asyncio
import time

import httpx

from bench.people import People, Person
from bench.quantiles import quantile
from tests.running.product import Addresses

AT_ONCE, EACH = 20, 10
"""conversations, and turns in each"""


async def providers(http: httpx.AsyncClient, where: Addresses) -> list[str]:
    """Twenty conversations of msme at once, at Meta and at Twilio, back to back."""
    return [await _at(http, where, provider) for provider in ("meta", "twilio")]


async def _at(http: httpx.AsyncClient, where: Addresses, provider: str) -> str:
    async with People(http, where.sandbox, where.number_of("msme", provider)).listening() as people:
        crowd = [await _ready(people, provider) for _ in range(AT_ONCE)]
        took: list[float] = []

        async def talk(person: Person) -> None:
            for turn in range(EACH):
                took.append(await people.write(person, "back" if turn % 2 else "Asha Rao"))

        begun = time.perf_counter()
        await asyncio.gather(*(talk(person) for person in crowd))
        seconds = time.perf_counter() - begun
    return (
        f"msme at {provider}, {AT_ONCE} conversations at once: {AT_ONCE * EACH / seconds:.1f} turns/s;"
        f" p50 {quantile(took, 0.5) * 1000:.0f} ms, p99 {quantile(took, 0.99) * 1000:.0f} ms"
    )


async def _ready(people: People, provider: str) -> Person:
    """Somebody who is asked for their name. The welcome is two messages where a question is one line."""
    person = await people.new()
    await people.write(person, "hi", answers=2 if provider == "twilio" else 1)
    await people.write(person, "English")
    return person
