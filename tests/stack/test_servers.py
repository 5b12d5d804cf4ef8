"""PostgreSQL and Temporal as the tests have them: together, in one folder, with namespaces that can be used at once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
from temporalio.client import Client

from stack import Namespace, RunningServers, Servers, start_servers
from stack.temporal import Temporal
from stack.temporal_config import SEARCH_ATTRIBUTES
from stack.temporal_namespaces import server_version
from stack.temporal_programs import Kind, Program, Record

FORCED = Namespace("forced", {"limit.historyCount.suggestContinueAsNew": 3})


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[RunningServers]:
    """Both servers, with two namespaces."""
    started = await start_servers(tmp_path, [Namespace(), FORCED])
    yield started
    await started.stop()


async def search(servers: Servers, namespace: str) -> int:
    """How many workflows a search by every one of our attributes finds."""
    client = await Client.connect(servers.temporal_addresses[namespace], namespace=namespace)
    query = " AND ".join(f"`{name}` = 'x'" for name in SEARCH_ATTRIBUTES)
    return (await client.count_workflows(query)).count


async def test_they_can_be_used_at_once_by_another_process_and_survive_kill_9(
    running: RunningServers, tmp_path: Path
) -> None:
    servers = Servers.from_json(running.servers.to_json())
    url = await servers.create_database("ours")

    assert [await search(servers, name) for name in ("default", "forced")] == [0, 0]
    assert await server_version(servers.temporal_addresses["default"]) == servers.temporal_version
    assert servers.skips_time

    running.temporal.servers[0].kill()
    running.postgres.child.kill()
    await running.postgres.start()
    running.temporal.servers[0].start()
    await running.temporal.ready()

    assert await search(servers, "forced") == 0
    async with await psycopg.AsyncConnection.connect(url) as connection:
        await connection.execute("SELECT 1")
    assert Record.read(tmp_path / "temporal") is not None


async def test_a_password_is_not_part_of_what_is_shown(running: RunningServers) -> None:
    shown = repr([running.servers, running.postgres, running.temporal])

    assert running.postgres.password not in shown


async def test_a_development_server_is_run_once_more_for_a_namespace_with_settings_of_its_own(tmp_path: Path) -> None:
    program = Program(Kind.CLI, (1, 32, 0), Path("temporal"))
    temporal = Temporal(
        tmp_path / "temporal", tmp_path, program, [Namespace(), FORCED, Namespace("third")], ui_port=8233
    )

    await temporal.prepare()

    shared, own = (list(server.command) for server in temporal.servers)
    setting = "limit.historyCount.suggestContinueAsNew=3"
    assert setting in own
    assert setting not in shared
    assert "8233" in shared
    assert "--headless" in own
    assert temporal.address("default") == temporal.address("third") != temporal.address("forced")
    assert shared[shared.index("--db-filename") + 1] != own[own.index("--db-filename") + 1]
