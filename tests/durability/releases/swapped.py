"""A release that asks for the income first, and then what kind of work somebody does."""

from __future__ import annotations

from dialogue import Chat
from domain.lending import Applicant
from journeys.loan import EMPLOYMENT, FULL_NAME, PURPOSE, Loan
from tests.durability.releases.serving import serve


class Swapped(Loan):
    """The loan journey with two questions the other way round."""

    async def application(self, chat: Chat) -> Applicant:
        full_name = await chat.ask(FULL_NAME)
        date_of_birth = await self.birth(chat)
        monthly_income = await self.income(chat)
        employment = await chat.ask(EMPLOYMENT)
        return Applicant(full_name, date_of_birth, employment, monthly_income, await chat.ask(PURPOSE))


if __name__ == "__main__":
    serve(Swapped)
