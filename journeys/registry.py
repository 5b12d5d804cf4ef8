"""Every bot there is: one line each."""

from __future__ import annotations

from datetime import timedelta

from dialogue import Journey, Silence
from journeys.loan import Loan
from journeys.msme import Msme
from journeys.nexora import Nexora
from journeys.orders import Orders
from texts import Catalogue

BOTS: dict[str, type[Journey]] = {
    "loan": Loan,
    "nexora": Nexora,
    "orders": Orders,
    "msme": Msme,
}


def journeys(inactivity: timedelta, *, hears: bool = False) -> dict[str, Journey]:
    """The bots with their words. `inactivity` is the silence after which a person is nudged; one who was silent so
    long in a bot of menus finds the first menu when they come back, and is not nudged; nor is one whose answers
    expire. `hears` says that there is somebody who listens to voice notes."""
    return {bot: journey(Catalogue(bot), _silence(journey, inactivity), hears=hears) for bot, journey in BOTS.items()}


def _silence(journey: type[Journey], inactivity: timedelta) -> Silence:
    if journey.expires_after is not None:
        return Silence(nudge_after=None, park_after=None, expire_after=journey.expires_after)
    return Silence(nudge_after=None, park_after=inactivity) if journey.menus else Silence(nudge_after=inactivity)
