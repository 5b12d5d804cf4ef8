"""What this machine answers when it is asked for a Temporal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from stack.errors import NotFound
from stack.temporal_build import PACKAGES, build_folder
from stack.temporal_programs import Kind
from stack.this_machine import ThisMachine


def install(folder: Path, name: str, says: str) -> Path:
    """Put a program on a PATH of our own that says this when it is asked."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / name
    program.write_text(f"#!/bin/sh\necho '{says}'\n")
    program.chmod(0o755)
    return program


@pytest.fixture
def machine(tmp_path: Path) -> ThisMachine:
    """A machine with an empty PATH and empty caches."""
    (tmp_path / "bin").mkdir()
    return ThisMachine({"PATH": str(tmp_path / "bin"), "XDG_CACHE_HOME": str(tmp_path / "cache")})


def test_an_empty_machine_has_nothing(machine: ThisMachine) -> None:
    assert machine.on_path_cli() is None
    assert machine.on_path_server() is None
    assert machine.downloaded() is None
    assert machine.built() is None


def test_the_command_is_known_by_the_server_inside_it(machine: ThisMachine, tmp_path: Path) -> None:
    path = install(tmp_path / "bin", "temporal", "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)")

    found = machine.on_path_cli()

    assert found is not None
    assert (found.kind, found.version, found.server) == (Kind.CLI, (1, 29, 1), path)
    assert not found.needs_postgres


@pytest.mark.parametrize("says", ["", "temporal version 1.5.1", "something else"])
def test_a_command_that_does_not_tell_its_server_is_none(says: str, machine: ThisMachine, tmp_path: Path) -> None:
    install(tmp_path / "bin", "temporal", says)

    assert machine.on_path_cli() is None


def test_a_server_needs_its_schema_tool(machine: ThisMachine, tmp_path: Path) -> None:
    install(tmp_path / "bin", "temporal-server", "temporal version 1.32.0")
    assert machine.on_path_server() is None

    install(tmp_path / "bin", "temporal-sql-tool", "")

    found = machine.on_path_server()
    assert found is not None
    assert found.version == (1, 32, 0)
    assert found.needs_postgres
    assert found.ui is None


def test_an_earlier_download_is_found_by_what_it_says(machine: ThisMachine, tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "sutradhar" / "temporal-sdk-download"
    install(folder, "temporal-sdk", "temporal version 1.7.0 (Server 1.32.0, UI 2.54.0)")

    found = machine.downloaded()

    assert found is not None
    assert (found.kind, found.version) == (Kind.DOWNLOAD, (1, 32, 0))


def test_an_earlier_build_is_found_when_it_is_whole(machine: ThisMachine) -> None:
    folder = build_folder(machine.environment)
    for name in list(PACKAGES)[:-1]:
        install(folder, name, "")
    assert machine.built() is None

    install(folder, list(PACKAGES)[-1], "")

    found = machine.built()
    assert found is not None
    assert found.kind is Kind.BUILD
    assert found.needs_postgres


async def test_a_download_that_cannot_reach_its_source_fails_in_one_line(tmp_path: Path) -> None:
    """The SDK's own download, sent through a proxy that is not there."""
    nowhere = {"HTTPS_PROXY": "http://127.0.0.1:1", "https_proxy": "http://127.0.0.1:1", "NO_PROXY": "", "no_proxy": ""}
    machine = ThisMachine({**os.environ, **nowhere, "XDG_CACHE_HOME": str(tmp_path)})

    with pytest.raises(NotFound, match="download") as failure:
        await machine.download()

    assert "\n" not in str(failure.value)
    assert machine.downloaded() is None


async def test_without_go_the_error_says_what_to_install(machine: ThisMachine) -> None:
    with pytest.raises(NotFound, match=r"install Go 1\.26.*`temporal`.*TEMPORAL_ADDRESS"):
        await machine.build()


async def test_a_go_that_is_too_old_is_named(machine: ThisMachine, tmp_path: Path) -> None:
    install(tmp_path / "bin", "go", "go1.19.8")

    with pytest.raises(NotFound, match=r"go1\.19\.8: install Go 1\.26"):
        await machine.build()


async def test_a_build_that_fails_leaves_no_half_made_cache_and_shows_why(tmp_path: Path) -> None:
    go = tmp_path / "bin" / "go"
    go.parent.mkdir()
    go.write_text(
        f"#!{sys.executable}\nimport sys\n"
        "if sys.argv[1] == 'env': print('go1.26.8')\n"
        "elif sys.argv[1] == 'list': print('one/package')\n"
        "else: sys.exit('no space left on device')\n"
    )
    go.chmod(0o755)
    machine = ThisMachine({"PATH": str(go.parent), "XDG_CACHE_HOME": str(tmp_path / "cache")})

    with pytest.raises(NotFound, match="no space left on device"):
        await machine.build()

    assert machine.built() is None
    assert [path.name for path in (tmp_path / "cache" / "sutradhar").iterdir() if path.is_dir()] == []


async def test_a_build_is_put_in_its_place_when_it_is_whole(tmp_path: Path) -> None:
    go = tmp_path / "bin" / "go"
    go.parent.mkdir()
    go.write_text(
        f"#!{sys.executable}\nimport pathlib, sys\n"
        "if sys.argv[1] == 'env': print('go1.26.8')\n"
        "elif sys.argv[1] == 'list': print('one/package')\n"
        "else: pathlib.Path(sys.argv[sys.argv.index('-o') + 1]).write_text('built')\n"
    )
    go.chmod(0o755)
    machine = ThisMachine({"PATH": str(go.parent), "XDG_CACHE_HOME": str(tmp_path / "cache")})

    program = await machine.build()

    assert program == machine.built()
    assert program.server.read_text() == "built"
