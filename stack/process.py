"""One child process: started, watched, waited for, killed, started again."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from stack.errors import ChildFailed
from stack.waiting import POLL_SECONDS

LAUNCHER = Path(__file__).with_name("launch.py")
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class User:
    """A user of the system that a child runs as instead of root."""

    uid: int
    gid: int


@dataclass
class Child:
    """A program run as our own foreground child, its output appended to one file.

    Start it from a thread that lives as long as it shall: on Linux the kernel sends `death_signal` to it when
    that thread ends, so that nothing is left running after a kill -9 of the parent.
    """

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ), repr=False)
    folder: Path = ROOT
    user: User | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGKILL
    stop_seconds: float = 10.0
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False)
    _log_from: int = field(default=0, init=False, repr=False)
    started_at: float = field(default=0.0, init=False)

    def start(self) -> Child:
        """Start the program; returns at once, long before it is ready."""
        order = {
            "parent": os.getpid(),
            "death_signal": int(self.death_signal),
            "user": None if self.user is None else [self.user.uid, self.user.gid],
            "command": [str(part) for part in self.command],
        }
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self._log_from = output.tell()
            self.started_at = time.monotonic()
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", str(LAUNCHER), json.dumps(order)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(self.environment),
                cwd=self.folder,
                start_new_session=True,  # a terminal's Ctrl-C reaches the supervisor alone, which stops us in order
            )
        return self

    @property
    def pid(self) -> int:
        """The process id of the running, or the last, process."""
        if self._process is None:
            raise RuntimeError(f"{self.name} was never started")
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; a negative number is the signal that ended it."""
        return None if self._process is None else self._process.poll()

    @property
    def running(self) -> bool:
        """Whether the program runs now."""
        return self._process is not None and self._process.poll() is None

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the program, if it runs."""
        if self._process is not None:
            self._process.send_signal(number)

    def kill(self) -> None:
        """kill -9, and wait until it is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def wait(self) -> int:
        """Block until the program ends; its exit code."""
        if self._process is None:
            raise RuntimeError(f"{self.name} was never started")
        return self._process.wait()

    def restart(self) -> Child:
        """Start it again as it was started, killing what still runs."""
        self.kill()
        return self.start()

    async def ended(self) -> int:
        """Wait until the program ends; its exit code."""
        while (code := self.exit_code) is None:
            await asyncio.sleep(POLL_SECONDS)
        return code

    async def stop(self) -> None:
        """Ask it to stop, and kill it when it has not done so within `stop_seconds`."""
        if not self.running:
            return
        self.send(self.stop_signal)
        try:
            await asyncio.wait_for(self.ended(), self.stop_seconds)
        except TimeoutError:
            self.kill()

    def last_lines(self, count: int = 12) -> str:
        """The end of what this run of the program wrote."""
        with self.log.open("rb") as output:
            output.seek(self._log_from)
            return "\n".join(output.read().decode(errors="replace").splitlines()[-count:])

    async def ready(self, answers: Callable[[], Awaitable[bool]], seconds: float = 30.0) -> None:
        """Wait until `answers` says yes.

        Raises ChildFailed when the program ends before that, or has not answered within `seconds`.
        """
        deadline = time.monotonic() + seconds
        while not await answers():
            if not self.running:
                raise ChildFailed(
                    f"{self.name} ended before it was ready (exit code {self.exit_code}); its last lines, from"
                    f" {self.log}:\n{self.last_lines()}"
                )
            if time.monotonic() > deadline:
                raise ChildFailed(
                    f"{self.name} was not ready within {seconds:.0f} s; its last lines, from {self.log}:\n"
                    f"{self.last_lines()}"
                )
            await asyncio.sleep(POLL_SECONDS)

    async def ready_at(self, url: str, seconds: float = 30.0, status: int | None = None) -> None:
        """Wait until `url` answers, with this status if one is given; raises as `ready` does."""
        async with httpx.AsyncClient(timeout=5.0, trust_env=False) as client:
            await self.ready(lambda: answers_at(client, url, status), seconds)


def python_child(name: str, module: str, environment: Mapping[str, str], log: Path, *arguments: str) -> Child:
    """A child that runs `python -m module` from the project's root with exactly this environment, not yet started."""
    command = [sys.executable, "-m", module, *arguments]
    return Child(name, command, log, {"PYTHONUNBUFFERED": "1", **environment})


async def answers_at(client: httpx.AsyncClient, url: str, status: int | None) -> bool:
    """Whether a GET of `url` is answered (by `status`, if one is given)."""
    try:
        response = await client.get(url)
    except httpx.TransportError:
        return False
    return status is None or response.status_code == status
