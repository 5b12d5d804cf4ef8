"""Waiting for what another process does: it can only be asked for, again and again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

LOOKS_EVERY = 0.05


async def until(look: Callable[[], Awaitable[T]], seconds: float = 30.0) -> T:
    """The first answer of `look` that is not empty. Raises AssertionError with the last one after `seconds`."""
    deadline = asyncio.get_running_loop().time() + seconds
    while not (seen := await look()):
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError(f"not within {seconds:g} s; the last look saw {seen!r}")
        await asyncio.sleep(LOOKS_EVERY)
    return seen
