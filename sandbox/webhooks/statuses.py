"""Statuses of what the business sent: sent, delivered, read or failed, several in one webhook."""

from __future__ import annotations

import asyncio
from collections.abc import Set
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.chats import Chats, Message
from sandbox.config import Number
from sandbox.faults.modes import Mode, Strike
from sandbox.graph.errors import status_error
from sandbox.later import Later
from sandbox.people import People, User
from sandbox.webhooks.delivery import Deliveries, Webhook
from sandbox.webhooks.envelopes import statuses_body

Status = Literal["sent", "delivered", "read", "failed"]

GATHER_SECONDS = 0.04
"""How long statuses are gathered into one webhook; also what keeps them behind the answer to the send."""

MOST_IN_ONE = 100

PRICING = {"billable": False, "pricing_model": "PMP", "type": "free_customer_service", "category": "service"}
"""Of what is sent within the window; templates are billed by their category."""


@dataclass(frozen=True, slots=True)
class Due:
    """A status to tell: what became of which message of whom, at what time of theirs.

    `category` is a template's; `shown` is false where the chat shows more than is told.
    """

    user: User
    message_id: str
    callback: str | None
    status: Status
    at: float
    error: int | None = None
    category: str | None = None
    shown: bool = True

    def to_json(self) -> dict[str, Any]:
        """This status as an item of a webhook's `statuses`."""
        item: dict[str, Any] = {
            "id": self.message_id,
            "status": self.status,
            "timestamp": str(int(self.at)),
            "recipient_user_id": self.user.bsuid,
        }
        if not self.user.bsuid_only:
            item["recipient_id"] = self.user.wa_id
        if self.callback is not None:
            item["biz_opaque_callback_data"] = self.callback
        if self.error is not None:
            item["errors"] = [status_error(self.error)]
        elif self.status != "read":
            item["pricing"] = PRICING if self.category is None else _billed(self.category)
        return item


class Statuses:
    """Gathers statuses for a moment and posts them together, one webhook a number."""

    def __init__(
        self, numbers: dict[str, Number], people: People, chats: Chats, deliveries: Deliveries, later: Later
    ) -> None:
        self._numbers = numbers
        self._people = people
        self._chats = chats
        self._deliveries = deliveries
        self._later = later
        self._due: dict[str, list[Due]] = {}
        self._apart: list[Due] = []
        self._held: set[str] = set()
        self._tick: asyncio.TimerHandle | None = None

    def resume(self) -> None:
        """Tell what an earlier process accepted and was killed before it could tell."""
        for message in self._chats.without_status():
            user = self._people.get(message.user)
            if user is not None and self._numbers[user.number].provider == "meta":
                self.delivered(user, message)

    def delivered(self, user: User, message: Message, faults: tuple[Strike, ...] = ()) -> None:
        """The message reached the phone; for a user with `reads`, it is read at once. A reaction is only ever sent."""
        told: list[Status] = ["sent"] if message.type == "reaction" else ["sent", "delivered"]
        if user.reads and message.type != "reaction":
            told.append("read")
        if not faults:
            for status in told:
                self._add(user, message, status)
            return
        by_mode = {strike.mode: strike for strike in faults}
        if (delay := by_mode.pop(Mode.DELAY_STATUSES, None)) is not None:
            self._later.after(delay.seconds, lambda: self._tell_wrongly(user, message, told, by_mode.keys()))
        else:
            self._tell_wrongly(user, message, told, by_mode.keys())

    def _tell_wrongly(self, user: User, message: Message, told: list[Status], modes: Set[Mode]) -> None:
        reached = told[-1]
        self._chats.set_status(message.id, user.id, reached)
        if Mode.DROP_STATUSES in modes:
            return
        if Mode.DROP_DELIVERED in modes and "delivered" in told:
            told.remove("delivered")
        if modes & {Mode.STATUSES_REVERSED, Mode.STATUSES_SHUFFLED}:
            told.reverse()
        apart = bool(modes & {Mode.STATUSES_SHUFFLED, Mode.STATUSES_APART})
        for status in told:
            self._add(user, message, status, shown=False, apart=apart)
        if Mode.DUPLICATE_STATUSES in modes:
            for status in told:
                self._add(user, message, status, shown=False, apart=True)

    def read(self, user: User, message: Message) -> None:
        """The person has seen the message."""
        self._add(user, message, "read")

    def failed(self, user: User, message: Message, code: int) -> None:
        """The message was accepted and could not be delivered after all."""
        self._add(user, message, "failed", code)

    async def flush(self) -> None:
        """Post what is gathered and return when the product has answered once."""
        await asyncio.gather(*(webhook.first for webhook in self._post_all()))

    def hold(self, number_id: str) -> None:
        """Gather those of this number until they are taken."""
        self._held.add(number_id)

    def take(self, number_id: str) -> list[Due]:
        """What is gathered for this number, to be told in another webhook; the chats show it at once."""
        self._held.discard(number_id)
        due = self._due.pop(number_id, [])
        self._show(due)
        return due

    def _add(
        self,
        user: User,
        message: Message,
        status: Status,
        error: int | None = None,
        *,
        shown: bool = True,
        apart: bool = False,
    ) -> None:
        category = None if message.shown is None else str(message.shown["category"]).lower()
        due = Due(user, message.id, message.callback, status, self._people.now(user), error, category, shown)
        (self._apart if apart else self._due.setdefault(user.number, [])).append(due)
        if self._tick is None:
            self._tick = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._post_all)

    def _post_all(self) -> list[Webhook]:
        if self._tick is not None:
            self._tick.cancel()
            self._tick = None
        gathered = {number_id: due for number_id, due in self._due.items() if number_id not in self._held}
        self._due = {number_id: due for number_id, due in self._due.items() if number_id in self._held}
        apart, self._apart = self._apart, []
        together = [
            self._post(self._numbers[number_id], due[first : first + MOST_IN_ONE])
            for number_id, due in gathered.items()
            for first in range(0, len(due), MOST_IN_ONE)
        ]
        # Those of one message are told in their order: a lane of their own sees to it.
        alone = [self._post(self._numbers[due.user.number], [due], f"statuses {due.message_id}") for due in apart]
        return together + alone

    def _post(self, number: Number, due: list[Due], lane: str = "") -> Webhook:
        self._show(due)
        users = {item.user.id: item.user for item in due}
        body = statuses_body(number, list(users.values()), [item.to_json() for item in due])
        return self._deliveries.post(number.id, lane, "statuses", body, list(users))

    def _show(self, due: list[Due]) -> None:
        final: dict[str, Due] = {}
        for item in due:
            if item.message_id not in final or _RANK[item.status] >= _RANK[final[item.message_id].status]:
                final[item.message_id] = item
        for item in final.values():
            if item.shown:
                self._chats.set_status(item.message_id, item.user.id, item.status, item.error)


def _billed(category: str) -> dict[str, Any]:
    return {"billable": True, "pricing_model": "PMP", "type": "regular", "category": category}


_RANK: dict[Status, int] = {"sent": 0, "delivered": 1, "read": 2, "failed": 3}
