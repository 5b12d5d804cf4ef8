"""Twilio away, or we: nothing is lost in either direction, and nothing comes twice.

Twilio posts a webhook once. What it told while nobody listened is in its list of messages, and so is what it took from
us while its answer was lost.
"""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from temporalio.client import Client
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from tests.running.levers import goes_wrong, messages_of
from tests.running.person import Person
from tests.running.product import Addresses, Product
from tests.running.spare import running
from tests.running.tables import tables_of
from tests.running.waiting import until


async def appears(http: httpx.AsyncClient, at: Addresses) -> Person:
    """Somebody who writes to the loan bot through Twilio."""
    return await Person.appear(http, at, number=at.number_of("loan", "twilio"))


async def restarted(product: Product) -> None:
    """The API, started anew; when this returns it serves."""
    product.api.start()
    await product.ready()


def far(client: Client) -> TimeSkipper:
    """What moves a conversation's clock by a day although something is tried every minute of it."""
    return TimeSkipper(client, config=TimeSkippingConfig(max_session_skip_count=20_000))


async def said(person: Person) -> list[str]:
    """The first line of every message they got."""
    return [shown.body.partition("\n")[0] for shown in await person.chat()]


async def test_what_people_wrote_while_nobody_listened_is_read_from_twilios_list(
    http: httpx.AsyncClient, spare: Addresses
) -> None:
    """One is in the middle of a conversation, another writes for the first time; a second look changes nothing."""
    async with running(Product(spare)) as product:
        asha, ravi = await appears(http, spare), await appears(http, spare)
        await asha.write("hi")
        await asha.settle()
        product.api.kill()
        await asha.write("English")
        await ravi.write("hi")
        await restarted(product)

        async def both_are_answered() -> bool:
            waits_for = (await asha.inspect())["waiting_for"]
            return waits_for == "answer:intent" and len(await ravi.chat()) > 0

        await until(both_are_answered)
        await asha.settle()
        assert await ravi.settle() == "answer:language"
        before = await said(asha), await said(ravi)
        product.api.kill()
        await restarted(product)

        async with tables_of(spare) as tables:

            async def was_read_again() -> bool:
                late = "select read_to > now() - interval '20 seconds' from list_readings where number = %s"
                return bool(await tables.value(late, spare.number_of("loan", "twilio")))

            await until(was_read_again)
        await asha.settle()
        await ravi.settle()
        assert (await said(asha), await said(ravi)) == before


async def test_an_hour_without_twilio_delays_what_is_said_and_loses_none_of_it(
    http: httpx.AsyncClient, spare: Addresses
) -> None:
    """An hour of 503, in virtual time: the answers wait, in order, and arrive once."""
    async with running(Product(spare)):
        asha = await appears(http, spare)
        await asha.write("hi")
        await asha.settle()
        before = await said(asha)
        await goes_wrong(http, asha, "outage", times=10_000, code=503)  # a try a minute
        await asha.write("English")
        await asha.write("help")

        async def waits() -> bool:
            return any(row["state"] == "deferred" for row in (await asha.inspect())["outbox"])

        await until(waits)
        temporal = await Client.connect(spare.temporal, namespace=spare.namespace)
        handle = temporal.get_workflow_handle((await asha.inspect())["workflow_id"])
        # Not by the phone's clock, which waits until all is sent.
        await far(temporal).fast_forward(handle, timedelta(hours=1))
        assert await said(asha) == before
        await goes_wrong(http, asha, "outage", times=0)
        await TimeSkipper(temporal).fast_forward(handle, timedelta(minutes=2))
        await asha.settle()
        assert len(await said(asha)) > len(before) + 2
        rows = sorted((await asha.inspect())["outbox"], key=lambda row: (row["turn"], row["place"]))
        sent = [one["id"] for one in await messages_of(http, asha) if one["direction"] == "out"]
        assert [row["provider_id"] for row in rows] == sent


@pytest.mark.timeout(400)
async def test_after_more_than_a_day_without_twilio_they_go_on_where_they_were(
    http: httpx.AsyncClient, spare: Addresses
) -> None:
    """Twenty-five hours of 503, in virtual time: the window has closed meanwhile.

    So what was said waits for the person, and goes out when they write; only a question that is put again is not twice.
    """
    async with running(Product(spare)):
        asha = await appears(http, spare)
        await asha.write("hi")
        await asha.settle()
        before = await asha.lines()
        await goes_wrong(http, asha, "outage", times=10_000, code=503)  # a try a minute
        await asha.write("English")

        async def waits() -> bool:
            return any(row["state"] == "deferred" for row in (await asha.inspect())["outbox"])

        await until(waits)
        temporal = await Client.connect(spare.temporal, namespace=spare.namespace)
        handle = temporal.get_workflow_handle((await asha.inspect())["workflow_id"])
        await far(temporal).fast_forward(handle, timedelta(hours=25))
        await goes_wrong(http, asha, "outage", times=0)
        await TimeSkipper(temporal).fast_forward(handle, timedelta(minutes=2))

        async def is_parked() -> bool:
            states = [row["state"] for row in (await asha.inspect())["outbox"]]
            return "parked" in states and not {"deferred", "pending", "sending"} & set(states)

        await until(is_parked)
        await asha.write("hi")

        async def is_back() -> bool:
            seen = await asha.inspect()
            waits = [row for row in seen["outbox"] if row["state"] in ("parked", "deferred", "pending", "sending")]
            return len(seen["inbox"]) == 3 and all(row["turn"] is not None for row in seen["inbox"]) and not waits

        await until(is_back)
        await asha.settle()
        seen = await asha.inspect()
        given_up = {row["reason"] for row in seen["outbox"] if row["state"] == "failed"}
        assert given_up <= {"superseded"}, "a question that is put again is not put twice; all else has arrived"
        assert seen["waiting_for"] == "answer:intent"
        assert (await asha.lines())[-1:] != before[-1:]


async def test_a_send_whose_answer_and_callbacks_are_lost_is_found_in_twilios_list(
    http: httpx.AsyncClient, spare: Addresses
) -> None:
    """Without the list it would be sent a second time."""
    async with running(Product(spare)):
        asha = await appears(http, spare)
        await goes_wrong(http, asha, "drop_statuses", times=10)
        await goes_wrong(http, asha, "accept_then_drop", times=10)
        await asha.write("hi")

        async def in_doubt() -> bool:
            return any(row["state"] == "unknown" for row in (await asha.inspect())["outbox"])

        await until(in_doubt)
        await asha.settle()
        rows = (await asha.inspect())["outbox"]
        sent = [one["id"] for one in await messages_of(http, asha) if one["direction"] == "out"]
        assert [row["state"] for row in rows] == ["accepted"] * len(rows)
        assert sorted(row["provider_id"] for row in rows) == sorted(sent)


async def test_statuses_that_nobody_heard_are_asked_for(http: httpx.AsyncClient, spare: Addresses) -> None:
    async with running(Product(spare)) as product, tables_of(spare) as tables:
        asha = await appears(http, spare)
        await goes_wrong(http, asha, "drop_statuses", times=10)
        await asha.write("hi")
        await asha.settle()
        assert {row["state"] for row in (await asha.inspect())["outbox"]} == {"accepted"}
        product.api.kill()
        # As if it had been an hour ago.
        await tables.rows("update outbox set accepted_at = accepted_at - %s returning 1", timedelta(hours=1))
        await tables.rows("update list_readings set looked_at = looked_at - %s returning 1", timedelta(hours=1))
        await restarted(product)

        async def is_told() -> bool:
            return {row["state"] for row in (await asha.inspect())["outbox"]} == {"delivered"}

        await until(is_told)
