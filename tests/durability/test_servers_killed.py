"""PostgreSQL and Temporal are killed, or hang, in the middle of a talk: all comes back by itself, nothing is lost."""

from __future__ import annotations

import signal
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from stack import Namespace, RunningServers, start_servers
from store.database import migrate
from tests.durability.script import TALK, WAITS, same_for_all, talk, waits_for
from tests.running.person import Person
from tests.running.product import Addresses, Product
from tests.running.spare import running
from tests.running.waiting import until


@dataclass(frozen=True)
class Machine:
    """Servers of one's own, and a product on them."""

    servers: RunningServers
    at: Addresses


@pytest.fixture
async def machine(spare: Addresses) -> AsyncIterator[Machine]:
    """A machine on which everything runs."""
    with TemporaryDirectory(prefix="sutradhar-servers-", ignore_cleanup_errors=True) as folder:
        # With the settings of a real machine: what is committed stays committed.
        servers = await start_servers(Path(folder), [Namespace(spare.namespace)], postgres_settings={})
        try:
            url = await servers.servers.create_database("sutradhar")
            await migrate(url)
            temporal = servers.servers.temporal_addresses[spare.namespace]
            at = replace(spare, temporal=temporal, database_url=url)
            async with running(Product(at)):
                yield Machine(servers, at)
        finally:
            for child in servers.temporal.servers:
                child.kill()
            servers.postgres.child.kill()


async def test_nobody_can_tell_that_the_servers_were_killed(http: httpx.AsyncClient, machine: Machine) -> None:
    asha, undisturbed = [await Person.appear(http, machine.at, name="Asha Rao") for _ in range(2)]
    await talk(undisturbed)
    await talk(asha, 0, 4)

    async def goes_on_to(wait: str) -> None:
        async def so() -> bool:
            try:
                return await waits_for(asha) == wait
            except (RuntimeError, httpx.HTTPError):
                return False  # the product has no database yet

        await until(so, 60)
        await asha.settle()

    machine.servers.postgres.child.kill()
    await asha.write(TALK[4])
    await machine.servers.postgres.start()
    await goes_on_to(WAITS[4])

    for child in machine.servers.temporal.servers:
        child.kill()
    await asha.write(TALK[5])
    for child in machine.servers.temporal.servers:
        child.start()
    await machine.servers.temporal.ready()
    await goes_on_to(WAITS[5])

    for child in machine.servers.temporal.servers:
        child.send(signal.SIGSTOP)
    begun = time.monotonic()
    await asha.write(TALK[6])
    assert time.monotonic() - begun < 5, "nobody waits for a Temporal that hangs"
    for child in machine.servers.temporal.servers:
        child.send(signal.SIGCONT)
    await goes_on_to(WAITS[6])

    # What comes within a moment of an outage is handed over by the sweeper: each line is waited for by its outcome.
    for line, wait in zip(TALK[7:], WAITS[7:], strict=True):
        await asha.write(line)
        await goes_on_to(wait)
    assert await same_for_all(asha) == await same_for_all(undisturbed)
