"""`python -m stack` runs everything; `python -m stack prepare` only fetches or builds what that needs;
`python -m stack environment [--secrets]` shows what the product that runs here was told."""

from __future__ import annotations

import asyncio
import os
import sys

from stack.chromium import find_chromium
from stack.console import say
from stack.errors import StackError
from stack.run import run
from stack.servers import prepare_temporal
from stack.telling import NothingRuns, lines, product_environment_here


async def prepare() -> None:
    """Have a Temporal and a Chromium on this machine; raises StackError when one cannot be had."""
    program = await prepare_temporal()
    say(f"Temporal {program.version_text}: {program.server}")
    say(f"Chromium: {find_chromium(os.environ)}")


def main(arguments: list[str]) -> int:
    """Run one of the three; the exit code."""
    try:
        match arguments:
            case []:
                asyncio.run(run())
            case ["prepare"]:
                asyncio.run(prepare())
            case ["environment", *more] if more in ([], ["--secrets"]):
                say("\n".join(lines(product_environment_here(), secrets=bool(more))))
            case _:
                say(__doc__ or "", sys.stderr)
                return 2
    except (StackError, NothingRuns) as problem:
        say(f"\n{problem}", sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    os._exit(code)  # the Temporal SDK's threads may abort an ordinary end of the interpreter
