"""The data folder of one machine: used by one `make run` at a time, with its secrets and its logs."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from stack.errors import FolderInUse

LOGS_KEPT = 3


def _token() -> str:
    return secrets.token_urlsafe(24)


def _sid() -> str:
    return f"AC{secrets.token_hex(16)}"


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


# What a machine of one's own needs so that nothing runs on a well-known secret. ENCRYPTION_KEYS is a list
# `id:base64 of 32 bytes`, newest first.
MADE: dict[str, Callable[[], str]] = {
    "ADMIN_API_KEY": _token,
    "AUTH_API_KEY": _token,
    "BACKEND_DECISION_API_KEY": _token,
    "ENCRYPTION_KEYS": lambda: f"k1:{_key()}",
    "LOOKUP_KEY": _key,
    "META_ACCESS_TOKEN": _token,
    "META_APP_SECRET": _token,
    "META_VERIFY_TOKEN": _token,
    "POSTGRES_PASSWORD": _token,
    "SPEECH_API_KEY": _token,
    "TWILIO_ACCOUNT_SID": _sid,
    "TWILIO_AUTH_TOKEN": _token,
}


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Hold the folder for this process; the kernel lets go of it however the process ends.

    Raises FolderInUse when another process holds it.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise FolderInUse(
                f"{folder} is in use by another `make run` (process {lock.read().strip() or 'unknown'}): stop that"
                " one, or set DATA_DIR to another folder (and PORT, SANDBOX_PORT, TEMPORAL_PORT, TEMPORAL_UI_PORT)"
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def kept_secrets(folder: Path) -> dict[str, str]:
    """The folder's own secrets, made at the first call, in a file that only its owner can read."""
    file = folder / "secrets.json"
    kept: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    missing = {name: make() for name, make in MADE.items() if name not in kept}
    if missing:
        kept |= missing
        fresh = folder / "secrets.json.new"
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
        fresh.write_text(json.dumps(kept, indent=2, sort_keys=True) + "\n")
        fresh.replace(file)
    return kept


def rotate_logs(folder: Path) -> None:
    """Begin new logs: `api.log` becomes `api.log.1`, and so on, the oldest going."""
    folder.mkdir(parents=True, exist_ok=True)
    for log in sorted(folder.glob("*.log")):
        for number in range(LOGS_KEPT, 0, -1):
            older = log.with_name(f"{log.name}.{number}")
            newer = log if number == 1 else log.with_name(f"{log.name}.{number - 1}")
            if newer.exists():
                newer.replace(older)
