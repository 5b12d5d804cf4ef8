"""`python -m stack`, with stand-ins for the project's own three processes."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from stack.errors import StackError
from stack.run import run

STANDIN = Path(__file__).with_name("standin.py")

if __name__ == "__main__":
    try:
        asyncio.run(run({name: (sys.executable, str(STANDIN), name) for name in ("sandbox", "api", "worker")}))
    except StackError as problem:
        print(problem, file=sys.stderr, flush=True)
        os._exit(1)
    os._exit(0)  # as the real one does
