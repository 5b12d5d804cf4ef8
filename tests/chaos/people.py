"""People who talk while things are killed: each writes when the last answer has come, and notes how long it took."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx

from tests.chaos.between import Accepted
from tests.chaos.walk import LEFT_ASIDE, SHOWN, Line, Walk

PATIENCE = 90.0
"""seconds without an answer after which somebody writes no more: what they said counts as lost if it stays so"""


@dataclass
class Exchange:
    """Something written, and what was answered."""

    line: Line
    wrote: float
    message: str = ""
    """the provider's id of it"""
    answered: float = 0.0
    """when the last message of the answer was taken by the provider; 0 while it was not"""
    keys: list[str] = field(default_factory=list)
    """of the messages that came, each once"""
    marked: bool = False
    aside: bool = False
    """the product did not know that the question was shown: what was written is not taken, the question put again"""
    dropped: bool = False
    """the answer to one of those sends was lost"""

    @property
    def complete(self) -> bool:
        """Whether all that the answer must show was shown."""
        return bool(self.answered)


class Person:
    """One conversation."""

    def __init__(self, id: str, phone: str, chance: random.Random) -> None:
        self.id = id
        self.phone = "".join(sign for sign in phone if sign.isdigit())
        self.exchanges: list[Exchange] = []
        self.stray: list[Accepted] = []
        """what came without anything having been written"""
        self._walk = Walk(chance)
        self._chance = chance
        self._seen: set[str] = set()
        self._answered = asyncio.Event()

    @property
    def waiting(self) -> Exchange | None:
        """What they wrote and was not answered yet."""
        last = self.exchanges[-1] if self.exchanges else None
        return last if last is not None and not last.complete else None

    def begin(self) -> Exchange:
        """The next thing they write."""
        self._answered.clear()
        again = self.exchanges and self.exchanges[-1].aside
        line = self.exchanges[-1].line if again else self._walk.next()
        self.exchanges.append(Exchange(line, time.time()))
        return self.exchanges[-1]

    async def answer(self) -> bool:
        """Wait for it; false when patience ended first."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._answered.wait()
        return self._answered.is_set()

    def hear(self, accepted: Accepted) -> None:
        """A message has come, perhaps for the second time."""
        if accepted.key in self._seen:
            return
        self._seen.add(accepted.key)
        now = self.waiting
        if now is None:
            self.stray.append(accepted)
            return
        now.keys.append(accepted.key)
        now.dropped = now.dropped or accepted.dropped
        now.marked = now.marked or bool(now.line.marker and now.line.marker in accepted.text)
        now.aside = now.aside or LEFT_ASIDE in accepted.text
        shown = any(words in accepted.text for words in SHOWN.values()) and LEFT_ASIDE not in accepted.text
        as_expected = SHOWN[now.line.question] in accepted.text and (now.marked or not now.line.marker)
        if shown if now.aside else as_expected:
            now.answered = accepted.at
            self._answered.set()

    def thinks_for(self, every: float) -> float:
        """Seconds before they write again, so many on average."""
        return self._chance.uniform(0.2, 1.8) * every


class People:
    """All of them."""

    def __init__(self, http: httpx.AsyncClient, sandbox: str, number: str, every: float, seed: int) -> None:
        self._http = http
        self._sandbox = sandbox
        self._number = number
        self._every = every
        self._seed = seed
        self._by_phone: dict[str, Person] = {}
        self._stop = asyncio.Event()
        self.strangers = 0
        """messages to nobody we know"""

    @property
    def all(self) -> Sequence[Person]:
        """Everybody."""
        return list(self._by_phone.values())

    @property
    def exchanges(self) -> list[Exchange]:
        """All that was written by anybody."""
        return [one for person in self.all for one in person.exchanges]

    async def appear(self, how_many: int) -> None:
        """Have them made by the sandbox, without its own limits of pace."""
        for place in range(how_many):
            wish = {"number": self._number, "limits": False}
            answer = (await self._http.post(f"{self._sandbox}/sandbox/users", json=wish)).raise_for_status().json()
            person = Person(answer["id"], answer["phone"], random.Random(f"{self._seed} {place}"))
            self._by_phone[person.phone] = person

    def heard(self, accepted: Accepted) -> None:
        """Hand a message to whom it is for."""
        person = self._by_phone.get(accepted.phone)
        if person is None:
            self.strangers += 1
        else:
            person.hear(accepted)

    async def talk(self) -> None:
        """Everybody talks until told to stop, and then hears their last answer."""
        await asyncio.gather(*(self._talk(person) for person in self.all))

    def stop(self) -> None:
        """Nobody begins to write any more."""
        self._stop.set()

    async def _talk(self, person: Person) -> None:
        await self._pause(person.thinks_for(self._every / 2))
        while not self._stop.is_set():
            exchange = person.begin()
            answer = await self._http.post(
                f"{self._sandbox}/sandbox/users/{person.id}/send", json={"type": "text", "body": exchange.line.text}
            )
            exchange.message = answer.raise_for_status().json()["message_id"]
            if not await person.answer():
                return
            await self._pause(person.thinks_for(self._every))

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)

    async def acknowledged(self) -> dict[str, set[str]]:
        """The ids of the messages whose webhooks the product has acknowledged, by the phone of who wrote them."""
        found = {}
        for person in self.all:
            answer = await self._http.get(f"{self._sandbox}/sandbox/users/{person.id}/messages")
            found[person.phone] = {
                one["id"]
                for one in answer.raise_for_status().json()
                if one["direction"] == "in" and one["status"] == "delivered"
            }
        return found
