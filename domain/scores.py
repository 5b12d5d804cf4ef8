"""How promising a lead is: points for what is known, each with its reason, so that a salesperson can check them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

BUDGETS: tuple[tuple[int, str, int], ...] = (
    (500_000, "budget_500k", 40),
    (250_000, "budget_250k", 30),
    (100_000, "budget_100k", 20),
    (0, "budget_given", 10),
)
"""(US dollars from which on, reason, points): the first that is reached counts"""
REACHES = ("budget_reaches_interest", 25)
"""the budget is enough for the cheapest program of what they looked at"""
INTEREST = ("interest_known", 15)
COUNTRY = ("country_known", 5)
OWN_DOMAIN = ("email_of_a_company", 10)
PHONE = ("phone_known", 5)

MOST = BUDGETS[0][2] + sum(points for _, points in (REACHES, INTEREST, COUNTRY, OWN_DOMAIN, PHONE))
"""100: nobody has more"""

_FREE_MAIL = """
    gmail.com googlemail.com yahoo.com yahoo.co.in yahoo.in ymail.com rocketmail.com outlook.com hotmail.com live.com
    live.in msn.com icloud.com me.com mac.com aol.com proton.me protonmail.com gmx.com gmx.net mail.com zoho.com
    zohomail.in rediffmail.com yandex.com yandex.ru mail.ru qq.com 163.com 126.com web.de hey.com fastmail.com
"""
FREE_MAIL = frozenset(_FREE_MAIL.split())
"""domains of mail that anybody can have: another one is a company's, or somebody's own"""


@dataclass(frozen=True)
class Known:
    """What is known of a lead. Amounts in US dollars."""

    email: str
    phone: str = ""
    interest: str = ""
    country: str = ""
    budget: Decimal | None = None
    cheapest: Decimal | None = None
    """what the cheapest program of their interest asks for"""


@dataclass(frozen=True)
class Score:
    """From 0 to 100, and what it is made of."""

    points: int
    reasons: tuple[str, ...]


def score(known: Known) -> Score:
    """The score of a lead: the same for the same facts."""
    made_of: list[tuple[str, int]] = []
    if known.budget is not None:
        made_of.append(next((reason, points) for least, reason, points in BUDGETS if known.budget >= least))
        if known.cheapest is not None and known.budget >= known.cheapest:
            made_of.append(REACHES)
    if known.interest:
        made_of.append(INTEREST)
    if known.country:
        made_of.append(COUNTRY)
    if known.email.rpartition("@")[2].casefold() not in FREE_MAIL:
        made_of.append(OWN_DOMAIN)
    if known.phone:
        made_of.append(PHONE)
    return Score(sum(points for _, points in made_of), tuple(reason for reason, _ in made_of))
