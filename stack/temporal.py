"""A Temporal that serves some namespaces: its store, its server, its UI, registered and ready."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psycopg

from stack.errors import ChildFailed
from stack.ports import HOST, free_ports
from stack.postgres import SUPERUSER, Postgres
from stack.process import Child
from stack.temporal_config import (
    ONE_MACHINE,
    Database,
    Namespace,
    ServerPorts,
    Value,
    dynamic_config,
    server_config,
    ui_config,
)
from stack.temporal_programs import Program, Record

REGISTERED_SECONDS = 60.0
# By default it reads its database at every call, to know new search attributes at once.
DEVELOPMENT_SERVER: Mapping[str, Value] = {"system.forceSearchAttributesCacheRefreshOnRead": False}
SCHEMAS = {"store": "postgresql/v12/temporal", "visibility": "postgresql/v12/visibility"}


@dataclass
class Temporal:
    """One Temporal in `folder`, run by `program` over `postgres` (None for a program that keeps a SQLite file).

    `dynamic_config` is added to what one machine needs. A `ui_port` of 0 means no UI.
    """

    folder: Path
    logs: Path
    program: Program
    namespaces: Sequence[Namespace] = (Namespace(),)
    postgres: Postgres | None = None
    dynamic_config: Mapping[str, Value] = field(default_factory=dict)
    port: int = 0
    ui_port: int = 0
    servers: list[Child] = field(default_factory=list, init=False)
    ui: Child | None = field(default=None, init=False)
    _addresses: dict[str, str] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.folder = self.folder.absolute()
        self.port = self.port or free_ports(1)[0]

    def address(self, namespace: str = "default") -> str:
        """host:port that serves this namespace."""
        return self._addresses[namespace]

    @property
    def children(self) -> list[Child]:
        """The processes, in the order they are started."""
        return [*self.servers, *([self.ui] if self.ui else [])]

    async def start(self) -> None:
        """Bring the store up to date, start all processes, register what is missing; return when it can be used.

        PostgreSQL must be up. Raises ChildFailed when something does not come up.
        """
        await self.prepare()
        for child in self.children:
            child.start()
        await self.ready()

    async def prepare(self) -> None:
        """Make the store or bring it up to the program's version, and lay out what is to be started."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.program.needs_postgres:
            await self._prepare_cluster()
        else:
            self._prepare_development_servers()
        Record.write(self.folder, self.program)

    async def ready(self) -> None:
        """Wait until every namespace can be used and the UI answers; raises ChildFailed as `Child.ready` does."""
        from stack.temporal_namespaces import register, serves

        for server, address in zip(self.servers, dict.fromkeys(self._addresses.values()), strict=True):
            await server.ready(partial(serves, address), seconds=60.0)
            served = [namespace for namespace in self.namespaces if self._addresses[namespace.name] == address]
            try:
                await asyncio.wait_for(register(address, served), REGISTERED_SECONDS)
            except TimeoutError:
                raise ChildFailed(
                    f"{server.name} did not take its namespaces within {REGISTERED_SECONDS:.0f} s; its last lines,"
                    f" from {server.log}:\n{server.last_lines()}"
                ) from None
        if self.ui is not None:
            await self.ui.ready_at(f"http://{HOST}:{self.ui_port}/", seconds=30.0)

    async def stop(self) -> None:
        """Stop all of it, the UI first."""
        for child in reversed(self.children):
            await child.stop()

    async def _prepare_cluster(self) -> None:
        if self.postgres is None or self.program.sql_tool is None:
            raise ValueError("a Temporal server with a schema tool needs a PostgreSQL")
        database = Database(self.postgres.port, SUPERUSER, self.postgres.password)
        await asyncio.gather(
            self._migrate(self.postgres, database.store, SCHEMAS["store"]),
            self._migrate(self.postgres, database.visibility, SCHEMAS["visibility"]),
        )
        # Where the last server's services listened: this one need not look for them there.
        async with await psycopg.AsyncConnection.connect(self.postgres.url(database.store)) as connection:
            await connection.execute("DELETE FROM cluster_membership")
        dynamic = self._write("dynamic-config.yaml", dynamic_config(self._everywhere(), self.namespaces))
        ports = ServerPorts(self.port, free_ports(ServerPorts.INTERNAL_COUNT))
        config = self._write("server.yaml", server_config(ports, database, str(dynamic)))
        command = [self.program.server, "--config-file", config, "--allow-no-auth", "start"]
        self.servers = [self._child("Temporal server", command, "temporal.log")]
        self._addresses = {namespace.name: f"{HOST}:{self.port}" for namespace in self.namespaces}
        if self.ui_port and self.program.ui:
            default = self.namespaces[0].name
            self._write("ui/server.yaml", ui_config(f"{HOST}:{self.port}", self.ui_port, default))
            command = [self.program.ui, "--root", self.folder, "--config", "ui", "--env", "server", "start"]
            self.ui = self._child("Temporal UI", command, "temporal-ui.log")

    async def _migrate(self, postgres: Postgres, database: str, schema: str) -> None:
        """Create a database of Temporal's and bring its schema up to the program's version."""
        note = self.folder / f"{database}.schema"
        made = await postgres.create_database(database)
        if not made and note.exists() and note.read_text() == self.program.version_text:
            return
        for step in (["setup-schema", "-v", "0.0"], ["update-schema", "--schema-name", schema]):
            arguments = ["--endpoint", HOST, "--port", postgres.port, "--user", SUPERUSER, "--database", database]
            command = [self.program.sql_tool, "--plugin", "postgres12_pgx", *arguments, *step]
            environment = {**_environment(), "SQL_PASSWORD": postgres.password}
            log = self.logs / "temporal-schema.log"
            tool = Child(f"temporal-sql-tool ({database})", [str(p) for p in command], log, environment).start()
            if await tool.ended() != 0:
                raise ChildFailed(f"{tool.name} {step[0]} failed; its last lines:\n{tool.last_lines()}")
        note.write_text(self.program.version_text)

    def _prepare_development_servers(self) -> None:
        """One server for all namespaces, and one more for each that has settings of its own.

        The development server takes no settings that hold for one namespace alone.
        """
        shared = [namespace for namespace in self.namespaces if not namespace.dynamic_config]
        groups = ([shared] if shared else []) + [[n] for n in self.namespaces if n.dynamic_config]
        for position, group in enumerate(groups):
            port, http, metrics, *_ = (self.port, *free_ports(2)) if position == 0 else free_ports(3)
            settings = {**DEVELOPMENT_SERVER, **self._everywhere(), **group[0].dynamic_config}
            store = self.folder / f"{self.program.kind}{f'-{group[0].name}' if position else ''}.db"
            command: list[object] = [self.program.server, "server", "start-dev", "--ip", HOST, "--port", port]
            command += ["--http-port", http, "--metrics-port", metrics, "--db-filename", store, "--log-level", "warn"]
            command += ["--namespace", group[0].name]
            command += ["--headless"] if position or not self.ui_port else ["--ui-ip", HOST, "--ui-port", self.ui_port]
            for key, value in settings.items():
                command += ["--dynamic-config-value", f"{key}={json.dumps(value)}"]
            name = f"Temporal server ({group[0].name})" if position else "Temporal server"
            log = f"temporal-{group[0].name}.log" if position else "temporal.log"
            self.servers.append(self._child(name, command, log))
            self._addresses.update({namespace.name: f"{HOST}:{port}" for namespace in group})

    def _everywhere(self) -> dict[str, Value]:
        return {**ONE_MACHINE, **self.dynamic_config}

    def _child(self, name: str, command: Sequence[object], log: str) -> Child:
        return Child(name, [str(part) for part in command], self.logs / log, _environment())

    def _write(self, name: str, content: object) -> Path:
        """A configuration file; it may hold the database's password, so it is the owner's alone."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(json.dumps(content, indent=2) + "\n")
        return path


def _environment() -> dict[str, str]:
    """What Temporal's programs are told: no secrets of ours, and none of the many variables they would listen to."""
    return {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
