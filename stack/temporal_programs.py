"""Which Temporal this machine runs: one that is there, one the SDK can download, or one built from source.

The decision (`find`) is a pure function of what the machine answers; the answers are given by a `Machine`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from stack.errors import NotFound, StoreMismatch

OLDEST_SERVER = (1, 27, 0)
TIME_SKIPPING_SINCE = (1, 32, 0)
Version = tuple[int, int, int]


class Kind(StrEnum):
    """How a Temporal came onto this machine."""

    CLI = "cli"
    SERVER = "server"
    DOWNLOAD = "download"
    BUILD = "build"


# What each kind is called in messages, and how to get it back.
DESCRIPTION = {
    Kind.CLI: "the `temporal` command on PATH",
    Kind.SERVER: "`temporal-server` and `temporal-sql-tool` on PATH",
    Kind.DOWNLOAD: "the Temporal SDK's download",
    Kind.BUILD: "our build of the Temporal server",
}


@dataclass(frozen=True)
class Program:
    """A Temporal server that can be run here.

    `sql_tool` is None for a development server, which keeps its store in a SQLite file and brings its own UI.
    """

    kind: Kind
    version: Version
    server: Path
    sql_tool: Path | None = None
    ui: Path | None = None

    @property
    def needs_postgres(self) -> bool:
        """Whether its store is in PostgreSQL."""
        return self.sql_tool is not None

    @property
    def skips_time(self) -> bool:
        """Whether one workflow's clock can be moved."""
        return self.version >= TIME_SKIPPING_SINCE

    @property
    def version_text(self) -> str:
        """The version as people write it."""
        return ".".join(map(str, self.version))


@dataclass(frozen=True)
class Record:
    """What made a store: kept beside it."""

    kind: Kind
    version: Version

    @staticmethod
    def read(folder: Path) -> Record | None:
        """The record in this folder; None when no store was made in it yet."""
        note = folder / "made-by.json"
        if not note.exists():
            return None
        kept = json.loads(note.read_text())
        return Record(Kind(kept["kind"]), parse_version(kept["server"]))

    @staticmethod
    def write(folder: Path, program: Program) -> None:
        """Record that `program` made, or brought up to its version, the store in this folder."""
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / "made-by.json.new"
        fresh.write_text(json.dumps({"kind": program.kind, "server": program.version_text}) + "\n")
        fresh.replace(folder / "made-by.json")


class Machine(Protocol):
    """What can be asked of a machine. `download` and `build` may take minutes, and raise NotFound if they cannot."""

    def on_path_cli(self) -> Program | None: ...
    def on_path_server(self) -> Program | None: ...
    def downloaded(self) -> Program | None: ...
    def built(self) -> Program | None: ...
    async def download(self) -> Program: ...
    async def build(self) -> Program: ...


def parse_version(text: str) -> Version:
    """The first x.y.z in a text. Raises ValueError when there is none."""
    match = re.search(r"(\d+)\.(\d+)\.(\d+)", text)
    if match is None:
        raise ValueError("no version number like 1.32.0 in it")
    return int(match[1]), int(match[2]), int(match[3])


async def find(
    machine: Machine,
    recorded: Record | None,
    store: Path,
    say: Callable[[str], None],
    oldest: Version = OLDEST_SERVER,
) -> Program:
    """The Temporal to run over the store in this folder.

    A store that exists is opened by what made it, and by nothing else. For a new one: what is on PATH and no older
    than `oldest`; what the SDK downloads; a build. What an earlier start downloaded or built is not fetched again.
    Raises StoreMismatch or NotFound with the way out.
    """
    if recorded is not None:
        return await _same_kind(machine, recorded, store)

    def is_new_enough(program: Program) -> bool:
        if program.version < oldest:
            needed = ".".join(map(str, oldest))
            say(f"Temporal: {DESCRIPTION[program.kind]} is {program.version_text}, too old (from {needed} on)")
        return program.version >= oldest

    at_hand = (machine.on_path_cli(), machine.on_path_server(), machine.downloaded(), machine.built())
    for program in at_hand:
        if program is not None and is_new_enough(program):
            return program
    if machine.downloaded() is None:
        try:
            if is_new_enough(program := await machine.download()):
                return program
        except NotFound as problem:
            say(f"Temporal: {problem}; building it from source instead")
    return await machine.build()


async def _same_kind(machine: Machine, recorded: Record, store: Path) -> Program:
    wanted, version = DESCRIPTION[recorded.kind], ".".join(map(str, recorded.version))
    way_out = f"or set DATA_DIR to a new folder (the conversations of {store.parent} stay where they are)"
    try:
        program = await _of_kind(machine, recorded.kind)
    except NotFound as problem:
        raise StoreMismatch(f"{store} was made by {wanted} ({version}), and {problem}; {way_out}") from None
    if program is None:
        raise StoreMismatch(
            f"{store} was made by {wanted} ({version}), which is not found now: bring it back, {way_out}"
        )
    if program.version < recorded.version:
        raise StoreMismatch(
            f"{store} was made by Temporal server {version}, and {wanted} is now {program.version_text}: install"
            f" {version} or newer, {way_out}"
        )
    return program


async def _of_kind(machine: Machine, kind: Kind) -> Program | None:
    if kind is Kind.CLI:
        return machine.on_path_cli()
    if kind is Kind.SERVER:
        return machine.on_path_server()
    if kind is Kind.DOWNLOAD:
        return machine.downloaded() or await machine.download()
    return machine.built() or await machine.build()
