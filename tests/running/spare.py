"""Addresses for a product of a test's own: each is held by one test at a time, whichever process runs it."""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from tests.running.product import Addresses, Product


@asynccontextmanager
async def held(spares: Sequence[Addresses]) -> AsyncIterator[Addresses]:
    """One of these that nobody else holds; waits for one."""
    while True:
        for at in spares:
            with (Path(at.folder) / f"{at.namespace}.lock").open("w") as lock:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                yield at
                return
        await asyncio.sleep(0.1)


@asynccontextmanager
async def running(product: Product) -> AsyncIterator[Product]:
    """The product, started and healthy; killed at the end, for nobody needs it any more."""
    product.start()
    try:
        await product.ready()
        yield product
    finally:
        product.worker.kill()
        product.api.kill()
