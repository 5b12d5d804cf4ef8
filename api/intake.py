"""What a webhook's items become: rows of the inbox, statuses of the outbox, or a count. Each item on its own."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

import structlog

from domain.inbound import (
    EditContent,
    IdentityContent,
    Incoming,
    Item,
    LocationContent,
    MediaContent,
    OtherContent,
    ReactionContent,
    RevokeContent,
    StatusUpdate,
    TapContent,
    TextContent,
)
from domain.numbers import Number
from store.arrivals import Arrival, Arrivals
from store.database import UNSTORABLE
from store.outbox import Outbox
from store.sealing import Erased
from store.webhooks import WebhookCounts
from texts import tapped

log = structlog.get_logger()

LONGEST_ID = 255
"""characters; a longer one is kept as its hash, for no index holds it"""


@dataclass
class Taken:
    """What came of one webhook."""

    conversations: list[UUID] = field(default_factory=list)
    """those with something new, each once, in order"""
    counts: Counter[str] = field(default_factory=Counter)


class Intake:
    """Takes in what a webhook brought."""

    def __init__(
        self, arrivals: Arrivals, outbox: Outbox, counts: WebhookCounts, numbers: Sequence[Number], *, keep_raw: bool
    ) -> None:
        self._arrivals = arrivals
        self._outbox = outbox
        self._counts = counts
        self._numbers = {number.id: number for number in numbers if number.provider == "meta"}
        self._keep_raw = keep_raw

    async def take(self, items: Sequence[Item]) -> Taken:
        """Store every item. Raises psycopg's errors when the database is away: then the provider must send it again."""
        taken = Taken()
        for item in items:
            if isinstance(item, Incoming):
                try:
                    await self._incoming(item, taken)
                except UNSTORABLE as error:
                    log.warning("a message cannot be stored", error=type(error).__name__)
                    taken.counts["unstorable"] += 1
                except Erased:
                    taken.counts["erased"] += 1
        lost = await self._outbox.statuses([item for item in items if isinstance(item, StatusUpdate)])
        taken.counts += Counter(unstorable=lost)
        for item in items:
            if not isinstance(item, Incoming | StatusUpdate):
                taken.counts[type(item).__name__.lower()] += 1
        if taken.counts:
            await self._counts.add(taken.counts)
        return taken

    async def _incoming(self, item: Incoming, taken: Taken) -> None:
        number = self._number(item.number)
        if number is None:
            taken.counts["unknown_number"] += 1
            return
        if not item.sender:
            taken.counts["no_sender"] += 1
            return
        if isinstance(item.content, IdentityContent):
            await self._arrivals.renamed(item.content.previous, item.content.new, number)
            taken.counts["renamed"] += 1
            return
        found = await self._arrivals.conversation(item.sender, number)
        arrival = arrival_of(item, keep_raw=self._keep_raw)
        if await self._arrivals.store(found, arrival) is None:
            taken.counts["duplicate"] += 1
        if found.conversation not in taken.conversations:
            taken.conversations.append(found.conversation)

    def _number(self, id: str) -> Number | None:
        if id:
            return self._numbers.get(id)
        return next(iter(self._numbers.values())) if len(self._numbers) == 1 else None


def arrival_of(item: Incoming, *, keep_raw: bool = False) -> Arrival:
    """The inbox row of an item. A tap that is none of ours (a template's) is taken for its words."""
    kind, body, question = _body(item.content)
    if keep_raw:
        body = {**body, "raw": item.raw}
    id = item.provider_id
    if len(id) > LONGEST_ID:
        id = f"sha256:{hashlib.sha256(id.encode()).hexdigest()}"
    return Arrival("meta", id, kind, body, question)


def _body(content: Any) -> tuple[str, dict[str, Any], str]:
    match content:
        case TextContent():
            return "text", {"text": content.body}, ""
        case TapContent():
            question, option = tapped(content.option)
            if not question:
                return "text", {"text": content.title}, ""
            return "tap", {"option": option, "title": content.title}, question
        case MediaContent():
            return content.media, asdict(content), ""
        case LocationContent():
            return "location", asdict(content), ""
        case ReactionContent():
            return "reaction", asdict(content), ""
        case EditContent():
            return "edit", asdict(content), ""
        case RevokeContent():
            return "revoke", asdict(content), ""
        case OtherContent():
            return content.kind, asdict(content), ""
        case _:
            raise TypeError(f"no inbox row is made of a {type(content).__name__}")
