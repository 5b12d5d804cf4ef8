"""Every request has a trace: taken from its `traceparent` or made, bound while it is worked on, told in the answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import structlog

from telemetry.traces import bound, new, of_traceparent

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

HEADER = b"x-trace-id"

log = structlog.get_logger()


class Traced:
    """An ASGI application whose requests are traced. Put it outermost, so that its answers to errors are traced too."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; what is no HTTP request is passed on as it is."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        given = next((value for name, value in scope["headers"] if name == b"traceparent"), b"")
        begun = False

        async def told(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = [*message.get("headers", ()), (HEADER, trace.encode())]
            await send(message)

        with bound(of_traceparent(given.decode("latin-1")) or new()) as trace:
            try:
                await self._application(scope, receive, told)
            except Exception:
                # Whoever serves us would log it outside of the block, and so without the trace.
                log.exception("a request failed", method=scope["method"], route=_route(scope))
                if not begun:
                    raise


def _route(scope: Scope) -> str:
    """The route's path as it was declared: what stood in its place may name a person."""
    return str(getattr(scope.get("route"), "path", "unknown"))
