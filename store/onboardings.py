"""Onboardings of small businesses, and the one-time tokens that a web app reads them with."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool

from domain.onboarding import LINK_LASTS, Onboarding
from store.sealing import Erased, KeyRing, Seal
from store.turns import NoConversation

TOKEN_BYTES = 32
"""of a token of ours: nobody finds one by trying"""
LEAST_LEFT = LINK_LASTS / 24
"""of a token that is given a second time"""
HASHED = "login token"

SEALED_BY = """
select k.wrapped from conversations c left join keys k on k.conversation = c.id where c.id = %s for no key update of c
"""
KEEP = """
insert into onboardings (conversation, step, told_sealed) values (%s, 'confirmed', %s)
on conflict (conversation) do update set
    step = 'confirmed', told_sealed = excluded.told_sealed, user_sealed = null, changed_at = now()
"""
COMPLETE = "update onboardings set step = 'completed', user_sealed = %s, changed_at = now() where conversation = %s"
LAST_TOKEN = """
select token_sealed from login_tokens
where conversation = %s and used_at is null and expires_at > now() + %s order by made_at desc limit 1
"""
ADD_TOKEN = """
insert into login_tokens (hash, conversation, token_sealed, expires_at) values (%s, %s, %s, now() + %s)
on conflict (hash) do nothing
"""
USE = """
update login_tokens set used_at = now() where hash = %s and used_at is null and expires_at > now()
returning conversation
"""
KNOWN = "select 1 from login_tokens where hash = %s"
READ = """
select o.step, o.told_sealed, o.user_sealed, o.made_at, o.changed_at, k.wrapped
from onboardings o left join keys k on k.conversation = o.conversation where o.conversation = %s
"""

Connection = AsyncConnection[TupleRow]


class NoSuchToken(Exception):
    """Nobody was ever given this token."""


class TokenGone(Exception):
    """This token was used, is too old, or its person was erased: another has to be asked for in the chat."""


@dataclass(frozen=True)
class Session:
    """An onboarding as the web app gets it. `data` is personal."""

    step: str
    data: dict[str, Any]
    made_at: datetime
    changed_at: datetime


class Onboardings:
    """All onboardings."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self._pool = pool
        self._keys = keys

    async def keep(self, conversation: UUID, told: Onboarding) -> None:
        """Keep what was confirmed, in the place of what was before. Raises NoConversation, sealing.Erased."""
        async with self._pool.connection() as connection, connection.transaction():
            seal = await self._seal(connection, conversation)
            await connection.execute(KEEP, (conversation, seal.seal_json("onboardings.told", vars(told))))

    async def token(self, conversation: UUID, user_id: str, given: str) -> str:
        """The token of the person's link: that given by the auth API, the last one while it is good, else a new one.

        The same work twice gives the same one. Raises NoConversation, sealing.Erased.
        """
        async with self._pool.connection() as connection, connection.transaction():
            seal = await self._seal(connection, conversation)
            await connection.execute(COMPLETE, (seal.seal("onboardings.user", user_id), conversation))
            if await self._added(connection, seal, conversation, given):
                return given
            last = await (await connection.execute(LAST_TOKEN, (conversation, LEAST_LEFT))).fetchone()
            if last is not None:
                return seal.open("login_tokens.token", last[0])
            made = secrets.token_urlsafe(TOKEN_BYTES)
            await self._added(connection, seal, conversation, made)
            return made

    async def redeem(self, token: str) -> Session:
        """The onboarding that a token is for; the token is used up by that. Raises NoSuchToken, TokenGone."""
        hashed = self._keys.hash(HASHED, token)
        async with self._pool.connection() as connection, connection.transaction():
            used = await (await connection.execute(USE, (hashed,))).fetchone()
            if used is None:
                if await (await connection.execute(KNOWN, (hashed,))).fetchone() is None:
                    raise NoSuchToken("nobody was given this token")
                raise TokenGone("this token was used, or is too old")
            row = await (await connection.execute(READ, (used[0],))).fetchone()
            if row is None:
                raise TokenGone("nothing is kept that this token is for")
            step, told, user, made_at, changed_at, wrapped = row
            try:
                seal = self._keys.seal(used[0], wrapped)
                data = seal.open_json("onboardings.told", told)
                data["user_id"] = seal.open_if_any("onboardings.user", user)
            except Erased:
                raise TokenGone("whoever this token was for is erased") from None
            return Session(step, data, made_at, changed_at)

    async def _added(self, connection: Connection, seal: Seal, conversation: UUID, token: str) -> bool:
        """Whether it is a new one."""
        row = (self._keys.hash(HASHED, token), conversation, seal.seal("login_tokens.token", token), LINK_LASTS)
        return (await connection.execute(ADD_TOKEN, row)).rowcount == 1

    async def _seal(self, connection: Connection, conversation: UUID) -> Seal:
        row = await (await connection.execute(SEALED_BY, (conversation,))).fetchone()
        if row is None:
            raise NoConversation("there is no such conversation: it was erased")
        return self._keys.seal(conversation, row[0])
