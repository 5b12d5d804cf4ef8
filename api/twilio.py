"""`/api/whatsapp/status`: how the Twilio side stands."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field

from api import documented
from api.access import Door
from settings import Settings
from store.catching_up import CatchingUp

SANDBOX_SENDER = "whatsapp:+14155238886"
"""the number that all of Twilio's customers share for their first tries (Twilio, WhatsApp sandbox)"""


class Mishap(BaseModel):
    """The last thing that went wrong within a week."""

    code: int = Field(description="Twilio's; 0 where it gave none.", examples=[63016])
    at: datetime


class StatusAnswer(BaseModel):
    """How the Twilio side stands."""

    mode: Literal["sandbox", "production", "stand-in", "off"] = Field(
        description="sandbox: the number that Twilio's customers share; stand-in: this machine plays Twilio;"
        " off: no number is at Twilio.",
        examples=["production"],
    )
    sender: str | None = Field(description="The first of our numbers there.", examples=["whatsapp:+14155550101"])
    last_error: Mishap | None = Field(description="In sending, or in reading Twilio's list of messages.")


def mode_of(settings: Settings) -> Literal["sandbox", "production", "stand-in", "off"]:
    """What plays Twilio for us."""
    senders = settings.senders_at_twilio
    if not senders:
        return "off"
    if "twilio" in settings.stand_ins:
        return "stand-in"
    return "sandbox" if SANDBOX_SENDER in senders else "production"


def twilio_router(settings: Settings, store: CatchingUp, door: Door) -> APIRouter:
    """The route that tells how it stands."""
    router = APIRouter(tags=["stats"], dependencies=[door.needs("stats")], responses=documented.UNAVAILABLE)

    @router.get("/api/whatsapp/status")
    async def status() -> StatusAnswer:
        """How the Twilio side stands: what plays it, who sends, and what went wrong last."""
        sender = next(iter(settings.senders_at_twilio), None)
        mishap = await store.last_mishap(sender) if sender is not None else None
        last = Mishap(code=mishap.code, at=mishap.at) if mishap is not None else None
        return StatusAnswer(mode=mode_of(settings), sender=sender, last_error=last)

    return router
