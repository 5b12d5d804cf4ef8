"""Who a message is from: a person has many names over time, and a name may pass to another person."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.running.everything import Everything
from tests.running.levers import messages_of
from tests.running.person import Person
from tests.running.tables import KEYS, Tables
from tests.running.wire import Meta, message, text, wamid


@dataclass(frozen=True)
class Names:
    """What a webhook calls its sender."""

    phone: str = ""
    bsuid: str = ""

    def to_json(self) -> dict[str, str]:
        """As an address is written down."""
        return {"phone": self.phone, "bsuid": self.bsuid}


def somebody() -> Names:
    """A phone number and a BSUID that nobody else has."""
    return Names(f"+9192{uuid4().int % 10**8:08d}", f"IN.{uuid4().int % 10**20:020d}")


class World:
    """Messages posted to the product, and whose conversation each came to."""

    def __init__(self, meta: Meta, tables: Tables) -> None:
        self._meta = meta
        self.tables = tables

    async def write(self, names: Names, number: str | None = None, **more: Any) -> UUID:
        """Somebody who is called so writes; the conversation that it comes to."""
        words = text("hi", id=(id := wamid()), phone=names.phone, bsuid=names.bsuid) | more
        assert (await self._meta.messages(words, number=number)).status_code == 200
        return await self.tables.conversation_of(id)

    async def told(self, kind: str, names: Names, **system: str) -> None:
        """The provider says something about somebody who is called so."""
        said = message("system", {"type": kind, "body": "", **system}, phone=names.phone, bsuid=names.bsuid)
        assert (await self._meta.messages(said)).status_code == 200


@pytest.fixture
def world(meta: Meta, tables: Tables) -> World:
    """The world as it was before anybody wrote."""
    return World(meta, tables)


async def test_a_phone_takes_the_first_bsuid_that_comes_with_it(world: World) -> None:
    asha = somebody()
    conversation = await world.write(replace(asha, bsuid=""))
    assert await world.write(asha) == conversation
    assert await world.write(replace(asha, phone="")) == conversation
    assert await world.tables.address_of(conversation) == asha.to_json()


async def test_a_bsuid_takes_the_phone_that_comes_with_it_later(world: World) -> None:
    asha = somebody()
    conversation = await world.write(replace(asha, phone=""))
    assert await world.write(asha) == conversation
    assert await world.write(replace(asha, bsuid="")) == conversation


async def test_a_webhook_that_leaves_a_name_out_takes_nothing_away(world: World) -> None:
    asha = somebody()
    conversation = await world.write(asha)
    await world.write(replace(asha, phone=""))
    await world.write(replace(asha, bsuid=""))
    assert await world.tables.address_of(conversation) == asha.to_json()


async def test_a_known_phone_with_another_bsuid_is_a_recycled_number_and_somebody_new(world: World) -> None:
    """Whoever has the number now sees nothing of the one who had it, and nothing meant for that one comes to them."""
    asha = somebody()
    ravi = replace(somebody(), phone=asha.phone)
    hers, his = await world.write(asha), await world.write(ravi)
    assert await world.tables.person_of(his) != await world.tables.person_of(hers)
    assert await world.write(replace(ravi, bsuid="")) == his, "the number alone is the new one's"
    assert await world.write(replace(asha, phone="")) == hers, "she is still known by the other name"
    assert await world.tables.address_of(hers) == {"phone": "", "bsuid": asha.bsuid}
    assert await world.tables.address_of(his) == ravi.to_json()


async def test_when_one_webhook_names_two_people_the_bsuid_decides_and_the_phone_moves(world: World) -> None:
    asha, ravi = somebody(), somebody()
    hers, his = await world.write(asha), await world.write(ravi)
    both = Names(asha.phone, ravi.bsuid)
    assert await world.write(both) == his
    assert await world.write(replace(asha, bsuid="")) == his
    assert await world.write(replace(asha, phone="")) == hers
    assert await world.tables.person_of(hers) != await world.tables.person_of(his), "nothing is merged"
    assert await world.tables.address_of(hers) == {"phone": "", "bsuid": asha.bsuid}
    assert await world.tables.address_of(his) == both.to_json()


async def test_a_phone_that_had_no_bsuid_moves_with_all_its_rights_to_the_bsuid_it_comes_with(world: World) -> None:
    asha, ravi = replace(somebody(), bsuid=""), somebody()
    hers, his = await world.write(asha), await world.write(ravi)
    assert await world.write(Names(asha.phone, ravi.bsuid)) == his
    assert await world.tables.address_of(hers) == {"phone": "", "bsuid": ""}, "nothing is sent to a number of his"


async def test_a_number_change_that_the_provider_tells_of_keeps_the_conversation(world: World) -> None:
    old, new = somebody(), somebody()
    conversation = await world.write(old)
    await world.told(
        "user_changed_number", old, wa_id=new.phone.lstrip("+"), user_id=new.bsuid, previous_user_id=old.bsuid
    )
    assert await world.tables.address_of(conversation) == new.to_json()
    assert await world.write(new) == conversation
    assert await world.write(replace(new, phone="")) == conversation
    assert await world.write(replace(new, bsuid="")) == conversation


async def test_who_gets_a_number_that_was_given_up_is_somebody_new(world: World) -> None:
    old, new = somebody(), somebody()
    conversation = await world.write(old)
    await world.told("customer_changed_number", replace(old, bsuid=""), new_wa_id=new.phone.lstrip("+"))
    assert await world.write(replace(new, bsuid="")) == conversation
    stranger = await world.write(replace(old, bsuid=""))
    assert stranger != conversation
    assert await world.tables.person_of(stranger) != await world.tables.person_of(conversation)


async def test_a_number_change_to_a_number_that_already_wrote_takes_it_over_without_merging(world: World) -> None:
    """They wrote from the new number before the provider told of the change."""
    old, new = somebody(), somebody()
    conversation, meanwhile = await world.write(old), await world.write(replace(new, bsuid=""))
    await world.told("user_changed_number", replace(old, bsuid=""), wa_id=new.phone.lstrip("+"))
    assert await world.write(replace(new, bsuid="")) == conversation
    assert await world.tables.address_of(meanwhile) == {"phone": "", "bsuid": ""}


async def test_a_changed_user_id_keeps_the_conversation(world: World) -> None:
    old, new = replace(somebody(), phone=""), replace(somebody(), phone="")
    conversation = await world.write(old)
    await world.told("user_changed_user_id", old, user_id=new.bsuid, previous_user_id=old.bsuid)
    assert await world.write(new) == conversation
    assert await world.tables.address_of(conversation) == new.to_json()


async def test_a_change_told_twice_is_one_and_of_a_stranger_it_is_none(world: World) -> None:
    old, new = somebody(), somebody()
    conversation = await world.write(old)
    for _ in range(2):
        await world.told("user_changed_number", old, wa_id=new.phone.lstrip("+"), user_id=new.bsuid)
    assert await world.write(new) == conversation
    unheard_of = somebody()
    await world.told("user_changed_number", somebody(), wa_id=unheard_of.phone.lstrip("+"))
    known = "select count(*) from aliases where hash = %s"
    assert await world.tables.value(known, KEYS.hash("phone", unheard_of.phone)) == 0


async def test_a_new_security_code_changes_nothing(world: World) -> None:
    asha = somebody()
    conversation = await world.write(asha)
    await world.told("customer_identity_changed", asha, customer=asha.phone.lstrip("+"))
    assert await world.write(asha) == conversation
    assert await world.tables.address_of(conversation) == asha.to_json()


async def test_one_person_of_two_businesses_is_two(world: World, shared: Everything) -> None:
    asha = replace(somebody(), bsuid="")
    here = await world.write(asha)
    there = await world.write(asha, number=shared.own[-1].number)
    assert await world.tables.person_of(here) != await world.tables.person_of(there)


async def test_people_of_one_company_are_not_taken_for_one_person(world: World) -> None:
    parent = f"IN.ENT.{uuid4().int % 10**20:020d}"
    first = await world.write(somebody(), from_parent_user_id=parent)
    assert await world.write(somebody(), from_parent_user_id=parent) != first


async def test_names_that_come_in_any_way_at_once_make_one_person(world: World) -> None:
    """The first messages of somebody new arrive together, each naming them otherwise; some of them name both."""
    for _ in range(5):
        asha = somebody()
        ways = [asha, replace(asha, bsuid=""), replace(asha, phone=""), asha]
        await asyncio.gather(*(world.write(names) for names in ways))
        conversation = await world.write(asha)
        assert {await world.write(names) for names in ways} == {conversation}


async def test_somebody_without_a_phone_number_is_answered_by_their_user_id(
    http: httpx.AsyncClient, meta: Meta
) -> None:
    ravi = await Person.appear(http, meta.at, bsuid_only=True)
    await ravi.write("hi")
    await ravi.settle()
    [answer] = [one["payload"] for one in await messages_of(http, ravi) if one["direction"] == "out"]
    assert answer["recipient"] == ravi.alias
    assert "to" not in answer


async def test_no_name_is_written_down_in_clear(world: World) -> None:
    asha = somebody()
    await world.write(asha)
    digits = asha.phone.lstrip("+")
    dumped = await world.tables.rows(
        "select a::text from aliases a union all select c::text from conversations c union all"
        " select p::text from persons p union all select i::text from inbox i"
    )
    written = "\n".join(row for (row,) in dumped)
    assert digits not in written
    assert asha.bsuid not in written
    assert digits.encode().hex() not in written
