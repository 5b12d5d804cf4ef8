"""What was said and who said it, for other systems: `/api/whatsapp/messages`, `/api/whatsapp/contacts`."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from api import documented
from api.access import Door
from api.asked import Bot, Limit, Phone, cursor, placed
from store.contacts import Contact, Contacts
from store.directory import Directory
from store.messages import Message, Messages, Spot

Status = Literal[
    "received", "handled", "queued", "parked", "accepted", "sent", "delivered", "read", "failed"
]  # fmt: skip
NEXT = "What to ask for as `before` to get the next page; null on the last one."
BEFORE = "The `next_before` of the page before."
STATUSES = (
    "Of what came in: received (stored), handled (a turn took it). Of what goes out: queued (waits for its turn, or for"
    " an outage to end), parked (waits until the person writes again: 24 hours have passed), accepted (by WhatsApp),"
    " sent, delivered, read, failed (it never will be)."
)


class MessageAnswer(BaseModel):
    """One message."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "wamid.HBgMOTE5ODAwMDAwMDAxFQIAEhgUM0E2QzRDQjM1RDU2N0I0RDhGRDMA",
                    "provider_id": "wamid.HBgMOTE5ODAwMDAwMDAxFQIAEhgUM0E2QzRDQjM1RDU2N0I0RDhGRDMA",
                    "direction": "incoming",
                    "bot": "orders",
                    "type": "text",
                    "text": "Where is my order?",
                    "status": "handled",
                    "reason": None,
                    "timestamp": "2026-11-21T09:30:00.123456Z",
                }
            ]
        }
    )

    id: str
    """ours: the same from the first moment on"""
    provider_id: str | None
    direction: Literal["incoming", "outgoing"]
    bot: str
    type: str = Field(description="text, tap, image, document, choice, template, …; `erased` for what nobody can read.")
    text: str = Field(description="The words of it: a caption of a file, the label of what was tapped; else empty.")
    status: Status = Field(description=STATUSES)
    reason: str | None = Field(description="Why it failed, or waits.")
    timestamp: datetime = Field(description="When it came in, or was decided to be said.")


class MessagesAnswer(BaseModel):
    """Messages, the newest first."""

    total: int = Field(description="Of all pages.", examples=[42])
    messages: list[MessageAnswer]
    next_before: str | None = Field(description=NEXT, examples=["WyIyMDI2LTExLTIxVDA5OjMwOjAwKzAwOjAwIl0"])


class ContactAnswer(BaseModel):
    """Somebody who wrote."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "phone_number": "+919800000001",
                    "display_name": "Asha",
                    "last_message_time": "2026-11-21T09:30:00.123456Z",
                    "bots": ["orders"],
                    "erased": False,
                }
            ]
        }
    )

    phone_number: str | None = Field(description="Null where the person hides it, or is erased.")
    display_name: str | None = Field(description="As they call themselves on WhatsApp.")
    last_message_time: datetime = Field(description="Of the last message, in or out.")
    bots: list[str]
    erased: bool = Field(description="All that was kept of them was destroyed.")


class ContactsAnswer(BaseModel):
    """People, whoever was last dealt with first."""

    total: int = Field(description="Of all pages.", examples=[17])
    contacts: list[ContactAnswer]
    next_before: str | None = Field(description=NEXT, examples=["WyIyMDI2LTExLTIxVDA5OjMwOjAwKzAwOjAwIl0"])


def reading_router(directory: Directory, messages: Messages, contacts: Contacts, door: Door) -> APIRouter:
    """The routes."""
    router = APIRouter(tags=["messages"], dependencies=[door.needs("read")], responses=documented.UNAVAILABLE)

    @router.get("/api/whatsapp/messages")
    async def said(
        phone_number: Annotated[Phone, Query()],
        limit: Limit = 50,
        before: Annotated[
            str | None, Query(description=BEFORE, json_schema_extra={"format": "messages-cursor"})
        ] = None,
        bot: Bot = None,
    ) -> MessagesAnswer:
        """All that was said to somebody and by them, in all their conversations. Needs the scope `read`.

        Somebody who never wrote has no messages.
        """
        known = await directory.of(phone_number, bot)
        spot = None if before is None else Spot(*placed(before, datetime, int, UUID, int))
        total, page = await messages.page(known, limit + 1, spot)
        bots = {one.conversation: one.bot for one in known}
        more = page[limit - 1].spot if len(page) > limit else None
        return MessagesAnswer(
            total=total,
            messages=[message_of(one, bots[one.spot.conversation]) for one in page[:limit]],
            next_before=cursor(more.at, more.side, more.conversation, more.n) if more else None,
        )

    @router.get("/api/whatsapp/contacts")
    async def people(
        limit: Limit = 50,
        before: Annotated[
            str | None, Query(description=BEFORE, json_schema_extra={"format": "contacts-cursor"})
        ] = None,
        bot: Bot = None,
    ) -> ContactsAnswer:
        """Everybody who ever wrote. Needs the scope `read`.

        Who writes while pages are read moves to the first one; nobody else is missed, and nobody is there twice.
        """
        last = None if before is None else placed(before, datetime, UUID)
        total, page = await contacts.page(limit + 1, last, bot)
        more = page[limit - 1] if len(page) > limit else None
        return ContactsAnswer(
            total=total,
            contacts=[contact_of(one) for one in page[:limit]],
            next_before=cursor(more.moved_at, more.person) if more else None,
        )

    return router


def status_of(state: str) -> Status:
    """What callers are told of a state of inbox or outbox: what waits to be sent is all the same to them."""
    match state:
        case "received" | "handled" | "parked" | "accepted" | "sent" | "delivered" | "read" | "failed":
            return state
    return "queued"


def message_of(message: Message, bot: str) -> MessageAnswer:
    """A message as callers see it."""
    return MessageAnswer(
        id=message.id,
        provider_id=message.provider_id or None,
        direction="outgoing" if message.outgoing else "incoming",
        bot=bot,
        type=message.kind,
        text=message.text,
        status=status_of(message.state),
        reason=message.reason or None,
        timestamp=message.spot.at,
    )


def contact_of(contact: Contact) -> ContactAnswer:
    """Somebody as callers see them."""
    return ContactAnswer(
        phone_number=contact.phone or None,
        display_name=contact.name or None,
        last_message_time=contact.last_message_at,
        bots=list(contact.bots),
        erased=contact.erased,
    )
