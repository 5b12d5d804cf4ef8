"""What the stack that runs here has told the product, for whoever comes later: `python -m stack environment`.

A running stack leaves a note in its data folder; the kernel's lock on the folder says whether the note still holds.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from dotenv import dotenv_values

from stack.data_folder import MADE, kept_secrets
from stack.plan import Running, make_plan, product_environment, read_environment
from stack.process import ROOT

NOTE = "running.json"
HIDDEN = "(hidden)"
SECRET = {*MADE, "DATABASE_URL", "METRICS_TOKEN", "AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "SMTP_URL"}
"""what is not printed unless it is asked for; so is every name that ends in one of ENDINGS"""
ENDINGS = ("_SECRET", "_TOKEN", "_PASSWORD", "_API_KEY", "_KEYS")


class NothingRuns(Exception):
    """No stack runs in this data folder: start one with `make run`."""


def tell(folder: Path, running: Running) -> None:
    """Leave the note: what the started servers turned out to be. Only its owner can read it."""
    fresh = folder / f"{NOTE}.new"
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(asdict(running)) + "\n")
    fresh.replace(folder / NOTE)


def take_back(folder: Path) -> None:
    """The stack stops: what the note says holds no longer."""
    (folder / NOTE).unlink(missing_ok=True)


def product_environment_here(given: Mapping[str, str] = os.environ, root: Path = ROOT) -> dict[str, str]:
    """The environment of the product that `make run` runs here, as its API and worker have it. Raises NothingRuns.

    `given` and the lines of `.env` win, as they did at its start; but where they name another database, it is not this
    machine that is meant, and nothing of it is mixed with theirs. WrongSetting where a port among them is none.
    """
    environment = read_environment(root, given)
    plan = make_plan(environment, root)
    note = plan.data / NOTE
    if not _is_held(plan.data) or not note.exists():
        raise NothingRuns(f"nothing runs from {plan.data}: type `make run`, and leave it running")
    running = Running(**json.loads(note.read_text()))
    if environment.get("DATABASE_URL", running.database_url) != running.database_url:
        raise NothingRuns("DATABASE_URL names another database than what runs here has")
    return product_environment(environment, plan, kept_secrets(plan.data), running)


def lines(environment: Mapping[str, str], root: Path = ROOT, *, secrets: bool = False) -> list[str]:
    """`NAME=value` of every setting that is in `.env.example`; secrets hidden unless they are asked for."""
    settings = dotenv_values(root / ".env.example", interpolate=False)
    shown = [name for name in settings if name in environment]
    return [f"{name}={environment[name] if secrets or not is_secret(name) else HIDDEN}" for name in shown]


def is_secret(name: str) -> bool:
    """Whether the value of this variable is for nobody's eyes."""
    return name in SECRET or name.endswith(ENDINGS)


def _is_held(folder: Path) -> bool:
    try:
        with (folder / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False
