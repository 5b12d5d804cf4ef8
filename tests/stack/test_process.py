"""A child process: started, waited for, killed, started again, and never left behind."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from stack import Child, free_ports, until
from stack.errors import ChildFailed
from tests.stack.alive import is_alive

SERVES = "import http.server, sys; http.server.HTTPServer(('127.0.0.1', int(sys.argv[1])), \
http.server.SimpleHTTPRequestHandler).serve_forever()"
WAITS = "import threading; print('waiting', flush=True); threading.Event().wait()"
IGNORES = "import signal, threading; signal.signal(signal.SIGTERM, signal.SIG_IGN); \
print('waiting', flush=True); threading.Event().wait()"


def child(tmp_path: Path, code: str, *arguments: object, stop_seconds: float = 10.0) -> Child:
    """A child that runs this code."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return Child("the child", command, tmp_path / "child.log", folder=tmp_path, stop_seconds=stop_seconds)


async def waiting(started: Child) -> None:
    """Wait until it says that it waits."""
    await until(lambda: "waiting" in started.last_lines(), "the child to wait")


async def test_it_is_ready_when_its_address_answers_and_again_after_a_restart(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    server = child(tmp_path, SERVES, port).start()
    await server.ready_at(f"http://127.0.0.1:{port}/", status=200)
    first = server.pid

    server.restart()
    await server.ready_at(f"http://127.0.0.1:{port}/", status=200)

    assert server.pid != first
    await server.stop()


async def test_one_that_ends_before_it_is_ready_shows_its_last_lines(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    failing = child(tmp_path, "import sys; sys.exit('the setting X is wrong')").start()

    with pytest.raises(ChildFailed, match=r"exit code 1.*\n.*the setting X is wrong"):
        await failing.ready_at(f"http://127.0.0.1:{port}/")


async def test_one_that_does_not_get_ready_is_told_after_its_time(tmp_path: Path) -> None:
    (port,) = free_ports(1)
    deaf = child(tmp_path, WAITS).start()
    await waiting(deaf)

    with pytest.raises(ChildFailed, match=r"not ready within 0 s.*\n.*waiting"):
        await deaf.ready_at(f"http://127.0.0.1:{port}/", seconds=0.1)

    deaf.kill()


async def test_only_what_this_run_wrote_counts_as_its_last_lines(tmp_path: Path) -> None:
    (tmp_path / "child.log").write_text("of the run before\n")
    started = child(tmp_path, WAITS).start()
    await waiting(started)

    assert started.last_lines() == "waiting"
    started.kill()


async def test_one_that_does_not_stop_when_asked_is_killed(tmp_path: Path) -> None:
    stubborn = child(tmp_path, IGNORES, stop_seconds=0.1).start()
    await waiting(stubborn)

    await stubborn.stop()

    assert stubborn.exit_code == -signal.SIGKILL


async def test_one_that_is_killed_or_never_started_can_be_stopped_too(tmp_path: Path) -> None:
    never = child(tmp_path, WAITS)
    await never.stop()
    killed = child(tmp_path, WAITS).start()
    killed.kill()
    await killed.stop()

    assert never.exit_code is None
    assert killed.exit_code == -signal.SIGKILL


async def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    absent = Child("the child", ["no-such-program"], tmp_path / "child.log").start()

    await absent.ended()

    assert "no-such-program cannot be run" in absent.last_lines()


async def test_a_child_does_not_outlive_its_parents_kill_9(tmp_path: Path) -> None:
    parent = child(
        tmp_path,
        "import sys, threading; from pathlib import Path; from stack import Child\n"
        f"grandchild = Child('grandchild', [sys.executable, '-c', {WAITS!r}], Path('grandchild.log')).start()\n"
        "print('pid', grandchild.pid, flush=True); threading.Event().wait()",
    )
    parent.environment = {**parent.environment, "PYTHONPATH": str(Path.cwd())}
    parent.start()
    line = await until(lambda: parent.last_lines(1) if "pid" in parent.last_lines(1) else None, "the grandchild")
    pid = int(line.split()[1])
    await until((tmp_path / "grandchild.log").exists, "the grandchild to start")
    await until(lambda: "waiting" in (tmp_path / "grandchild.log").read_text(), "the grandchild to wait")

    parent.kill()

    if sys.platform == "linux":  # elsewhere nobody tells a child of its parent's end
        await until(lambda: not is_alive(pid), "the grandchild to end")
