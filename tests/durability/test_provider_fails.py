"""The provider fails, refuses, slows down: what was to be said is said later, in order, once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import ResetActivityRequest
from temporalio.client import Client

from domain.conversation import DELIVER
from tests.running.levers import goes_wrong
from tests.running.person import Person
from tests.running.product import Addresses, Product
from tests.running.spare import running
from tests.running.tables import Tables, tables_of
from tests.running.waiting import until


async def words(asha: Person) -> list[str]:
    """The first line of every message they got."""
    return [shown.body.partition("\n")[0][:30] for shown in await asha.chat()]


async def row_of(asha: Person, text_key: str) -> dict[str, Any]:
    """The newest message of this text in the outbox; empty while there is none."""
    return next((row for row in (await asha.inspect())["outbox"] if row["text_key"] == text_key), {})


async def is_put_off(asha: Person, text_key: str, code: int) -> dict[str, Any]:
    """Wait until the message of this text was tried and put off because of this code."""

    async def so() -> dict[str, Any]:
        row = await row_of(asha, text_key)
        return row if (row.get("state"), row.get("error")) == ("deferred", code) else {}

    return await until(so)


async def hurry(asha: Person, tables: Tables, temporal: Client) -> None:
    """Do what an operator does who has mended the account and does not want to wait: try again now."""
    seen = await asha.inspect()
    await tables.rows(
        "update outbox set not_before = null where conversation = %s and state = 'deferred' returning 1",
        seen["conversation_id"],
    )
    await tables.rows("update numbers set probe_at = now() where number = %s returning 1", asha.at.number)
    await temporal.workflow_service.reset_activity(
        ResetActivityRequest(
            namespace=temporal.namespace, execution=WorkflowExecution(workflow_id=seen["workflow_id"]), type=DELIVER
        )
    )


async def test_an_outage_of_the_provider_delays_messages_and_keeps_their_order(
    http: httpx.AsyncClient, asha: Person
) -> None:
    """Three tries fail, while the person goes on writing; then everything arrives, each once, in order."""
    await goes_wrong(http, asha, "error", times=3, code=131000)
    await asha.write("hi")
    await is_put_off(asha, "language", 131000)
    await asha.write("help")
    await asha.write("menu")
    await asha.settle()
    seen = await words(asha)
    assert seen[0].startswith("Namaste")
    assert [line.startswith("Write any of these words") for line in seen].count(True) == 1
    assert seen[-1].startswith("What would you like to do")
    assert seen.index("Write any of these words, when") < len(seen) - 1
    rows = (await asha.inspect())["outbox"]
    assert {row["state"] for row in rows} <= {"accepted", "sent", "delivered"}
    assert [row["attempts"] for row in rows] == [1] * (len(rows) - 1) + [4]


async def test_a_limit_of_pace_puts_off_and_costs_no_try(http: httpx.AsyncClient, asha: Person) -> None:
    await goes_wrong(http, asha, "error", times=2, code=131056)
    await asha.write("hi")
    await asha.settle()
    row = await row_of(asha, "language")
    assert row["attempts"] == 1
    assert len(await asha.chat()) == 1


async def test_a_number_that_nothing_is_accepted_from_waits_until_somebody_has_mended_it(
    http: httpx.AsyncClient, spare: Addresses
) -> None:
    """The token has expired (190): nothing is lost, nothing counts as tried, and the log calls for somebody, once."""
    async with running(Product(spare)):
        await stopped_and_mended(http, await Person.appear(http, spare), await Person.appear(http, spare))


async def stopped_and_mended(http: httpx.AsyncClient, asha: Person, ravi: Person) -> None:
    """Of two people whom a number serves, the first meets what is wrong with it; both wait until it is mended."""
    temporal = await Client.connect(asha.at.temporal, namespace=asha.at.namespace)
    await goes_wrong(http, asha, "error", times=1000, code=190)
    await asha.write("hi")
    await is_put_off(asha, "language", 190)
    await asha.write("help")

    async def is_queued() -> bool:
        return (await row_of(asha, "help")).get("state") == "pending"

    await until(is_queued)
    assert await asha.chat() == []
    await ravi.write("hi")

    async def waits_too() -> bool:
        return (await row_of(ravi, "language")).get("reason") == "number_stopped"

    await until(waits_too)
    assert (await row_of(ravi, "language"))["attempts"] == 0, "nobody tries what is known to fail"
    log = (Path(asha.at.folder) / "logs" / f"worker-{asha.at.namespace}.log").read_text()
    assert log.count("nothing is accepted from this number") == 1

    await goes_wrong(http, asha, "error", times=0)
    async with tables_of(asha.at) as tables:
        await hurry(asha, tables, temporal)
    await asha.settle()
    seen = await words(asha)
    assert seen[0].startswith("Namaste")
    assert any(line.startswith("Write any") for line in seen[1:])
    await ravi.settle()
    assert len(await ravi.chat()) == 1
    assert (await row_of(asha, "help"))["attempts"] == 1


async def test_a_message_that_is_refused_fails_alone(http: httpx.AsyncClient, asha: Person) -> None:
    await goes_wrong(http, asha, "error", code=131026)
    await asha.write("hi")
    await asha.settle()
    row = await row_of(asha, "language")
    assert (row["state"], row["error"]) == ("failed", 131026)
    await asha.write("hi")
    await asha.settle()
    assert len(await asha.chat()) >= 1


async def test_what_the_closed_window_held_back_goes_out_when_the_person_writes(
    http: httpx.AsyncClient, asha: Person
) -> None:
    await asha.write("hi")
    await asha.settle()
    await goes_wrong(http, asha, "error", code=131047)
    await asha.write("language")
    await asha.settle()
    row = await row_of(asha, "which_language")
    assert (row["state"], row["error"]) == ("parked", 131047)
    assert len(await asha.chat()) == 1
    await asha.write("help")
    await asha.settle()
    seen = await words(asha)
    assert seen[1].startswith("Write any")
    assert seen[2].startswith("Namaste"), "the question that stands, once, and last"
    assert len(seen) == 3
