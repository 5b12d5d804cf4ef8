"""The bots that are explored, each with its releases, and how a person of good will gets to where they want to be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from dialogue import Chat
from domain.lending import Applicant
from journeys.loan import DATE_OF_BIRTH, EMPLOYMENT, FULL_NAME, PURPOSE, Loan
from tests.dialogue.explorer import Bot
from tests.dialogue.journeys import CITY, FORMS, INCOME, NAME, Form, Menu, Otp
from tests.dialogue.loan import WORDS
from tests.dialogue.login import Login
from tests.dialogue.shop import Shop
from tests.dialogue.world import World

ANSWERS = {
    "name": ("Asha", "Ravi"),
    "income": ("5000", "7000"),
    "city": ("Pune", "Goa"),
    "sector": ("Retail",),
    "phone": ("98",),
    "age": ("30",),
    "items": ("1", "2", "3"),
    "code": ("42", "7"),
    "summary": ("[right]", "[right]", "[change]"),
    "more": ("[enough]", "[more]", "[mistake]"),
    "shop": ("[leave]", "[buy]", "[buy]"),
}
LOAN_ANSWERS = {
    "language": ("[en]", "[hi]", "हिन्दी"),
    "intent": ("[loan]", "[loan]", "[support]"),
    "full_name": ("Asha Patil", "आशा पाटिल"),
    "date_of_birth": ("5 November 1990", "५ नवंबर १९९०", "17 November 2005", "16/11/1965"),
    "birth_sure": ("[no]", "[yes]"),
    "employment": ("[salaried]", "2", "naukri"),
    "monthly_income": ("45000", "₹1.2 lakh", "६० हज़ार"),
    "purpose": ("[home]", "a harmonium", "शादी"),
    "consent": ("[agree]", "yes", "[agree]", "[disagree]"),
    "summary": ("[right]", "[right]", "[change]"),
    "city": ("Pune",),
}


class BrokenForm(Form):
    """A release that breaks after two answers."""

    async def run(self, chat: Chat) -> None:
        await chat.ask(NAME)
        await chat.ask(INCOME)
        raise KeyError("bug")


class BrokenMenu(Menu):
    """A release that breaks at once."""

    async def run(self, chat: Chat) -> None:
        raise KeyError("bug")


class BrokenOtp(Otp):
    """A release that breaks in a part."""

    async def otp(self, chat: Chat) -> bool:
        raise KeyError("bug")


class BrokenShop(Shop):
    """A release that breaks after the name."""

    async def run(self, chat: Chat) -> None:
        await chat.ask(NAME)
        raise KeyError("bug")


class LongerLoan(Loan):
    """A release that asks one thing more in the middle."""

    questions = (*Loan.questions, CITY)

    async def income(self, chat: Chat) -> Decimal:
        await chat.ask(CITY)
        return await super().income(chat)


class ShorterLoan(Loan):
    """A release that takes everybody's age for what they say it is."""

    async def birth(self, chat: Chat) -> date:
        return await chat.ask(DATE_OF_BIRTH)


class SwappedLoan(Loan):
    """A release that asks in another order."""

    async def application(self, chat: Chat) -> Applicant:
        purpose = await chat.ask(PURPOSE)
        income = await self.income(chat)
        name = await chat.ask(FULL_NAME)
        return Applicant(name, await self.birth(chat), await chat.ask(EMPLOYMENT), income, purpose)


class BrokenLogin(Login):
    """A release that breaks where the code is asked for."""

    async def check(self, chat: Chat, phone: int) -> str:
        raise KeyError("bug")


class BrokenLoan(Loan):
    """A release that breaks in the middle of the application."""

    async def income(self, chat: Chat) -> Decimal:
        raise KeyError("bug")


def no_waits(world: World) -> Sequence[str]:
    """Nobody is waited for."""
    return ()


def waits_for_returned(world: World) -> Sequence[str]:
    """The waits for what requests returned, and for what none returned."""
    returned = [value for key, value in world.state.journal.items() if "/do:send" in key]
    return [*(f"kyc:{reference}" for reference in returned), "kyc:0"]


def loan_waits(world: World) -> Sequence[str]:
    """Decisions on applications; identity checks are not told yet: they would be an end that is not there."""
    return [f"decision:application-{number}" for number in range(1, len(world.done("fetch_offers")) + 2)]


FORM = Bot(
    releases=tuple(form(hears=True) for form in FORMS),
    broken=BrokenForm(hears=True),
    answers=ANSWERS,
    effects=("offers", "register"),
    refusable=("register",),
    waits=lambda world: ("kyc:k1", "kyc:other"),
    outcomes=("verified", "rejected"),
    reached=lambda world: world.ended == "done",
)
MENU = Bot(
    releases=(Menu(hears=True),),
    broken=BrokenMenu(hears=True),
    answers=ANSWERS,
    effects=("search",),
    refusable=(),
    waits=no_waits,
    outcomes=(),
    reached=lambda world: world.waiting_for == "answer:main" and world.state.menu is None,
)
OTP = Bot(
    releases=(Otp(hears=True),),
    broken=BrokenOtp(hears=True),
    answers=ANSWERS,
    effects=("none",),
    refusable=(),
    waits=no_waits,
    outcomes=(),
    reached=lambda world: world.ended == "done",
)
SHOP = Bot(
    releases=(Shop(hears=True),),
    broken=BrokenShop(hears=True),
    answers=ANSWERS,
    effects=("send", "check", "search", "pay"),
    refusable=("search", "pay"),
    waits=waits_for_returned,
    outcomes=("verified", "rejected"),
    reached=lambda world: world.waiting_for == "answer:what" and world.state.menu is None,
    once=2,
)
LOGIN = Bot(
    releases=(Login(),),
    broken=BrokenLogin(),
    answers={**ANSWERS, "code": ("739154", "402951", " 111111 ", "739154")},
    effects=("send_code", "check_code", "make_link"),
    refusable=("check_code",),
    waits=no_waits,
    outcomes=(),
    reached=lambda world: world.ended == "in",
)
LOAN = Bot(
    releases=tuple(loan(WORDS, hears=True) for loan in (Loan, LongerLoan, ShorterLoan, SwappedLoan)),
    broken=BrokenLoan(WORDS, hears=True),
    answers=LOAN_ANSWERS,
    effects=("record_consent", "fetch_offers"),
    refusable=(),
    waits=loan_waits,
    outcomes=("rejected", "approved"),
    reached=lambda world: world.waiting_for == "kyc" and world.state.menu is None,
)
