"""The two servers everything stands on, PostgreSQL and Temporal, started together in one folder: for tests."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from stack import databases
from stack.console import say
from stack.postgres import THROWAWAY, Postgres, find_binaries
from stack.temporal import Temporal
from stack.temporal_config import Namespace, Value
from stack.temporal_programs import TIME_SKIPPING_SINCE, Program, Record, Version, find
from stack.this_machine import ThisMachine

TEST_DYNAMIC_CONFIG: Mapping[str, Value] = {
    # A continue-as-new soon after a start would wait for a second, and time skipping would leap over all that follows.
    "history.workflowIdReuseMinimalInterval": "0s",
    # A new namespace, or its search attributes, would be known only seconds later.
    "system.namespaceCacheRefreshInterval": "100ms",
}


@dataclass(frozen=True)
class Servers:
    """Where the servers are: all that another process needs, and it passes through JSON."""

    server_url: str = field(repr=False)
    temporal_addresses: Mapping[str, str]
    temporal_version: str
    skips_time: bool

    def database_url(self, name: str) -> str:
        """The connection string of a database of this name."""
        return urlsplit(self.server_url)._replace(path=f"/{name}").geturl()

    async def create_database(self, name: str, template: str | None = None) -> str:
        """Create a database if there is none, a copy of `template` if one is named; its connection string."""
        await databases.create_database(self.server_url, name, template)
        return self.database_url(name)

    async def drop_database(self, name: str) -> None:
        """Drop a database, ending its sessions."""
        await databases.drop_database(self.server_url, name)

    def to_json(self) -> str:
        """As text, for another process."""
        return json.dumps(asdict(self))

    @staticmethod
    def from_json(text: str) -> Servers:
        """From the text that `to_json` made."""
        return Servers(**json.loads(text))


@dataclass(frozen=True)
class RunningServers:
    """The servers, as the process that started them has them. Bound to no event loop."""

    postgres: Postgres
    temporal: Temporal
    servers: Servers

    async def stop(self) -> None:
        """Stop both, Temporal first."""
        await self.temporal.stop()
        await self.postgres.stop()


async def prepare_temporal(
    environment: Mapping[str, str] = os.environ,
    store: Path | None = None,
    oldest: Version = TIME_SKIPPING_SINCE,
    tell: Callable[[str], None] = say,
) -> Program:
    """Find the Temporal to run over the store in this folder, or over a new one.

    Downloads or builds it if it must, showing progress. By default it is one that skips time, as tests need.
    """
    recorded = None if store is None else Record.read(store)
    return await find(ThisMachine(environment), recorded, store or Path(), tell, oldest)


async def start_servers(
    folder: Path,
    namespaces: Sequence[Namespace] = (Namespace(),),
    dynamic_config: Mapping[str, Value] = TEST_DYNAMIC_CONFIG,
    postgres_settings: Mapping[str, str] = THROWAWAY,
    program: Program | None = None,
) -> RunningServers:
    """Start PostgreSQL and Temporal in this folder on free ports, with these namespaces; return when both can be used.

    For tests: by default nothing is made to reach the disk. Logs are in `folder/logs`.
    """
    store = folder / "temporal"
    program = program or await prepare_temporal(store=store)
    postgres = Postgres(
        folder / "postgres",
        folder / "logs" / "postgres.log",
        _kept_password(folder),
        find_binaries(os.environ),
        {"max_connections": "500", **postgres_settings},
    )
    temporal = Temporal(store, folder / "logs", program, namespaces, postgres, dynamic_config)
    await postgres.start()
    try:
        await temporal.start()
    except BaseException:
        await asyncio.gather(temporal.stop(), postgres.stop())
        raise
    addresses = {namespace.name: temporal.address(namespace.name) for namespace in namespaces}
    servers = Servers(postgres.url("postgres"), addresses, program.version_text, program.skips_time)
    return RunningServers(postgres, temporal, servers)


def _kept_password(folder: Path) -> str:
    note = folder / "password"
    if not note.exists():
        folder.mkdir(parents=True, exist_ok=True)
        note.touch(mode=0o600)
        note.write_text(secrets.token_urlsafe(24))
    return note.read_text()
