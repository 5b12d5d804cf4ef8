"""One webhook, many items: each is handled on its own, and one that is bad costs its neighbours nothing."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.running.person import Person
from tests.running.tables import Tables
from tests.running.wire import Meta, envelope, message, status, text, wamid


def a_phone() -> str:
    """A phone number that nobody else has."""
    return f"+9196{uuid4().int % 10**8:08d}"


BAD: list[Any] = [
    None,
    17,
    "text",
    [],
    {},
    {"from": "919700000000"},
    {"id": "wamid.x", "type": "text", "timestamp": "1795240800", "text": {"body": "nobody"}},
    {"from": "919700000000", "id": "wamid.x", "type": "text", "timestamp": "1795240800", "text": {"body": 17}},
    {"from": "919700000000", "id": "wamid.x", "type": "text", "timestamp": "1795240800", "text": "words"},
    {"from": "919700000000", "id": "wamid.x", "type": "text", "timestamp": "yesterday", "text": {"body": "hi"}},
    {"from": "919700000000", "id": "wamid.x", "type": "image", "timestamp": "1795240800", "image": {}},
    {
        "from": "919700000000",
        "id": "wamid.x",
        "type": "location",
        "timestamp": "1795240800",
        "location": {"latitude": 91},
    },
    {"from": "919700000000", "id": "wamid.x", "type": ["text"], "timestamp": "1795240800"},
]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: repr(bad)[:40])
async def test_the_neighbours_of_a_malformed_message_are_handled(meta: Meta, tables: Tables, bad: Any) -> None:
    first, last = wamid(), wamid()
    before = await tables.counted("unreadable")
    answer = await meta.messages(text("hi", id=first, phone=a_phone()), bad, text("hi", id=last, phone=a_phone()))
    assert answer.status_code == 200
    assert await tables.conversation_of(first) != await tables.conversation_of(last)
    assert await tables.counted("unreadable") > before


async def test_both_neighbours_are_answered(http: httpx.AsyncClient, meta: Meta) -> None:
    asha, ravi = [await Person.appear(http, meta.at) for _ in range(2)]
    for person in (asha, ravi):
        await person.write("hi")
        await person.settle()
    await meta.messages(text("help", phone=asha.alias), {"type": "text"}, text("help", phone=ravi.alias))
    for person in (asha, ravi):
        await person.settle()
        assert any("whenever you like" in line for line in await person.lines())


async def test_a_malformed_status_costs_neither_messages_nor_other_statuses(meta: Meta, tables: Tables) -> None:
    id, told = wamid(), wamid()
    statuses = [None, {"status": "sent"}, status("delivered", told), status("sent", told, timestamp="soon")]
    answer = await meta.post(envelope(meta.at.number, [text("hi", id=id, phone=a_phone())], statuses))
    assert answer.status_code == 200
    assert len(await tables.received(id)) == 1
    assert await tables.rows("select status from statuses where provider_id = %s", told) == [("delivered",)]


@pytest.mark.parametrize("changes", [None, {}, [None], [{"field": "messages"}], [{"field": "messages", "value": []}]])
async def test_a_malformed_entry_costs_the_next_one_nothing(meta: Meta, tables: Tables, changes: Any) -> None:
    id = wamid()
    body = envelope(meta.at.number, [text("hi", id=id, phone=a_phone())])
    body["entry"].insert(0, {"id": "1", "changes": changes})
    assert (await meta.post(body)).status_code == 200
    assert len(await tables.received(id)) == 1


async def test_an_id_too_long_to_be_stored_is_stored_as_its_hash_and_only_once(meta: Meta, tables: Tables) -> None:
    endless, id, phone = "".join(uuid4().hex for _ in range(300)), wamid(), a_phone()
    for _ in range(2):
        answer = await meta.messages(text("hi", id=endless, phone=phone), text("hi", id=id, phone=phone))
        assert answer.status_code == 200
    conversation = await tables.conversation_of(id)
    assert await tables.value("select count(*) from inbox where conversation = %s", conversation) == 2


async def test_a_status_that_cannot_be_stored_is_counted_and_its_neighbours_are_stored(
    meta: Meta, tables: Tables
) -> None:
    id, told = wamid(), wamid()
    endless = "".join(uuid4().hex for _ in range(300))
    before = await tables.counted("unstorable")
    statuses = [
        status("failed", wamid(), errors=[{"code": 10**30}]),
        status("sent", endless),
        status("read", told, biz_opaque_callback_data="order-4711"),
    ]
    answer = await meta.post(envelope(meta.at.number, [text("hi", id=id, phone=a_phone())], statuses))
    assert answer.status_code == 200
    assert len(await tables.received(id)) == 1
    assert await tables.rows("select status from statuses where provider_id = %s", told) == [("read",)]
    assert await tables.counted("unstorable") >= before + 1


async def test_several_messages_of_one_person_are_taken_in_their_order(http: httpx.AsyncClient, meta: Meta) -> None:
    """Three words in one webhook: the first answers the question, the others are not taken for answers to the next."""
    asha = await Person.appear(http, meta.at)
    await asha.write("hi")
    await asha.settle()
    await meta.messages(*(text(words, phone=asha.alias) for words in ("English", "1", "Asha Rao")))
    await asha.settle()
    assert (await asha.inspect())["waiting_for"] == "answer:intent"


@pytest.mark.parametrize(
    "words", ["a\x00b", "\ud83d alone", "\u202eright to left\u200b", "é" * 4096, "🙏🏽" * 1000, " ", ""]
)
async def test_no_text_is_too_strange_to_be_stored_and_answered(
    http: httpx.AsyncClient, meta: Meta, words: str
) -> None:
    asha = await Person.appear(http, meta.at)
    await asha.write("hi")
    await asha.settle()
    said = len(await asha.chat())
    assert (await meta.messages(text(words, phone=asha.alias))).status_code == 200
    await asha.settle()
    assert len(await asha.chat()) > said


async def test_a_kind_that_nobody_has_heard_of_is_stored_as_it_is(meta: Meta, tables: Tables) -> None:
    id = wamid()
    await meta.messages(message("hologram", {"id": "1", "shape": ["sphere"]}, id=id, phone=a_phone()))
    assert [kind for kind, _ in await tables.received(id)] == ["hologram"]
