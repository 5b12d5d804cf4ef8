"""`/stats`: where the people of a bot stand, and how many come to its end."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from api import documented
from api.access import Door
from api.asked import Name
from store.sessions import Sessions

ONBOARDING = "msme"
"""the bot that is meant where none is named"""


class SessionNumbers(BaseModel):
    """Sessions by how they stand; a session is a person's conversation."""

    all: int
    active: int = Field(description="Not completed, and written in within 24 hours.")
    completed: int
    expired: int = Field(description="Not completed, and silent for 24 hours.")


class Rates(BaseModel):
    """Parts of the whole, from 0 to 1."""

    completion: float = Field(description="Of all sessions, those that were completed.", examples=[0.82])
    error: float = Field(
        description="Of the messages that were to be sent, those that never will be.", examples=[0.004]
    )


class SessionsAnswer(BaseModel):
    """The sessions of one bot, in which somebody wrote within the last days."""

    bot: str = Field(examples=["msme"])
    days: int = Field(examples=[30])
    sessions: SessionNumbers
    steps: dict[str, int] = Field(description="Where they stand now.", examples=[{"phone": 3, "completed": 41}])
    reached: dict[str, int] = Field(description="How many ever came to a step.", examples=[{"name": 50, "sector": 47}])
    rates: Rates
    messages_wanted: int
    messages_failed: int
    in_trouble: int = Field(description="Sessions that wait for an operator.")


def sessions_router(sessions: Sessions, door: Door) -> APIRouter:
    """The route."""
    router = APIRouter(tags=["stats"], dependencies=[door.needs("stats")], responses=documented.UNAVAILABLE)

    @router.get("/stats")
    async def stats(
        days: Annotated[int, Query(ge=1, le=3650, description="Today and so many days before.", examples=[30])] = 30,
        bot: Annotated[Name, Query(description="Of this bot.", examples=["msme"])] = ONBOARDING,
    ) -> SessionsAnswer:
        """Sessions, the steps they are at, and how many are completed. Needs the scope `stats`."""
        counted = await sessions.count(bot, days)
        return SessionsAnswer(
            bot=bot,
            days=days,
            sessions=SessionNumbers(
                all=counted.all, active=counted.active, completed=counted.completed, expired=counted.expired
            ),
            steps={name or "none": number for name, number in counted.steps.items()},
            reached=dict(counted.reached),
            rates=Rates(completion=round(counted.completion, 4), error=round(counted.error, 4)),
            messages_wanted=counted.wanted,
            messages_failed=counted.failed,
            in_trouble=counted.in_trouble,
        )

    return router
