"""`/api/onboarding/session/{login_token}`: what somebody told in the chat, for the web app that they log into."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, Field

from api import documented
from api.errors import Problem
from store.onboardings import NoSuchToken, Onboardings, TokenGone

LONGEST = 512
"""characters of a token; those of ours have 43"""


class OnboardingData(BaseModel):
    """What was told, and who it is."""

    user_id: str = Field(description="As the auth API calls them.", examples=["user-4711"])
    name: str = Field(examples=["Asha Patil"])
    sector: str = Field(description="One of twelve: manufacturing, services, technology, …", examples=["textile"])
    pincode: str = Field(examples=["560001"])
    district: str = Field(description="Empty for a pincode that no directory has.", examples=["Bengaluru Urban"])
    state: str = Field(examples=["Karnataka"])
    phone_number: str = Field(description="Verified by a one-time code.", examples=["+919845012345"])


class SessionAnswer(BaseModel):
    """An onboarding."""

    current_step: str = Field(description="confirmed, completed", examples=["completed"])
    data: OnboardingData
    created_at: datetime
    updated_at: datetime


def onboarding_router(onboardings: Onboardings) -> APIRouter:
    """The route."""
    router = APIRouter(tags=["onboarding"], responses=documented.UNAVAILABLE)

    @router.get("/api/onboarding/session/{login_token}")
    async def session(
        login_token: Annotated[
            str, Path(max_length=LONGEST, description="The one in the link that logs in; no API key is needed.")
        ],
        response: Response,
    ) -> SessionAnswer:
        """The onboarding that a login token is for. The token is used up by this call.

        404: nobody was given it. 410: it was used before, is older than 24 hours, or its person was erased.
        """
        try:
            found = await onboardings.redeem(login_token)
        except NoSuchToken as error:
            raise Problem(404, "no_such_token", str(error)) from None
        except TokenGone as error:
            raise Problem(410, "token_gone", f"{error}: the chat gives another") from None
        response.headers["Cache-Control"] = "no-store"
        return SessionAnswer(
            current_step=found.step,
            data=OnboardingData(**found.data),
            created_at=found.made_at,
            updated_at=found.changed_at,
        )

    return router
