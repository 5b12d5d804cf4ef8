"""Many people at once, made in the database and in the sandbox: who is written to need not have been talked with."""

from __future__ import annotations

import asyncio
import secrets
import time
from datetime import UTC, datetime, timedelta

import httpx

from dialogue import State, Typed, advance
from domain.inbound import Sender
from domain.numbers import Number
from journeys.registry import journeys
from store.arrivals import Arrivals
from store.database import open_pool
from tests.running.product import Addresses
from tests.running.tables import KEYS

AT_ONCE = 8


def unpaced(at: Addresses, bot: str = "loan", rate: int = 1000) -> Number:
    """A number of this bot from which as much may go as a broadcast wants."""
    return Number("meta", at.number_of(bot), "+91 98000 00000", bot, at.namespace, rate=rate, pair_burst=1000)


def numbers_file(number: Number) -> str:
    """What NUMBERS_FILE has to say for a product with this number alone."""
    return (
        f'[[number]]\nprovider = "meta"\nid = "{number.id}"\ndisplay = "{number.display}"\nbot = "{number.bot}"\n'
        f'business = "{number.business}"\nrate = {number.rate}\npair_burst = {number.pair_burst}\n'
    )


async def crowd(http: httpx.AsyncClient, at: Addresses, number: Number, people: int) -> list[str]:
    """So many people who have said hi and were asked the first question; their ids in the sandbox."""
    pool = await open_pool(at.database_url, AT_ONCE)
    arrivals, few = Arrivals(pool, KEYS), asyncio.Semaphore(AT_ONCE)
    bots = journeys(timedelta(minutes=30))

    async def one() -> str:
        async with few:
            user = {"number": number.id, "limits": False}
            appeared = (await http.post(f"{at.sandbox}/sandbox/users", json=user)).raise_for_status().json()
            found = await arrivals.conversation(Sender(phone=appeared["phone"], bsuid=appeared["bsuid"]), number)
            begun = State.new(number.bot, secrets.token_hex(16)).dump()
            decision = advance(bots, begun, Typed(time.time(), "hi"))
            async with pool.connection() as connection:
                await connection.execute(
                    "update conversations set state_sealed = %s, stage = %s, waiting_for = %s, last_in_at = %s"
                    " where id = %s",
                    (
                        found.seal.seal("conversations.state", decision.state),
                        decision.stage,
                        decision.waiting_for,
                        datetime.now(UTC),
                        found.conversation,
                    ),
                )
            return str(appeared["id"])

    try:
        return await asyncio.gather(*(one() for _ in range(people)))
    finally:
        await pool.close()
