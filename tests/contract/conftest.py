"""The product that all share, and a sandbox of each test's own, seen by judges from outside."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.contract.pywa_judge import Judge
from tests.running.fixtures import at as at
from tests.running.fixtures import http as http
from tests.running.fixtures import meta as meta
from tests.running.fixtures import tables as tables
from tests.sandbox.conftest import APP_SECRET, LOAN, TOKEN, Bench
from tests.sandbox.conftest import bench as bench
from tests.sandbox.conftest import clock as clock
from tests.sandbox.conftest import product as product
from tests.sandbox.conftest import starting as starting


@pytest.fixture
async def judge(bench: Bench) -> AsyncIterator[Judge]:
    """pywa, which takes the sandbox for Meta."""
    judge = Judge(bench.url, LOAN, TOKEN, APP_SECRET)
    yield judge
    await judge.close()
