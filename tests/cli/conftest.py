"""The command line as people have it: a process of its own, told where the product is by its environment alone."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from psycopg_pool import AsyncConnectionPool

from stack.process import ROOT
from store.database import open_pool
from tests.running.everything import TEMPLATE, Everything
from tests.running.fixtures import at as at
from tests.running.fixtures import tables as tables
from tests.running.product import Addresses


@dataclass(frozen=True)
class Ended:
    """How a command ended, and what it showed."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """The one document on standard output."""
        return json.loads(self.out)


@dataclass(frozen=True)
class CommandLine:
    """`sutradhar`, in one environment."""

    environment: dict[str, str]

    async def __call__(self, *words: str, **more: str) -> Ended:
        """Run one command; nobody is there to be asked."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "cli", *words),
            env={**self.environment, **more},
            cwd=ROOT,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, err = await process.communicate()
        return Ended(process.returncode or 0, out.decode(), err.decode())


@pytest.fixture
def sutradhar(at: Addresses, tmp_path: Path) -> CommandLine:
    """The command line beside the product that all tests share."""
    return CommandLine({**at.environment(), "DATA_DIR": str(tmp_path)})


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """A client for everything."""
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture
async def database(shared: Everything) -> AsyncIterator[str]:
    """The connection string of a migrated database of this test's own."""
    name = f"cli_{uuid4().hex[:12]}"
    yield await shared.servers.create_database(name, TEMPLATE)
    await shared.servers.drop_database(name)


@pytest.fixture
async def pool(database: str) -> AsyncIterator[AsyncConnectionPool]:
    """A pool of connections to it."""
    pool = await open_pool(database, 2)
    yield pool
    await pool.close()


@pytest.fixture
def apart(sutradhar: CommandLine, database: str) -> CommandLine:
    """The command line over that database."""
    return CommandLine({**sutradhar.environment, "DATABASE_URL": database})
