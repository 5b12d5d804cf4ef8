"""What a command stands on: the settings, the database, Temporal. With `make run`, nothing need be set."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import psycopg
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from temporalio.client import Client

from cli.errors import CannotBeDone
from settings import Settings, WrongSetting, read_settings
from store.database import open_pool
from store.sealing import KeyMissing, KeyRing
from telemetry.logs import set_up_logs
from workflows.temporal import AWAY, connect

PATIENCE = 5.0
"""seconds for a server to answer a command"""


@dataclass(frozen=True)
class Here:
    """An open database, and the keys of what is in it."""

    settings: Settings
    pool: AsyncConnectionPool
    keys: KeyRing


def settings_here() -> Settings:
    """The settings as the API has them: what is set, what `.env` says, then what the machine that runs here was told.

    Raises WrongSetting; CannotBeDone where nothing is set and nothing runs.
    """
    look_around()
    return read_settings()


def look_around() -> None:
    """Put into this process's environment what `.env` says and what the running machine was told; what is set stays.

    Raises CannotBeDone where no database is named and nothing runs.
    """
    if importlib.util.find_spec("stack") is None:  # an installation: whoever starts it sets its variables
        return
    from stack.errors import StackError
    from stack.plan import read_environment
    from stack.process import ROOT
    from stack.telling import NothingRuns, product_environment_here

    try:
        named = read_environment(ROOT)
        told = product_environment_here()
    except StackError as wrong:
        raise WrongSetting(str(wrong)) from None
    except NothingRuns as nothing:
        if "DATABASE_URL" not in named:
            raise CannotBeDone(f"{nothing} (or set DATABASE_URL and what else .env.example names)") from None
        told = named
    os.environ.update(told)


def database_name(settings: Settings) -> str:
    """The name of the database that DATABASE_URL leads to."""
    return urlsplit(settings.database_url.get_secret_value()).path.lstrip("/")


@asynccontextmanager
async def opened() -> AsyncIterator[Here]:
    """The settings, and the database open. Raises WrongSetting, CannotBeDone when the database does not answer."""
    settings = settings_here()
    quiet_logs(settings)
    url = settings.database_url.get_secret_value()
    async with answering(settings):
        async with await psycopg.AsyncConnection.connect(url, connect_timeout=int(PATIENCE)):
            pass
        pool = await open_pool(url, 2)
    keys = KeyRing(settings.encryption_keys.get_secret_value(), settings.lookup_key.get_secret_value())
    try:
        async with answering(settings):
            yield Here(settings, pool, keys)
    finally:
        await pool.close()


@asynccontextmanager
async def answering(settings: Settings) -> AsyncIterator[None]:
    """What a database raises that is away, behind, or sealed under another key, as a sentence. Raises CannotBeDone."""
    try:
        yield
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn):
        raise CannotBeDone("the database is older than this release: type `sutradhar migrate` first") from None
    except KeyMissing as missing:
        raise CannotBeDone(f"{missing}: see ENCRYPTION_KEYS") from None
    except psycopg.errors.InvalidCatalogName:
        raise CannotBeDone(
            "DATABASE_URL names a database that is not there: create it, then `sutradhar init-db`"
        ) from None
    except (psycopg.OperationalError, PoolTimeout) as error:
        parts = urlsplit(settings.database_url.get_secret_value())
        where = f"{parts.hostname}:{parts.port or 5432}"
        raise CannotBeDone(
            f"the database at {where} does not let us in or is away ({type(error).__name__}):"
            " see DATABASE_URL, or `sutradhar doctor`"
        ) from None


async def temporal(settings: Settings) -> Client:
    """A client. Raises CannotBeDone when Temporal does not answer."""
    try:
        return await connect(settings.temporal_address, settings.temporal_namespace)
    except AWAY:
        raise CannotBeDone(
            f"Temporal at {settings.temporal_address} does not answer: start it, then type this again"
        ) from None


def quiet_logs(settings: Settings) -> None:
    """Only what goes wrong, and that to standard error."""
    set_up_logs("ERROR", settings.mode, settings.lookup_key.get_secret_value())
