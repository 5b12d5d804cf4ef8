"""The business is told of a lead by mail, once, however the mail server is; nobody waits for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client

from tests.running.person import Person
from tests.running.product import Addresses
from tests.running.waiting import until


@pytest.fixture
async def ravi(http: httpx.AsyncClient, at: Addresses) -> Person:
    """Somebody who talks to Nexora."""
    return await Person.appear(http, at, "nexora")


def mailbox_of(person: Person) -> str:
    """An address that nobody else has."""
    return f"canary.{person.alias.lstrip('+')}@nightingale.example"


async def leaves_a_lead(person: Person) -> None:
    """Ask for a consultant, with a budget of before."""
    for words in ("hi", "2", "$765,432", "menu", "3", "Canary Nightingale", mailbox_of(person)):
        await person.write(words)
        await person.settle()


async def mails_about(http: httpx.AsyncClient, person: Person) -> list[dict[str, Any]]:
    """The mails that arrived about somebody."""
    mails = (await http.get(f"{person.at.sandbox}/sandbox/mails")).json()
    return [mail for mail in mails if mailbox_of(person) in mail["body"]]


async def test_the_mail_says_all_that_is_known(http: httpx.AsyncClient, ravi: Person) -> None:
    await leaves_a_lead(ravi)
    await until(lambda: mails_about(http, ravi))
    [mail] = await mails_about(http, ravi)
    [reference] = [line.split()[-1] for line in await ravi.lines() if "*Reference:*" in line]
    assert reference in mail["subject"]
    for what in (reference, "Canary Nightingale", ravi.alias, "$765,432"):
        assert what in mail["body"]
    assert (mail["to"], mail["times"]) == (["consultants@nexora.example"], 1)


async def test_a_mail_server_that_is_down_keeps_nobody_waiting_and_gets_the_mail_later(
    http: httpx.AsyncClient, ravi: Person
) -> None:
    await http.put(f"{ravi.at.sandbox}/sandbox/mail", json={"state": "down"})
    try:
        await leaves_a_lead(ravi)
        assert await ravi.settle() == "answer:main"
        assert not await mails_about(http, ravi)
    finally:
        await http.put(f"{ravi.at.sandbox}/sandbox/mail", json={"state": "up"})
    await until(lambda: mails_about(http, ravi), 60)
    assert len(await mails_about(http, ravi)) == 1


async def test_temporal_and_the_logs_know_the_mail_by_ids_alone(
    http: httpx.AsyncClient, ravi: Person, temporal: Client, at: Addresses
) -> None:
    await leaves_a_lead(ravi)
    await until(lambda: mails_about(http, ravi))
    [mail] = await mails_about(http, ravi)
    workflow = f"mail-{mail['message_id'].strip('<>').partition('@')[0]}"
    handle = temporal.get_workflow_handle(workflow)

    async def is_over() -> bool:
        [*_, last] = (await handle.fetch_history()).events
        return last.event_type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED

    await until(is_over)
    shown = (await handle.fetch_history()).to_json()
    logs = "".join(file.read_text() for file in (Path(at.folder) / "logs").glob(f"*-{at.namespace}.log"))
    assert "a mail was sent" in logs
    for secret in ("Canary", "Nightingale", "nightingale.example", ravi.alias.lstrip("+"), "765432", "765,432"):
        assert secret not in shown
    for secret in ("Canary Nightingale", mailbox_of(ravi), "765,432"):
        assert secret not in logs
