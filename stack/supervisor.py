"""Keeps children running: what dies is started again; what fails at once, again and again, stops everything."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from stack.errors import ChildFailed
from stack.process import Child

FAILS_AT_ONCE_SECONDS = 10.0
FAILURES_ALLOWED = 5
BACKOFF_SECONDS = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0)
WRONG_SETTING = 2  # by which our own processes say that a setting is wrong, which no new start mends
# Ended from outside, which is no fault of its own.
FROM_OUTSIDE = {-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP}


@dataclass
class Service:
    """A child that shall run until all is stopped. `again` starts it anew; by default just that."""

    child: Child
    again: Callable[[], Awaitable[None]] | None = None
    failures: int = field(default=0, init=False)
    restarts: int = field(default=0, init=False)


class Supervisor:
    """Watches services from the moment they are given to it, in the order they were started."""

    def __init__(self, say: Callable[[str], None], backoff: Sequence[float] = BACKOFF_SECONDS) -> None:
        self._say = say
        self._backoff = backoff
        self._services: list[Service] = []
        self._keepers: list[asyncio.Task[None]] = []
        self._failed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def keep(self, child: Child, again: Callable[[], Awaitable[None]] | None = None) -> None:
        """Watch this child, which was started just now, and start it again whenever it ends."""
        service = Service(child, again)
        self._services.append(service)
        self._keepers.append(asyncio.create_task(self._keep(service)))

    async def failure(self) -> None:
        """Wait until a child is given up; raises ChildFailed then."""
        await asyncio.shield(self._failed)

    async def stop(self) -> None:
        """Stop all children in the reverse order of their start, so that nobody loses what it stands on."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        for service in reversed(self._services):
            await service.child.stop()

    def kill(self) -> None:
        """End all children now."""
        for service in reversed(self._services):
            service.child.kill()

    async def _keep(self, service: Service) -> None:
        while True:
            code = await service.child.ended()
            try:
                await self._start_again(service, code)
            except ChildFailed as problem:
                if service.failures < FAILURES_ALLOWED:
                    continue
                self._give_up(problem)
                return
            except Exception as problem:
                self._give_up(problem)
                return

    def _give_up(self, problem: Exception) -> None:
        if not self._failed.done():
            self._failed.set_exception(problem)

    async def _start_again(self, service: Service, code: int) -> None:
        child = service.child
        lived = time.monotonic() - child.started_at
        if lived >= FAILS_AT_ONCE_SECONDS:
            service.failures = service.restarts = 0
        elif code not in FROM_OUTSIDE:
            service.failures += 1
        if code == WRONG_SETTING:
            service.failures = FAILURES_ALLOWED
            raise ChildFailed(f"{child.name} refuses a setting:\n{child.last_lines()}")
        if service.failures >= FAILURES_ALLOWED:
            raise ChildFailed(
                f"{child.name} failed {service.failures} times, each time within {FAILS_AT_ONCE_SECONDS:.0f} s of its"
                f" start; its last lines, from {child.log}:\n{child.last_lines()}"
            )
        pause = self._backoff[min(service.restarts, len(self._backoff) - 1)]
        service.restarts += 1
        self._say(f"{child.name} ended ({describe(code)}); starting it again{f' in {pause:g} s' if pause else ''}")
        await asyncio.sleep(pause)
        if service.again is None:
            child.start()
        else:
            await service.again()


def describe(code: int) -> str:
    """An exit code in words: `exit code 1`, or the signal's name."""
    return f"exit code {code}" if code >= 0 else signal.Signals(-code).name
