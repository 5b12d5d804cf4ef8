"""One PostgreSQL, one Temporal, one sandbox and two products a test run, started by its controller."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.running.everything import Everything, Running, start_everything
from tests.running.product import Addresses
from tests.running.spare import held

HERE = Path(__file__).parent
NEEDY = (
    *("transcripts", "running", "browser", "webhook", "durability", "store", "property", "contract", "bench"),
    *("rest", "cli"),
)
"""the folders whose tests need something that runs"""

everything = pytest.StashKey[Running]()
folder = pytest.StashKey[TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """In the controller, start what is shared, unless no test asked for needs it."""
    if hasattr(config, "workerinput") or config.option.collectonly or not _needed(config):
        return
    config.stash[folder] = TemporaryDirectory(prefix="sutradhar-tests-", ignore_cleanup_errors=True)
    config.stash[everything] = asyncio.run(start_everything(Path(config.stash[folder].name)))


def pytest_configure_node(node: Any) -> None:
    """Tell each worker of the run where everything is."""
    running = node.config.stash.get(everything, None)
    node.workerinput["everything"] = running.where.to_json() if running else ""


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started."""
    running = config.stash.get(everything, None)
    if running is not None:
        asyncio.run(running.stop())
        config.stash[folder].cleanup()


@pytest.fixture(scope="session")
def shared(request: pytest.FixtureRequest) -> Everything:
    """Where everything is that this run shares."""
    config = request.config
    if hasattr(config, "workerinput"):
        return Everything.from_json(config.workerinput["everything"])
    return config.stash[everything].where


@pytest.fixture
async def spare(shared: Everything) -> AsyncIterator[Addresses]:
    """Addresses for a product of this test's own."""
    async with held(shared.own) as at:
        yield at


def _needed(config: pytest.Config) -> bool:
    paths = [Path(argument.split("::")[0]).resolve() for argument in config.args]
    needy = [HERE / name for name in NEEDY]
    return any(path == one or path in one.parents or one in path.parents for path in paths for one in needy)
