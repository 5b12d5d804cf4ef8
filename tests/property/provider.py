"""A provider at the transport: it takes messages, loses answers, refuses, and tells statuses when it likes."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

REFUSALS = {"too_fast": 130429, "pair": 131056, "broken": 131000}
WAYS = ("ok", *REFUSALS, "drop", "lost", "crash_before", "crash_after")
"""what may become of a send: taken; refused for now; the connection breaks before, or after it was taken; the same with
the worker killed then"""


TOLD_WITHIN = 9.0
"""seconds in which the provider tells a status, if it ever does; the product waits for a little longer"""


class Killed(BaseException):
    """The worker was killed here: nothing of it goes on, not even its handling of errors."""


@dataclass
class Sent:
    """A message that was taken."""

    key: str
    words: str
    answer_lost: bool
    at: float
    told: bool = False
    """the product has been told a status of it"""


@dataclass
class Provider:
    """What it took, and what it has to tell."""

    next: list[str] = field(default_factory=list)
    """what becomes of the next sends; `ok` after that"""
    taken: list[Sent] = field(default_factory=list)
    to_tell: list[dict[str, Any]] = field(default_factory=list)
    clock: Callable[[], float] = field(default=lambda: 0.0)
    wrong: list[str] = field(default_factory=list)
    """what must never be seen"""

    def client(self) -> httpx.AsyncClient:
        """A client of it."""
        return httpx.AsyncClient(transport=httpx.MockTransport(self.answer))

    def answer(self, request: httpx.Request) -> httpx.Response:
        """One request."""
        asked = json.loads(request.content)
        if asked.get("status") == "read":
            return httpx.Response(200, json={"success": True})
        way = self.next.pop(0) if self.next else "ok"
        if way in REFUSALS:
            return httpx.Response(400, json={"error": {"code": REFUSALS[way]}})
        if way == "drop":
            raise httpx.ReadError("broken", request=request)
        if way == "crash_before":
            raise Killed
        id = self._take(asked, lost=way in ("lost", "crash_after"))
        if way == "lost":
            raise httpx.ReadTimeout("no answer", request=request)
        if way == "crash_after":
            raise Killed
        return httpx.Response(200, json={"messages": [{"id": id}]})

    def _take(self, asked: dict[str, Any], *, lost: bool) -> str:
        key = asked["biz_opaque_callback_data"]
        for before in self.taken:
            if before.key == key and not before.answer_lost:
                self.wrong.append(f"{key} was taken, that was known, and it was sent again")
            if before.key == key and self.clock() - before.at < TOLD_WITHIN:
                self.wrong.append(f"{key} was sent again before anybody could tell what became of it")
            if before.key == key and before.told:
                self.wrong.append(f"{key} was told to be there, and was sent again")
        body = asked["text"]["body"] if "text" in asked else asked["interactive"]["body"]["text"]
        self.taken.append(Sent(key, body, lost, self.clock()))
        id = f"wamid.{key}.{len(self.taken)}"
        self.to_tell += [
            {"id": id, "status": status, "timestamp": "1795240800", "biz_opaque_callback_data": key}
            for status in ("sent", "delivered")
        ]
        return id

    def tell(self, statuses: list[dict[str, Any]]) -> None:
        """The product knows of these now."""
        keys = {one["biz_opaque_callback_data"] for one in statuses}
        for sent in self.taken:
            sent.told = sent.told or sent.key in keys

    def times(self) -> dict[str, int]:
        """How often each key was taken."""
        found: dict[str, int] = defaultdict(int)
        for sent in self.taken:
            found[sent.key] += 1
        return found
