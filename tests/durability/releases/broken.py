"""A release with a bug: it fails for everybody who has said what kind of work they do, and its error quotes them."""

from __future__ import annotations

from dialogue import Chat
from domain.lending import Applicant
from journeys.loan import EMPLOYMENT, FULL_NAME, Loan
from tests.durability.releases.serving import serve


class Broken(Loan):
    """The loan journey with a bug."""

    async def application(self, chat: Chat) -> Applicant:
        full_name = await chat.ask(FULL_NAME)
        await self.birth(chat)
        await chat.ask(EMPLOYMENT)
        raise ValueError(f"there is no score for {full_name}")


if __name__ == "__main__":
    serve(Broken)
