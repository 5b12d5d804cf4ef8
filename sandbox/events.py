"""What happens in the sandbox, told live to whoever watches: the phone, over server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

QUEUE_LENGTH = 1000
"""Events a slow watcher may fall behind before it is told to fetch everything anew."""

HEARTBEAT = 15.0
"""Seconds between comments that keep proxies and browsers from closing a quiet stream."""


class EventBus:
    """Hands each event to every watcher; without watchers an event costs nothing."""

    def __init__(self) -> None:
        self._watchers: set[asyncio.Queue[str | None]] = set()

    @property
    def watched(self) -> bool:
        """Whether anybody would see an event: worth asking before building a costly one."""
        return bool(self._watchers)

    def publish(self, kind: str, **fields: Any) -> None:
        """Tell all watchers. `kind` is one of message, status, typing, read, user, clock, faults, templates, mail,
        sms."""
        if not self._watchers:
            return
        line = _encode(kind, fields)
        for queue in self._watchers:
            if queue.full():
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait(_encode("resync", {}))
            else:
                queue.put_nowait(line)

    def close(self) -> None:
        """End all streams, so that a stopping server need not wait for its watchers."""
        for queue in self._watchers:
            while not queue.empty():
                queue.get_nowait()
            queue.put_nowait(None)

    async def stream(self) -> AsyncIterator[str]:
        """The lines of one watcher's event stream, beginning with `hello`."""
        queue: asyncio.Queue[str | None] = asyncio.Queue(QUEUE_LENGTH)
        self._watchers.add(queue)
        try:
            yield "retry: 1000\n" + _encode("hello", {})
            while True:
                try:
                    line = await asyncio.wait_for(queue.get(), HEARTBEAT)
                except TimeoutError:
                    line = ": still here\n\n"
                if line is None:
                    return
                yield line
        finally:
            self._watchers.discard(queue)


def _encode(kind: str, fields: dict[str, Any]) -> str:
    return f"event: {kind}\ndata: {json.dumps(fields, ensure_ascii=False, separators=(',', ':'))}\n\n"
