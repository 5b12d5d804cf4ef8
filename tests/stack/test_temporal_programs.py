"""Which Temporal is run: the order of finding one, and never another over the store of the first."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from stack.errors import NotFound, StoreMismatch
from stack.temporal_programs import TIME_SKIPPING_SINCE, Kind, Program, Record, find, parse_version

NEW, OLD = (1, 32, 0), (1, 26, 9)
STORE = Path("data/temporal")


def program(kind: Kind, version: tuple[int, int, int] = NEW) -> Program:
    """A program of this kind."""
    return Program(kind, version, Path("temporal"))


@dataclass
class FakeMachine:
    """A machine that has what it is given, and notes what was tried."""

    cli: Program | None = None
    server: Program | None = None
    cached_download: Program | None = None
    cached_build: Program | None = None
    has_network: bool = False
    has_go: bool = False
    tried: list[str] = field(default_factory=list)

    def on_path_cli(self) -> Program | None:
        """The command."""
        return self.cli

    def on_path_server(self) -> Program | None:
        """The server."""
        return self.server

    def downloaded(self) -> Program | None:
        """An earlier download."""
        return self.cached_download

    def built(self) -> Program | None:
        """An earlier build."""
        return self.cached_build

    async def download(self) -> Program:
        """Download one, if there is a network."""
        self.tried.append("download")
        if not self.has_network:
            raise NotFound("the SDK's download failed (no network)")
        return program(Kind.DOWNLOAD)

    async def build(self) -> Program:
        """Build one, if there is Go."""
        self.tried.append("build")
        if not self.has_go:
            raise NotFound("without Go none can be built: install Go")
        return program(Kind.BUILD)


async def found(machine: FakeMachine, recorded: Record | None = None) -> tuple[Kind, list[str]]:
    """The kind that is found, and what was said meanwhile."""
    said: list[str] = []
    return (await find(machine, recorded, STORE, said.append)).kind, said


async def test_the_command_on_path_comes_first() -> None:
    machine = FakeMachine(cli=program(Kind.CLI), server=program(Kind.SERVER), has_network=True, has_go=True)

    assert await found(machine) == (Kind.CLI, [])
    assert machine.tried == []


async def test_then_the_server_on_path() -> None:
    assert await found(FakeMachine(server=program(Kind.SERVER), has_network=True)) == (Kind.SERVER, [])


async def test_one_that_is_too_old_is_passed_over_and_named() -> None:
    kind, said = await found(FakeMachine(cli=program(Kind.CLI, OLD), server=program(Kind.SERVER)))

    assert kind is Kind.SERVER
    assert "1.26.9, too old" in said[0]


async def test_then_the_download() -> None:
    machine = FakeMachine(has_network=True, has_go=True)

    assert await found(machine) == (Kind.DOWNLOAD, [])
    assert machine.tried == ["download"]


async def test_then_the_build_after_the_downloads_failure_was_told_in_one_line() -> None:
    machine = FakeMachine(has_go=True)

    kind, said = await found(machine)

    assert kind is Kind.BUILD
    assert machine.tried == ["download", "build"]
    assert len(said) == 1
    assert "no network" in said[0]


@pytest.mark.parametrize("kind", [Kind.DOWNLOAD, Kind.BUILD])
async def test_what_an_earlier_start_fetched_or_built_is_used_without_asking_the_network(kind: Kind) -> None:
    cached = {Kind.DOWNLOAD: "cached_download", Kind.BUILD: "cached_build"}[kind]
    machine = FakeMachine(**{cached: program(kind)}, has_network=True, has_go=True)  # type: ignore[arg-type]

    assert await found(machine) == (kind, [])
    assert machine.tried == []


async def test_tests_pass_over_one_that_does_not_skip_time() -> None:
    machine = FakeMachine(
        cli=program(Kind.CLI, (1, 31, 0)), cached_download=program(Kind.DOWNLOAD, (1, 31, 0)), has_go=True
    )
    said: list[str] = []

    assert (await find(machine, None, STORE, said.append, TIME_SKIPPING_SINCE)).kind is Kind.BUILD

    assert machine.tried == ["build"]
    assert [line for line in said if "1.31.0, too old (from 1.32.0 on)" in line] == said


async def test_a_machine_without_anything_is_told_what_to_install() -> None:
    with pytest.raises(NotFound, match="install Go"):
        await found(FakeMachine())


async def test_a_store_is_opened_by_what_made_it_even_if_something_else_comes_first_now() -> None:
    machine = FakeMachine(cli=program(Kind.CLI), cached_build=program(Kind.BUILD))

    assert await found(machine, Record(Kind.BUILD, NEW)) == (Kind.BUILD, [])


async def test_a_store_whose_maker_is_gone_is_not_opened_by_another() -> None:
    machine = FakeMachine(cached_build=program(Kind.BUILD), has_go=True, has_network=True)

    with pytest.raises(StoreMismatch, match=r"data/temporal was made by the `temporal` command.*DATA_DIR"):
        await found(machine, Record(Kind.CLI, NEW))


async def test_a_built_store_whose_build_was_cleared_away_is_built_for_again() -> None:
    assert await found(FakeMachine(has_go=True), Record(Kind.BUILD, NEW)) == (Kind.BUILD, [])


async def test_a_built_store_without_go_says_why_and_how_to_go_on() -> None:
    with pytest.raises(StoreMismatch, match=r"made by our build.*install Go.*DATA_DIR"):
        await found(FakeMachine(cli=program(Kind.CLI)), Record(Kind.BUILD, NEW))


async def test_a_store_is_never_opened_by_an_older_server() -> None:
    machine = FakeMachine(cli=program(Kind.CLI, (1, 31, 0)))

    with pytest.raises(StoreMismatch, match=r"made by Temporal server 1\.32\.0.*is now 1\.31\.0"):
        await found(machine, Record(Kind.CLI, NEW))


async def test_a_newer_server_of_the_same_kind_may_open_it() -> None:
    machine = FakeMachine(cli=program(Kind.CLI, (1, 33, 0)))

    assert await found(machine, Record(Kind.CLI, NEW)) == (Kind.CLI, [])


def test_the_record_is_kept_beside_the_store(tmp_path: Path) -> None:
    assert Record.read(tmp_path / "temporal") is None

    Record.write(tmp_path / "temporal", program(Kind.BUILD))

    assert Record.read(tmp_path / "temporal") == Record(Kind.BUILD, NEW)


@pytest.mark.parametrize(("version", "skips"), [((1, 31, 9), False), ((1, 32, 0), True), ((2, 0, 0), True)])
def test_time_is_skipped_from_1_32_on(version: tuple[int, int, int], skips: bool) -> None:
    assert program(Kind.CLI, version).skips_time is skips


def test_a_version_is_read_out_of_what_a_program_says() -> None:
    assert parse_version("temporal version 1.32.0") == (1, 32, 0)
    with pytest.raises(ValueError, match="version"):
        parse_version("temporal version DEV")
