"""Have the Temporal SDK download its development server into a folder: `python -m stack.sdk_download <folder>`.

A process of its own, so that it can be given up: what the SDK does there cannot be cancelled. It ends with 0 when
the program is in the folder, else with 1 and the reason in one line.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys

from temporalio.testing import WorkflowEnvironment


async def download(folder: str) -> str | None:
    """Download it by starting it once; the reason in one line when that cannot be done."""
    try:
        server = await WorkflowEnvironment.start_local(download_dest_dir=folder)
    except RuntimeError as problem:
        told = str(problem).rpartition("executable: ")[2]
        return " ".join(re.sub(r"\?[^\s)]*", "", told).split())
    await server.shutdown()
    return None


if __name__ == "__main__":
    reason = asyncio.run(download(sys.argv[1]))
    print(reason or "downloaded", flush=True)
    os._exit(1 if reason else 0)  # the SDK's threads may abort an ordinary end of the interpreter
