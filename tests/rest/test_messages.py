"""What was said, both ways, read page by page; and what nobody can read any more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.rest.conftest import Api, also_talks_with, problem
from tests.rest.test_sending import conversation_of, some_words
from tests.running.levers import goes_wrong, looks_at_the_chat, messages_of
from tests.running.person import Person
from tests.running.tables import Tables
from tests.running.waiting import until
from tests.running.wire import Meta, message, wamid


async def pages(api: Api, phone: str, limit: int) -> list[dict[str, Any]]:
    """All messages, read in pages of so many."""
    found: list[dict[str, Any]] = []
    before: dict[str, str] = {}
    while True:
        page = await api.messages(phone, limit=limit, **before)
        assert len(page["messages"]) <= limit
        found += page["messages"]
        if page["next_before"] is None:
            return found
        assert len(page["messages"]) == limit, "only the last page is shorter"
        before = {"before": page["next_before"]}


def ids(messages: list[dict[str, Any]]) -> list[str]:
    """Which messages these are; their statuses may climb meanwhile."""
    return [one["id"] for one in messages]


async def test_both_sides_are_there_the_newest_first(api: Api, asha: Person, http: httpx.AsyncClient) -> None:
    await asha.tap("English")
    await asha.settle()
    page = await api.messages(asha.alias)
    oldest_first = list(reversed(page["messages"]))
    chat = await messages_of(http, asha)
    assert [one["provider_id"] for one in oldest_first] == [one["id"] for one in chat]
    assert [one["direction"] == "outgoing" for one in oldest_first] == [one["direction"] == "out" for one in chat]
    hi, welcome = oldest_first[:2]
    assert (hi["type"], hi["text"], hi["status"], hi["bot"]) == ("text", "hi", "handled", "loan")
    assert (welcome["type"], welcome["text"].startswith("Namaste"), welcome["bot"]) == ("choice", True, "loan")
    [tapped] = [one for one in oldest_first if one["type"] == "tap"]
    assert tapped["text"] == "English"
    times = [datetime.fromisoformat(one["timestamp"]) for one in oldest_first]
    assert times == sorted(times)
    assert all(time.utcoffset() == timedelta(0) for time in times)
    assert page["total"] == len(chat)


async def test_pages_of_any_size_hold_all_of_it_once(api: Api, asha: Person) -> None:
    for _ in range(3):
        await asha.write("hi", "help")
        await asha.settle()
    whole = ids((await api.messages(asha.alias, limit=200))["messages"])
    assert len(whole) > 8
    for limit in (1, 2, 3, 7, len(whole), len(whole) + 1):
        assert ids(await pages(api, asha.alias, limit)) == whole


async def test_what_is_said_while_pages_are_read_moves_nothing(api: Api, asha: Person) -> None:
    whole = ids((await api.messages(asha.alias))["messages"])
    first = await api.messages(asha.alias, limit=1)
    await api.send(asha.alias, some_words())
    rest = await api.messages(asha.alias, before=first["next_before"])
    assert ids([*first["messages"], *rest["messages"]]) == whole


async def test_statuses_climb(api: Api, asha: Person, http: httpx.AsyncClient) -> None:
    words = some_words()
    id = (await api.send(asha.alias, words)).json()["message_id"]

    async def status() -> str:
        [found] = [one for one in (await api.messages(asha.alias))["messages"] if one["provider_id"] == id]
        assert (found["direction"], found["type"], found["text"]) == ("outgoing", "text", words)
        return str(found["status"])

    await looks_at_the_chat(http, asha)

    async def read() -> bool:
        return await status() == "read"

    await until(read)


async def test_what_failed_says_why(api: Api, asha: Person, http: httpx.AsyncClient) -> None:
    await goes_wrong(http, asha, "error", code=131026)
    words = some_words()
    await api.send(asha.alias, words)
    newest = (await api.messages(asha.alias))["messages"][0]
    assert (newest["text"], newest["status"], newest["reason"]) == (words, "failed", "unreachable")
    assert newest["provider_id"] is None


KINDS = [
    ("image", {"id": "1", "mime_type": "image/jpeg", "caption": "My slip"}, "My slip"),
    ("sticker", {"id": "1", "mime_type": "image/webp"}, ""),
    (
        "location",
        {"latitude": 12.97, "longitude": 77.59, "name": "The shop", "address": "MG Road"},
        "The shop, MG Road",
    ),
    ("location", {"latitude": 12.97, "longitude": 77.59}, "12.97, 77.59"),
    ("contacts", [{"name": {"formatted_name": "Ravi"}, "phones": [{"phone": "+919800000002"}]}], ""),
]


@pytest.mark.parametrize(("kind", "held", "words"), KINDS)
async def test_every_kind_has_a_type_and_its_words(
    api: Api, asha: Person, meta: Meta, kind: str, held: Any, words: str
) -> None:
    id = wamid()
    assert (await meta.messages(message(kind, held, id=id, phone=asha.alias))).status_code == 200
    [found] = [one for one in (await api.messages(asha.alias))["messages"] if one["id"] == id]
    assert (found["direction"], found["type"], found["text"]) == ("incoming", kind, words)


async def test_who_never_wrote_has_no_messages(api: Api) -> None:
    assert await api.messages("+919899999999") == {"total": 0, "messages": [], "next_before": None}


async def test_all_conversations_of_somebody_are_there_or_those_of_one_bot(
    api: Api, asha: Person, tables: Tables
) -> None:
    orders = await also_talks_with(asha, "orders")
    hers = await conversation_of(asha)
    # A word of hers there that no turn has taken: nothing of it can be read with the other conversation's key.
    copied = (
        "insert into inbox (conversation, provider, provider_id, kind, body_sealed, signalled_at)"
        " select %s, provider, provider_id || '-there', kind, body_sealed, now() from inbox"
        " where conversation = %s and kind = 'text' limit 1 returning id"
    )
    [(row,)] = await tables.rows(copied, orders, hers)
    both = (await api.messages(asha.alias))["messages"]
    assert {one["bot"] for one in both} == {"loan", "orders"}
    [there] = (await api.messages(asha.alias, bot="orders"))["messages"]
    assert (there["bot"], there["type"], there["text"], there["status"]) == ("orders", "erased", "", "received")
    assert {one["bot"] for one in (await api.messages(asha.alias, bot="loan"))["messages"]} == {"loan"}
    await tables.rows("delete from inbox where id = %s returning id", row)


async def test_what_was_erased_says_so_and_nothing_else(api: Api, asha: Person, tables: Tables) -> None:
    before = (await api.messages(asha.alias))["messages"]
    assert await tables.rows("delete from keys where conversation = %s returning true", await conversation_of(asha))
    after = (await api.messages(asha.alias))["messages"]
    assert ids(after) == ids(before)
    assert {(one["type"], one["text"]) for one in after} == {("erased", "")}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "query.phone_number"),
        ({"phone_number": "nobody"}, "query.phone_number"),
        ({"phone_number": "+919800000001", "limit": 0}, "query.limit"),
        ({"phone_number": "+919800000001", "limit": 201}, "query.limit"),
        ({"phone_number": "+919800000001", "before": "x"}, "query.before"),
        ({"phone_number": "+919800000001", "before": ""}, "query.before"),
        ({"phone_number": "+919800000001", "before": "WzEsMiwzLDRd"}, "query.before"),
        ({"phone_number": "+919800000001", "before": "e30"}, "query.before"),
        ({"phone_number": "+919800000001", "bot": ""}, "query.bot"),
    ],
)
async def test_what_cannot_be_asked_is_refused_with_the_field_named(
    api: Api, query: dict[str, Any], field: str
) -> None:
    answer = await api.get("/api/whatsapp/messages", **query)
    assert problem(answer) == (422, "invalid")
    assert answer.json()["error"]["message"].startswith(f"{field}: ")
