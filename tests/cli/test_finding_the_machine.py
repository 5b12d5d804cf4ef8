"""Where a command gets its settings from, and what is said where it gets none."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
from pathlib import Path

import pytest

from stack.plan import Running
from stack.process import ROOT
from stack.telling import tell
from tests.cli.conftest import CommandLine
from tests.running.product import Addresses


@pytest.fixture
def bare(sutradhar: CommandLine, tmp_path: Path) -> CommandLine:
    """The command line of somebody who has set nothing but where the data folder is."""
    kept = {name: value for name, value in sutradhar.environment.items() if name in ("PATH", "HOME", "LANG", "TZ")}
    return CommandLine({**kept, "DATA_DIR": str(tmp_path)})


async def test_where_nothing_runs_and_nothing_is_set_it_says_make_run(bare: CommandLine) -> None:
    ended = await bare("stats")
    assert (ended.code, ended.out) == (1, "")
    assert "type `make run`" in ended.err
    assert "Traceback" not in ended.err


async def test_beside_a_running_machine_nothing_need_be_set(bare: CommandLine, at: Addresses, tmp_path: Path) -> None:
    tell(tmp_path, Running(at.temporal, at.database_url, time_skipping=True, temporal_ui_url=None))
    with (tmp_path / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ended = await bare("cleanup-sessions", "--dry-run", "--json")
        assert ended.code == 0, ended.err
        assert ended.json()["dry_run"] is True
    assert (await bare("cleanup-sessions", "--dry-run")).code == 1, "the note of a machine that is gone says nothing"


async def test_another_database_is_never_mixed_with_the_running_machines_settings(
    bare: CommandLine, at: Addresses, tmp_path: Path
) -> None:
    """Else MODE=dev of the one would let reset-db loose on the other."""
    tell(tmp_path, Running(at.temporal, at.database_url, time_skipping=True, temporal_ui_url=None))
    with (tmp_path / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ended = await bare("stats", DATABASE_URL="postgresql://somebody@127.0.0.1:1/elses")
    assert ended.code == 2
    assert "ENCRYPTION_KEYS: is not set" in ended.err


async def test_a_wrong_setting_is_named_and_not_quoted(sutradhar: CommandLine) -> None:
    ended = await sutradhar("stats", LOOKUP_KEY="not a key at all")
    assert (ended.code, ended.out) == (2, "")
    assert "LOOKUP_KEY" in ended.err
    assert "not a key at all" not in ended.err


async def test_a_database_that_is_away_is_said_so_without_its_password(sutradhar: CommandLine) -> None:
    ended = await sutradhar("stats", DATABASE_URL="postgresql://someone:a-password@127.0.0.1:1/there")
    assert (ended.code, ended.out) == (1, "")
    assert "127.0.0.1:1" in ended.err
    assert "a-password" not in ended.err


async def test_a_word_that_is_no_command_brings_the_one_that_was_meant(sutradhar: CommandLine) -> None:
    ended = await sutradhar("stat")
    assert ended.code == 2
    assert "Did you mean" in ended.err
    assert "stats" in ended.err


# Some forty processes, one after the other: on a busy machine that takes longer than a test may.
@pytest.mark.timeout(400)
async def test_every_command_takes_json(sutradhar: CommandLine) -> None:
    listed = (await sutradhar("--help")).out.split("Commands:")[1].split("\n")
    commands = [line.split()[0] for line in listed if line.startswith("  ") and not line.startswith("   ")]
    groups = {
        "dead-letters": ("list", "replay"),
        "api-keys": ("create", "list", "revoke"),
        "broadcast": ("send", "list", "show", "pause", "resume", "cancel"),
        "twilio": ("contents",),
    }
    assert set(groups) < set(commands)
    whole = [[name, more] for name, all in groups.items() for more in all] + [
        [name] for name in commands if name not in {*groups, "dev"}
    ]
    for words in whole:
        assert "--json" in (await sutradhar(*words, "--help")).out, words


def test_a_checkout_without_an_environment_says_make_setup(tmp_path: Path) -> None:
    script = shutil.copy(ROOT / "sutradhar", tmp_path)
    ended = subprocess.run([script, "stats"], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "make setup" in ended.stderr


def test_a_checkout_runs_its_own_command_line_from_anywhere(tmp_path: Path) -> None:
    ended = subprocess.run([ROOT / "sutradhar", "--help"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "delete-user" in ended.stdout
