"""What the terminal shows: one clear line a step, and live progress for long ones."""

from __future__ import annotations

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
        self._text = ""

    def show(self, text: str) -> None:
        """Tell where the step is now."""
        now = time.monotonic()
        pause = 0.1 if self._live else self._every
        self._text = text
        if now - self._shown < pause:
            return
        self._shown = now
        line = f"{self.title}: {text}, {now - self._begun:.0f} s"
        if self._live:
            self._out.write(f"\r\x1b[2K{line[:118]}")
        else:
            self._out.write(f"{line}\n")
        self._out.flush()

    def done(self, text: str) -> None:
        """End the step with one line that stays."""
        if self._live:
            self._out.write("\r\x1b[2K")
        say(f"{self.title}: {text} ({time.monotonic() - self._begun:.0f} s)", self._out)


def say(line: str, out: TextIO | None = None) -> None:
    """Show one line."""
    print(line, file=out or sys.stdout, flush=True)
