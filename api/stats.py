"""`/webhook/stats/{phone}`: what went to and fro with one person, counted. None of it is opened for that."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field

from api import documented
from api.access import Door
from api.asked import Bot, Phone
from api.errors import Problem
from api.reading import status_of
from store.directory import Directory
from store.traffic import Traffics


class ResponseTimes(BaseModel):
    """From a message of theirs until WhatsApp took the first answer to it, in seconds."""

    answered: int = Field(description="Messages that an answer is known to have gone out to.")
    p50: float | None
    p95: float | None


class Standing(BaseModel):
    """Where a conversation stands."""

    bot: str
    stage: str
    waiting_for: str


class StatsAnswer(BaseModel):
    """What went to and fro with one person."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "incoming": {"handled": 7},
                    "outgoing": {"read": 8, "delivered": 1},
                    "first_message_time": "2026-11-20T08:00:00Z",
                    "last_message_time": "2026-11-21T09:30:00Z",
                    "stage": "orders",
                    "conversations": [{"bot": "orders", "stage": "orders", "waiting_for": "answer:orders"}],
                    "response_seconds": {"answered": 7, "p50": 0.21, "p95": 0.64},
                }
            ]
        }
    )

    incoming: dict[str, int] = Field(description="How many, by status: received, handled.")
    outgoing: dict[str, int] = Field(description="How many, by status, as GET /api/whatsapp/messages has it.")
    first_message_time: datetime | None
    last_message_time: datetime | None
    stage: str = Field(description="Of the conversation that changed last; `conversations` has it of each.")
    conversations: list[Standing]
    response_seconds: ResponseTimes


def stats_router(directory: Directory, traffics: Traffics, door: Door) -> APIRouter:
    """The route."""
    router = APIRouter(tags=["stats"], dependencies=[door.needs("stats")], responses=documented.UNAVAILABLE)

    @router.get("/webhook/stats/{phone}")
    async def stats(phone: Annotated[Phone, Path()], bot: Bot = None) -> StatsAnswer:
        """Counts, times, and where their conversations stand. Needs the scope `stats`. 404: they never wrote."""
        known = await directory.of(phone, bot)
        if not known:
            raise Problem(404, "never_wrote", "nobody has written from this number")
        traffic = await traffics.of([one.conversation for one in known])
        outgoing: Counter[str] = Counter()
        for state, count in traffic.outgoing.items():
            outgoing[status_of(state)] += count
        return StatsAnswer(
            incoming=traffic.incoming,
            outgoing=outgoing,
            first_message_time=traffic.first_at,
            last_message_time=traffic.last_at,
            stage=max(known, key=lambda one: one.changed_at).stage,
            conversations=[Standing(bot=one.bot, stage=one.stage, waiting_for=one.waiting_for) for one in known],
            response_seconds=ResponseTimes(
                answered=traffic.answered, p50=to_the_millisecond(traffic.p50), p95=to_the_millisecond(traffic.p95)
            ),
        )

    return router


def to_the_millisecond(seconds: float | None) -> float | None:
    """Seconds as they are told: the clocks of two processes agree on no more."""
    return None if seconds is None else round(seconds, 3)
