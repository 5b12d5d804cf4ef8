"""A machine of its own for one run: durable PostgreSQL, Temporal, sandbox, API and worker, kept by the supervisor."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from pathlib import Path

import httpx
import psycopg

from stack import Child, Namespace, RunningServers, free_ports, python_child, start_servers
from stack.process import answers_at
from stack.supervisor import Supervisor
from stack.temporal_namespaces import serves
from store.database import migrate
from tests.chaos.plan import API, POSTGRES, TEMPORAL, WORKER
from tests.chaos.reckoning import Killed
from tests.running.product import SECRETS, Addresses, Product

NUMBER = "100000000000001"
NAMESPACE = "chaos"
NUMBERS = f"""
[[number]]
provider = "meta"
id = "{NUMBER}"
display = "+91 98000 00001"
bot = "loan"
business = "chaos"
rate = 10000
pair_burst = 100000
"""
"""with the pace lifted: here people write more than a person could"""
LOOKS_EVERY = 0.1
COMES_BACK_WITHIN = 60.0


class Machine:
    """What runs, and what was killed of it."""

    def __init__(self, at: Addresses, servers: RunningServers, supervisor: Supervisor) -> None:
        self.at = at
        self.killed: list[Killed] = []
        self._servers = servers
        self._supervisor = supervisor
        self._children: dict[str, Child] = {
            TEMPORAL: servers.temporal.servers[0],
            POSTGRES: servers.postgres.child,
        }
        self._looks: set[asyncio.Task[None]] = set()

    async def start_product(self, more: Mapping[str, str]) -> None:
        """Start the API and the worker with these variables beside the usual ones; returns when they are healthy."""
        product = Product(self.at, more=more).start()
        for name, child in ((API, product.api), (WORKER, product.worker)):
            self._children[name] = child
            self._supervisor.keep(child)
        await product.ready()

    def kill(self, what: str) -> None:
        """kill -9; the supervisor starts it again."""
        child = self._children[what]
        killed = Killed(what, time.time())
        self.killed.append(killed)
        pid = child.pid
        child.send(signal.SIGKILL)
        look = asyncio.create_task(self._look(killed, child, pid))
        self._looks.add(look)
        look.add_done_callback(self._looks.discard)

    async def back(self) -> None:
        """Wait until all that was killed can be used again: what does not run yet cannot be killed."""
        while any(kill.looked_for for kill in self.killed):
            await asyncio.sleep(LOOKS_EVERY)

    async def given_up(self) -> None:
        """Wait until the supervisor gives a child up. Raises ChildFailed then."""
        await self._supervisor.failure()

    async def _look(self, killed: Killed, child: Child, pid: int) -> None:
        """Note when it can be used again; after a minute nobody looks any more."""
        usable = self._usable(killed.what, child)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(COMES_BACK_WITHIN):
                while child.pid == pid or not child.running or not await usable():
                    await asyncio.sleep(LOOKS_EVERY)
                killed.back = time.time()
        killed.looked_for = False

    def _usable(self, what: str, child: Child) -> Callable[[], Awaitable[bool]]:
        async def api() -> bool:
            async with httpx.AsyncClient(timeout=2, trust_env=False) as http:
                return await answers_at(http, f"{self.at.url}/readyz", 200)

        async def worker() -> bool:
            return "worker is up" in child.last_lines(1000)

        async def postgres() -> bool:
            try:
                async with await psycopg.AsyncConnection.connect(self.at.database_url, connect_timeout=2):
                    return True
            except psycopg.OperationalError:
                return False

        async def temporal() -> bool:
            return await serves(self.at.temporal)

        return {API: api, WORKER: worker, POSTGRES: postgres, TEMPORAL: temporal}[what]


@contextlib.asynccontextmanager
async def machine(folder: Path, say: Callable[[str], None]) -> AsyncIterator[Machine]:
    """All but the product, which is started when it is known whom it sends to."""
    servers = await start_servers(folder, [Namespace(NAMESPACE)], dynamic_config={}, postgres_settings={})
    supervisor = Supervisor(say)
    try:
        url = await servers.servers.create_database("sutradhar")
        await migrate(url)
        [sandbox_port, port] = free_ports(2)
        at = Addresses(
            number=NUMBER,
            url=f"http://127.0.0.1:{port}",
            namespace=NAMESPACE,
            temporal=servers.servers.temporal_addresses[NAMESPACE],
            database_url=url,
            sandbox=f"http://127.0.0.1:{sandbox_port}",
            folder=str(folder),
        )
        at.numbers_file.write_text(NUMBERS)
        sandbox = _sandbox(folder, sandbox_port, at).start()
        # As `python -m stack` keeps them: what stands on others is stopped first.
        supervisor.keep(servers.postgres.child, servers.postgres.start)
        supervisor.keep(servers.temporal.servers[0])
        supervisor.keep(sandbox)
        await sandbox.ready_at(f"{at.sandbox}/sandbox/numbers", status=200)
        yield Machine(at, servers, supervisor)
    finally:
        await supervisor.stop()
        await servers.stop()


def _sandbox(folder: Path, port: int, at: Addresses) -> Child:
    environment = {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TZ")},
        **SECRETS,
        "SANDBOX_PORT": str(port),
        "SANDBOX_DATA": str(folder / "sandbox"),
        "PRODUCT_URL": at.url,
        "PRODUCT_URLS": json.dumps({at.number: at.url}),
        "NUMBERS_FILE": str(at.numbers_file),
    }
    return python_child("sandbox", "sandbox", environment, folder / "logs" / "sandbox.log")
