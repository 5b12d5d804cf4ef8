"""What a product has written down, read behind its back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, LiteralString
from uuid import UUID

import psycopg

from store.sealing import KeyRing
from tests.running.product import SECRETS, Addresses

KEYS = KeyRing(SECRETS["ENCRYPTION_KEYS"], SECRETS["LOOKUP_KEY"])


class Tables:
    """The tables of one product. Every method is a look of its own."""

    def __init__(self, connection: psycopg.AsyncConnection[Any]) -> None:
        self._connection = connection

    async def rows(self, query: LiteralString, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return await (await self._connection.execute(query, values)).fetchall()

    async def value(self, query: LiteralString, *values: Any) -> Any:
        """The one value of a query; None when it finds nothing."""
        found = await self.rows(query, *values)
        return found[0][0] if found else None

    async def counted(self, what: str) -> int:
        """How many of these a webhook has brought, of which only the count is kept."""
        return int(await self.value("select coalesce(sum(number), 0) from webhook_counts where what = %s", what))

    async def received(self, provider_id: str) -> list[tuple[str, UUID]]:
        """The rows of the inbox under this id: their kind, and the conversation they came to."""
        return [(kind, id) for kind, id in await self.rows(
            "select kind, conversation from inbox where provider_id = %s", provider_id
        )]  # fmt: skip

    async def conversation_of(self, provider_id: str) -> UUID:
        """The conversation that a message came to. Raises ValueError where it was not stored, or more than once."""
        [(_, conversation)] = await self.received(provider_id)
        return conversation

    async def person_of(self, conversation: UUID) -> UUID:
        """Whose conversation this is."""
        person: UUID = await self.value("select person from conversations where id = %s", conversation)
        return person

    async def address_of(self, conversation: UUID) -> dict[str, str]:
        """Where the answers of a conversation go: phone and BSUID."""
        [(address, wrapped)] = await self.rows(
            "select c.address_sealed, k.wrapped from conversations c join keys k on k.conversation = c.id"
            " where c.id = %s",
            conversation,
        )
        opened: dict[str, str] = KEYS.seal(conversation, wrapped).open_json("conversations.address", address)
        return opened


@asynccontextmanager
async def tables_of(at: Addresses) -> AsyncIterator[Tables]:
    """The tables of the product at these addresses."""
    async with await psycopg.AsyncConnection.connect(at.database_url, autocommit=True) as connection:
        yield Tables(connection)
