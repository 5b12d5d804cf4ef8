"""Keys of those who call the API. A key is shown once, when it is made; what is kept of it is a keyed hash."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from psycopg_pool import AsyncConnectionPool

from store.sealing import KeyRing

SCOPES = ("send", "read", "stats", "broadcast", "admin")
"""what a key may be for; `admin` may do all of it"""
SECRET = 32
"""random bytes of a key"""

FORM = re.compile(r"sk_([0-9a-f]{12})_([A-Za-z0-9_-]{43})")
MAKE = "insert into api_keys (id, name, scopes, hash) values (%s, %s, %s, %s)"
ALL = "select id, name, scopes, made_at, last_used_at, revoked_at from api_keys order by made_at, id"
READ = """
select id, name, scopes, made_at, last_used_at, revoked_at, hash,
       last_used_at is null or last_used_at < now() - interval '1 minute'
from api_keys where id = %s
"""
USED = "update api_keys set last_used_at = now() where id = %s"
REVOKE = "update api_keys set revoked_at = now() where id = %s and revoked_at is null"


class NoSuchScope(ValueError):
    """A key is wanted for something that no key is for: name one of SCOPES."""


@dataclass(frozen=True)
class NewKey:
    """A key that was just made: `secret` is what a caller sends, and it is never to be seen again."""

    id: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class ApiKey:
    """What may be shown of a key."""

    id: str
    name: str
    scopes: tuple[str, ...]
    made_at: datetime
    last_used_at: datetime | None
    """to the minute"""
    revoked_at: datetime | None

    def may(self, scope: str) -> bool:
        """Whether it is for this."""
        return scope in self.scopes or "admin" in self.scopes


class ApiKeys:
    """All keys."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def create(self, name: str, scopes: Iterable[str]) -> NewKey:
        """Make a key. Raises NoSuchScope, and ValueError for a name that shows nothing or no scope at all."""
        wanted = list(dict.fromkeys(scopes))
        for scope in wanted:
            if scope not in SCOPES:
                raise NoSuchScope(f"there is no scope of this name; there are {', '.join(SCOPES)}")
        if not wanted:
            raise ValueError(f"a key is for something: name one or more of {', '.join(SCOPES)}")
        if not name.strip():
            raise ValueError("a key has a name, by which it is known when it is to be revoked")
        id = secrets.token_hex(6)
        made = NewKey(id, f"sk_{id}_{secrets.token_urlsafe(SECRET)}")
        async with self._pool.connection() as connection:
            await connection.execute(MAKE, (id, name.strip(), wanted, self._hash(made.secret)))
        return made

    async def list(self) -> list[ApiKey]:
        """All there ever were, the oldest first."""
        async with self._pool.connection() as connection:
            return [
                ApiKey(id, name, tuple(scopes), *times)
                async for id, name, scopes, *times in await connection.execute(ALL)
            ]

    async def revoke(self, id: str) -> bool:
        """It opens nothing any more; False where there is none of this id, or it was revoked before."""
        async with self._pool.connection() as connection:
            return (await connection.execute(REVOKE, (id,))).rowcount > 0

    async def known(self, secret: str) -> ApiKey | None:
        """The key that somebody brings, if it is one and not revoked. That it was used is noted, to the minute."""
        form = FORM.fullmatch(secret)
        if form is None:
            return None
        async with self._pool.connection() as connection:
            row = await (await connection.execute(READ, (form[1],))).fetchone()
            if row is None:
                return None
            id, name, scopes, made_at, last_used_at, revoked_at, kept, stale = row
            if not hmac.compare_digest(kept, self._hash(secret)) or revoked_at is not None:
                return None
            if stale:
                await connection.execute(USED, (id,))
        return ApiKey(id, name, tuple(scopes), made_at, last_used_at, revoked_at)

    def _hash(self, secret: str) -> bytes:
        return self._keys.hash("api key", secret)
