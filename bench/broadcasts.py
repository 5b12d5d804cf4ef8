"""How fast a broadcast goes, against the pace that it was given."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import httpx

from tests.running.crowd import crowd, numbers_file, unpaced
from tests.running.product import SECRETS, Addresses, Product

PEOPLE = 1000
RATE = 40.0
"""messages a second: half of what a number of Meta's sends by default"""
LOOKS_EVERY = 0.5
ENDS_WITHIN = 300.0


async def broadcast(at: Addresses) -> list[str]:
    """A template to a thousand people, from a number that may send more."""
    number = unpaced(at)
    numbers = Path(at.folder) / "bench-broadcast.toml"
    numbers.write_text(numbers_file(number))
    product = Product(at, more={"NUMBERS_FILE": str(numbers)}).start()
    headers = {"Authorization": f"Bearer {SECRETS['ADMIN_API_KEY']}"}
    try:
        await product.ready()
        async with httpx.AsyncClient(timeout=60, trust_env=False) as http, asyncio.timeout(ENDS_WITHIN):
            await crowd(http, at, number, PEOPLE)
            body = {"bot": number.bot, "template": {"name": "loan_offers_ready", "language": "en"}, "rate": RATE}
            begun = time.perf_counter()
            ordered = await http.post(f"{at.url}/send-broadcast", json=body, headers=headers)
            url = f"{at.url}/broadcasts/{ordered.raise_for_status().json()['broadcast_id']}"
            while True:
                told = (await http.get(url, headers=headers)).raise_for_status().json()
                if told["state"] == "done" and not told["outcomes"]["waiting"]:
                    break
                await asyncio.sleep(LOOKS_EVERY)
    finally:
        await product.stop()
    outcomes = ", ".join(f"{number} {outcome}" for outcome, number in told["outcomes"].items() if number)
    return [
        f"a broadcast to {PEOPLE} people at {RATE:g}/s: {told['rate_reached']:.1f}/s reached,"
        f" {time.perf_counter() - begun:.0f} s in all; {outcomes}"
    ]
