"""`python -m stack`: everything on one machine, started in order, shown, supervised, stopped in order."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from stack.console import say
from stack.data_folder import claimed, kept_secrets, rotate_logs
from stack.errors import ChildFailed, PortTaken
from stack.notable import Notable, Tail
from stack.plan import Plan, Running, make_plan, product_environment, read_environment, sandbox_environment
from stack.ports import HOST, require_free
from stack.postgres import Postgres, find_binaries
from stack.process import ROOT, Child, answers_at
from stack.servers import prepare_temporal
from stack.supervisor import Supervisor
from stack.telling import take_back, tell
from stack.temporal import Temporal
from stack.temporal_config import Namespace
from stack.temporal_programs import OLDEST_SERVER, TIME_SKIPPING_SINCE, Program
from stack.waiting import POLL_SECONDS

DATABASE = "sutradhar"
ANSWERS_SECONDS = 60.0
HEALTHY_SECONDS = 90.0
OURS = {name: (sys.executable, "-m", name) for name in ("sandbox", "api", "worker")}


@dataclass
class Machine:
    """One machine's stack, from a plan to running children. `commands` are the project's own three processes."""

    plan: Plan
    environment: Mapping[str, str] = field(repr=False)
    secrets: Mapping[str, str] = field(repr=False)
    commands: Mapping[str, Sequence[str]]
    supervisor: Supervisor
    program: Program | None = None
    postgres: Postgres | None = None

    async def start(self) -> None:
        """Start everything, what stands on nothing first and side by side; returns when the API says it is healthy."""
        sandbox = self._child("sandbox", sandbox_environment(self.environment, self.plan, self.secrets))
        self._keep(sandbox)
        if self.plan.temporal_address is None:
            self.program = await prepare_temporal(self.environment, self.plan.store, OLDEST_SERVER)
        if self.plan.database_url is None or (self.program is not None and self.program.needs_postgres):
            self.postgres = await self._start_postgres()
        temporal = None if self.program is None else self._temporal(self.program)
        running = self._running()
        told = product_environment(self.environment, self.plan, self.secrets, running)
        tell(self.plan.data, running)
        api, worker = self._child("api", told), self._child("worker", told)
        self._keep(api)
        if temporal is None:
            say(f"Temporal: yours at {self.plan.temporal_address}")
        else:
            await self._start_temporal(temporal)
        self._keep(worker)
        await self._answers(sandbox, f"{self.plan.sandbox_url}/", "the phone")
        await self._answers(api, f"{self.plan.product_url}/healthz", "the API")
        await self._healthy()

    async def watch_logs(self) -> None:
        """Show the API's and the worker's warnings and errors as they come."""
        watched = {name: (Tail(self.plan.logs / f"{name}.log"), Notable()) for name in ("api", "worker")}
        while True:
            for name, (tail, notable) in watched.items():
                for line in tail.lines():
                    if (shown := notable.of(line)) is not None:
                        say(f"[{name}] {shown}")
            await asyncio.sleep(0.3)

    def addresses(self) -> str:
        """The one block at the end: where everything is."""
        if self.environment.get("MODE") == "production":
            skipping = "is off: MODE is production"
        elif self.program is None:
            skipping = "is off: the Temporal at TEMPORAL_ADDRESS is not ours to reconfigure"
        elif self.program.skips_time:
            skipping = f"works (Temporal {self.program.version_text})"
        else:
            needed = ".".join(map(str, TIME_SKIPPING_SINCE))
            skipping = f"is off: this Temporal is {self.program.version_text}, and only {needed} or newer skips time"
        lines = {
            "Phone": f"{self.plan.sandbox_url}/",
            "Temporal UI": self._ui_url() or "none was found; TEMPORAL_UI_URL names yours",
            "API docs": f"{self.plan.product_url}/docs",
            "Data": f"{self.plan.data} (logs in {self.plan.logs.name}/)",
            '"+24 h"': skipping,
        }
        block = "\n".join(f"  {name:<12} {value}" for name, value in lines.items())
        return f"\nSutradhar runs.\n\n{block}\n\nCtrl-C stops it; everything said is kept.\n"

    def _child(self, name: str, environment: Mapping[str, str]) -> Child:
        buffered = {"PYTHONUNBUFFERED": "1", **environment}
        return Child(name, self.commands[name], self.plan.logs / f"{name}.log", buffered, ROOT)

    def _keep(self, child: Child) -> None:
        self.supervisor.keep(child.start())

    async def _start_postgres(self) -> Postgres:
        postgres = Postgres(
            self.plan.data / "postgres",
            self.plan.logs / "postgres.log",
            self.secrets["POSTGRES_PASSWORD"],
            find_binaries(self.environment),
        )
        try:
            await postgres.start()
        except asyncio.CancelledError:  # a Ctrl-C meanwhile: the supervisor does not know it yet
            await postgres.stop()
            raise
        self.supervisor.keep(postgres.child, postgres.start)
        if self.plan.database_url is None:
            await postgres.create_database(DATABASE)
        say(f"PostgreSQL {postgres.binaries.major}: up on {HOST}:{postgres.port}")
        return postgres

    def _temporal(self, program: Program) -> Temporal:
        return Temporal(
            self.plan.store,
            self.plan.logs,
            program,
            [Namespace(self.plan.namespace)],
            self.postgres if program.needs_postgres else None,
            port=self.plan.temporal_port,
            ui_port=self.plan.temporal_ui_port,
        )

    async def _start_temporal(self, temporal: Temporal) -> None:
        await temporal.prepare()
        for child in temporal.children:
            self.supervisor.keep(child.start())
        await temporal.ready()
        say(f"Temporal {temporal.program.version_text}: up on {HOST}:{self.plan.temporal_port}")

    def _running(self) -> Running:
        ours = "" if self.postgres is None else self.postgres.url(DATABASE)
        return Running(
            temporal_address=self.plan.temporal_address or f"{HOST}:{self.plan.temporal_port}",
            database_url=self.plan.database_url or ours,
            time_skipping=self.program is not None and self.program.skips_time,
            temporal_ui_url=self._ui_url(),
        )

    def _ui_url(self) -> str | None:
        """The Temporal UI: the one named, else ours, if this Temporal has one."""
        if (named := self.environment.get("TEMPORAL_UI_URL")) or self.program is None:
            return named
        return self.plan.temporal_ui_url if self.program.ui or not self.program.needs_postgres else None

    async def _answers(self, child: Child, url: str, what: str) -> None:
        """Wait until a kept child answers, however often it has to be started for that; raises ChildFailed if never."""
        async with httpx.AsyncClient(timeout=5.0, trust_env=False) as client:
            deadline = time.monotonic() + ANSWERS_SECONDS
            while not await answers_at(client, url, None):
                if time.monotonic() > deadline:
                    raise ChildFailed(
                        f"{child.name} did not answer on {url} within {ANSWERS_SECONDS:.0f} s; its last lines, from"
                        f" {child.log}:\n{child.last_lines()}"
                    )
                await asyncio.sleep(POLL_SECONDS)
        say(f"{child.name}: {what} answers on {url}")

    async def _healthy(self) -> None:
        """Wait until the API finds all it needs; say what is missing if that takes too long, and go on."""
        url, missing = f"{self.plan.product_url}/healthz", "no answer"
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(HEALTHY_SECONDS), httpx.AsyncClient(timeout=5.0, trust_env=False) as client:
                while True:
                    with contextlib.suppress(httpx.TransportError, ValueError):
                        response = await client.get(url)
                        if response.status_code == 200:
                            return say("worker: at work")
                        missing = _what_is_down(response)
                    await asyncio.sleep(0.1)
        say(f"api: still not healthy after {HEALTHY_SECONDS:.0f} s ({missing}); see {url} and {self.plan.logs}")


def _what_is_down(response: httpx.Response) -> str:
    components = response.json().get("components", {})
    down = [name for name, component in components.items() if component.get("state") == "down"]
    return f"down: {', '.join(down)}" if down else f"status {response.status_code}"


async def run(commands: Mapping[str, Sequence[str]] = OURS, root: Path = ROOT) -> None:
    """Run the stack until Ctrl-C. Raises StackError when it cannot stand."""
    environment = read_environment(root)
    plan = make_plan(environment, root)
    with claimed(plan.data):
        await _free_soon(plan)
        rotate_logs(plan.logs)
        supervisor = Supervisor(say)
        machine = Machine(plan, environment, kept_secrets(plan.data), commands, supervisor)
        asked = _asked_to_stop(supervisor)
        watching = asyncio.create_task(machine.watch_logs())
        failing = asyncio.create_task(supervisor.failure())
        starting = asyncio.create_task(machine.start())
        try:
            await asyncio.wait({starting, failing, asked}, return_when=asyncio.FIRST_COMPLETED)
            if starting.done() and not starting.exception():
                say(machine.addresses())
                await asyncio.wait({failing, asked}, return_when=asyncio.FIRST_COMPLETED)
            for task in (starting, failing):
                if task.done():
                    task.result()
        finally:
            say("Stopping …")
            for task in (starting, failing, watching):
                task.cancel()
            await asyncio.gather(starting, failing, watching, return_exceptions=True)
            await supervisor.stop()
            take_back(plan.data)
        say("Stopped.")


async def _free_soon(plan: Plan) -> None:
    """Check the ports; what a killed predecessor's children still hold is free in a moment."""
    for _ in range(20):
        with contextlib.suppress(PortTaken):
            return require_free(plan.wanted_ports())
        await asyncio.sleep(0.05)
    require_free(plan.wanted_ports())


def _asked_to_stop(supervisor: Supervisor) -> asyncio.Future[None]:
    """Done at the first Ctrl-C (or SIGTERM, or the terminal's end); the second one ends all children at once."""
    loop = asyncio.get_running_loop()
    asked: asyncio.Future[None] = loop.create_future()

    def ask() -> None:
        if asked.done():
            supervisor.kill()
        else:
            asked.set_result(None)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, ask)
    return asked
