"""Somebody with a phone: one user of the sandbox, who writes to one product and reads what comes back."""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.running.bubble import Bubble, bubble
from tests.running.product import Addresses

UNSENT = ("pending", "sending", "deferred", "unknown")
PATIENCE = 90.0
"""seconds until a condition that does not come true is an error"""
LOOKS_EVERY = 0.01


@dataclass(frozen=True)
class Text:
    """Words typed."""

    body: str

    def to_json(self) -> dict[str, Any]:
        """The body of the sandbox's control API."""
        return {"type": "text", "body": self.body}


@dataclass(frozen=True)
class Tap:
    """A button or a row tapped, of this bubble."""

    bubble: str
    option: str
    label: str

    def to_json(self) -> dict[str, Any]:
        """The body of the sandbox's control API."""
        return {"type": "tap", "option": self.option, "message": self.bubble}


@dataclass(frozen=True)
class Upload:
    """A file: its kind as the phone sends it (image, document, audio, video), and what is in it."""

    kind: str
    content: bytes
    mime_type: str
    more: dict[str, Any] = field(default_factory=dict)
    """caption, filename"""

    def to_json(self) -> dict[str, Any]:
        """The body of the sandbox's control API."""
        content = base64.b64encode(self.content).decode()
        return {"type": self.kind, "content": content, "mime_type": self.mime_type, **self.more}


@dataclass(frozen=True)
class Voice:
    """A voice note in which this is said."""

    words: str

    def to_json(self) -> dict[str, Any]:
        """The body of the sandbox's control API."""
        return {"type": "voice", "words": self.words}


@dataclass(frozen=True)
class Raw:
    """Anything else, in Meta's own fields."""

    fields: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The body of the sandbox's control API."""
        return {"type": "raw", "message": self.fields}


Deed = Text | Tap | Upload | Voice | Raw


class Person:
    """One user of the sandbox. When a method returns, the product has it; `settle` waits for what comes of it."""

    def __init__(self, http: httpx.AsyncClient, at: Addresses, user: dict[str, Any]) -> None:
        self._http = http
        self._control = f"{at.sandbox}/sandbox/users/{user['id']}"
        self.at = at
        self.id: str = user["id"]
        self.name: str = user["name"]
        self.alias: str = user["phone"] or user["bsuid"]
        self._who = {"number": user["number"], "user": self.alias}

    @classmethod
    async def appear(cls, http: httpx.AsyncClient, at: Addresses, bot: str = "loan", **wishes: Any) -> Person:
        """A fresh person who writes to this bot here; without limits of pace, unless they are wished for."""
        user = {"number": at.number_of(bot), "limits": False, **wishes}
        return cls(http, at, (await _done(http.post(f"{at.sandbox}/sandbox/users", json=user))).json())

    async def write(self, *texts: str) -> None:
        """Write a text; several come in one webhook."""
        await self.send(*map(Text, texts))

    async def speak(self, words: str) -> None:
        """Send a voice note in which this is said."""
        await self.send(Voice(words))

    async def tap(self, label: str) -> None:
        """Tap the option with this label, of the last message that has it. Raises LookupError where none has."""
        for shown in reversed(await self.chat()):
            for option in shown.options:
                if option.label == label:
                    await self.send(Tap(shown.id, option.id, label))
                    return
        raise LookupError(f"no message of this chat has the option {label!r}")

    async def send(self, *deeds: Deed) -> None:
        """Do this; several deeds come in one webhook, before anything is answered."""
        bodies = [deed.to_json() for deed in deeds]
        body = bodies[0] if len(bodies) == 1 else {"type": "several", "messages": bodies}
        await _done(self._http.post(f"{self._control}/send", json=body))

    async def last_webhook_again(self) -> None:
        """The webhook of what they did last is delivered once more."""
        await _done(self._http.post(f"{self._control}/duplicate-last-webhook"))

    async def settle(self) -> str:
        """Wait until all that has arrived is dealt with, work included; what the conversation waits for then."""
        answer = await _done(self._http.post(f"{self.at.url}/dev/settled", json=self._who, timeout=PATIENCE))
        waiting_for: str = answer.json()["waiting_for"]
        return waiting_for

    async def answered(self) -> None:
        """Wait until turns took all that has arrived and what they said is out; work may go on. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE):
            while True:
                seen = await self.inspect()
                unsent = [
                    row for row in seen["outbox"] if row["state"] in ("pending", "sending", "deferred", "unknown")
                ]
                if not unsent and all(row["turn"] is not None for row in seen["inbox"]):
                    return
                await asyncio.sleep(LOOKS_EVERY)

    async def wait(self, seconds: float) -> None:
        """Let time pass, on the person's clock too; all that it brings about is dealt with then."""
        await _done(self._http.post(f"{self._control}/clock", json={"hours": seconds / 3600}))

    async def skip(self, seconds: float) -> None:
        """Let a moment pass for the conversation alone: pauses between the tries of some work, for one."""
        await _done(self._http.post(f"{self.at.url}/dev/clock", json={**self._who, "seconds": seconds}))

    async def chat(self) -> list[Bubble]:
        """All that came from the business, in order."""
        messages = (await _done(self._http.get(f"{self._control}/messages"))).json()
        return [bubble(one["id"], one["payload"], one["shown"]) for one in messages if one["direction"] == "out"]

    async def lines(self) -> list[str]:
        """All that came from the business, as lines that read like a chat."""
        return [line for shown in await self.chat() for line in shown.lines()]

    async def inspect(self) -> dict[str, Any]:
        """The product's view of the conversation: state, inbox, outbox."""
        answer = await _done(self._http.get(f"{self.at.url}/dev/conversations", params=self._who))
        found: dict[str, Any] = answer.json()
        return found

    async def decide(self, applicant: str, **profile: Any) -> None:
        """Set how the decision backend treats an applicant of this name."""
        await _done(self._http.put(f"{self.at.sandbox}/sandbox/decision", json={"applicant": applicant, **profile}))

    async def code(self, phone: str | None = None) -> str:
        """The newest one-time code that came to their phone, or to this number. Raises LookupError where none did."""
        where = f"{self._control}/codes" if phone is None else f"{self.at.sandbox}/sandbox/auth/codes"
        answer = await _done(self._http.get(where, params={} if phone is None else {"phone": phone}))
        for one in answer.json()["codes"]:
            return str(one["code"])
        raise LookupError("no code has come to this phone")

    async def authenticate(self, phone: str | None = None, **mood: Any) -> None:
        """Set how the auth API treats a phone, everybody's where none is named."""
        await _done(self._http.put(f"{self.at.sandbox}/sandbox/auth", json={"phone": phone, **mood}))

    async def listens(self, words: str, **mood: Any) -> None:
        """Set how the recogniser treats those who say these words."""
        await _done(self._http.put(f"{self.at.sandbox}/sandbox/speech", json={"words": words, **mood}))

    async def search(self, keywords: str, **mood: Any) -> None:
        """Set how the job search treats those who look for these words."""
        await _done(self._http.put(f"{self.at.sandbox}/sandbox/jobs", json={"keywords": keywords, **mood}))


async def _done(request: Any) -> httpx.Response:
    answer: httpx.Response = await request
    if answer.is_error:
        # Unlike raise_for_status, with what was answered: it says why.
        raise RuntimeError(f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text}")
    return answer
