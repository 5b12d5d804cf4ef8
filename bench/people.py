"""People of the benchmarks: they write through the sandbox and hear what is answered over its event stream."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass
class Person:
    """One person: how many messages they got, and the event that another one came."""

    id: str
    phone: str
    heard: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)


class People:
    """Everybody who writes in one benchmark."""

    def __init__(self, http: httpx.AsyncClient, sandbox: str, number: str) -> None:
        self._http = http
        self._sandbox = sandbox
        self._number = number
        self._by_id: dict[str, Person] = {}

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[People]:
        """Hear what is sent to anybody while the block lasts."""
        ready = asyncio.Event()
        task = asyncio.create_task(self._listen(ready))
        await ready.wait()
        try:
            yield self
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def new(self) -> Person:
        """Somebody who has not written yet, without the limits of pace."""
        answer = await self._http.post(f"{self._sandbox}/sandbox/users", json={"number": self._number, "limits": False})
        fields = answer.raise_for_status().json()
        person = Person(fields["id"], fields["phone"])
        self._by_id[person.id] = person
        return person

    async def write(self, person: Person, text: str, answers: int = 1) -> float:
        """Write a text and wait for so many messages; the seconds it took."""
        begun = time.perf_counter()
        wanted = person.heard + answers
        answer = await self._http.post(
            f"{self._sandbox}/sandbox/users/{person.id}/send", json={"type": "text", "body": text}
        )
        answer.raise_for_status()
        async with asyncio.timeout(60):
            while person.heard < wanted:
                person.news.clear()
                await person.news.wait()
        return time.perf_counter() - begun

    async def _listen(self, ready: asyncio.Event) -> None:
        async with self._http.stream("GET", f"{self._sandbox}/sandbox/events", timeout=None) as stream:
            kind = ""
            async for line in stream.aiter_lines():
                if line.startswith("event: "):
                    kind = line.removeprefix("event: ")
                    ready.set()
                elif line.startswith("data: ") and kind == "message":
                    self._heard(json.loads(line.removeprefix("data: ")))

    def _heard(self, event: dict[str, Any]) -> None:
        message = event["message"]
        person = self._by_id.get(event["user"])
        if person is not None and message["direction"] == "out":
            person.heard += 1
            person.news.set()
