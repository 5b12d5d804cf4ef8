"""Whatever comes twice is stored once and answered once, however close together."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import httpx
import pytest

from tests.running.person import Person
from tests.running.tables import KEYS, Tables
from tests.running.waiting import until
from tests.running.wire import Meta, envelope, message, text, wamid


@pytest.fixture
async def asha(http: httpx.AsyncClient, meta: Meta) -> Person:
    """Somebody who has said hello and was asked for their language."""
    asha = await Person.appear(http, meta.at)
    await asha.write("hi")
    await asha.settle()
    return asha


async def test_a_webhook_that_comes_again_is_answered_once(meta: Meta, tables: Tables, asha: Person) -> None:
    said = len(await asha.chat())
    body = envelope(meta.at.number, [text("English", id=(id := wamid()), phone=asha.alias)])
    for _ in range(3):
        assert (await meta.post(body)).status_code == 200
        await asha.settle()
    assert len(await tables.received(id)) == 1
    assert len(await asha.chat()) == said + 1


async def test_a_webhook_that_comes_many_times_at_once_is_answered_once(
    meta: Meta, tables: Tables, asha: Person
) -> None:
    said = len(await asha.chat())
    body = envelope(meta.at.number, [text("English", id=(id := wamid()), phone=asha.alias)])
    answers = await asyncio.gather(*(meta.post(body) for _ in range(10)))
    assert {answer.status_code for answer in answers} == {200}
    await asha.settle()
    assert len(await tables.received(id)) == 1
    assert len(await asha.chat()) == said + 1


async def test_the_providers_own_duplicate_is_answered_once(asha: Person) -> None:
    await asha.write("English")
    await asha.settle()
    said = len(await asha.chat())
    await asha.last_webhook_again()
    await asha.settle()
    assert len(await asha.chat()) == said


async def test_one_message_in_two_different_webhooks_is_answered_once(meta: Meta, tables: Tables, asha: Person) -> None:
    """As when two apps are subscribed: another envelope, the same message."""
    said = len(await asha.chat())
    first = envelope(meta.at.number, [text("English", id=(id := wamid()), phone=asha.alias)])
    second = {**first, "entry": [{**first["entry"][0], "id": "200000000000002"}]}
    await asyncio.gather(meta.post(first), meta.post(second))
    await asha.settle()
    assert len(await tables.received(id)) == 1
    assert len(await asha.chat()) == said + 1


async def test_a_message_without_an_id_is_known_by_what_it_is(meta: Meta, asha: Person) -> None:
    words = text("English", phone=asha.alias)
    del words["id"]
    before = (await asha.inspect())["inbox"]
    for _ in range(2):
        assert (await meta.messages(words)).status_code == 200
    await asha.settle()
    new = [row for row in (await asha.inspect())["inbox"] if row not in before]
    assert len(new) == 1
    assert new[0]["provider_id"].startswith("sha256:")
    assert (await asha.inspect())["waiting_for"] == "answer:intent"


async def test_the_same_words_of_another_person_are_another_message(meta: Meta, tables: Tables) -> None:
    """Without ids two greetings of the same second differ in their senders alone."""
    phones = [f"+9195{uuid4().int % 10**8:08d}" for _ in range(2)]
    for phone in phones:
        words = text("hi", phone=phone)
        del words["id"]
        await meta.messages(words)
    for phone in phones:
        received = await tables.value(
            "select count(*) from inbox join conversations c on c.id = conversation join aliases using (person)"
            " where hash = %s",
            KEYS.hash("phone", phone),
        )
        assert received == 1


async def test_an_album_of_somebody_new_is_one_person_with_one_conversation(meta: Meta, tables: Tables) -> None:
    """Five images within milliseconds, each in a webhook of its own, of somebody who never wrote before."""
    phone, bsuid = f"+9194{uuid4().int % 10**8:08d}", f"IN.{uuid4().int % 10**20:020d}"
    images = [message("image", {"id": f"{at}", "mime_type": "image/jpeg"}, phone=phone, bsuid=bsuid) for at in range(5)]
    answers = await asyncio.gather(*(meta.messages(image) for image in images))
    assert {answer.status_code for answer in answers} == {200}
    conversations = {await tables.conversation_of(image["id"]) for image in images}
    assert len(conversations) == 1
    [conversation] = conversations
    person = await tables.person_of(conversation)
    assert await tables.value("select count(*) from conversations where person = %s", person) == 1

    async def all_taken() -> bool:
        left = "select count(*) from inbox where conversation = %s and turn is null"
        return bool(await tables.value(left, conversation) == 0)

    await until(all_taken)
    asked = "select count(*) from outbox where conversation = %s and text_key = 'language'"
    turns = await tables.value("select turn from conversations where id = %s", conversation)
    assert 1 <= await tables.value(asked, conversation) <= turns
