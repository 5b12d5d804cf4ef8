"""Which lines of a child's log a person at the terminal should see: warnings, errors, and tracebacks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LEVELS = {"warning", "warn", "error", "critical", "fatal"}
PLAIN = re.compile(r"\b(WARNING|ERROR|CRITICAL|FATAL)\b|\[(warning|error|critical)\s*\]")
TRACEBACK = "Traceback (most recent call last):"


class Notable:
    """Sorts a log's lines, one after another: structured ones by their level, plain ones by the word."""

    def __init__(self) -> None:
        self._in_traceback = False

    def of(self, line: str) -> str | None:
        """What to show for this line; None if nothing."""
        entry = _entry(line)
        if entry is not None:
            self._in_traceback = False
            if str(entry.get("level", "")).lower() not in LEVELS:
                return None
            return f"{entry['level']}: {entry.get('event') or entry.get('message') or line}"
        if line.strip() == TRACEBACK:
            self._in_traceback = True
            return line
        if self._in_traceback:
            # A traceback ends with the first line that is not indented: the exception itself.
            self._in_traceback = line.startswith((" ", "\t")) or not line.strip()
            return line
        return line if PLAIN.search(line) else None


class Tail:
    """The lines added to a file since the last look."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._offset = file.stat().st_size if file.exists() else 0
        self._rest = b""

    def lines(self) -> Iterator[str]:
        """Every whole line that is new."""
        if not self._file.exists():
            return
        with self._file.open("rb") as log:
            log.seek(self._offset)
            added = log.read()
        self._offset += len(added)
        *whole, self._rest = (self._rest + added).split(b"\n")
        for line in whole:
            yield line.decode(errors="replace").rstrip("\r")


def _entry(line: str) -> dict[str, Any] | None:
    if not line.startswith("{"):
        return None
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None
