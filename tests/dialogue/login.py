"""A small bot that asks for a secret: who somebody is, a code that was sent to them, and a way in."""

from __future__ import annotations

from dataclasses import dataclass

from dialogue import Chat, Journey, Refused, secret
from dialogue.parsers import Invalid
from domain.effects import Effect
from domain.vault import Kept
from tests.dialogue.journeys import NAME, PHONE

TRIES = 3


def six_digits(text: str) -> str:
    """A code."""
    code = text.strip()
    if not (len(code) == 6 and code.isdigit()):
        raise Invalid("six_digits_please", digits=6)
    return code


CODE = secret("code", six_digits, example="739154")


@dataclass(frozen=True)
class Check:
    """A code to be checked."""

    phone: int
    code: Kept


SEND_CODE = Effect("send_code", int, str)
CHECK_CODE = Effect("check_code", Check, str, final=True, refusals=("wrong",))


class Login(Journey):
    """Name, phone, code."""

    questions = (NAME, PHONE, CODE)
    restart_asks = False

    async def run(self, chat: Chat) -> str | None:
        chat.stage("form")
        chat.say("welcome")
        await chat.ask(NAME)
        phone = await chat.ask(PHONE)
        chat.stage("code")
        right = await chat.part("check", lambda chat: self.check(chat, phone), about=phone)
        chat.say("known" if right else "unknown")
        return None

    async def check(self, chat: Chat, phone: int) -> bool:
        """Whether one of three codes was right."""
        await chat.do(SEND_CODE, phone)
        while True:
            with chat.round("try") as failed:
                code = await chat.ask(CODE)
                try:
                    await chat.do(CHECK_CODE, Check(phone, code), about=code)
                    return True
                except Refused:
                    chat.say("wrong_code")
                if failed + 1 == TRIES:
                    return False
