"""Small bots for the rules: a form with its releases, a menu in a menu, a part with tries; and bots of one test."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, ClassVar

from dialogue import Alternative, Chat, Ids, Journey, Question, Refused, Reply, Silence, Words, choice, typed
from dialogue.parsers import Invalid
from domain.effects import Effect


def word(text: str) -> str:
    """Two letters or more."""
    if len(text.strip()) < 2:
        raise Invalid("too_short")
    return text.strip()


def number(text: str) -> int:
    """Digits."""
    if not text.isdigit():
        raise Invalid("number_please")
    return int(text)


def each(offers: list[int]) -> list[Alternative]:
    """One option for each number."""
    return [Alternative(str(offer), "one", {"amount": offer}) for offer in offers]


NAME = typed("name", str, word)
CITY = typed("city", str, word)
SECTOR = typed("sector", str, word)
INCOME = typed("income", int, number)
PHONE = typed("phone", int, number)
AGE = typed("age", int, number)
ITEMS = typed("items", int, number)
CODE = typed("code", int, number)
RATE = choice("rate", "good", "bad")
SUMMARY = choice("summary", "right", "change")
WHICH = choice("which", "name", "income", "sector", "phone")
OFFER: Question[str] = Question("offer", str, lambda reply: reply.picked(), each)
TONGUE = choice("tongue", "en", "hi")
MAIN = choice("main", "shop", "about", "search")
SHOP = choice("shop", "buy", "leave")
WHAT = choice("what", "cart", "look", "pay", "wait", "otp")
MORE = choice("more", "more", "enough", "mistake")
QUESTIONS: tuple[Question[Any], ...] = (
    NAME, CITY, SECTOR, INCOME, PHONE, AGE, ITEMS, CODE, RATE, SUMMARY, WHICH, OFFER, TONGUE, MAIN, SHOP, WHAT, MORE,
)  # fmt: skip


@dataclass(frozen=True)
class Registration:
    """What the form registers."""

    name: str
    income: int
    offer: str


OFFERS = Effect("offers", int, list[int])
REGISTER = Effect("register", Registration, str, final=True)
SEARCH = Effect("search", str, str)
SEND: Effect[Any, Any] = Effect("send", object, object)
CHECK = Effect("check", int, bool)
PAY: Effect[Any, Any] = Effect("pay", object, object, final=True)

OUTSIDE: Mapping[str, Callable[[Any], Any]] = {
    "offers": lambda income: [income * 5, income * 10],
    "check": lambda code: code == 42,
}
"""What the outside answers to the small bots; all other work ends with its own name in capitals."""


class Form(Journey):
    """Answers, offers that depend on one of them, a summary, final work, a wait of two days, a last question."""

    questions = QUESTIONS
    longer: ClassVar[bool] = False
    shorter: ClassVar[bool] = False
    swapped: ClassVar[bool] = False

    async def run(self, chat: Chat) -> None:
        chat.say("welcome")
        name = await chat.ask(NAME)
        if self.swapped:
            city = await chat.ask(CITY)
            income = await chat.ask(INCOME)
        else:
            income = await chat.ask(INCOME)
            if self.longer:
                await chat.ask(AGE)
            city = "" if self.shorter else await chat.ask(CITY)
        offers = await chat.do(OFFERS, income)
        offer = await chat.ask(OFFER, about=offers)
        sector, phone = await chat.ask(SECTOR), await chat.ask(PHONE)
        await chat.confirm(SUMMARY, WHICH, about=[name, income, sector, phone, offer], city=city)
        try:
            reference = await chat.do(REGISTER, Registration(name, income, offer), about="application-1")
        except Refused as refused:
            chat.say("refused", why=refused.reason)
            return
        chat.say("registered", reference=reference)
        chat.say("kyc_" + await chat.wait_for("kyc", ref="k1", until=timedelta(hours=48)))
        await chat.ask(RATE)
        chat.say("bye")


class LongerForm(Form):
    """The next release asks one thing more."""

    longer = True


class ShorterForm(Form):
    """Another release asks one thing less."""

    shorter = True


class SwappedForm(Form):
    """Another release asks two things in another order."""

    swapped = True


FORMS: tuple[type[Form], ...] = (Form, LongerForm, ShorterForm, SwappedForm)
UP_TO_THE_SUMMARY = ("hi", "Asha", "5000", "Pune", "[25000]", "Retail", "98")
REGISTERED = (*UP_TO_THE_SUMMARY, "[right]")


class Menu(Journey):
    """A menu with a menu in it."""

    questions = QUESTIONS
    restart_asks = False

    async def run(self, chat: Chat) -> None:
        chat.say("hello")
        while True:
            with chat.round("menu"):
                match await chat.ask(MAIN):
                    case "search":
                        chat.say("found", what=await chat.do(SEARCH, "x"))
                    case "about":
                        chat.say("about_us")
                    case "shop":
                        await self.shop(chat)

    async def shop(self, chat: Chat) -> None:
        """The menu in the menu."""
        while True:
            with chat.round("shop"):
                if await chat.ask(SHOP) == "leave":
                    break
                chat.say("bought", many=await chat.ask(ITEMS))


class Otp(Journey):
    """A part with a result: three tries."""

    questions = QUESTIONS

    async def run(self, chat: Chat) -> None:
        city = await chat.ask(CITY)
        chat.say("otp", right=await chat.part("otp", self.otp, about=city))
        await chat.ask(NAME)
        chat.say("bye")

    async def otp(self, chat: Chat) -> bool:
        """Whether the code was right, within three tries."""
        while True:
            with chat.round("try") as failed:
                if await chat.ask(CODE) == 42:
                    return True
                if failed == 2:
                    return False


Run = Callable[[Chat], Awaitable[str | None]]


def journey(run: Run, *, words: Words | None = None, silence: Silence | None = None, **rules: Any) -> Journey:
    """A bot that lives in one test: its `run`, and what else is said of it (`questions`, `restart_asks`, …)."""

    async def whole(self: Journey, chat: Chat) -> str | None:
        return await run(chat)

    made: type[Journey] = type("Made", (Journey,), {"questions": QUESTIONS, "run": whole, **rules})
    return made(words, silence)


@dataclass(frozen=True)
class Called(Ids):
    """Words for a test: what options and questions are called beside their ids."""

    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def labels(self, question: str, alternative: Alternative) -> tuple[str, ...]:
        return self.options.get(alternative.label, ()) or super().labels(question, alternative)

    def names(self, question: str) -> tuple[str, ...]:
        return self.questions.get(question, ()) + super().names(question)


def answer(parse: Callable[[Reply], Any], kind: Any = Any, name: str = "value") -> Question[Any]:
    """A question of one test, with its own parser."""
    return Question(name, kind, parse)
