"""Plays the sandbox, the API or the worker: `python standin.py api`.

It notes what it was told in DATA_DIR, serves 200 on its port if it has one, and ends at once if STANDIN_FAILS names it.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PORTS = {"api": "PORT", "sandbox": "SANDBOX_PORT"}


class Answer(BaseHTTPRequestHandler):
    """200 for everything."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *values: object) -> None:
        """Say nothing."""


def main(name: str) -> None:
    """Play it."""
    if os.environ.get("STANDIN_FAILS") == name:
        sys.exit(f"{name} cannot go on")
    folder = Path(os.environ["SANDBOX_DATA"]).parent if name == "sandbox" else Path(os.environ["DATA_DIR"])
    fresh = folder / f"{name}.new"
    fresh.write_text(json.dumps({"pid": os.getpid(), "environment": dict(os.environ)}))
    fresh.replace(folder / f"{name}.json")
    print(f"WARNING {name} is a stand-in", flush=True)
    if name in PORTS:
        ThreadingHTTPServer(("127.0.0.1", int(os.environ[PORTS[name]])), Answer).serve_forever()
    threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1])
