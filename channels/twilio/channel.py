"""Twilio as a channel: neutral messages in, what the account holds looked up, sent."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from channels.channel import Accepted, Recipient
from channels.downloads import Downloaded
from channels.errors import Reason, Refused, RetryLater
from channels.limits import Unsendable
from channels.twilio.client import TwilioClient
from channels.twilio.errors import API
from channels.twilio.library import Library
from channels.twilio.listing import Listed
from channels.twilio.rendering import NoTemplate, fit, render, words_of
from channels.twilio.senders import CHANNEL
from domain.messages import Message, Template, attachment_of

_NEWEST = 50
"""messages to one person that are looked at to find one"""
_ANY_LINK = "https://link.invalid/made-when-sent"
_FAILED = ("failed", "undelivered", "canceled")


class _Everything:
    """An account that holds whatever is asked for: for looking whether a message can be sent at all."""

    def sid(self, name: str) -> str:
        return f"HX{'0' * 32}"


class TwilioChannel:
    """WhatsApp through Twilio (`channels.Channel`), which can also find a message that may have been sent."""

    fetches_files = True

    def __init__(self, client: TwilioClient, library: Library) -> None:
        self._client = client
        self._library = library

    def fit(self, message: Message) -> tuple[Message, ...]:
        """The message as one or more that can each be sent."""
        return fit(message)

    def check(self, message: Message) -> None:
        """Raises Unsendable for what can never be sent as it is."""
        render(message, _Everything(), _ANY_LINK if attachment_of(message) is not None else "")

    async def send(self, number: str, message: Message, recipient: Recipient, key: str, file: str = "") -> Accepted:
        """Send one message that fits; `file` is the link under which Twilio fetches what it shows.

        Raises ChannelError's kinds, Unsendable.
        """
        await self._library.refresh()
        try:
            rendered = render(message, self._library, file)
        except NoTemplate as error:
            if not self._library.known:
                raise RetryLater("the account's contents could not be asked for yet", api=API) from None
            raise Refused(f"the account holds no such content, {error}", reason=Reason.TEMPLATE, api=API) from None
        try:
            return Accepted(await self._client.send(number, address_of(recipient), rendered, key))
        except Refused as error:
            if error.reason is Reason.TEMPLATE:
                # Perhaps it was made anew, under another sid.
                self._library.forget()
            raise

    async def mark_read(self, number: str, provider_id: str, *, typing: bool) -> None:
        """Nothing: Twilio has no read marks to be sent."""

    async def upload(self, number: str, content: bytes, mime_type: str, filename: str) -> str:
        """Nothing is given to Twilio: it fetches each file by a link. Raises Unsendable."""
        raise Unsendable("media", "is fetched by its link, and not taken before")

    async def download(
        self, number: str, media_id: str, *, most_bytes: int, mime_types: Collection[str], sha256: str = ""
    ) -> Downloaded:
        """Fetch a file that was sent to us, by its address at Twilio. Raises MediaError's and ChannelError's kinds."""
        return await self._client.download(media_id, most_bytes=most_bytes, mime_types=mime_types)

    async def find(self, number: str, message: Message, recipient: Recipient, since: datetime) -> list[str]:
        """The ids under which this message may have been sent since then, the oldest first: those that Twilio lists to
        this person, with the same words. Whether one of them is another row's the caller knows.

        Raises ChannelError's kinds, of which Unknown is none here.
        """
        listed = self._client.messages(to=address_of(recipient), sender=number, most=_NEWEST)
        found = [one async for one in listed if not one.incoming and one.made_at >= since.replace(microsecond=0)]
        return [one.sid for one in reversed(found) if _may_be(one, message)]


def address_of(recipient: Recipient) -> str:
    """Whom a message goes to, as Twilio has it."""
    return f"{CHANNEL}{recipient.phone or recipient.bsuid}"


def _may_be(listed: Listed, message: Message) -> bool:
    """Whether a listed message may be this one. Of a choice Twilio tells the words above its options; of a template
    only the account knows the words."""
    if listed.status in _FAILED:
        return False
    if isinstance(message, Template):
        return True
    told = _bare(listed.body)
    words = {_bare(words_of(message))} | {_bare(getattr(message, "body", ""))} - {""}
    if attachment_of(message) is not None:
        return listed.files > 0 and told in (words or {""})
    return told in words


def _bare(words: str) -> str:
    return " ".join(words.split())
