"""A release that asks one question more: the pincode, before what kind of work somebody does."""

from __future__ import annotations

from dialogue import Chat, typed
from dialogue.parsers import Invalid
from domain.lending import Applicant
from journeys.loan import EMPLOYMENT, FULL_NAME, PURPOSE, Loan
from tests.durability.releases.serving import serve


def pincode(text: str) -> str:
    """Six digits."""
    if not (len(text) == 6 and text.isdigit()):
        raise Invalid("pick_one")
    return text


PINCODE = typed("pincode", str, pincode)
TEXTS = {"en": "pincode = What is your pincode?", "hi": "pincode = आपका पिनकोड क्या है?"}


class Inserted(Loan):
    """The loan journey with a question more."""

    questions = (*Loan.questions, PINCODE)

    async def application(self, chat: Chat) -> Applicant:
        full_name = await chat.ask(FULL_NAME)
        date_of_birth = await self.birth(chat)
        await chat.ask(PINCODE)
        employment = await chat.ask(EMPLOYMENT)
        monthly_income = await self.income(chat)
        return Applicant(full_name, date_of_birth, employment, monthly_income, await chat.ask(PURPOSE))


if __name__ == "__main__":
    serve(Inserted, TEXTS)
