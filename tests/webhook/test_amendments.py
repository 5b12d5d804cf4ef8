"""Edits and revokes as they come: before their message, while it is dealt with, after."""

from __future__ import annotations

import httpx
import pytest

from tests.running.person import Person
from tests.running.tables import Tables
from tests.running.wire import Meta, message, text, wamid


@pytest.fixture
async def asha(http: httpx.AsyncClient, meta: Meta) -> Person:
    """Somebody who is asked for her name."""
    asha = await Person.appear(http, meta.at)
    for words in ("hi", "English", "1"):
        await asha.write(words)
        await asha.settle()
    return asha


def edit(target: str, words: str, phone: str) -> dict[str, object]:
    """An edit, in Meta's fields."""
    new = {"type": "text", "text": {"body": words}}
    return message("edit", {"original_message_id": target, "message": new}, phone=phone)


def revoke(target: str, phone: str) -> dict[str, object]:
    """A revoke, in Meta's fields."""
    return message("revoke", {"original_message_id": target}, phone=phone)


async def name_of(asha: Person) -> str:
    """What the conversation takes for her name."""
    journal = (await asha.inspect())["state"]["journal"]
    return str(next((value for key, value in journal.items() if "/ask:full_name" in key), ""))


async def test_the_answer_follows_the_edit_of_its_message(meta: Meta, asha: Person) -> None:
    id = wamid()
    await meta.messages(text("Ahsa Rao", id=id, phone=asha.alias))
    await asha.settle()
    assert await name_of(asha) == "Ahsa Rao"
    await meta.messages(edit(id, "Asha Rao", asha.alias))
    await asha.settle()
    assert await name_of(asha) == "Asha Rao"
    assert (await asha.inspect())["waiting_for"] == "answer:date_of_birth"


async def test_an_older_answer_stands_and_the_person_is_told_how_to_undo_it(meta: Meta, asha: Person) -> None:
    id = wamid()
    await meta.messages(text("Ahsa Rao", id=id, phone=asha.alias))
    await asha.settle()
    await asha.write("5/11/1987")
    await asha.settle()
    await meta.messages(edit(id, "Asha Rao", asha.alias))
    await asha.settle()
    assert await name_of(asha) == "Ahsa Rao"
    assert any("Your answer from then still stands" in line for line in await asha.lines())


async def test_an_edit_that_overtakes_its_message_is_done_before_anybody_reads_that(meta: Meta, asha: Person) -> None:
    id = wamid()
    await meta.messages(edit(id, "Asha Rao", asha.alias))
    await asha.settle()
    await meta.messages(text("Ahsa Rao", id=id, phone=asha.alias))
    await asha.settle()
    assert await name_of(asha) == "Asha Rao"


async def test_what_is_taken_back_before_it_comes_is_never_read(meta: Meta, tables: Tables, asha: Person) -> None:
    id = wamid()
    await meta.messages(revoke(id, asha.alias))
    await meta.messages(text("Asha Rao", id=id, phone=asha.alias))
    await asha.settle()
    assert await name_of(asha) == ""
    assert (await asha.inspect())["waiting_for"] == "answer:full_name"
    assert [kind for kind, _ in await tables.received(id)] == ["revoked"]


async def test_what_is_taken_back_later_is_gone_and_its_answer_stands(meta: Meta, tables: Tables, asha: Person) -> None:
    id = wamid()
    await meta.messages(text("Asha Rao", id=id, phone=asha.alias))
    await asha.settle()
    await meta.messages(revoke(id, asha.alias))
    await asha.settle()
    assert [kind for kind, _ in await tables.received(id)] == ["revoked"]
    assert all("Asha Rao" not in str(row["payload"]) for row in (await asha.inspect())["inbox"])
    assert (await asha.inspect())["waiting_for"] == "answer:date_of_birth"
