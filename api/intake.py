"""What a webhook's items become: rows of the inbox, statuses of the outbox, or a count. Each item on its own."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID

import structlog

from channels import meta, twilio
from domain.inbound import (
    ContactContent,
    EditContent,
    IdentityContent,
    Incoming,
    Item,
    LocationContent,
    MediaContent,
    Notice,
    OtherContent,
    PreferenceUpdate,
    ReactionContent,
    RevokeContent,
    StatusUpdate,
    TapContent,
    TemplateUpdate,
    TextContent,
    Unreadable,
)
from domain.numbers import Number, provider_of
from store.amendments import Amendment
from store.arrivals import Arrival, Arrivals, Stored
from store.database import UNSTORABLE
from store.letters import DeadLetters
from store.numbers import Templates
from store.pace import NumberPace
from store.sealing import Erased
from store.statuses import Statuses
from store.webhooks import WebhookCounts
from telemetry import metrics
from telemetry.labels import Went
from texts import tapped

log = structlog.get_logger()

MARKETING_MESSAGES = "marketing_messages"
"""the category of a preference (Meta, user preferences webhook)"""
ARRIVED: dict[str, Went] = {"delivered": "good", "failed": "bad"}
"""what a status says of a message's way; `sent` and `read` say nothing new of it"""
LONGEST_ID = 255
"""characters; a longer one is kept as its hash, for no index holds it"""


@dataclass
class Taken:
    """What came of one webhook."""

    conversations: list[UUID] = field(default_factory=list)
    """those with something new, each once, in order"""
    counts: Counter[str] = field(default_factory=Counter)
    letters: int = 0
    """items that nobody could take"""


class Intake:
    """Takes in what a webhook brought."""

    def __init__(
        self,
        arrivals: Arrivals,
        statuses: Statuses,
        letters: DeadLetters,
        templates: Templates,
        pace: NumberPace,
        counts: WebhookCounts,
        numbers: Sequence[Number],
        *,
        keep_raw: bool,
    ) -> None:
        self._arrivals = arrivals
        self._statuses = statuses
        self._letters = letters
        self._templates = templates
        self._pace = pace
        self._counts = counts
        self._numbers = {number.id: number for number in numbers}
        of_meta = [number for number in numbers if number.provider == "meta"]
        self._only_of_meta = of_meta[0] if len(of_meta) == 1 else None
        self._keep_raw = keep_raw

    async def take(self, items: Sequence[Item], trace: str = "") -> Taken:
        """Store every item, each on its own; what nobody can take becomes a dead letter.

        Raises psycopg's errors when the database is away: then the provider must send it again.
        """
        taken = Taken()
        for item in items:
            if isinstance(item, Incoming):
                await self._message(item, taken, trace)
        told = [item for item in items if isinstance(item, StatusUpdate)]
        lost = await self._statuses.tell(told)
        for update in told:
            metrics.told(update.status)
            if (arrived := ARRIVED.get(update.status)) is not None:
                metrics.happened(self._bot(update.number, provider_of(update.number)), "delivery", arrived)
        taken.counts += Counter(unstorable=lost)
        for item in items:
            await self._news(item, taken, trace)
        if taken.counts:
            await self._counts.add(taken.counts)
        return taken

    async def _news(self, item: Item, taken: Taken, trace: str) -> None:
        """What is neither a message nor a status: news of the account, of a person's wishes, or of no known shape."""
        match item:
            case Incoming() | StatusUpdate():
                return
            case Unreadable():
                await self._dead(item, "unreadable", item.reason, taken, trace)
            case PreferenceUpdate():
                number = self._number(item.number, "meta")
                if number is not None and item.category == MARKETING_MESSAGES:
                    await self._arrivals.wants_marketing(item.sender, number, wanted=item.wanted)
                taken.counts["preferenceupdate"] += 1
            case TemplateUpdate():
                await self._templates.told(item.name, item.language, item.status, item.reason)
                log.warning("the provider changed its mind about a template", name=item.name, status=item.status)
                taken.counts["templateupdate"] += 1
            case Notice():
                taken.counts["notice"] += 1

    async def _message(self, item: Incoming, taken: Taken, trace: str) -> None:
        number = self._number(item.number, provider_of_item(item))
        if number is None:
            await self._dead(item, "unknown_number", "", taken, trace)
            return
        if not item.sender:
            await self._dead(item, "no_sender", "", taken, trace)
            return
        try:
            stored = await self._store(item, number, trace)
        except UNSTORABLE as error:
            log.warning("a message cannot be stored", error=type(error).__name__)
            await self._dead(item, "unstorable", type(error).__name__, taken, trace)
        except Erased:
            taken.counts["erased"] += 1
        else:
            self._pace.heard(number.id, number.rate)
            self._note(item, stored, taken)

    async def _store(self, item: Incoming, number: Number, trace: str) -> Stored | None:
        """The row it became; None where it is none, but news of who somebody is."""
        match item.content:
            case IdentityContent(new, previous):
                await self._arrivals.renamed(previous, new, number)
                return None
            case EditContent() | RevokeContent():
                arrival = arrival_of(item, number.provider, keep_raw=self._keep_raw, trace=trace)
                return await self._arrivals.amended(item.sender, number, amendment_of(item), arrival)
            case _:
                arrival = arrival_of(item, number.provider, keep_raw=self._keep_raw, trace=trace)
                return await self._arrivals.take(item.sender, number, arrival)

    def _note(self, item: Incoming, stored: Stored | None, taken: Taken) -> None:
        if stored is None:
            taken.counts["renamed"] += 1
            return
        if stored.row is None:
            taken.counts["duplicate"] += 1
        else:
            metrics.arrived(_body(item.content)[0])
            metrics.happened(self._bot(item.number, provider_of_item(item)), "item", "good")
        if stored.conversation not in taken.conversations:
            taken.conversations.append(stored.conversation)

    async def _dead(self, item: Incoming | Unreadable, reason: str, detail: str, taken: Taken, trace: str) -> None:
        taken.counts[reason] += 1
        taken.letters += 1
        metrics.dead_letter(reason)
        provider = provider_of_item(item)
        metrics.happened(self._bot(item.number, provider), "item", "bad")
        written_again = twilio.written_again if provider == "twilio" else meta.written_again
        await self._letters.keep(provider, item.number, reason, detail, written_again(item), trace)

    def _bot(self, id: str, provider: str) -> str:
        """Whom a number of ours belongs to; nobody, where it is none."""
        number = self._number(id, provider)
        return "" if number is None else number.bot

    def _number(self, id: str, provider: str) -> Number | None:
        """The number that an item came to: one of the provider that told of it, for nobody speaks for another."""
        if not id and provider == "meta":
            return self._only_of_meta
        number = self._numbers.get(id)
        return number if number is not None and number.provider == provider else None


def provider_of_item(item: Incoming | Unreadable) -> str:
    """Who told of it, as its raw form says."""
    return "twilio" if twilio.is_kept(item.raw) else "meta"


def arrival_of(item: Incoming, provider: str = "meta", *, keep_raw: bool = False, trace: str = "") -> Arrival:
    """The inbox row of an item. A tap that is none of ours (a template's) is taken for its words."""
    kind, body, question = _body(item.content)
    if keep_raw:
        body = {**body, "raw": item.raw}
    said_at = item.at or None
    return Arrival(provider, _short(item.provider_id), kind, body, question, said_at, trace, item.referral)


def amendment_of(item: Incoming) -> Amendment:
    """What an edit or a revoke does to which message. Raises TypeError for another kind."""
    match item.content:
        case EditContent(target, body):
            kind, text = "edit", body
        case RevokeContent(target):
            kind, text = "revoke", ""
        case _:
            raise TypeError(f"a {type(item.content).__name__} amends nothing")
    return Amendment("meta", _short(item.provider_id), _short(target), kind, text, item.at)


def _short(id: str) -> str:
    return f"sha256:{hashlib.sha256(id.encode()).hexdigest()}" if len(id) > LONGEST_ID else id


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
            return "edit", {**asdict(content), "target": _short(content.target)}, ""
        case RevokeContent():
            return "revoke", asdict(content), ""
        case ContactContent():
            return "contacts", asdict(content), ""
        case OtherContent():
            return content.kind, asdict(content), ""
        case _:
            raise TypeError(f"no inbox row is made of a {type(content).__name__}")
