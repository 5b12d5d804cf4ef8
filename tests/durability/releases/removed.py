"""A release that does not ask any more what kind of work somebody does."""

from __future__ import annotations

from dialogue import Chat
from domain.lending import Applicant
from journeys.loan import EMPLOYMENT, FULL_NAME, PURPOSE, Loan
from tests.durability.releases.serving import serve


class Removed(Loan):
    """The loan journey with a question less."""

    questions = tuple(question for question in Loan.questions if question is not EMPLOYMENT)

    async def application(self, chat: Chat) -> Applicant:
        full_name = await chat.ask(FULL_NAME)
        date_of_birth = await self.birth(chat)
        monthly_income = await self.income(chat)
        return Applicant(full_name, date_of_birth, "other", monthly_income, await chat.ask(PURPOSE))


if __name__ == "__main__":
    serve(Removed)
