"""Every bot there is: one line each."""

from __future__ import annotations

from datetime import timedelta

from dialogue import Journey, Silence
from journeys.loan import Loan
from journeys.nexora import Nexora
from texts import Catalogue

BOTS: dict[str, type[Journey]] = {
    "loan": Loan,
    "nexora": Nexora,
}


def journeys(inactivity: timedelta) -> dict[str, Journey]:
    """The bots with their words. After a silence of `inactivity` a person is nudged; a bot of menus is back at its
    first one, without a word."""
    return {bot: journey(Catalogue(bot), silence(journey, inactivity)) for bot, journey in BOTS.items()}


def silence(journey: type[Journey], inactivity: timedelta) -> Silence:
    """How a bot bears silence."""
    return Silence(nudge_after=None, park_after=inactivity) if journey.menus else Silence(nudge_after=inactivity)
