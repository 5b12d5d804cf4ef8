"""A release that says something for which it has no words."""

from __future__ import annotations

from decimal import Decimal

from dialogue import Chat
from journeys.loan import Loan
from tests.durability.releases.serving import serve


class Speechless(Loan):
    """The loan journey with a text that nobody has written."""

    async def income(self, chat: Chat) -> Decimal:
        chat.say("a_text_that_nobody_has_written")
        return await super().income(chat)


if __name__ == "__main__":
    serve(Speechless)
