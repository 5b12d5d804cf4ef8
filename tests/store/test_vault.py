"""The vault, and the masking of what was written where a secret was asked for: on the real tables."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from psycopg_pool import AsyncConnectionPool

from domain.inbound import Sender
from store.amendments import Amendment
from store.arrivals import Arrival, Arrivals
from store.erasure import Erasure, Subject
from store.masking import DOTS, MASKED
from store.sealing import KeyRing
from store.vault import NotInVault, Vault
from tests.dialogue.login import Login
from tests.store.conftest import NUMBER, Someone, someone
from tests.store.test_turns import Table
from texts import Catalogue
from texts.catalogue import FOLDER

TEXTS = """
welcome = Welcome.
name = Your name?
phone = Your phone?
code = The code that we sent to you?
six_digits_please = { $digits } digits, please.
too_short = Longer, please.
number_please = Digits, please.
wrong_code = That was not it.
welcome_in = Here: { $link }
"""


@pytest.fixture
def words(tmp_path: Path) -> Catalogue:
    """What the bot that asks for a code says."""
    shutil.copytree(FOLDER / "shared", tmp_path / "shared")
    (tmp_path / "loan").mkdir()
    for language in ("en", "hi"):
        (tmp_path / "loan" / f"{language}.ftl").write_text(TEXTS, encoding="utf-8")
    return Catalogue("loan", tmp_path)


@pytest.fixture
async def table(asha: Someone, keys: KeyRing, words: Catalogue) -> AsyncIterator[Table]:
    """Somebody who is asked for a code, at a worker that folds bursts."""
    async with Table(asha, keys, words, Login(), fold=True) as table:
        await table.say("hi", "Asha", "98")
        [work] = (await table.turn(uuid4().hex, alarm=True)).work
        assert (await table.ends(work.key, json.dumps("sent"))).waiting_for == "answer:code"
        yield table


@pytest.fixture
def vault(pool: AsyncConnectionPool, keys: KeyRing) -> Vault:
    """The vault."""
    return Vault(pool, keys)


async def written(table: Table) -> list[dict[str, Any]]:
    """The bodies of all that came in, in order."""
    async with table.asha.pool.connection() as connection:
        cursor = await connection.execute(
            "select body_sealed from inbox where conversation = %s order by id", (table.asha.conversation,)
        )
        rows = await cursor.fetchall()
    return [table.asha.found.seal.open_json("inbox.body", body) for (body,) in rows]


async def all_that_is_kept(table: Table) -> str:
    """State, work, messages and edits of the conversation, opened."""
    columns = (
        ("conversations", "id", "state"),
        ("work", "conversation", "argument"),
        ("outbox", "conversation", "message"),
        ("inbox", "conversation", "body"),
        ("amendments", "conversation", "body"),
    )
    found = []
    async with table.asha.pool.connection() as connection:
        for name, owner, column in columns:
            query = f"select {column}_sealed from {name} where {owner} = %s"
            for (sealed,) in await (await connection.execute(query, (table.asha.conversation,))).fetchall():
                found.append(table.asha.found.seal.open(f"{name}.{column}", sealed))
    return "\n".join(found)


async def test_a_code_is_in_the_vault_and_its_row_holds_dots(table: Table, vault: Vault) -> None:
    row = await table.arrive("text", {"text": "402951", "raw": {"text": {"body": "402951"}}})
    [work] = (await table.turn("run:1", row)).work
    assert work.effect == "check_code"
    assert (await written(table))[-1] == {"text": DOTS, MASKED: True}
    assert await vault.read(table.asha.conversation, "code-1") == "402951"
    assert "402951" not in await all_that_is_kept(table)


async def test_a_turn_that_is_asked_for_twice_keeps_it_once(table: Table, vault: Vault) -> None:
    row = await table.arrive("text", {"text": "402951"})
    first = await table.turn("run:1", row)
    assert await table.turn("run:1", row) == first
    count = "select count(*) from vault where conversation = %s"
    assert await table.asha.value(count, table.asha.conversation) == 1


async def test_each_part_of_a_burst_is_masked(table: Table, vault: Vault) -> None:
    rows = [await table.arrive("text", {"text": text}) for text in ("402", "951")]
    assert (await table.turn("run:1", *rows)).waiting_for == "answer:code", "402 and 951 on two lines are no code"
    assert [body["text"] for body in (await written(table))[-2:]] == [DOTS, DOTS]


async def test_a_wrong_answer_is_masked_and_not_kept(table: Table, vault: Vault) -> None:
    await table.say("4O2951")
    assert (await written(table))[-1]["text"] == DOTS
    with pytest.raises(NotInVault):
        await vault.read(table.asha.conversation, "code-1")


async def test_a_command_is_left_as_it_is(table: Table) -> None:
    await table.say("help")
    assert (await written(table))[-1] == {"text": "help"}


async def test_the_caption_of_a_picture_is_masked_and_the_picture_is_still_fetched(table: Table) -> None:
    row = await table.arrive("image", {"media": "image", "media_id": "m1", "caption": "402951"})
    after = await table.turn("run:1", row)
    assert [work.effect for work in after.work] == ["fetch_media"]
    assert (await written(table))[-1] == {"media": "image", "media_id": "m1", "caption": DOTS, MASKED: True}


class Chat:
    """What the person does to messages of theirs, as the webhook has it done."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.arrivals = Arrivals(table.asha.pool, table.keys)

    async def write(self, text: str) -> tuple[str, int]:
        """They write: the message's name and its row."""
        name = f"wamid.{uuid4().hex}"
        row = await self.arrivals.store(self.table.asha.found, Arrival("meta", name, "text", {"text": text}))
        assert row is not None
        return name, row

    async def amend(self, kind: str, target: str, text: str = "") -> int:
        """They edit or revoke; the row that tells of it."""
        name = f"wamid.{uuid4().hex}"
        sender = Sender(phone=self.phone)
        told = Arrival("meta", name, kind, {"target": target, "body": text})
        stored = await self.arrivals.amended(sender, NUMBER, Amendment("meta", name, target, kind, text, 1e9), told)
        assert stored.conversation == self.table.asha.conversation
        assert stored.row is not None
        return stored.row

    phone = ""


@pytest.fixture
async def chat(table: Table) -> Chat:
    """The person's chat."""
    chat = Chat(table)
    sealed = await table.asha.value("select address_sealed from conversations where id = %s", table.asha.conversation)
    chat.phone = table.asha.found.seal.open_json("conversations.address", sealed)["phone"]
    return chat


async def test_an_edit_before_the_turn_is_the_answer_and_masked_in_its_own_row_too(
    table: Table, vault: Vault, chat: Chat
) -> None:
    name, row = await chat.write("402950")
    edit = await chat.amend("edit", name, "402951")
    await table.turn("run:1", row, edit)
    assert await vault.read(table.asha.conversation, "code-1") == "402951"
    kept = await all_that_is_kept(table)
    assert "402950" not in kept
    assert "402951" not in kept


async def test_an_edit_that_comes_a_turn_later_is_masked(table: Table, vault: Vault, chat: Chat) -> None:
    name, row = await chat.write("4O2950")
    await table.turn("run:1", row)
    edit = await chat.amend("edit", name, "402951")
    await table.turn("run:2", edit)
    assert await vault.read(table.asha.conversation, "code-1") == "402951"
    assert "402951" not in await all_that_is_kept(table)


async def test_an_edit_that_came_before_its_message_and_was_taken_before_it_is_masked(
    table: Table, vault: Vault, chat: Chat
) -> None:
    name = f"wamid.{uuid4().hex}"
    await table.turn("run:1", await chat.amend("edit", name, "402951"))
    row = await chat.arrivals.store(table.asha.found, Arrival("meta", name, "text", {"text": "402950"}))
    assert row is not None
    await table.turn("run:2", row)
    assert await vault.read(table.asha.conversation, "code-1") == "402951"
    assert "40295" not in await all_that_is_kept(table)


async def test_an_edit_that_is_found_lying_long_after_is_masked(table: Table, chat: Chat) -> None:
    """Its effect was lost on the way: nobody was told that it came late."""
    name, row = await chat.write("402950")
    await table.turn("run:1", row)
    body = {"target": name, "body": "402951"}
    lying = await chat.arrivals.store(table.asha.found, Arrival("meta", f"wamid.{uuid4().hex}", "edit", body))
    assert lying is not None
    await table.turn("run:2", lying)
    assert "40295" not in await all_that_is_kept(table)


async def test_a_message_that_is_taken_back_leaves_nothing_and_answers_nothing(table: Table, chat: Chat) -> None:
    name, row = await chat.write("402951")
    revoke = await chat.amend("revoke", name)
    assert (await table.turn("run:1", row, revoke)).waiting_for == "answer:code"
    assert "402951" not in await all_that_is_kept(table)


async def test_one_that_is_taken_back_after_it_was_taken_stays_an_answer(
    table: Table, vault: Vault, chat: Chat
) -> None:
    name, row = await chat.write("402951")
    await table.turn("run:1", row)
    await table.turn("run:2", await chat.amend("revoke", name))
    assert await vault.read(table.asha.conversation, "code-1") == "402951"
    assert {} in await written(table)


async def test_what_was_used_is_forgotten(table: Table, vault: Vault) -> None:
    await table.say("402951")
    await vault.forget(table.asha.conversation, "code-1")
    with pytest.raises(NotInVault):
        await vault.read(table.asha.conversation, "code-1")
    await vault.forget(table.asha.conversation, "code-1")


async def test_nobody_reads_what_another_told(table: Table, vault: Vault, pool: AsyncConnectionPool) -> None:
    await table.say("402951")
    ravi = await someone(pool, table.keys)
    with pytest.raises(NotInVault):
        await vault.read(ravi.conversation, "code-1")


async def test_what_nobody_used_within_a_day_is_cleared(table: Table, vault: Vault) -> None:
    await table.say("4O2951", "402951")
    await vault.clear()
    assert await vault.read(table.asha.conversation, "code-1") == "402951"
    async with table.asha.pool.connection() as connection:
        await connection.execute(
            "update vault set kept_at = now() - interval '25 hours' where conversation = %s", (table.asha.conversation,)
        )
    assert await vault.clear() >= 1
    with pytest.raises(NotInVault):
        await vault.read(table.asha.conversation, "code-1")


async def test_an_erasure_takes_it_along(table: Table, vault: Vault, chat: Chat) -> None:
    await table.say("402951")
    erasure = Erasure(table.asha.pool, table.keys)
    [subject] = await erasure.find(chat.phone)
    assert isinstance(subject, Subject)
    assert (await erasure.erase(subject, chat.phone)).rows["vault"] == 1
    with pytest.raises(NotInVault):
        await vault.read(table.asha.conversation, "code-1")


async def test_after_a_day_of_silence_nothing_of_what_was_told_is_left_in_the_state(table: Table) -> None:
    """The alarm is the earliest deadline; what it leaves is decided once."""
    await table.say("help")
    after = await table.turn("run:1", alarm=True)
    assert after.wake_for == "expire"
    assert after.wake_at == table.now + 24 * 3600
    table.now += 24 * 3600 + 1
    after = await table.turn("run:2", alarm=True)
    assert (after.wake_at, after.waiting_for, after.stage) == (None, "", "code")
    sealed = await table.asha.value("select state_sealed from conversations where id = %s", table.asha.conversation)
    state = json.loads(table.asha.found.seal.open("conversations.state", sealed))
    assert (state["journal"], state["pending"]) == ({}, None)
    so_far = len(table.sent)
    await table.say("hello")
    assert [text.split(".")[0].split("!")[0] for text in table.sent[so_far:]] == [
        "Welcome back",
        "Welcome",
        "Your name?",
    ]
