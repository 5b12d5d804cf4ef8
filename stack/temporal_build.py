"""The Temporal server and its UI, built once from the Go modules pinned in `stack/temporal`.

The result is cached outside the checkout, keyed by version and platform. It is built into a folder beside its
place and renamed, so that a build that was broken off leaves nothing half-made.
"""

from __future__ import annotations

import asyncio
import os
import platform
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Callable, Mapping
from functools import partial
from pathlib import Path

from stack.console import Progress, say
from stack.errors import NotFound
from stack.notable import Tail
from stack.process import Child
from stack.temporal_programs import Kind, Program, parse_version

MODULE = Path(__file__).with_name("temporal")
PACKAGES = {
    "temporal-server": "go.temporal.io/server/cmd/server",
    "temporal-sql-tool": "go.temporal.io/server/cmd/tools/sql",
    "temporal-ui-server": "github.com/temporalio/ui-server/v2/cmd/server",
}
GO_SINCE = (1, 21, 0)  # the first that fetches a newer toolchain by itself when a module asks for one


def cache_folder(environment: Mapping[str, str]) -> Path:
    """Where programs are kept between checkouts: `${XDG_CACHE_HOME:-~/.cache}/sutradhar`."""
    return Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sutradhar"


def pinned(module: str) -> str:
    """The version of a Go module that `stack/temporal/go.mod` pins, without its v."""
    match = re.search(rf"^\s*{re.escape(module)} v(\S+)", (MODULE / "go.mod").read_text(), re.MULTILINE)
    if match is None:
        raise NotFound(f"{MODULE / 'go.mod'} does not pin {module}: take the file back from the repository")
    return match[1]


def build_folder(environment: Mapping[str, str]) -> Path:
    """The folder of the build that the pinned versions ask for on this platform."""
    server, ui = pinned("go.temporal.io/server"), pinned("github.com/temporalio/ui-server/v2")
    name = f"temporal-{server}-ui-{ui}-{platform.system()}-{platform.machine()}".lower()
    return cache_folder(environment) / name


def built(environment: Mapping[str, str]) -> Program | None:
    """The build that an earlier start left in the cache."""
    folder = build_folder(environment)
    return _program(folder) if all((folder / name).exists() for name in PACKAGES) else None


async def build(environment: Mapping[str, str]) -> Program:
    """Build all three programs, showing progress: some four minutes on two cores, once.

    Raises NotFound when there is no Go, or the build fails.
    """
    go = shutil.which("go", path=environment.get("PATH"))
    if go is None:
        raise NotFound(
            "no Temporal was found, and without Go none can be built: install Go 1.26 or newer, or the `temporal`"
            " command (its server 1.27 or newer), or set TEMPORAL_ADDRESS to a server that runs elsewhere"
        )
    _check_go(go, environment)
    folder = build_folder(environment)
    fresh = folder.with_name(f"{folder.name}.{os.getpid()}.new")
    for leftover in folder.parent.glob(f"{folder.name}.*.new"):
        if not Path(f"/proc/{leftover.suffixes[-2][1:]}").exists():
            shutil.rmtree(leftover, ignore_errors=True)
    fresh.mkdir(parents=True)
    say(f"Temporal {pinned('go.temporal.io/server')}: building it, once (some four minutes on two cores), for {folder}")
    progress = Progress("Temporal")
    run = partial(_run_go, go, environment, folder.with_name(f"{folder.name}.log"))
    try:
        count = await _fetch(run, progress)
        compiled = 0
        for name, package in PACKAGES.items():
            output = ["-o", str(fresh / name)]
            async for _ in run(["build", "-v", "-mod=readonly", "-trimpath", "-ldflags=-s -w", *output, package]):
                compiled += 1
                progress.show(f"compiling, {compiled} of about {count} packages")
        if not folder.exists():
            fresh.rename(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    progress.done("built")
    return _program(folder)


def _program(folder: Path) -> Program:
    server, sql_tool, ui = (folder / name for name in PACKAGES)
    return Program(Kind.BUILD, parse_version(pinned("go.temporal.io/server")), server, sql_tool, ui)


def _check_go(go: str, environment: Mapping[str, str]) -> None:
    said = subprocess.run(
        [go, "env", "GOVERSION"], capture_output=True, text=True, env=dict(environment), cwd=MODULE.parent, check=False
    ).stdout.strip()
    numbers = re.findall(r"\d+", said)[:3]
    if tuple(map(int, numbers)) < GO_SINCE:
        raise NotFound(f"Go ({go}) is {said or 'too old'}: install Go 1.26 or newer to build Temporal")


async def _fetch(run: Callable[[list[str]], AsyncIterator[str]], progress: Progress) -> int:
    """Bring in the source that is not on the machine yet; how many packages there are to compile."""
    fetched = packages = 0
    async for line in run(["list", "-mod=readonly", "-deps", *PACKAGES.values()]):
        if line.startswith("go: downloading"):
            fetched += 1
            progress.show(f"fetching its source, {fetched} modules")
        else:
            packages += 1
    return packages


async def _run_go(go: str, environment: Mapping[str, str], log: Path, arguments: list[str]) -> AsyncIterator[str]:
    """Run one go command in the tools module and yield its lines; raises NotFound with the last ones if it fails."""
    flags = f"{environment.get('GOFLAGS', '')} -buildvcs=false".strip()
    tail = Tail(log)
    child = Child("go", [go, *arguments], log, {**environment, "GOFLAGS": flags, "GOWORK": "off"}, MODULE).start()
    try:
        running = True
        while running:
            running = child.running  # looked at before the lines, so that the last ones are not missed
            for line in tail.lines():
                yield line
            await asyncio.sleep(0.1 if running else 0)
    finally:
        await child.stop()
    if child.exit_code != 0:
        raise NotFound(f"Temporal could not be built: `go {arguments[0]}` failed, see {log}:\n{child.last_lines(15)}")
