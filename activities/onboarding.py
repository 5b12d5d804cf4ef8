"""Onboarding: which number somebody writes from, keeping what they told, and the link that logs them in."""

from __future__ import annotations

from urllib.parse import quote
from uuid import UUID

from dialogue.parsers import Invalid, indian_mobile
from domain.onboarding import LinkWanted, LoginLink, NumberFound, NumberWanted, Onboarding, OnboardingKept
from store.onboardings import Onboardings
from store.places import Places

COUNTRY = "+91"
"""whose numbers are registered"""


class Registrations:
    """What the tables do for an onboarding. Without a web app there is no link."""

    def __init__(self, onboardings: Onboardings, places: Places, web_app: str) -> None:
        self._onboardings = onboardings
        self._places = places
        self._web_app = web_app.rstrip("/")

    async def find_number(self, conversation: UUID, key: UUID, wanted: NumberWanted) -> NumberFound:
        """The number the person writes from, if it is a mobile one of that country."""
        place = await self._places.of(conversation)
        phone = place.phone if place is not None else ""
        return NumberFound(phone if phone.startswith(COUNTRY) and is_mobile(phone) else "")

    async def keep(self, conversation: UUID, key: UUID, told: Onboarding) -> OnboardingKept:
        """Keep what was confirmed."""
        await self._onboardings.keep(conversation, told)
        return OnboardingKept()

    async def make_link(self, conversation: UUID, key: UUID, wanted: LinkWanted) -> LoginLink:
        """The link with the token that is good now."""
        token = await self._onboardings.token(conversation, wanted.user_id, wanted.login_token)
        return LoginLink(f"{self._web_app}/login?token={quote(token, safe='')}" if self._web_app else "")


def is_mobile(phone: str) -> bool:
    """Whether a number is what would be taken for a mobile one if it were typed."""
    try:
        indian_mobile(phone)
    except Invalid:
        return False
    return True
