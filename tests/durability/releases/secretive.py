"""A release that asks for a code, which is a secret, before the application."""

from __future__ import annotations

from dialogue import Chat, secret
from dialogue.parsers import Invalid
from domain.lending import Applicant
from journeys.loan import Loan
from tests.durability.releases.serving import serve


def eight_digits(text: str) -> str:
    """A code."""
    code = text.strip()
    if not (len(code) == 8 and code.isdigit()):
        raise Invalid("pick_one")
    return code


CODE = secret("code", eight_digits)
TEXTS = {"en": "code = What is the code?", "hi": "code = कोड क्या है?"}


class Secretive(Loan):
    """The loan journey with a secret in it."""

    questions = (*Loan.questions, CODE)

    async def application(self, chat: Chat) -> Applicant:
        await chat.ask(CODE)
        return await super().application(chat)


if __name__ == "__main__":
    serve(Secretive, TEXTS)
