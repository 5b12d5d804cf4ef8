"""The connection pool, and migrations that only go forward."""

from __future__ import annotations

import asyncio
import hashlib
import time
from pathlib import Path

import structlog
from psycopg import AsyncConnection, DataError, OperationalError
from psycopg.errors import ProgramLimitExceeded
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

log = structlog.get_logger()

MIGRATIONS = Path(__file__).parent / "migrations"
LOCK = 7_243_001
"""advisory lock: one process migrates, the others wait"""
STARTS_WITHIN = 60.0
"""seconds that a database may take to be there"""
PATIENCE = 4.0
"""seconds to wait for a connection: a provider that posts a webhook hangs up after ten"""
UNSTORABLE = (DataError, ProgramLimitExceeded)
"""what a value of somebody else's can be to blame for; every other error is the database's or ours"""


class MigrationChanged(Exception):
    """A migration that has run was edited: undo the edit and write another file."""


async def connected(url: str) -> AsyncConnection[TupleRow]:
    """A connection. A database that is just starting, or recovering from a crash, is waited for; raises psycopg's
    OperationalError when that takes longer than a minute."""
    deadline = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            return await AsyncConnection.connect(url, autocommit=True)
        except OperationalError as error:
            if time.monotonic() > deadline:
                raise
            log.warning("the database is not there yet", error=type(error).__name__)
            await asyncio.sleep(1)


async def open_pool(url: str, most: int) -> AsyncConnectionPool:
    """A pool of at most so many connections, open and tried."""
    pool = AsyncConnectionPool(
        url,
        min_size=2,
        max_size=most,
        open=False,
        kwargs={"autocommit": True},
        check=None,
        name="sutradhar",
        timeout=PATIENCE,
        # By default it would go on alone, ever more slowly, for minutes; so the next who asks has it tried anew.
        reconnect_timeout=PATIENCE,
    )
    await pool.open(wait=True, timeout=30)
    return pool


async def pending(url: str, folder: Path = MIGRATIONS) -> list[str]:
    """What has not run yet, in order. Raises MigrationChanged, and psycopg's errors when the database is away."""
    async with await AsyncConnection.connect(url, autocommit=True) as connection:
        there = await (await connection.execute("select to_regclass('migrations') is not null")).fetchone()
        done: dict[str, str] = {}
        if there is not None and there[0]:
            done = dict(await (await connection.execute("select name, sha256 from migrations")).fetchall())
    files = [(file, file.read_bytes()) for file in sorted(folder.glob("*.sql"))]  # noqa: ASYNC240 — once, and small
    return [file.name for file, text in files if _is_new(file.name, text, done)]


async def migrate(url: str, folder: Path = MIGRATIONS) -> list[str]:
    """Run what has not run yet, each file in its transaction; their names. Raises MigrationChanged."""
    ran: list[str] = []
    files = [(file, file.read_bytes()) for file in sorted(folder.glob("*.sql"))]  # noqa: ASYNC240 — once, at the start
    async with await connected(url) as connection:
        await connection.execute("select pg_advisory_lock(%s)", (LOCK,))
        await connection.execute(
            "create table if not exists migrations"
            " (name text primary key, sha256 text not null, ran_at timestamptz not null default now())"
        )
        cursor = await connection.execute("select name, sha256 from migrations")
        done: dict[str, str] = {name: digest for name, digest in await cursor.fetchall()}
        for file, text in files:
            if not _is_new(file.name, text, done):
                continue
            digest = hashlib.sha256(text).hexdigest()
            async with connection.transaction():
                await connection.execute(text)
                await connection.execute("insert into migrations (name, sha256) values (%s, %s)", (file.name, digest))
            ran.append(file.name)
    return ran


def _is_new(name: str, text: bytes, done: dict[str, str]) -> bool:
    """Whether a migration has not run yet. Raises MigrationChanged for one that ran with another text."""
    if name in done and done[name] != hashlib.sha256(text).hexdigest():
        raise MigrationChanged(f"{name} was edited after it ran: undo that and write another file")
    return name not in done
