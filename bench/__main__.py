"""`make bench`: start everything as `make run` does, measure, print. What was promised stands beside each figure.

`python -m bench NAME …` measures some of it alone: idle, many, providers, history, memory, webhooks, broadcast.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from temporalio.client import Client

from bench import measures
from bench.broadcasts import broadcast
from bench.people import People
from bench.processes import Processes
from bench.providers import providers
from bench.webhooks import webhooks
from stack import RunningServers
from tests.running.everything import Running, start_everything


def parts(running: Running, servers: RunningServers) -> Processes:
    """The processes that are counted, by name."""
    product = running.products[0]
    temporal = servers.temporal.servers[0]
    return Processes(
        {
            "API": product.api.pid,
            "worker": product.worker.pid,
            "Temporal": temporal.pid,
            "PostgreSQL": servers.postgres.child.pid,
            "sandbox": running.sandbox.pid,
        }
    )


async def measure(wanted: list[str]) -> None:
    """Measure what is wanted, everything by default."""
    for line in measures.deciding():
        print(line, flush=True)
    with TemporaryDirectory(prefix="sutradhar-bench-") as folder:
        running = await start_everything(Path(folder), durable=True, unpaced=True)
        try:
            where = running.where.straight
            client = await Client.connect(where.temporal, namespace=where.namespace)
            limits = httpx.Limits(max_connections=100)
            async with (
                httpx.AsyncClient(timeout=60, limits=limits) as http,
                People(http, where.sandbox, where.number).listening() as people,
            ):
                processes = parts(running, running.servers)
                for name, figures in (
                    ("idle", measures.idle_turn(people)),
                    ("many", measures.many_at_once(people, processes)),
                    ("providers", providers(http, where)),
                    ("history", measures.history(people, client, where.database_url)),
                    ("memory", measures.memory(people, processes)),
                    ("webhooks", webhooks(running.where.own[0])),
                    ("broadcast", broadcast(running.where.own[1])),
                ):
                    if wanted and name not in wanted:
                        figures.close()
                        continue
                    for line in await figures:
                        print(line, flush=True)
        finally:
            await running.stop()


if __name__ == "__main__":
    asyncio.run(measure(sys.argv[1:]))
