"""A small bot that asks for a secret: who somebody is, a code that was sent to them, and a way in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from dialogue import Chat, Journey, Refused, Silence, secret
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
RIGHT = "739154"
A_DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Check:
    """A code to be checked."""

    phone: int
    code: Kept


SEND_CODE = Effect("send_code", int, str)
CHECK_CODE = Effect("check_code", Check, str, final=True, refusals=("wrong",))
MAKE_LINK = Effect("make_link", str, str)


def check_code(check: dict[str, Any]) -> str:
    """Who it is, if that is the code. Raises Refused."""
    if check["code"] != RIGHT:
        raise Refused("wrong")
    return "user-1"


class Login(Journey):
    """Name, phone, code; then a link in, a new one whenever they write. After a day of silence all begins anew."""

    questions = (NAME, PHONE, CODE)
    restart_asks = False
    reopens = frozenset({"unknown"})

    def __init__(self) -> None:
        super().__init__(silence=Silence(nudge_after=None, park_after=None, expire_after=A_DAY))

    async def run(self, chat: Chat) -> str | None:
        chat.stage("form")
        chat.say("welcome")
        await chat.ask(NAME)
        phone = await chat.ask(PHONE)
        chat.stage("code")
        user = await chat.part("check", lambda chat: self.check(chat, phone), about=phone, kind=str)
        if not user:
            chat.say("unknown")
            return "unknown"
        while True:
            with chat.round("login"):
                chat.stage("in")
                chat.say("welcome_in", link=await chat.do(MAKE_LINK, user))
                await chat.rest("in")

    async def check(self, chat: Chat, phone: int) -> str:
        """Who it is, if one of three codes was right."""
        await chat.do(SEND_CODE, phone)
        while True:
            with chat.round("try") as failed:
                code = await chat.ask(CODE)
                try:
                    return await chat.do(CHECK_CODE, Check(phone, code), about=code)
                except Refused:
                    chat.say("wrong_code")
                if failed + 1 == TRIES:
                    return ""
