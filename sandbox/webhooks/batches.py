"""Messages of several people gathered into one webhook, with the statuses that are due: Meta does so under load."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sandbox.chats import Message
from sandbox.config import Number
from sandbox.later import Later
from sandbox.people import User
from sandbox.webhooks.delivery import Deliveries, Webhook
from sandbox.webhooks.envelopes import batch_body, contacts_of
from sandbox.webhooks.statuses import Statuses


@dataclass(slots=True)
class Batch:
    """What one webhook will hold."""

    number: Number
    contacts: list[dict[str, Any]] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def add(self, user: User, messages: list[Message]) -> None:
        """Put somebody's messages behind what is there."""
        for message in messages:
            self.contacts.extend(contacts_of(user, message.payload))
        self.messages.extend(messages)


class Batches:
    """The batch that is open for each number; only a killed process loses one, and with it its part of a second."""

    def __init__(self, deliveries: Deliveries, statuses: Statuses, later: Later) -> None:
        self._deliveries = deliveries
        self._statuses = statuses
        self._later = later
        self._open: dict[str, Batch] = {}

    def joins(self, number: Number) -> bool:
        """Whether what comes for this number now is gathered with what came before."""
        return number.id in self._open

    def open(self, number: Number, seconds: float) -> None:
        """Gather from now on for so many seconds, if nothing is gathered yet."""
        if number.id not in self._open:
            self._open[number.id] = Batch(number)
            self._statuses.hold(number.id)
            self._later.after(seconds, lambda: self._close(number.id))

    def add(self, number: Number, user: User, messages: list[Message]) -> None:
        """Gather somebody's messages."""
        self._open[number.id].add(user, messages)

    def post(self, batch: Batch, *, statuses: bool) -> Webhook:
        """Post a batch; with `statuses`, those that are due for its number."""
        due = self._statuses.take(batch.number.id) if statuses else []
        body = batch_body(
            batch.number,
            batch.contacts + [item.user.contact() for item in due],
            [message.payload for message in batch.messages],
            [item.to_json() for item in due],
        )
        users = list(dict.fromkeys([message.user for message in batch.messages] + [item.user.id for item in due]))
        ids = " ".join(message.id for message in batch.messages)
        return self._deliveries.post(batch.number.id, "", "message", body, users, ids)

    def close(self) -> None:
        """Hand over what is gathered, so that a stop loses nothing."""
        for number_id in list(self._open):
            self._close(number_id)

    def _close(self, number_id: str) -> None:
        batch = self._open.pop(number_id, None)
        if batch is not None:
            self.post(batch, statuses=True)
