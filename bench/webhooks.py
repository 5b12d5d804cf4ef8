"""How fast webhooks are acknowledged, at the usual pace and at Meta's highest; posted by a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection

from bench.meta import ONE_IN
from bench.quantiles import quantile
from tests.running.product import SECRETS, Addresses, Product

PEOPLE = 400
USUAL, USUAL_SECONDS = 50, 30
MOST, MOST_SECONDS = 320, 30
"""a second: 80 messages, the most a number gets by default, and three statuses of each answer"""
DRAINS_WITHIN = 300.0
NUMBER = """
[[number]]
provider = "meta"
id = "{id}"
display = "+91 98000 00001"
bot = "loan"
business = "bench"
rate = 1000
"""
"""upgraded to Meta's higher throughput: else our own pace would be measured"""


class Ordered:
    """A process that plays Meta and takes orders."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def do(self, what: str, **how: float) -> dict[str, Any]:
        """Have this done; what came of it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": what, **how}).encode() + b"\n")
        line = await self._process.stdout.readline()
        if not line:
            raise RuntimeError("the process that plays Meta has ended: its error is above")
        answer: dict[str, Any] = json.loads(line)
        return answer


@contextlib.asynccontextmanager
async def _ordered(at: Addresses) -> AsyncIterator[Ordered]:
    environment = {"PATH": os.environ["PATH"], "WEBHOOK": f"{at.url}/webhook", "NUMBER": at.number, **SECRETS}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.meta", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        env=environment, limit=2**24,
    )  # fmt: skip
    try:
        yield Ordered(process)
    finally:
        process.kill()
        await process.wait()


async def webhooks(at: Addresses) -> list[str]:
    """A quarter messages, the rest statuses of messages really sent, one a webhook, in an open loop."""
    numbers = Path(at.folder) / "bench-numbers.toml"
    numbers.write_text(NUMBER.format(id=at.number))
    async with _ordered(at) as meta:
        port = (await meta.do("listen"))["port"]
        graph = {"GRAPH_API_URL": f"http://127.0.0.1:{port}/graph", "NUMBERS_FILE": str(numbers)}
        product = Product(at, more=graph).start()
        try:
            await product.ready()
            await meta.do("meet", people=PEOPLE)
            usual = await meta.do("post", rate=USUAL, seconds=USUAL_SECONDS)
            await _drained(at)
            most = await meta.do("post", rate=MOST, seconds=MOST_SECONDS)
            begun = time.perf_counter()
            await _drained(at)
            drained = time.perf_counter() - begun
        finally:
            await product.stop()
    return [
        f"webhooks acknowledged, {_told(usual, USUAL)} (promised: p50 ≤ 15 ms, p99 ≤ 100 ms)",
        f"webhooks acknowledged, {_told(most, MOST)} (promised: no 5xx);"
        f" {most['messages']} messages taken {drained:.1f} s after the last acknowledgement",
    ]


def _told(posted: dict[str, Any], rate: int) -> str:
    half, tail = quantile(posted["took"], 0.5), quantile(posted["took"], 0.99)
    messages = quantile(posted["took"][::ONE_IN], 0.99)
    others = quantile([took for place, took in enumerate(posted["took"]) if place % ONE_IN], 0.99)
    statuses = ", ".join(f"{status or 'none'}: {times}" for status, times in sorted(posted["by_status"].items()))
    return (
        f"{rate}/s for {posted['seconds']:.0f} s: p50 {half:.1f} ms, p99 {tail:.1f} ms"
        f" (messages {messages:.1f}, statuses {others:.1f}); {statuses}; posting took"
        f" {posted['cpu']:.0%} of a core and was at most {posted['late']:.1f} ms late (p99)"
    )


async def _drained(at: Addresses) -> None:
    """Wait until turns have taken all that came in. Raises TimeoutError."""
    async with asyncio.timeout(DRAINS_WITHIN), await AsyncConnection.connect(at.database_url, autocommit=True) as look:
        while True:
            row = await (await look.execute("select exists (select from inbox where turn is null)")).fetchone()
            if row is not None and not row[0]:
                return
            await asyncio.sleep(0.1)
