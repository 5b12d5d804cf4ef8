"""`python -m stack` runs everything; `python -m stack prepare` only fetches or builds what that needs."""

from __future__ import annotations

import asyncio
import os
import sys

from stack.chromium import find_chromium
from stack.console import say
from stack.errors import StackError
from stack.run import run
from stack.servers import prepare_temporal


async def prepare() -> None:
    """Have a Temporal and a Chromium on this machine; raises StackError when one cannot be had."""
    program = await prepare_temporal()
    say(f"Temporal {program.version_text}: {program.server}")
    say(f"Chromium: {find_chromium(os.environ)}")


def main(arguments: list[str]) -> int:
    """Run one of the two; the exit code."""
    try:
        asyncio.run(prepare() if arguments == ["prepare"] else run())
    except StackError as problem:
        say(f"\n{problem}", sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    os._exit(code)  # the Temporal SDK's threads may abort an ordinary end of the interpreter
