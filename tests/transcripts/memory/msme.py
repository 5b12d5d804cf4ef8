"""The msme bot without tables: one onboarding, its login token, and the auth API of the story."""

from __future__ import annotations

from uuid import UUID

from activities.onboarding import is_mobile
from domain.onboarding import (
    FIND_NUMBER,
    KEEP_ONBOARDING,
    MAKE_LOGIN_LINK,
    LinkWanted,
    LoginLink,
    NumberFound,
    NumberWanted,
    Onboarding,
    OnboardingKept,
)
from domain.otp import REQUEST_CODE, VERIFY_CODE, CodeCheck, CodeRequested, CodeWanted, Verified
from tests.transcripts.memory import Performers, World


class Desk:
    """What is kept of one person of a story."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._verified = 0

    async def find_number(self, conversation: UUID, key: UUID, wanted: NumberWanted) -> NumberFound:
        """The number the person writes from."""
        return NumberFound(self._world.phone if is_mobile(self._world.phone) else "")

    async def keep(self, conversation: UUID, key: UUID, told: Onboarding) -> OnboardingKept:
        """Nobody reads it."""
        return OnboardingKept()

    async def request(self, conversation: UUID, key: UUID, wanted: CodeWanted) -> CodeRequested:
        """A code is sent."""
        return CodeRequested(self._world.codes.send(wanted.phone_number))

    async def verify(self, conversation: UUID, key: UUID, check: CodeCheck) -> Verified:
        """A code is checked."""
        self._world.codes.check(check.request_id, check.phone_number, self._world.vault[check.code.ref])
        self._verified += 1
        return Verified("user-1", f"token-{self._verified}")

    async def make_link(self, conversation: UUID, key: UUID, wanted: LinkWanted) -> LoginLink:
        """With the token that was given: nobody logs in in a story."""
        return LoginLink(f"https://app.example/login?token={wanted.login_token}")


def performers(world: World) -> Performers:
    """What performs the effects of the msme bot."""
    desk = Desk(world)
    return {
        FIND_NUMBER.name: desk.find_number,
        KEEP_ONBOARDING.name: desk.keep,
        REQUEST_CODE.name: desk.request,
        VERIFY_CODE.name: desk.verify,
        MAKE_LOGIN_LINK.name: desk.make_link,
    }
