"""Small bots to walk: a desk with menus, one of each kind of thing in it; and how to break them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Literal

from dialogue import Alternative, Chat, End, Journey, Question, Refused, Reply, Silence, choice, secret, typed
from domain.effects import Effect
from domain.vault import Kept
from tests.dialogue.journeys import number, word


@dataclass(frozen=True)
class Slip:
    """What came of searching."""

    state: Literal["open", "closed"]
    numbers: list[int]
    note: str | None


def some_picture(reply: Reply) -> str:
    """The kind of file, or words."""
    return reply.file.kind if reply.file else word(reply.text)


def each(slip: Slip) -> list[Alternative]:
    """One row a number, and one to leave."""
    return [*(Alternative(str(one), "one", {"number": one}) for one in slip.numbers), Alternative("leave")]


KIND = choice("kind", "new", "used")
MAIN = choice("main", "orders", "lead", "about", "wait")
ORDERS = choice("orders", "search", "leave")
WHICH: Question[str] = Question("which", str, lambda reply: reply.picked(), each)
NUMBER = typed("number", int, number, example="7")
NAME = typed("name", str, word, example="Asha")
PROOF: Question[str] = Question("proof", str, some_picture, accepts=frozenset({"image"}), example="none at all")
SEARCH = Effect("search", int, Slip, refusals=("unknown",))
CODE = secret("code", word, example="739154")
ENTER = Effect("enter", Kept, str, final=True, refusals=("locked",))
SHOW_WAY = Effect("show_way", str, str)
LEAD = Effect("lead", str, str, final=True)


class Desk(Journey):
    """A desk with a menu in a menu, a form, and something to wait for."""

    questions = (MAIN, ORDERS, NUMBER, WHICH, NAME, PROOF)
    languages = ("en",)
    menus = True
    outcomes: ClassVar = {"parcel": ("arrived",)}

    async def run(self, chat: Chat) -> None:
        while True:
            with chat.round("main"):
                chat.stage("main")
                match await chat.ask(MAIN):
                    case "orders":
                        chat.stage("orders")
                        await self.orders(chat)
                    case "lead":
                        await chat.part("lead", self.lead)
                    case "about":
                        chat.say("about_us")
                    case "wait":
                        chat.say("came", how=await chat.wait_for("parcel", ref="p1", until=timedelta(days=2)))

    async def orders(self, chat: Chat) -> None:
        """The menu in the menu."""
        while True:
            with chat.round("orders"):
                if await chat.ask(ORDERS) == "leave":
                    return
                await self.search(chat)

    async def search(self, chat: Chat) -> None:
        """Work that may be refused, and what it found."""
        try:
            slip = await chat.do(SEARCH, await chat.ask(NUMBER))
        except Refused as refused:
            chat.say("not_found", why=refused.reason)
            return
        if slip.state == "closed":
            chat.say("closed")
        elif await chat.ask(WHICH, about=slip) != "leave":
            chat.say("found")

    async def lead(self, chat: Chat) -> str:
        """A form, and final work."""
        name = await chat.ask(NAME)
        proof = await chat.ask(PROOF)
        return await chat.do(LEAD, f"{name} {proof}", about=name)


class Form(Journey):
    """A form in which the first answer matters at its end only."""

    questions = (KIND, NAME, NUMBER)

    async def run(self, chat: Chat) -> None:
        kind = await chat.ask(KIND)
        chat.stage("details")
        await chat.ask(NAME)
        if kind == "used":
            await chat.ask(NUMBER)


class Entry(Journey):
    """A form that asks for a secret and is forgotten after a day; who is in gets the way in whenever they write."""

    questions = (NAME, CODE)

    async def run(self, chat: Chat) -> None:
        name = await chat.ask(NAME)
        code = await chat.ask(CODE)
        try:
            await chat.do(ENTER, code, about=code)
        except Refused:
            raise End("locked") from None
        while True:
            with chat.round("in"):
                chat.say("way_in", link=await chat.do(SHOW_WAY, name))
                await chat.rest("in")


def desk(kind: type[Journey] = Desk) -> Journey:
    """One whose menu is shown again after half an hour."""
    return kind(silence=Silence(nudge_after=None, park_after=timedelta(minutes=30)))


def entry() -> Journey:
    """One that forgets after a day."""
    return Entry(silence=Silence(nudge_after=None, park_after=None, expire_after=timedelta(hours=24)))
