"""What the terminal shows: one clear line a step, and live progress for long ones."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TextIO


class Progress:
    """One long step: on a terminal a line rewritten in place, elsewhere a line every `every` seconds."""

    def __init__(self, title: str, out: TextIO | None = None, every: float = 10.0) -> None:
        self.title = title
        self._out = out or sys.stdout
        self._every = every
        self._live = self._out.isatty()
        self._begun = self._shown = time.monotonic()

    def show(self, text: str) -> None:
        """Tell where the step is now; a quick succession is thinned out."""
        now = time.monotonic()
        if now - self._shown < (0.1 if self._live else self._every):
            return
        self._shown = now
        line = f"{self.title}: {text}, {now - self._begun:.0f} s"
        self._write(f"\r\x1b[2K{line[:118]}" if self._live else f"{line}\n")

    def done(self, text: str) -> None:
        """End the step with one line that stays."""
        clear = "\r\x1b[2K" if self._live else ""
        self._write(f"{clear}{self.title}: {text} ({time.monotonic() - self._begun:.0f} s)\n")

    def _write(self, text: str) -> None:
        with contextlib.suppress(OSError):
            self._out.write(text)
            self._out.flush()


def say(line: str, out: TextIO | None = None) -> None:
    """Show one line; nothing happens when nobody is there to see it any more (a closed terminal or pipe)."""
    with contextlib.suppress(OSError):
        print(line, file=out or sys.stdout, flush=True)
