"""What every channel can do, whoever the provider is: a message made to fit, sent, and files both ways."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, runtime_checkable

from channels.downloads import Downloaded
from domain.messages import Message
from domain.numbers import Provider, provider_of


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message goes to: a phone number in E.164, or a BSUID where none is known. With both, the phone number."""

    phone: str = field(default="", repr=False)
    bsuid: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not self.phone and not self.bsuid:
            raise ValueError("a recipient needs a phone number or a BSUID")


@dataclass(frozen=True, slots=True)
class Accepted:
    """The provider took the message and will say in statuses what became of it."""

    provider_id: str


class Channel(Protocol):
    """A provider's WhatsApp. Numbers are named by their ids (domain/numbers.py)."""

    @property
    def fetches_files(self) -> bool:
        """Whether the provider fetches what we send by a link, and is not given it before."""

    def fit(self, message: Message) -> tuple[Message, ...]:
        """The message as one or more that can each be sent; nothing is dropped, nothing cut. Raises Unsendable."""

    def check(self, message: Message) -> None:
        """Raises Unsendable for what can never be sent as it is."""

    async def send(self, number: str, message: Message, recipient: Recipient, key: str, file: str = "") -> Accepted:
        """Send one message that fits. `key` comes back with its statuses; `file` is what the provider calls the file
        that the message shows, if it shows one.

        Raises ChannelError's kinds, Unsendable. A caller that cancels this call knows as little as after Unknown.
        """

    async def mark_read(self, number: str, provider_id: str, *, typing: bool) -> None:
        """Show that we read a message, and perhaps that we are typing, where the provider can. Raises ChannelError's
        kinds."""

    async def upload(self, number: str, content: bytes, mime_type: str, filename: str) -> str:
        """Give the provider a file that our number will send; what it is called there from now on.

        Raises Unsendable for a file that it does not take, ChannelError's kinds, of which Unknown is none here.
        """

    async def download(
        self, number: str, media_id: str, *, most_bytes: int, mime_types: Collection[str], sha256: str = ""
    ) -> Downloaded:
        """Fetch a file that was sent to our number. Raises MediaError's and ChannelError's kinds."""


@runtime_checkable
class Finds(Protocol):
    """What a channel can do whose provider lists what was sent."""

    async def find(self, number: str, message: Message, recipient: Recipient, since: datetime) -> list[str]:
        """The ids under which this message may have been sent since then, the oldest first. Whether one of them is
        another message's the caller knows.

        Raises ChannelError's kinds, of which Unknown is none here.
        """


class Channels:
    """The channel of every number, by its provider."""

    def __init__(self, by_provider: Mapping[Provider, Channel]) -> None:
        self._by_provider = by_provider

    def of(self, number: str) -> Channel:
        """The channel that a number of ours is on. Raises KeyError where its provider is not set up."""
        return self._by_provider[provider_of(number)]
