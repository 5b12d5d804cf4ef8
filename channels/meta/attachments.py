"""Files we send: each is uploaded first, and then named by the provider's media id.

Sources: Meta's pages on document messages and image messages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from channels.channel import Recipient
from channels.limits import Blank, require
from channels.meta.envelope import envelope
from channels.meta.limits import CAPTION, FILENAME


@dataclass(frozen=True, slots=True)
class DocumentMessage:
    """A document by its media id, with the name a person sees, perhaps a caption up to 1024. Raises Unsendable."""

    media_id: str
    filename: str = field(repr=False)
    caption: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        _require_media_id("document.id", self.media_id)
        require("document.filename", self.filename, FILENAME)
        if self.caption:
            require("document.caption", self.caption, CAPTION)

    def to_json(self, recipient: Recipient, key: str) -> dict[str, Any]:
        """The request's body. `key`, ours, comes back with every status."""
        document = {"id": self.media_id, "filename": self.filename} | _caption(self.caption)
        return envelope(recipient, key) | {"type": "document", "document": document}


@dataclass(frozen=True, slots=True)
class ImageMessage:
    """An image by its media id, perhaps with a caption up to 1024. Raises Unsendable."""

    media_id: str
    caption: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        _require_media_id("image.id", self.media_id)
        if self.caption:
            require("image.caption", self.caption, CAPTION)

    def to_json(self, recipient: Recipient, key: str) -> dict[str, Any]:
        """The request's body. `key`, ours, comes back with every status."""
        return envelope(recipient, key) | {"type": "image", "image": {"id": self.media_id} | _caption(self.caption)}


def _require_media_id(name: str, media_id: str) -> None:
    if not media_id:
        raise Blank(name)


def _caption(caption: str) -> dict[str, str]:
    return {"caption": caption} if caption else {}
