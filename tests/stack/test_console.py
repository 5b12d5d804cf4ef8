"""What the terminal shows of long steps."""

from __future__ import annotations

import io

from stack.console import Progress, say


class Terminal(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_into_a_file_progress_is_a_line_now_and_then() -> None:
    out = io.StringIO()
    progress = Progress("Temporal", out, every=0.0)

    progress.show("compiling, 1 of about 2 packages")
    progress.done("built")

    assert out.getvalue() == "Temporal: compiling, 1 of about 2 packages, 0 s\nTemporal: built (0 s)\n"


def test_a_quick_succession_is_thinned_out() -> None:
    out = io.StringIO()
    progress = Progress("Temporal", out, every=60.0)

    for count in range(1000):
        progress.show(f"compiling, {count}")

    assert out.getvalue() == ""


def test_on_a_terminal_the_last_line_replaces_the_progress() -> None:
    out = Terminal()

    Progress("Temporal", out).done("built")

    assert out.getvalue() == "\r\x1b[2KTemporal: built (0 s)\n"


class Gone(io.StringIO):
    """A terminal that was closed."""

    def write(self, text: str) -> int:
        """There is nobody."""
        raise BrokenPipeError


def test_a_terminal_that_went_away_stops_nothing() -> None:
    say("is anybody there?", Gone())
    Progress("Temporal", Gone()).done("built")
