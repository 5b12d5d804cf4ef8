"""Links to files of ours, for a provider that fetches what we send: each names one file, for a while.

A link is sealed under a key derived from LOOKUP_KEY: nobody else makes one, and who sees it learns neither the file's
name nor whose it is. Nothing is stored.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import time
from dataclasses import asdict
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.messages import Attachment
from store.sealing import KeyRing

LASTS = 24 * 3600
"""seconds: Twilio keeps a message in its queue for hours before it fetches the file"""
NONCE = 12


class LinkExpired(Exception):
    """It was ours, and its time is over."""


class NoLink(Exception):
    """It is none of ours."""


class Links:
    """Makes and reads links under one address, as in `https://bot.example.com/files/`."""

    def __init__(self, keys: KeyRing, public_url: str) -> None:
        self._cipher = AESGCM(keys.hash("links", "key"))
        self._root = f"{public_url}/files/"

    def make(self, attachment: Attachment) -> str:
        """The address under which this file can be fetched from now on, for a day."""
        told = json.dumps([int(time.time()) + LASTS, asdict(attachment)], ensure_ascii=False)
        nonce = os.urandom(NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, told.encode(), None)
        return self._root + base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def read(self, token: str) -> Attachment:
        """The file that the last part of a link names. Raises LinkExpired, NoLink."""
        try:
            sealed = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
            until, told = json.loads(self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], None))
        except (InvalidTag, ValueError, binascii.Error):
            raise NoLink("no link of ours ends so") from None
        if until < time.time():
            raise LinkExpired("this link was for a day, which is over")
        return Attachment(**told)


def conversation_of(attachment: Attachment) -> UUID | None:
    """The conversation whose file it is: files lie in a folder of its name. None where it lies elsewhere."""
    try:
        return UUID(attachment.blob.partition("/")[0])
    except ValueError:
        return None
