"""Every bot there is: one line each."""

from __future__ import annotations

from datetime import timedelta

from dialogue import Journey, Silence
from journeys.loan import Loan
from journeys.orders import Orders
from texts import Catalogue

BOTS: dict[str, type[Journey]] = {
    "loan": Loan,
    "orders": Orders,
}


def journeys(inactivity: timedelta) -> dict[str, Journey]:
    """The bots with their words; `inactivity` is the silence after which a person is nudged."""
    return {bot: journey(Catalogue(bot), Silence(nudge_after=inactivity)) for bot, journey in BOTS.items()}
