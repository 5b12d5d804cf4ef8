"""A Chromium for the tests of the phone: found, or installed by root, or named with the command that installs it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from stack.chromium import find_chromium
from stack.errors import NotFound


def install(folder: Path, name: str) -> Path:
    """Put a program on a PATH of our own."""
    folder.mkdir(exist_ok=True)
    program = folder / name
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return program


def never(command: Sequence[str]) -> bool:
    """Nothing is to be executed."""
    raise AssertionError(f"{command[0]} was executed")


def test_the_one_on_path_is_taken(tmp_path: Path) -> None:
    chromium = install(tmp_path / "bin", "chromium")

    assert find_chromium({"PATH": str(tmp_path / "bin")}, is_root=True, execute=never) == chromium


def test_the_one_that_is_named_wins(tmp_path: Path) -> None:
    install(tmp_path / "bin", "chromium")

    found = find_chromium({"PATH": str(tmp_path / "bin"), "CHROMIUM": "/opt/mine"}, is_root=True, execute=never)

    assert found == Path("/opt/mine")


def test_root_installs_the_systems_one(tmp_path: Path) -> None:
    apt = install(tmp_path / "bin", "apt-get")
    executed: list[list[str]] = []

    def execute(command: Sequence[str]) -> bool:
        executed.append([*command])
        if "install" in command:
            install(tmp_path / "bin", "chromium")
        return True

    found = find_chromium({"PATH": str(tmp_path / "bin")}, is_root=True, execute=execute)

    assert found == tmp_path / "bin" / "chromium"
    assert executed[0] == [str(apt), "update"]
    assert executed[1][-1] == "chromium"


def test_without_root_the_command_that_installs_it_is_named(tmp_path: Path) -> None:
    install(tmp_path / "bin", "apt-get")

    with pytest.raises(NotFound, match="sudo apt-get update && sudo apt-get install chromium"):
        find_chromium({"PATH": str(tmp_path / "bin")}, is_root=False, execute=never)


def test_a_failed_installation_is_a_failure(tmp_path: Path) -> None:
    install(tmp_path / "bin", "apt-get")

    with pytest.raises(NotFound, match="CHROMIUM"):
        find_chromium({"PATH": str(tmp_path / "bin")}, is_root=True, execute=lambda _: False)
