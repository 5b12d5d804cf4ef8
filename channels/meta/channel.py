"""Meta's Cloud API as a channel like others."""

from __future__ import annotations

from collections.abc import Collection

from channels.channel import Accepted, Recipient
from channels.downloads import Downloaded
from channels.meta.client import GraphClient
from channels.meta.rendering import fit, render
from domain.messages import Message

_ANY_ID = "0"
"""what stands for Meta's id of a file while it is only looked whether the message can be sent"""


class MetaChannel:
    """WhatsApp through the Graph API."""

    fetches_files = False

    def __init__(self, graph: GraphClient) -> None:
        self._graph = graph

    def fit(self, message: Message) -> tuple[Message, ...]:
        """See Channel."""
        return fit(message)

    def check(self, message: Message) -> None:
        """See Channel."""
        render(message, _ANY_ID)

    async def send(self, number: str, message: Message, recipient: Recipient, key: str, file: str = "") -> Accepted:
        """See Channel."""
        return await self._graph.send(number, render(message, file), recipient, key)

    async def mark_read(self, number: str, provider_id: str, *, typing: bool) -> None:
        """See Channel."""
        await self._graph.mark_read(number, provider_id, typing=typing)

    async def upload(self, number: str, content: bytes, mime_type: str, filename: str) -> str:
        """See Channel."""
        return await self._graph.upload(number, content, mime_type, filename)

    async def download(
        self, number: str, media_id: str, *, most_bytes: int, mime_types: Collection[str], sha256: str = ""
    ) -> Downloaded:
        """See Channel."""
        return await self._graph.download(media_id, number, most_bytes=most_bytes, mime_types=mime_types, sha256=sha256)
