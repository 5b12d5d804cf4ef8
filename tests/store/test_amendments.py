"""Edits and revokes find the message they mean, before it comes, before a turn takes it, and after."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import uuid4

import pytest
from psycopg_pool import AsyncConnectionPool

from domain.inbound import Sender
from store.amendments import Amendment, Amendments
from store.arrivals import Arrival, Arrivals, Stored
from store.sealing import KeyRing
from tests.store.conftest import NUMBER, Someone, a_phone, someone


class Chat:
    """One person's messages, and what becomes of them."""

    def __init__(self, asha: Someone, arrivals: Arrivals) -> None:
        self.asha = asha
        self.arrivals = arrivals
        self.sender = Sender(phone=a_phone())

    async def write(self, id: str, text: str) -> Stored:
        """They write."""
        return await self.arrivals.take(self.sender, NUMBER, Arrival("meta", id, "text", {"text": text}, said_at=1e9))

    async def amend(self, kind: str, target: str, text: str = "", own: str = "", at: float = 1e9) -> Stored:
        """They edit or revoke."""
        id = own or f"wamid.{uuid4().hex}"
        body = {"target": target, "body": text}
        return await self.arrivals.amended(
            self.sender, NUMBER, Amendment("meta", id, target, kind, text, at), Arrival("meta", id, kind, body)
        )

    async def row(self, id: str) -> tuple[str, dict[str, Any]]:
        """Kind and body of a message as it is kept."""
        async with self.asha.pool.connection() as connection:
            cursor = await connection.execute(
                "select i.kind, i.body_sealed, i.conversation, k.wrapped from inbox i"
                " join keys k on k.conversation = i.conversation where i.provider_id = %s",
                (id,),
            )
            found = await cursor.fetchone()
        assert found is not None
        kind, sealed, conversation, wrapped = found
        body: dict[str, Any] = self.keys.seal(conversation, wrapped).open_json("inbox.body", sealed)
        return kind, body

    keys: KeyRing

    async def turn_takes(self, stored: Stored) -> None:
        """A turn takes a message."""
        async with self.asha.pool.connection() as connection:
            await connection.execute("update inbox set turn = 1 where id = %s", (stored.row,))


@pytest.fixture
async def chat(asha: Someone, pool: AsyncConnectionPool, keys: KeyRing) -> Chat:
    """Nothing was written yet."""
    chat = Chat(asha, Arrivals(pool, keys))
    chat.keys = keys
    return chat


def wamid() -> str:
    return f"wamid.{uuid4().hex}"


async def test_what_no_turn_has_taken_is_simply_changed(chat: Chat) -> None:
    id = wamid()
    await chat.write(id, "Ahsa")
    edit = await chat.amend("edit", id, "Asha", own=(own := wamid()))
    assert edit.row is not None
    assert await chat.row(id) == ("text", {"text": "Asha"})
    assert "late" not in (await chat.row(own))[1]


async def test_what_a_turn_has_taken_is_changed_and_its_edit_is_late(chat: Chat) -> None:
    id, own = wamid(), wamid()
    await chat.turn_takes(await chat.write(id, "Ahsa"))
    await chat.amend("edit", id, "Asha", own=own)
    assert await chat.row(id) == ("text", {"text": "Asha"})
    assert (await chat.row(own))[1] == {"target": id, "body": "Asha", "late": True}


async def test_what_is_taken_back_is_not_kept(chat: Chat) -> None:
    id = wamid()
    await chat.write(id, "my secret")
    await chat.amend("revoke", id)
    assert await chat.row(id) == ("revoked", {})


async def test_an_edit_that_comes_first_waits_for_its_message(chat: Chat) -> None:
    id = wamid()
    await chat.amend("edit", id, "Asha")
    await chat.write(id, "Ahsa")
    assert await chat.row(id) == ("text", {"text": "Asha"})


async def test_several_that_come_first_are_done_in_the_order_they_were_said(chat: Chat) -> None:
    id = wamid()
    await chat.amend("edit", id, "third", at=3e9)
    await chat.amend("edit", id, "second", at=2e9)
    await chat.write(id, "first")
    assert (await chat.row(id))[1] == {"text": "third"}


async def test_a_revoke_that_comes_first_leaves_nothing(chat: Chat) -> None:
    id = wamid()
    await chat.amend("revoke", id)
    await chat.write(id, "my secret")
    assert await chat.row(id) == ("revoked", {})


async def test_nobody_changes_what_another_wrote(chat: Chat, pool: AsyncConnectionPool, keys: KeyRing) -> None:
    ravi = await someone(pool, keys)
    mine = wamid()
    await chat.arrivals.store(ravi.found, Arrival("meta", mine, "text", {"text": "Ravi"}))
    await chat.amend("edit", mine, "mallory")
    await chat.amend("revoke", mine)
    assert await chat.row(mine) == ("text", {"text": "Ravi"})


async def test_one_that_is_told_twice_is_done_once(chat: Chat) -> None:
    id, own = wamid(), wamid()
    await chat.write(id, "Ahsa")
    assert (await chat.amend("edit", id, "Asha", own=own)).row is not None
    assert (await chat.amend("edit", id, "Asha", own=own)).row is None


async def test_of_a_picture_the_caption_is_changed_and_nothing_else(chat: Chat) -> None:
    id = wamid()
    picture = {"media": "image", "media_id": "1", "caption": "Ahsa"}
    await chat.arrivals.take(chat.sender, NUMBER, Arrival("meta", id, "image", picture))
    await chat.amend("edit", id, "Asha")
    assert await chat.row(id) == ("image", {**picture, "caption": "Asha"})


async def test_what_both_missed_is_found_by_the_sweeper(chat: Chat, pool: AsyncConnectionPool, keys: KeyRing) -> None:
    """Each committed while the other was looking: put down here as if it had been so."""
    id = wamid()
    await chat.amend("edit", id, "Asha")
    async with pool.connection() as connection:
        await connection.execute("update amendments set target = 'not yet' where target = %s", (id,))
        await chat.write(id, "Ahsa")
        await connection.execute("update amendments set target = %s where target = 'not yet'", (id,))
    amendments = Amendments(pool, keys)
    assert await amendments.left_over() >= 1
    assert (await chat.row(id))[1] == {"text": "Asha"}
    assert await amendments.left_over() == 0


async def test_an_album_of_a_new_person_makes_one_conversation(chat: Chat) -> None:
    pictures = [
        chat.arrivals.take(chat.sender, NUMBER, Arrival("meta", wamid(), "image", {"media": "image"}))
        for _ in range(10)
    ]
    stored = await asyncio.gather(*pictures)
    assert len({one.conversation for one in stored}) == 1
    assert None not in {one.row for one in stored}
