"""Closing a client's connection without an answer: what a lost connection looks like from the other side."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

DROP = "sandbox.drop"


class DroppableConnections:
    """The outermost layer: closes the connection when the application has set `scope["sandbox.drop"]`.

    ASGI knows no way to hang up, so this takes the transport of uvicorn's request cycle, whose bound method `send` is.
    Behind another server the answer is cut off after its first line, which a client cannot tell from a lost one either.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_unless_dropped(message: Message) -> None:
            if not scope.get(DROP):
                await send(message)

        await self._app(scope, receive, send_unless_dropped)
        if scope.get(DROP):
            await _hang_up(receive, send)


async def _hang_up(receive: Receive, send: Send) -> None:
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})
        return
    transport.abort()
    while (await receive())["type"] != "http.disconnect":
        continue
