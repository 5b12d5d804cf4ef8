"""A Chromium for the tests of the phone: the one on PATH, else Debian's, installed as root."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from stack.console import say
from stack.errors import NotFound

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
APPLICATIONS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)


def installed(environment: Mapping[str, str]) -> Path | None:
    """The Chromium that CHROMIUM names, or that is on PATH, or a Mac's application."""
    if named := environment.get("CHROMIUM"):
        return Path(named)
    for name in NAMES:
        if found := shutil.which(name, path=environment.get("PATH")):
            return Path(found)
    return next((path for path in APPLICATIONS if path.exists()), None)


def find_chromium(
    environment: Mapping[str, str],
    is_root: bool | None = None,
    execute: Callable[[Sequence[str]], bool] | None = None,
) -> Path:
    """The Chromium on this machine; installed through apt, with its progress shown, if we are root and it is missing.

    Raises NotFound, naming the command that installs one.
    """
    execute = execute or _execute
    is_root = os.geteuid() == 0 if is_root is None else is_root
    if (found := installed(environment)) is not None:
        return found
    apt = shutil.which("apt-get", path=environment.get("PATH"))
    if apt is not None and is_root:
        say("Chromium: installing it through apt, once (a minute or two)")
        steps = ([apt, "update"], [apt, "install", "--yes", "--no-install-recommends", "chromium"])
        if all(map(execute, steps)) and (found := installed(environment)) is not None:
            return found
    command = "sudo apt-get update && sudo apt-get install chromium" if apt else "your system's package manager"
    raise NotFound(
        f"the tests of the phone need a Chromium and none was found: install one with {command},"
        " or set CHROMIUM to its path"
    )


def _execute(command: Sequence[str]) -> bool:
    """Run a command with its output shown; whether it went well."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False).returncode == 0
