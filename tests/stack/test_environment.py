"""The project's own Python environment: made once, again when the lock changes, never on an old Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from stack import environment
from stack.process import ROOT

NAMES = ("runtime", "local", "dev")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose locks hold no package."""
    (tmp_path / "requirements").mkdir()
    for name in NAMES:
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"# {name}\n")
    return tmp_path


def test_it_is_up_to_date_until_its_lock_changes(project: Path) -> None:
    assert not environment.is_up_to_date("local", project)
    environment.make("local", project)
    assert environment.is_up_to_date("local", project)

    (project / "requirements" / "local.txt").write_text("# another\n")

    assert not environment.is_up_to_date("local", project)


def test_the_one_for_tests_serves_a_run_too_and_not_the_other_way_round(project: Path) -> None:
    (project / ".venv").mkdir()
    (project / ".venv" / "local.stamp").write_text(environment.fingerprint("local", project))
    assert not environment.is_up_to_date("dev", project)

    (project / ".venv" / "dev.stamp").write_text(environment.fingerprint("dev", project))
    (project / ".venv" / "local.stamp").unlink()

    assert environment.is_up_to_date("local", project)


def test_an_installation_that_fails_is_quoted_and_not_taken_for_done(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "requirements" / "local.txt").write_text("./no-such-package.whl\n")

    with pytest.raises(SystemExit, match=r"requirements/local\.txt could not be installed"):
        environment.make("local", project)

    assert not environment.is_up_to_date("local", project)
    assert "making .venv" in capsys.readouterr().out


def test_a_python_that_is_too_old_is_named_with_the_way_out(project: Path) -> None:
    with pytest.raises(SystemExit, match=r"install one.*make PYTHON="):
        environment.make("local", project, oldest=(3, 99))


def test_the_locks_hold_a_hash_for_every_package_and_no_address_and_no_path() -> None:
    for name in NAMES:
        lock = (ROOT / "requirements" / f"{name}.txt").read_text()
        entries = [line for line in lock.splitlines() if line and not line.startswith((" ", "#"))]
        assert all("==" in entry and entry.endswith("\\") for entry in entries)
        assert lock.count("--hash=sha256:") >= len(entries)
        assert not [word for word in ("://", "--index", "--find-links", str(Path.home())) if word in lock]


def test_what_runs_is_what_is_tested() -> None:
    """Each lock is contained in the next, version for version."""
    pinned = {
        name: {
            line.split(" ")[0]
            for line in (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
            if "==" in line
        }
        for name in NAMES
    }

    assert pinned["runtime"] < pinned["local"] < pinned["dev"]


def test_the_set_up_script_can_be_read_by_an_old_python() -> None:
    """It must be able to say that the Python is too old, so it is compiled for 3.7's grammar."""
    source = (ROOT / "stack" / "environment.py").read_text()
    check = "import ast, sys; ast.parse(sys.stdin.read(), feature_version=(3, 7))"

    subprocess.run([sys.executable, "-c", check], input=source, text=True, check=True)
