"""What this machine answers when it is asked for a Temporal: PATH, the caches, the network, the compiler."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from stack import temporal_build
from stack.errors import NotFound
from stack.process import Child
from stack.temporal_programs import Kind, Program, parse_version

DOWNLOAD_SECONDS = 180.0


@dataclass(frozen=True)
class ThisMachine:
    """The `Machine` that this process runs on, as its environment shows it."""

    environment: Mapping[str, str]

    def on_path_cli(self) -> Program | None:
        """The `temporal` command, which contains a development server and its UI."""
        found = self._which("temporal")
        return None if found is None else _cli(Kind.CLI, found)

    def on_path_server(self) -> Program | None:
        """The server proper, with its schema tool; and its UI if that is there too."""
        server, sql_tool = self._which("temporal-server"), self._which("temporal-sql-tool")
        if server is None or sql_tool is None:
            return None
        try:
            version = parse_version(_said(server, "--version"))
        except ValueError:
            return None
        return Program(Kind.SERVER, version, server, sql_tool, self._which("temporal-ui-server"))

    def downloaded(self) -> Program | None:
        """What an earlier start downloaded."""
        folder = self._download_folder()
        for file in sorted(folder.glob("*"), reverse=True) if folder.exists() else ():
            if os.access(file, os.X_OK) and (program := _cli(Kind.DOWNLOAD, file)) is not None:
                return program
        return None

    def built(self) -> Program | None:
        """What an earlier start built."""
        return temporal_build.built(self.environment)

    async def download(self) -> Program:
        """Have the SDK download its development server, in a child and for a bounded time.

        Raises NotFound, in one line, when there is no way to the network or the download makes no end.
        """
        folder = self._download_folder()
        folder.mkdir(parents=True, exist_ok=True)
        log = folder.with_name(f"{folder.name}.log")
        child = Child("download", [sys.executable, "-m", "stack.sdk_download", str(folder)], log, self.environment)
        child.start()
        try:
            await asyncio.wait_for(child.ended(), DOWNLOAD_SECONDS)
        except TimeoutError:
            raise NotFound(f"the SDK's download did not end within {DOWNLOAD_SECONDS:.0f} s") from None
        finally:
            child.kill()
        if child.exit_code == 0 and (program := self.downloaded()) is not None:
            return program
        raise NotFound(f"the SDK's download failed ({child.last_lines(1) or 'it said nothing'})")

    async def build(self) -> Program:
        """Build the pinned server; raises NotFound without Go, or when the build fails."""
        return await temporal_build.build(self.environment)

    def _which(self, name: str) -> Path | None:
        found = shutil.which(name, path=self.environment.get("PATH"))
        return Path(found) if found else None

    def _download_folder(self) -> Path:
        return temporal_build.cache_folder(self.environment) / "temporal-sdk-download"


def _cli(kind: Kind, path: Path) -> Program | None:
    """A `temporal` command by what it says of itself: `temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)`."""
    said = _said(path, "--version")
    try:
        return Program(kind, parse_version(said[said.index("Server") :]), path)
    except ValueError:
        return None


def _said(program: Path, *arguments: str) -> str:
    try:
        return subprocess.run(
            [program, *arguments], capture_output=True, text=True, timeout=20, stdin=subprocess.DEVNULL, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""
