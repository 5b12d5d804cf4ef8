"""What runs here, told to whoever comes later: only while it runs, and no secret unless it is asked for."""

from __future__ import annotations

import fcntl
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from stack.data_folder import MADE, kept_secrets
from stack.plan import Running
from stack.telling import HIDDEN, NOTE, NothingRuns, lines, product_environment_here, take_back, tell

RUNNING = Running("127.0.0.1:7233", "postgresql://postgres:a-password@127.0.0.1:20001/sutradhar", True, None)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout's root, with a data folder that nobody holds."""
    (tmp_path / ".sutradhar").mkdir()
    (tmp_path / ".env.example").write_text("MODE=\nPORT=\nDATABASE_URL=\nLOOKUP_KEY=\nMETA_ACCESS_TOKEN=\n")
    return tmp_path


@pytest.fixture
def running(root: Path) -> Iterator[Path]:
    """The same, with a stack that runs."""
    with (root / ".sutradhar" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        tell(root / ".sutradhar", RUNNING)
        yield root


def test_it_is_what_the_product_was_told(running: Path) -> None:
    told = product_environment_here({}, running)
    assert told["DATABASE_URL"] == RUNNING.database_url
    assert told["LOOKUP_KEY"] == kept_secrets(running / ".sutradhar")["LOOKUP_KEY"]
    assert told["TIME_SKIPPING"] == "on"


def test_what_is_set_wins(running: Path) -> None:
    assert product_environment_here({"PORT": "9000"}, running)["PORT"] == "9000"
    (running / ".env").write_text("LOG_LEVEL=DEBUG\n")
    assert product_environment_here({}, running)["LOG_LEVEL"] == "DEBUG"


def test_another_database_than_its_own_is_another_machines(running: Path) -> None:
    with pytest.raises(NothingRuns, match="another database"):
        product_environment_here({"DATABASE_URL": "postgresql://elsewhere/sutradhar"}, running)
    assert product_environment_here({"DATABASE_URL": RUNNING.database_url}, running)["MODE"] == "dev"


def test_a_note_without_its_stack_says_nothing(root: Path) -> None:
    tell(root / ".sutradhar", RUNNING)
    with pytest.raises(NothingRuns, match="make run"):
        product_environment_here({}, root)


def test_a_stack_that_stops_takes_its_note_back(running: Path) -> None:
    take_back(running / ".sutradhar")
    with pytest.raises(NothingRuns):
        product_environment_here({}, running)


def test_the_note_is_for_its_owners_eyes_only(running: Path) -> None:
    assert stat.S_IMODE((running / ".sutradhar" / NOTE).stat().st_mode) == 0o600


def test_secrets_are_shown_only_when_they_are_asked_for(running: Path) -> None:
    told = product_environment_here({}, running)
    shown = lines(told, running)
    assert "PORT=8000" in shown
    assert f"DATABASE_URL={HIDDEN}" in shown
    assert not [line for line in shown for name in MADE if told.get(name) and told[name] in line]
    assert f"DATABASE_URL={RUNNING.database_url}" in lines(told, running, secrets=True)
