"""What the product's tables say at the end, and when the state of each message to be sent changed.

The changes are noted by a trigger of ours, which commits and is lost together with what it notes.
"""

from __future__ import annotations

from typing import Any, LiteralString

import psycopg

from tests.chaos.reckoning import Change, Said

WATCH = """
create table chaos_changes (key text not null, state text not null, at double precision not null);
create function chaos_note() returns trigger language plpgsql as $$ begin
    insert into chaos_changes values (new.id, new.state, extract(epoch from clock_timestamp()));
    return null;
end $$;
create trigger chaos_note after insert or update of state on outbox for each row execute function chaos_note();
"""
UNSETTLED = """
select (select count(*) from inbox where turn is null),
       (select count(*) from outbox where state in ('pending', 'sending', 'deferred', 'unknown'))
"""


class ProductTables:
    """The tables, read behind the product's back. Every look is a connection of its own, for the server is killed."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def watch(self) -> None:
        """Begin to note changes."""
        async with await psycopg.AsyncConnection.connect(self._url) as connection:
            await connection.execute(WATCH)

    async def unsettled(self) -> tuple[int, int]:
        """How many rows of the inbox no turn has taken, and of the outbox have no end. Raises OperationalError."""
        async with await psycopg.AsyncConnection.connect(self._url) as connection:
            row = await (await connection.execute(UNSETTLED)).fetchone()
        assert row is not None
        return row[0], row[1]

    async def taken(self) -> dict[str, int | None]:
        """The turn that took each message, by the provider's id; None where none did."""
        return dict(await self._rows("select provider_id, turn from inbox"))

    async def said(self) -> list[Said]:
        """What was decided to be said."""
        query = "select id::text, conversation::text, turn, place, state from outbox order by conversation, turn, place"
        return [Said(*row) for row in await self._rows(query)]

    async def changes(self) -> list[Change]:
        """Every change of the state of something to be said, in order."""
        return [Change(*row) for row in await self._rows("select key, state, at from chaos_changes order by at")]

    async def _rows(self, query: LiteralString) -> list[tuple[Any, ...]]:
        async with await psycopg.AsyncConnection.connect(self._url) as connection:
            return await (await connection.execute(query)).fetchall()
