"""The product that all share, and a sandbox of each test's own, seen by judges from outside."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.contract.pywa_judge import Judge
from tests.running.everything import Everything
from tests.running.product import Addresses
from tests.running.tables import Tables, tables_of
from tests.running.wire import Meta
from tests.sandbox.conftest import APP_SECRET, LOAN, TOKEN, Bench
from tests.sandbox.conftest import bench as bench
from tests.sandbox.conftest import clock as clock
from tests.sandbox.conftest import product as product
from tests.sandbox.conftest import starting as starting


@pytest.fixture(scope="session")
def at(shared: Everything) -> Addresses:
    """Where the product is."""
    return shared.straight


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """A client for everything."""
    async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
        yield client


@pytest.fixture
def meta(http: httpx.AsyncClient, at: Addresses) -> Meta:
    """Meta, as the product sees it."""
    return Meta(http, at)


@pytest.fixture
async def tables(at: Addresses) -> AsyncIterator[Tables]:
    """What the product has written down."""
    async with tables_of(at) as tables:
        yield tables


@pytest.fixture
async def judge(bench: Bench) -> AsyncIterator[Judge]:
    """pywa, which takes the sandbox for Meta."""
    judge = Judge(bench.url, LOAN, TOKEN, APP_SECRET)
    yield judge
    await judge.close()
