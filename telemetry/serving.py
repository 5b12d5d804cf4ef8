"""A process without an API serves its metrics on a port of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import start_http_server

from telemetry.metrics import REGISTRY


@contextmanager
def served(host: str, port: int) -> Iterator[None]:
    """Serve what this process counts at `/metrics` while the block runs; port 0 serves nothing.

    Whoever reaches the port reads it: let that be the network of those on duty. Raises OSError for a port in use.
    """
    if not port:
        yield
        return
    server, thread = start_http_server(port, host, REGISTRY)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
