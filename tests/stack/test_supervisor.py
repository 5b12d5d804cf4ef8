"""What dies is started again; what cannot live stops everything, and says why."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from stack import Child, until
from stack.errors import ChildFailed
from stack.supervisor import FAILURES_ALLOWED, WRONG_SETTING, Supervisor, describe

WAITS = "import threading; threading.Event().wait()"


def child(folder: Path, code: str, name: str = "worker") -> Child:
    """A child that runs this code."""
    return Child(name, [sys.executable, "-c", code], folder / f"{name}.log", folder=folder)


async def test_a_killed_child_is_started_again_and_it_is_said(tmp_path: Path) -> None:
    said: list[str] = []
    supervisor, worker = Supervisor(said.append), child(tmp_path, WAITS)
    supervisor.keep(worker.start())
    first = worker.pid

    worker.send(signal.SIGKILL)
    await until(lambda: worker.running and worker.pid != first, "the worker to be back")

    assert said == ["worker ended (SIGKILL); starting it again"]
    await supervisor.stop()
    assert not worker.running


async def test_a_child_that_fails_at_once_again_and_again_is_given_up_with_its_last_lines(tmp_path: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor(said.append, backoff=(0.0,))
    supervisor.keep(child(tmp_path, "import sys; sys.exit('no such column')").start())

    with pytest.raises(ChildFailed, match=rf"worker failed {FAILURES_ALLOWED} times.*\n.*no such column"):
        await supervisor.failure()

    assert len(said) == FAILURES_ALLOWED - 1
    await supervisor.stop()


async def test_a_refused_setting_is_not_tried_again(tmp_path: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor(said.append)
    code = f"import sys; print('LOOKUP_KEY: must be base64'); sys.exit({WRONG_SETTING})"
    supervisor.keep(child(tmp_path, code, "api").start())

    with pytest.raises(ChildFailed, match=r"api refuses a setting:\nLOOKUP_KEY"):
        await supervisor.failure()

    assert said == []
    await supervisor.stop()


async def test_kills_from_outside_are_never_counted_as_failures(tmp_path: Path) -> None:
    supervisor, worker = Supervisor(lambda _: None, backoff=(0.0,)), child(tmp_path, WAITS)
    supervisor.keep(worker.start())

    for _ in range(FAILURES_ALLOWED + 1):
        before = worker.pid
        worker.send(signal.SIGKILL)
        await until(lambda before=before: worker.running and worker.pid != before, "the worker to be back")  # type: ignore[misc]

    await supervisor.stop()


async def test_a_service_with_a_start_of_its_own_is_started_again_by_that(tmp_path: Path) -> None:
    calls: list[str] = []
    supervisor, database = Supervisor(lambda _: None), child(tmp_path, WAITS, "PostgreSQL")

    async def again() -> None:
        calls.append("again")
        database.start()

    supervisor.keep(database.start(), again)
    database.send(signal.SIGKILL)
    await until(lambda: calls == ["again"] and database.running, "the database to be back")

    await supervisor.stop()


async def test_children_are_stopped_in_the_reverse_order_of_their_start(tmp_path: Path) -> None:
    notes = "import signal, sys, threading\ndef end(*_):\n    open('ended', 'a').write(sys.argv[1] + ' '); sys.exit()\n"
    code = f"{notes}signal.signal(signal.SIGTERM, end); print('waiting', flush=True); threading.Event().wait()"
    supervisor = Supervisor(lambda _: None)
    for name in ("first", "second", "third"):
        one = Child(name, [sys.executable, "-c", code, name], tmp_path / f"{name}.log", folder=tmp_path).start()
        supervisor.keep(one)
        await until(lambda one=one: "waiting" in one.last_lines(), f"the {name} to wait")  # type: ignore[misc]

    await supervisor.stop()

    assert (tmp_path / "ended").read_text().split() == ["third", "second", "first"]


def test_an_end_is_described_in_words() -> None:
    assert describe(3) == "exit code 3"
    assert describe(-9) == "SIGKILL"
