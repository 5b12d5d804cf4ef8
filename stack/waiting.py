"""Waiting for what other processes do: by looking, since they tell nobody."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
POLL_SECONDS = 0.02


async def until(look: Callable[[], T | None], what: str, seconds: float = 30.0) -> T:
    """Look again and again until there is something that is neither None nor False; that.

    Raises TimeoutError, saying what was waited for, after `seconds`.
    """
    deadline = time.monotonic() + seconds
    while (seen := look()) is None or seen is False:
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds:.0f} s in vain for {what}")
        await asyncio.sleep(POLL_SECONDS)
    return seen
