"""The real thing as a stage: sandbox, webhook, API, workflow, worker, the sandbox's Graph API; turn by settled turn."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tests.running.bubble import Bubble
from tests.running.operator import have_tried_again
from tests.running.person import Deed, Person, Text, Voice
from tests.transcripts.script import Decides, Listens, Searches

ASKING = ("work:fetch_offers", "work:search_jobs", "work:request_code", "work:verify_code")
"""what a conversation waits for while the decision backend, the job search or the auth API is asked"""
TRIES_TAKE = 20.0
"""seconds by which the last of the attempts has failed: the workflow's pauses between them"""
NOT_TAKEN = ("failed", "unknown", "pending", "deferred", "sending")


class Real:
    """One person of the sandbox, on one product."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._ahead = 0.0
        self._names: dict[str, str] = {}
        """name of an applicant in the story -> the one they have here"""
        self._state = "up"

    @property
    def now(self) -> float:
        """What time it is for the person."""
        return time.time() + self._ahead

    @property
    def own(self) -> str:
        """The number they write from."""
        return self._person.alias

    @property
    def another(self) -> str:
        """A number that is as unlike others as their id."""
        return f"+9199{int(hashlib.sha256(self._person.id.encode()).hexdigest(), 16) % 10**8:08d}"

    async def code(self, phone: str) -> str:
        """The newest code that the auth API's stand-in sent to this number."""
        return await self._person.code(phone)

    async def treats_codes(self, phone: str, mood: str) -> None:
        """How the auth API treats this number from now on."""
        self._state = "down" if mood == "down" else "up"
        await self._person.authenticate(phone, mood="none" if mood == "up" else mood)

    async def does(self, deeds: Sequence[Deed]) -> None:
        """The person does this."""
        await self._person.send(*(self._renamed(deed) for deed in deeds))
        await self._settle()

    async def waits(self, seconds: float) -> None:
        """Time passes, by the server's time skipping."""
        self._ahead += seconds
        await self._person.wait(seconds)

    async def decides(self, decides: Decides) -> None:
        """How the decision backend treats an applicant from now on; by a name that nobody else in this sandbox has."""
        profile: dict[str, Any] = dict(decides.profile)
        self._state = profile.get("state", self._state)
        await self._person.decide(self._name(decides.applicant), **profile)

    async def searches(self, searches: Searches) -> None:
        """How the job search treats those who look for this from now on; by words that nobody else looks for here."""
        self._state = searches.treatment["state"]
        await self._person.search(self._name(searches.keywords), **searches.treatment)

    async def listens(self, listens: Listens) -> None:
        """How the recogniser treats those who say this from now on; by words that nobody else says here."""
        await self._person.listens(self._name(listens.words), state=listens.mood)

    async def answers(self) -> None:
        """The lenders answer: that is a matter of seconds."""
        self._state = "up"
        await self._settle()

    async def again(self) -> None:
        """The last webhook comes a second time."""
        await self._person.last_webhook_again()
        await self._settle()

    async def retries(self) -> None:
        """An operator has it tried again."""
        await have_tried_again(self._person)
        await self._settle()

    async def chat(self) -> list[Bubble]:
        """All that came from the business."""
        return [self._story(bubble) for bubble in await self._person.chat()]

    async def ends(self) -> None:
        """The conversation is in no trouble, and Meta took every message."""
        seen = await self._person.inspect()
        assert not seen["trouble"], f"trouble: {seen['trouble']}"
        left = [f"{row['text_key']} is {row['state']}" for row in seen["outbox"] if row["state"] in NOT_TAKEN]
        assert not left, f"not taken: {', '.join(left)}"

    async def _settle(self) -> None:
        if self._state != "up":
            await self._person.answered()
            if (await self._person.inspect())["waiting_for"] in ASKING:
                if self._state == "down":
                    # Nobody waits for the pauses between the tries: they are skipped.
                    await self._person.skip(TRIES_TAKE)
                return
        await self._person.settle()

    def _name(self, name: str) -> str:
        """A name of the story as it is here: with a word in it that nobody else has."""
        if name not in self._names:
            first, _, rest = name.partition(" ")
            self._names[name] = f"{first} {_letters(self._person.id)} {rest}"
        return self._names[name]

    def _renamed(self, deed: Deed) -> Deed:
        match deed:
            case Text(words):
                return Text(self._names.get(words, words))
            case Voice(words):
                return Voice(self._names.get(words, words))
        return deed

    def _story(self, bubble: Bubble) -> Bubble:
        body = bubble.body
        for name, here in self._names.items():
            body = body.replace(here, name)
        return replace(bubble, body=body)


def _letters(id: str) -> str:
    """A word that is a name's, as unlike others as the id it is made of."""
    return id.translate(str.maketrans("0123456789", "ghijklmnop")).capitalize()
