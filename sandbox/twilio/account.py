"""All of Twilio that the sandbox holds: one account, with what it keeps and what it posts."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.twilio.contents import Contents
from sandbox.twilio.posting import Posts
from sandbox.twilio.records import Records
from sandbox.twilio.statuses import Statuses

API_VERSION = "2010-04-01"


@dataclass(frozen=True)
class Account:
    """The account and its parts."""

    sid: str
    token: str
    records: Records
    contents: Contents
    posts: Posts
    statuses: Statuses

    def resume(self) -> None:
        """Take up what an earlier process left untold."""
        self.statuses.resume()

    async def close(self) -> None:
        """Post nothing more."""
        await self.statuses.close()
        await self.posts.close()
