"""The whole stack with stand-ins for our own three processes: one command, one block of addresses, no leftovers."""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from stack import Child, free_ports, until
from stack.process import ROOT
from tests.stack.alive import is_alive

STACK = Path(__file__).with_name("stack_with_standins.py")
VARIABLES = ("PORT", "SANDBOX_PORT", "SANDBOX_SMTP_PORT", "TEMPORAL_PORT", "TEMPORAL_UI_PORT")
SOMEBODY_ELSES = {"TEMPORAL_ADDRESS": "temporal.example:7233", "DATABASE_URL": "postgresql://theirs/sutradhar"}

Run = Callable[..., Child]


@pytest.fixture
async def run(tmp_path: Path) -> AsyncIterator[Run]:
    """Starts the stack over one data folder, on ports of its own; what still runs is stopped in the end."""
    begun: list[Child] = []
    ports = {name: str(port) for name, port in zip(VARIABLES, free_ports(len(VARIABLES)), strict=True)}
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "XDG_CACHE_HOME", "GOPATH")}

    def start(**environment: str) -> Child:
        told = {**kept, **ports, "PYTHONPATH": str(ROOT), "DATA_DIR": str(tmp_path / "data"), **environment}
        log = tmp_path / f"stack-{len(begun)}.log"
        stack = Child("stack", [sys.executable, str(STACK)], log, told, stop_signal=signal.SIGINT, stop_seconds=30)
        begun.append(stack.start())
        return stack

    yield start
    for stack in begun:
        await stack.stop()


async def told(tmp_path: Path, name: str, other_than: int | None = None) -> dict[str, Any]:
    """What one of the stand-ins was told when it was started last (not as that process)."""
    note = tmp_path / "data" / f"{name}.json"

    def look() -> dict[str, Any] | None:
        noted: dict[str, Any] = json.loads(note.read_text()) if note.exists() else {}
        return noted if noted and noted["pid"] != other_than else None

    return await until(look, f"the {name}'s note")


async def up(stack: Child) -> str:
    """Wait for the block of addresses; all that was shown until then."""
    await until(lambda: "Ctrl-C stops it" in shown(stack) or not stack.running, "the addresses", seconds=100)
    assert stack.running, shown(stack)
    return shown(stack)


def shown(stack: Child) -> str:
    """All that the terminal shows."""
    return stack.last_lines(1000)


async def test_everything_comes_up_on_embedded_servers_and_ctrl_c_leaves_nothing(run: Run, tmp_path: Path) -> None:
    stack = run()

    text = await up(stack)

    api, worker, sandbox = [await told(tmp_path, name) for name in ("api", "worker", "sandbox")]
    environment = api["environment"]
    for address in (environment["SANDBOX_URL"], environment["TEMPORAL_UI_URL"], f"{environment['PUBLIC_URL']}/docs"):
        assert address in text
        async with httpx.AsyncClient(trust_env=False, follow_redirects=True) as client:
            assert (await client.get(address)).status_code == 200
    assert str(tmp_path / "data") in text
    assert environment["TIME_SKIPPING"] == "on"
    assert environment["DATABASE_URL"].endswith("/sutradhar")
    assert worker["environment"]["TEMPORAL_ADDRESS"] == f"127.0.0.1:{environment['TEMPORAL_ADDRESS'].split(':')[1]}"
    assert sandbox["environment"]["META_APP_SECRET"] == environment["META_APP_SECRET"]

    stack.send(signal.SIGINT)
    assert await stack.ended() == 0
    assert shown(stack).endswith("Stopped.")
    assert not any(is_alive(process["pid"]) for process in (api, worker, sandbox))
    assert not (tmp_path / "data" / "postgres" / "data" / "postmaster.pid").exists()


async def test_kill_9_of_the_whole_takes_its_children_and_the_next_start_finds_its_secrets(
    run: Run, tmp_path: Path
) -> None:
    first = run(**SOMEBODY_ELSES)
    await up(first)
    before = await told(tmp_path, "api")

    first.kill()
    second = run(**SOMEBODY_ELSES)
    await up(second)

    after = await told(tmp_path, "api", other_than=before["pid"])
    assert not is_alive(before["pid"])
    assert after["environment"]["ENCRYPTION_KEYS"] == before["environment"]["ENCRYPTION_KEYS"]


async def test_a_killed_child_is_back_and_the_terminal_says_so(run: Run, tmp_path: Path) -> None:
    stack = run(**SOMEBODY_ELSES)
    await up(stack)
    before = (await told(tmp_path, "worker"))["pid"]

    os.kill(before, signal.SIGKILL)
    await told(tmp_path, "worker", other_than=before)

    await until(lambda: "worker ended (SIGKILL); starting it again" in shown(stack), "the line about it")


async def test_servers_of_somebody_elses_are_used_and_none_is_embedded(run: Run, tmp_path: Path) -> None:
    theirs = {**SOMEBODY_ELSES, "GRAPH_API_URL": "https://graph.example", "META_APP_SECRET": "theirs"}
    stack = run(**theirs)

    text = await up(stack)

    environment = (await told(tmp_path, "worker"))["environment"]
    assert {name: environment[name] for name in theirs} == theirs
    assert environment["BACKEND_DECISION_URL"] == f"{environment['SANDBOX_URL']}/decision"
    assert environment["TIME_SKIPPING"] == "off"
    assert '"+24 h"' in text
    assert "is off: the Temporal at TEMPORAL_ADDRESS" in text
    assert not (tmp_path / "data" / "postgres").exists()


async def test_a_second_start_over_the_same_data_is_refused_by_name(run: Run, tmp_path: Path) -> None:
    first = run(**SOMEBODY_ELSES)
    await up(first)

    second = run(**SOMEBODY_ELSES)

    assert await second.ended() == 1
    assert f"{tmp_path / 'data'} is in use by another `make run` (process {first.pid})" in shown(second)
    assert first.running


async def test_a_taken_port_is_named_before_anything_starts(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        stack = run(**SOMEBODY_ELSES, PORT=str(port))

        assert await stack.ended() == 1

    assert f"port {port} (the API) is taken: stop what listens there, or set PORT" in shown(stack)
    assert list((tmp_path / "data").glob("*.json")) == []


async def test_a_child_that_cannot_live_stops_everything_and_is_quoted(run: Run, tmp_path: Path) -> None:
    stack = run(**SOMEBODY_ELSES, STANDIN_FAILS="api")

    assert await stack.ended() == 1

    assert "api failed 5 times" in shown(stack)
    assert "api cannot go on" in shown(stack)
    assert not is_alive((await told(tmp_path, "sandbox"))["pid"])


async def test_warnings_of_the_api_and_the_worker_are_shown_with_their_names(run: Run) -> None:
    stack = run(**SOMEBODY_ELSES)
    await up(stack)

    await until(lambda: "[api] WARNING api is a stand-in" in shown(stack), "the API's warning")
    await until(lambda: "[worker] WARNING worker is a stand-in" in shown(stack), "the worker's warning")
    assert "[sandbox]" not in shown(stack)


async def test_the_secrets_that_were_made_are_not_shown(run: Run, tmp_path: Path) -> None:
    stack = run(**SOMEBODY_ELSES)
    await up(stack)

    made = json.loads((tmp_path / "data" / "secrets.json").read_text())
    assert not [name for name, value in made.items() if value in shown(stack)]
