"""What tests of the product that all share begin with: a conftest imports what its tests ask for."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.running.everything import Everything
from tests.running.product import Addresses
from tests.running.tables import Tables, tables_of
from tests.running.wire import Meta


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
