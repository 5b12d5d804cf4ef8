"""Which files WhatsApp carries, by kind, and how large they may be. Source: Meta, media: supported types and sizes.

What people send comes in the same kinds; a document of another type than these is refused, since nothing here could
read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class MediaLimit:
    """How many bytes a file of a kind may have, and of which MIME types it may be."""

    most_bytes: int
    mime_types: frozenset[str]


_IMAGES = frozenset({"image/jpeg", "image/png"})
_PAPERS = frozenset(
    {
        "application/pdf",
        "text/plain",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    }
)

MEDIA: Mapping[str, MediaLimit] = {
    "image": MediaLimit(5 * _MB, _IMAGES),
    "audio": MediaLimit(
        16 * _MB, frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/opus"})
    ),
    "video": MediaLimit(16 * _MB, frozenset({"video/mp4", "video/3gpp"})),
    # A photo may be sent as a document too: so its quality is kept.
    "document": MediaLimit(100 * _MB, _PAPERS | _IMAGES),
    "sticker": MediaLimit(500 * 1024, frozenset({"image/webp"})),
}


def bare(mime_type: str) -> str:
    """A MIME type without its parameters, in small letters: `audio/ogg` of `Audio/OGG; codecs=opus`."""
    return mime_type.partition(";")[0].strip().lower()
