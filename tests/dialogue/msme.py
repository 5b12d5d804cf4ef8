"""The msme bot with all that is outside of it, and the stations of its story."""

from __future__ import annotations

from typing import Any

from dialogue import Silence
from journeys.msme import Msme
from tests.dialogue.world import MORNING, World
from texts import Catalogue

WORDS = Catalogue("msme")
OWN = "+919845012345"

TO_THE_NAME = ("hi", "[en]")
TO_THE_SECTOR = (*TO_THE_NAME, "Asha Patil")
TO_THE_PINCODE = (*TO_THE_SECTOR, "textile")
TO_THE_PHONE = (*TO_THE_PINCODE, "560001")
TO_THE_SUMMARY = (*TO_THE_PHONE, "[same]")
TO_THE_CODE = (*TO_THE_SUMMARY, "[right]")
TO_THE_END = (*TO_THE_CODE, "123456")

TOLD: dict[str, Any] = {
    "name": "Asha Patil",
    "sector": "textile",
    "pincode": "560001",
    "district": "Bengaluru Urban",
    "state": "Karnataka",
    "phone_number": OWN,
}


class Office:
    """The auth API and the tables: what they are asked, and what they answer."""

    def __init__(self, own: str = OWN) -> None:
        self.own = own
        self.codes = 0
        self.links = 0

    def find_number(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """The number that the person writes from."""
        return {"phone": self.own}

    def request_code(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Each time another request."""
        self.codes += 1
        return {"request_id": f"request-{self.codes}"}

    def make_login_link(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Each time another link."""
        self.links += 1
        return {"url": f"https://app.example/login?token={self.links}"}


def onboarding(*lines: str, office: Office | None = None, now: float = MORNING) -> World:
    """A conversation with the msme bot that has come so far."""
    office = office or Office()
    outside = {
        "find_number": office.find_number,
        "keep_onboarding": lambda told: {"step": "confirmed"},
        "request_code": office.request_code,
        "verify_code": lambda check: {"user_id": "user-1", "login_token": "a-token"},
        "make_login_link": office.make_login_link,
    }
    world = World(Msme(WORDS, Silence(nudge_after=None, park_after=None)), outside, now)
    world.play(*lines)
    return world
