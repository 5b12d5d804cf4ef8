"""Somebody between the product and the Graph API: notes every message that was taken, and loses some of the answers.

It speaks HTTP over bare sockets, so that it costs little and can close a connection in the middle. A request is passed
on when all of it has come; then its message counts as taken or not by what the Graph API says, whoever still listens.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
END = b"\r\n\r\n"


@dataclass(frozen=True)
class Accepted:
    """A message that the Graph API took."""

    key: str
    """our own of the message, which travels with it"""
    phone: str
    """digits alone"""
    text: str
    came: float
    """when the request had come, in seconds since the epoch"""
    at: float
    """when it was taken"""
    dropped: bool
    """its answer was lost on purpose"""
    hung_up: bool
    """nobody waited for its answer any more"""


class Between:
    """Listens at `url` in the Graph API's place. `heard` is told of every message that was taken."""

    def __init__(self, graph: str, dropped: float, chance: random.Random, heard: Callable[[Accepted], None]) -> None:
        parts = urlsplit(graph)
        self._host, self._port = parts.hostname or "", parts.port or 80
        self._dropped = dropped
        self._chance = chance
        self._heard = heard
        self._serving: set[asyncio.Task[None]] = set()
        self._next: asyncio.Future[None] | None = None
        self.url = ""
        self.accepted: list[Accepted] = []
        self.refused: Counter[int] = Counter()
        """what the Graph API did not take, by HTTP status; 0 where it did not answer"""

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[Between]:
        """Listen while the block lasts."""
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield self
        finally:
            server.close()
            for serving in self._serving:
                serving.cancel()
            await asyncio.gather(*self._serving, return_exceptions=True)

    async def next_is_taken(self) -> None:
        """Wait until the Graph API takes a message: its answer is on the way then, unless it is lost."""
        self._next = self._next or asyncio.get_running_loop().create_future()
        await asyncio.shield(self._next)

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Held on to here: nobody else would, and a task that nobody holds may vanish in the middle.
        serving = asyncio.create_task(self._serve(reader, writer))
        self._serving.add(serving)
        serving.add_done_callback(self._serving.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head, body = await _message(reader)
                came = time.time()
                answer = await self._ask(head + body)
                asked = json.loads(body) if body else {}
                if "biz_opaque_callback_data" not in asked:
                    writer.write(answer)
                    continue
                if not answer.startswith(b"HTTP/1.1 200"):
                    self.refused[int(answer.split(b" ", 2)[1]) if answer else 0] += 1
                    if not answer:
                        break
                    writer.write(answer)
                    continue
                dropped = self._chance.random() < self._dropped
                hung_up = reader.at_eof() or writer.is_closing()
                self._note(Accepted(asked["biz_opaque_callback_data"], _digits(asked), _text(asked), came, time.time(),
                                 dropped, hung_up))  # fmt: skip
                if dropped:
                    break
                writer.write(answer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # whoever was there has gone
        finally:
            writer.transport.abort()

    async def _ask(self, request: bytes) -> bytes:
        """The Graph API's answer; nothing where it has none. A connection a request: none is ever half closed."""
        try:
            reader, writer = await asyncio.open_connection(self._host, self._port)
        except OSError:
            return b""
        try:
            writer.write(request)
            head, body = await _message(reader)
            return head + body
        except (asyncio.IncompleteReadError, ConnectionError):
            return b""
        finally:
            writer.close()

    def _note(self, accepted: Accepted) -> None:
        self.accepted.append(accepted)
        self._heard(accepted)
        if self._next is not None:
            self._next.set_result(None)
            self._next = None


async def _message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    head = await reader.readuntil(END)
    found = LENGTH.search(head)
    return head, await reader.readexactly(int(found[1])) if found else b""


def _digits(asked: dict[str, Any]) -> str:
    return "".join(sign for sign in str(asked.get("to", "")) if sign.isdigit())


def _text(asked: dict[str, Any]) -> str:
    if asked["type"] == "text":
        return str(asked["text"]["body"])
    return str(asked.get("interactive", {}).get("body", {}).get("text", ""))
