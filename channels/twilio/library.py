"""The contents of an account, asked for now and then: what is sent as buttons, as a list, or as a template.

While they cannot be asked for, those known before are used; at first none are, and choices are numbered text.
"""

from __future__ import annotations

import asyncio
import time

from channels.errors import ChannelError
from channels.twilio.client import Content, TwilioClient
from channels.twilio.generic import all_of_them, is_as_made

FRESH = 300.0
"""seconds for which what is known is not asked for again"""
PAUSE = 15.0
"""seconds until it is asked for again after that failed"""
PATIENCE = 2.0
"""seconds that a message waits for it"""


class Library:
    """Contents by their friendly names; of several of one name the one that is listed first."""

    def __init__(self, client: TwilioClient) -> None:
        self._client = client
        self._sids: dict[str, str] = {}
        self.known = False
        """whether the account was ever heard"""
        self._ask_at = float("-inf")
        self._asking = asyncio.Lock()

    def sid(self, name: str) -> str:
        """The sid of the content of this friendly name; nothing where there is none."""
        return self._sids.get(name, "")

    async def refresh(self) -> None:
        """Ask for them if it is time; raises nothing: what is known stays so."""
        if time.monotonic() < self._ask_at:
            return
        async with self._asking:
            if time.monotonic() < self._ask_at:
                return
            try:
                async with asyncio.timeout(PATIENCE):
                    self._sids = usable(await self._client.contents())
            except (ChannelError, TimeoutError):
                self._ask_at = time.monotonic() + PAUSE
            else:
                self.known = True
                self._ask_at = time.monotonic() + FRESH

    def forget(self) -> None:
        """What is known may be wrong: the next message asks anew."""
        self._ask_at = float("-inf")


def usable(contents: list[Content]) -> dict[str, str]:
    """Their sids by name; a generic one that is not as it was made is left out."""
    made = {one.name: one for one in all_of_them()}
    found: dict[str, str] = {}
    for content in contents:
        if content.name not in made or is_as_made(made[content.name], content.types):
            found.setdefault(content.name, content.sid)
    return found


async def create_missing(client: TwilioClient) -> list[str]:
    """Make the generic contents that an account lacks; their names. Raises ChannelError's subclasses; what was made
    until then stays."""
    lacking = missing(await client.contents())
    for made in all_of_them():
        if made.name in lacking:
            await client.create(made)
    return lacking


def missing(contents: list[Content]) -> list[str]:
    """The names of the generic contents that are not among these, as they were made."""
    known = usable(contents)
    return [made.name for made in all_of_them() if made.name not in known]
