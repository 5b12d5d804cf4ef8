"""What goes wrong, on a real stack: killed processes, failing providers, releases in the middle."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from temporalio.client import Client

from tests.running.fixtures import at as at
from tests.running.person import Person
from tests.running.product import Addresses


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """A client for everything."""
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
        yield client


@pytest.fixture
async def asha(http: httpx.AsyncClient, at: Addresses) -> Person:
    """Somebody who talks to the product that all share."""
    return await Person.appear(http, at)


@pytest.fixture
async def temporal(at: Addresses) -> Client:
    """The Temporal of the product that all share."""
    return await Client.connect(at.temporal, namespace=at.namespace)
