"""The files that people and the business send each other, kept in the data folder (Meta, "Media", 2026-06-16)."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sandbox.storage import Storage

MEGABYTE = 1024 * 1024
DAY = 24 * 3600.0

UPLOAD_LASTS = 30 * DAY
"""Seconds in which a media id that the Graph API gave out is known."""

WEBHOOK_LASTS = 7 * DAY
"""Seconds in which a media id that a webhook named is known."""

URL_LASTS = 300.0
"""Seconds in which a download address works."""

DOWNLOADS = "/lookaside/whatsapp_business/attachments/"
"""The path of download addresses; Meta has them on a host of their own."""

OFFICE = "application/vnd.openxmlformats-officedocument."

KINDS: dict[str, tuple[str, ...]] = {
    "image": ("image/jpeg", "image/png"),
    "sticker": ("image/webp",),
    "audio": ("audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"),
    "video": ("video/mp4", "video/3gpp"),
    "document": (
        "application/pdf",
        "text/plain",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        OFFICE + "wordprocessingml.document",
        OFFICE + "spreadsheetml.sheet",
        OFFICE + "presentationml.presentation",
    ),
}
"""The types that may be sent, by kind of message."""

LARGEST: dict[str, int] = {
    "image": 5 * MEGABYTE,
    "sticker": 500 * 1024,
    "audio": 16 * MEGABYTE,
    "video": 16 * MEGABYTE,
    "document": 100 * MEGABYTE,
}
"""Bytes that a file of each kind may have."""


def kind_of(mime_type: str) -> str | None:
    """Which kind of message may carry this type, parameters such as `codecs` aside; None for none."""
    bare = mime_type.split(";")[0].strip().lower()
    return next((kind for kind, types in KINDS.items() if bare in types), None)


def digest_of(content: bytes) -> str:
    """The SHA-256 of these bytes, in base64 as Meta gives it."""
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


@dataclass(frozen=True, slots=True)
class File:
    """A file that was sent or uploaded. `sha256` is in base64, `user` is empty for what the business uploaded.

    `expires` is when its id is forgotten, by the clock of the person who sent it, else by the machine's.
    """

    id: str
    number: str
    user: str
    mime_type: str
    size: int
    sha256: str
    filename: str | None
    created: float
    expires: float

    def to_json(self) -> dict[str, Any]:
        """This file as the control API shows it."""
        return {
            "id": self.id,
            "mime_type": self.mime_type,
            "size": self.size,
            "sha256": self.sha256,
            "filename": self.filename,
            "url": f"/sandbox/media/{self.id}",
        }


COLUMNS = "id, number, user, mime_type, size, sha256, filename, created, expires"


class Media:
    """Keeps files: their rows in the database, their bytes beside it."""

    def __init__(self, storage: Storage, folder: Path, secret: bytes) -> None:
        self._storage = storage
        self._folder = folder
        self._secret = secret

    async def keep(
        self, content: bytes, mime_type: str, filename: str | None, *, number: str, user: str, now: float, lasts: float
    ) -> File:
        """Write a file down under a new id."""
        digest = await asyncio.to_thread(digest_of, content)
        media_id = str(secrets.randbelow(9 * 10**15) + 10**15)
        file = File(media_id, number, user, mime_type, len(content), digest, filename, now, now + lasts)
        await asyncio.to_thread(self._write, file.id, content)
        self._storage.write(
            f"INSERT INTO media ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (file.id, number, user, mime_type, file.size, digest, filename, now, file.expires),
        )
        return file

    def get(self, media_id: str) -> File | None:
        """The file with this id, over or not."""
        row = self._storage.row(f"SELECT {COLUMNS} FROM media WHERE id = ?", (media_id,))
        return None if row is None else File(*row)

    def path(self, file: File) -> Path:
        """Where the bytes are."""
        return self._folder / file.id

    def expire(self, file: File) -> None:
        """Let the id be over; the phone shows the file all the same."""
        self._storage.write("UPDATE media SET expires = 0 WHERE id = ?", (file.id,))

    def address(self, base: str, media_id: str, until: float) -> str:
        """A download address on this base URL that works until then."""
        query = {"mid": media_id, "ext": str(int(until)), "hash": self._proof(media_id, str(int(until)))}
        return f"{base.rstrip('/')}{DOWNLOADS}?{urlencode(query)}"

    def proves(self, media_id: str, until: str, proof: str) -> bool:
        """Whether the sandbox gave this address out itself."""
        return hmac.compare_digest(self._proof(media_id, until).encode(), proof.encode())

    def remove_of(self, user_id: str) -> None:
        """Delete the files that a person sent."""
        for (media_id,) in self._storage.rows("SELECT id FROM media WHERE user = ?", (user_id,)):
            (self._folder / media_id).unlink(missing_ok=True)
        self._storage.write("DELETE FROM media WHERE user = ?", (user_id,))

    def _write(self, media_id: str, content: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        (self._folder / media_id).write_bytes(content)

    def _proof(self, media_id: str, until: str) -> str:
        return hmac.digest(self._secret, f"{media_id}|{until}".encode(), hashlib.sha256).hex()[:32]
