"""A lead is kept once a person, sealed, with what the conversation looked at before and the reasons of its score."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest

from domain.investments import NewLead
from store.leads import Leads
from store.sealing import Erased, KeyRing
from store.seeding import seed_programs
from store.turns import NoConversation
from tests.store.conftest import Someone, someone

ASHA = NewLead("Asha Patil", "asha@patil.example")


@pytest.fixture
async def leads(asha: Someone, keys: KeyRing) -> Leads:
    """All leads; the programs that scores look at are there."""
    await seed_programs(asha.pool)
    return Leads(asha.pool, keys)


async def test_a_lead_is_kept_with_its_score_and_why(asha: Someone, leads: Leads) -> None:
    work = uuid4()
    new = NewLead("Asha Patil", "asha@patil.example", "usa", Decimal(800_000))
    lead = await leads.keep(asha.conversation, work, new)
    assert (lead.id, lead.name, lead.email, lead.interest) == (work, "Asha Patil", "asha@patil.example", "usa")
    assert lead.budget == 800_000
    assert lead.phone.startswith("+9197")
    assert lead.country_of_interest == "United States"
    assert lead.score == 100
    assert await leads.of(asha.conversation) == lead


async def test_what_was_looked_at_before_goes_with_it(asha: Someone, leads: Leads) -> None:
    await leads.note(asha.conversation, category="europe")
    await leads.note(asha.conversation, budget=Decimal(300_000))
    await leads.note(asha.conversation, category="caribbean")
    await leads.note(asha.conversation, country="Canada")
    lead = await leads.keep(asha.conversation, uuid4(), ASHA)
    assert (lead.interest, lead.country_of_interest) == ("caribbean", "Canada")
    assert lead.budget == 300_000
    assert "budget_reaches_interest" in lead.reasons


async def test_what_the_lead_says_itself_comes_first(asha: Someone, leads: Leads) -> None:
    await leads.note(asha.conversation, category="europe", budget=Decimal(300_000))
    lead = await leads.keep(asha.conversation, uuid4(), NewLead("Asha", "a@b.example", "uae", Decimal(60_000)))
    assert lead.interest == "uae"
    assert lead.budget == 60_000


async def test_who_asks_again_is_the_same_lead_with_what_they_say_now(asha: Someone, leads: Leads) -> None:
    first = await leads.keep(asha.conversation, uuid4(), ASHA)
    second = await leads.keep(asha.conversation, uuid4(), NewLead("Asha P. Patil", "new@patil.example"))
    assert second.id == first.id
    assert (await leads.of(asha.conversation)) == second
    assert await asha.value("select count(*) from leads where conversation = %s", asha.conversation) == 1


async def test_the_same_work_twice_keeps_one_and_gives_what_it_gave(asha: Someone, leads: Leads) -> None:
    work = uuid4()
    first = await leads.keep(asha.conversation, work, ASHA)
    await leads.note(asha.conversation, budget=Decimal(900_000))
    assert await leads.keep(asha.conversation, work, ASHA) == first


async def test_two_people_are_two_leads(asha: Someone, leads: Leads, keys: KeyRing) -> None:
    ravi = await someone(asha.pool, keys)
    hers = await leads.keep(asha.conversation, uuid4(), ASHA)
    his = await leads.keep(ravi.conversation, uuid4(), NewLead("Ravi Kumar", "ravi@kumar.example"))
    assert hers.id != his.id
    assert await leads.of(asha.conversation) == hers


async def test_a_conversation_without_a_lead_has_none(asha: Someone, leads: Leads) -> None:
    assert await leads.of(asha.conversation) is None


async def test_nothing_personal_is_readable_in_the_tables(asha: Someone, leads: Leads) -> None:
    await leads.note(asha.conversation, category="europe", budget=Decimal(345_678))
    lead = await leads.keep(asha.conversation, uuid4(), ASHA)
    async with asha.pool.connection() as connection:
        rows = await connection.execute(
            "select l::text || i::text from leads l join interests i on i.conversation = l.conversation"
            " where l.conversation = %s",
            (asha.conversation,),
        )
        [[shown]] = await rows.fetchall()
    for secret in ("Asha", "Patil", "patil.example", "345678", lead.phone, lead.phone.lstrip("+")):
        assert secret not in shown
        assert secret.encode().hex() not in shown


async def test_an_erased_conversation_has_no_lead_any_more(asha: Someone, leads: Leads) -> None:
    await leads.keep(asha.conversation, uuid4(), ASHA)
    async with asha.pool.connection() as connection:
        await connection.execute("delete from keys where conversation = %s", (asha.conversation,))
    with pytest.raises(Erased):
        await leads.of(asha.conversation)


async def test_a_conversation_that_there_is_not_has_nothing(leads: Leads) -> None:
    with pytest.raises(NoConversation):
        await leads.of(uuid4())
    with pytest.raises(NoConversation):
        await leads.note(uuid4(), category="europe")
