"""Encryption at rest: a key a conversation, wrapped by the newest of ENCRYPTION_KEYS; look-ups by keyed hashes.

AES-256-GCM (cryptography's AESGCM), the row's id and column as associated data: copied to another row it does not open.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
VERSION = b"\x01"


class Erased(Exception):
    """The key was destroyed, and what it sealed with it: there is nothing to read, nor to repair."""


class KeyMissing(Exception):
    """A value is sealed under an encryption key that is not among ENCRYPTION_KEYS: add it there again."""


class Seal:
    """One conversation's key: seals and opens what belongs to it."""

    def __init__(self, conversation: UUID, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._conversation = conversation.bytes

    def seal(self, column: str, value: Any) -> bytes:
        """The value, any JSON, sealed for a column."""
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        return self.seal_bytes(column, text.encode())

    def seal_json(self, column: str, value: Any) -> bytes:
        """Data sealed for a column, to be opened with `open_json`: a text too is data then."""
        return self.seal(column, json.dumps(value, ensure_ascii=False))

    def open(self, column: str, sealed: bytes) -> str:
        """What `seal` got, as text. Raises Erased when this key does not open it."""
        return self.open_bytes(column, sealed).decode()

    def open_if_any(self, column: str, sealed: bytes | None) -> str:
        """What `seal` got, as text; nothing where nothing was kept. Raises Erased."""
        return "" if sealed is None else self.open(column, sealed)

    def open_json(self, column: str, sealed: bytes) -> Any:
        """What `seal` got, as data. Raises Erased."""
        return json.loads(self.open(column, sealed))

    def seal_bytes(self, place: str, content: bytes) -> bytes:
        """Bytes sealed for a place: a column, or one file in the blob store."""
        nonce = os.urandom(NONCE)
        return VERSION + nonce + self._cipher.encrypt(nonce, content, self._about(place))

    def open_bytes(self, place: str, sealed: bytes) -> bytes:
        """What `seal_bytes` got for this place. Raises Erased when this key does not open it."""
        try:
            return self._cipher.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], self._about(place))
        except (InvalidTag, ValueError):
            raise Erased(f"{place}: sealed under another key than the conversation has now, or damaged") from None

    def _about(self, place: str) -> bytes:
        return self._conversation + place.encode()


class KeyRing:
    """The encryption keys, newest first, and the look-up key."""

    def __init__(self, encryption_keys: str, lookup_key: str) -> None:
        self._keys: dict[str, AESGCM] = {}
        for one in encryption_keys.split(","):
            name, _, key = one.strip().partition(":")
            self._keys[name] = AESGCM(base64.b64decode(key))
        self._newest = next(iter(self._keys))
        self._lookup = base64.b64decode(lookup_key)

    def new(self, conversation: UUID) -> tuple[bytes, Seal]:
        """A fresh key for a conversation: wrapped for its row, and ready to seal."""
        key = AESGCM.generate_key(256)
        nonce = os.urandom(NONCE)
        wrapped = self._keys[self._newest].encrypt(nonce, key, conversation.bytes)
        return self._newest.encode() + b":" + nonce + wrapped, Seal(conversation, key)

    def seal(self, conversation: UUID, wrapped: bytes | None) -> Seal:
        """A conversation's key, unwrapped. Raises Erased when it was destroyed, KeyMissing when ours is not here."""
        if wrapped is None:
            raise Erased("the conversation's key was destroyed")
        name, _, rest = wrapped.partition(b":")
        ours = self._keys.get(name.decode())
        if ours is None:
            raise KeyMissing(f"encryption key {name.decode()!r} is not among ENCRYPTION_KEYS")
        try:
            return Seal(conversation, ours.decrypt(rest[:NONCE], rest[NONCE:], conversation.bytes))
        except (InvalidTag, ValueError):
            raise KeyMissing(
                f"{name.decode()!r} in ENCRYPTION_KEYS is another key than the one that sealed this: put that one back"
            ) from None

    def hash(self, kind: str, name: str) -> bytes:
        """What an alias is looked up by: never the name itself."""
        return hmac.new(self._lookup, f"{kind}\0{name}".encode(), hashlib.sha256).digest()
