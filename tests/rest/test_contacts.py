"""Who wrote: under which number and name, and when something was last said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import httpx

from tests.rest.conftest import Api, also_talks_with, problem
from tests.rest.test_sending import conversation_of, some_words
from tests.running.person import Person
from tests.running.tables import Tables
from tests.running.wire import Meta, envelope, text


async def named(meta: Meta, asha: Person, name: str | None) -> None:
    """She writes, and the webhook tells how she calls herself, where she is called anything."""
    body = envelope(meta.at.number, [text("hi", phone=asha.alias)])
    profile = {} if name is None else {"profile": {"name": name}}
    body["entry"][0]["changes"][0]["value"]["contacts"] = [{"wa_id": asha.alias.lstrip("+"), **profile}]
    assert (await meta.post(body)).status_code == 200


async def test_somebody_who_wrote_is_there_with_the_name_they_give_themselves(api: Api, asha: Person) -> None:
    contact = await api.contact(asha.alias)
    newest = (await api.messages(asha.alias))["messages"][0]
    assert contact == {
        "phone_number": asha.alias,
        "display_name": asha.name,
        "last_message_time": newest["timestamp"],
        "bots": ["loan"],
        "erased": False,
    }


async def test_a_new_name_takes_the_place_of_the_old_and_no_name_takes_nothing_away(
    api: Api, asha: Person, meta: Meta
) -> None:
    for name, known in (("Asha & Sons 🪔", "Asha & Sons 🪔"), (None, "Asha & Sons 🪔"), ("\ud83d", "\ufffd")):
        await named(meta, asha, name)
        assert (await api.contact(asha.alias))["display_name"] == known


async def test_what_the_business_says_is_a_last_message_too(api: Api, asha: Person) -> None:
    before = (await api.contact(asha.alias))["last_message_time"]
    await api.send(asha.alias, some_words())
    assert datetime.fromisoformat((await api.contact(asha.alias))["last_message_time"]) > datetime.fromisoformat(before)


async def test_whoever_was_dealt_with_last_is_first_and_pages_hold_everybody_once(
    api: Api, http: httpx.AsyncClient
) -> None:
    people = [await Person.appear(http, api.at) for _ in range(4)]
    for person in people:
        await person.write("hi")
        await person.settle()
    phones = [person.alias for person in reversed(people)]
    met: list[str] = []
    before: dict[str, str] = {}
    while len(met) < len(phones):
        page = await api.contacts(limit=2, **before)
        assert page["total"] >= len(phones)
        met += [one["phone_number"] for one in page["contacts"] if one["phone_number"] in phones]
        assert page["next_before"], "somebody was missed"
        before = {"before": page["next_before"]}
    assert met == phones


async def test_somebody_with_several_conversations_is_there_once(api: Api, asha: Person) -> None:
    await also_talks_with(asha, "orders")
    contact = await api.contact(asha.alias)
    assert set(contact["bots"]) == {"loan", "orders"}
    assert contact["display_name"] == asha.name
    of_orders = [
        one for one in (await api.contacts(limit=200, bot="orders"))["contacts"] if one["phone_number"] == asha.alias
    ]
    assert [one["bots"] for one in of_orders] == [["orders"]]


async def test_who_hides_their_number_is_there_without_one(api: Api, http: httpx.AsyncClient) -> None:
    ravi = await Person.appear(http, api.at, bsuid_only=True, name="Ravi who hides his number")
    await ravi.write("hi")
    await ravi.settle()
    found: list[dict[str, Any]] = [
        one for one in (await api.contacts(limit=200))["contacts"] if one["display_name"] == ravi.name
    ]
    assert [one["phone_number"] for one in found] == [None]


async def test_who_was_erased_is_there_without_anything(api: Api, asha: Person, tables: Tables) -> None:
    total = (await api.contacts())["total"]
    assert await tables.rows("delete from keys where conversation = %s returning true", await conversation_of(asha))
    page = await api.contacts(limit=200)
    assert page["total"] >= total, "they are counted all the same"
    assert asha.alias not in [one["phone_number"] for one in page["contacts"]]
    erased = [one for one in page["contacts"] if one["erased"]]
    assert erased
    assert {(one["phone_number"], one["display_name"]) for one in erased} == {(None, None)}


async def test_a_place_in_another_list_is_no_place_here(api: Api, asha: Person) -> None:
    elsewhere = (await api.messages(asha.alias, limit=1))["next_before"]
    assert problem(await api.get("/api/whatsapp/contacts", before=elsewhere)) == (422, "invalid")
