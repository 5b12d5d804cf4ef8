"""Doing something after a while by the sandbox's clock, unless it stops before."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from sandbox.clock import Clock

log = logging.getLogger(__name__)


class Later:
    """What is put off. Nothing of it survives a stop: whoever puts off must be able to take up without it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: set[asyncio.Task[None]] = set()

    def after(self, seconds: float, act: Callable[[], None]) -> None:
        """Call `act` when that much time has passed."""
        task = asyncio.get_running_loop().create_task(self._wait(seconds, act))
        self._waiting.add(task)
        task.add_done_callback(self._ended)

    async def close(self) -> None:
        """Do nothing more."""
        for task in self._waiting:
            task.cancel()
        await asyncio.gather(*self._waiting, return_exceptions=True)

    async def _wait(self, seconds: float, act: Callable[[], None]) -> None:
        await self._clock.sleep(seconds)
        act()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._waiting.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("what was put off failed", exc_info=error)
