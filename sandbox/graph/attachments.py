"""Files in what the business sends: by the id of an upload, or by a link that Meta fetches (Meta, media messages)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sandbox.graph.errors import GraphError
from sandbox.graph.reading import bounded, missing, text

LONGEST_CAPTION = 1024
LONGEST_FILENAME = 240

ATTACHED_KINDS = ("image", "document", "audio", "video")

WITH_CAPTION = ("image", "document", "video")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of a message: of this kind, by `media_id` or by `link`; `path` is where the request names it."""

    kind: str
    media_id: str
    link: str
    filename: str | None
    path: str


def read_attachment(kind: str, part: dict[str, Any], path: str) -> Attachment:
    """The file that this part names. Raises GraphError 131008, 131009 or 100."""
    media_id, link = part.get("id"), part.get("link")
    if media_id is None and link is None:
        raise missing(f"{path}['id']", f"or {path}['link'] is mandatory")
    if media_id is not None and link is not None:
        raise GraphError(100, f"Param {path} must have either id or link, not both.")
    if media_id is not None:
        text(part, "id", f"{path}['id']")
    elif not text(part, "link", f"{path}['link']").startswith(("http://", "https://")):
        raise GraphError(100, f"Param {path}['link'] is not a valid URL.")
    if part.get("caption") is not None:
        if kind not in WITH_CAPTION:
            raise GraphError(100, f"Param {path} has no caption.")
        bounded(part, "caption", f"{path}['caption']", "Caption", LONGEST_CAPTION)
    filename = part.get("filename")
    if filename is not None:
        if kind != "document":
            raise GraphError(100, f"Param {path} has no filename.")
        bounded(part, "filename", f"{path}['filename']", "Filename", LONGEST_FILENAME)
    return Attachment(kind, media_id or "", link or "", filename, path)
