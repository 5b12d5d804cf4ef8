"""Something is said to many: to whom, at what time, once each; and what whoever asked for it is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.testing import TimeSkipper

from domain.broadcasts import broadcast_workflow
from tests.rest.conftest import Api, problem
from tests.running.person import Person
from tests.running.product import Addresses, Product
from tests.running.spare import running
from tests.running.tables import Tables, tables_of
from tests.running.waiting import until

TEMPLATE = {"name": "loan_offers_ready"}
LONG_AGO = "update conversations set last_in_at = now() - interval '25 hours' where id = %s returning true"


def words() -> str:
    """Words that nobody else says."""
    return f"We are closed on Monday. {uuid4().hex}"


class Broadcasting:
    """Broadcasts of one product, as a system asks for them that may do everything."""

    def __init__(self, api: Api, tables: Tables) -> None:
        self.api = api
        self.tables = tables

    async def post(self, path: str, body: Any = None, once: str = "") -> httpx.Response:
        """Ask for something to be done."""
        headers = self.api.headers() | ({"Idempotency-Key": once} if once else {})
        return await self.api.http.post(self.api.at.url + path, json=body, headers=headers)

    async def send(self, once: str = "", **body: Any) -> UUID:
        """Have something said to the people of the loan bot; the broadcast's id."""
        answer = await self.post("/send-broadcast", {"bot": "loan", **body}, once)
        assert answer.status_code == 202, answer.text
        return UUID(answer.json()["broadcast_id"])

    async def look(self, id: UUID) -> dict[str, Any]:
        """How it stands."""
        answer = await self.api.get(f"/broadcasts/{id}")
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    async def recipients(self, id: UUID) -> dict[str, tuple[str, str | None]]:
        """Outcome and reason of each recipient, by phone number."""
        page = (await self.api.get(f"/broadcasts/{id}/recipients", limit=200)).json()["recipients"]
        return {one["phone_number"]: (one["outcome"], one["reason"]) for one in page}

    async def ended(self, id: UUID) -> dict[str, Any]:
        """How it stands when all that can be has come of it."""

        async def over() -> bool:
            told = await self.look(id)
            return told["state"] in ("done", "cancelled") and not sum(
                told["outcomes"][one] for one in ("waiting", "accepted", "sent")
            )

        await until(over, 60)
        return await self.look(id)


@pytest.fixture
async def broadcasting(http: httpx.AsyncClient, spare: Addresses) -> AsyncIterator[Broadcasting]:
    """A product of one's own: who gets a broadcast is all people there are."""
    async with running(Product(spare)), tables_of(spare) as tables:
        # Others have had this number before.
        await tables.rows("update conversations set bot = 'nobody' where bot = 'loan' returning 1")
        yield Broadcasting(Api(http, spare), tables)


async def people(broadcasting: Broadcasting, number: int) -> list[Person]:
    """So many people who were asked for their language."""
    found = [await Person.appear(broadcasting.api.http, broadcasting.api.at) for _ in range(number)]
    for one in found:
        await one.write("hi")
        await one.settle()
    return found


async def heard(person: Person, what: str) -> int:
    """How often somebody got these words."""
    return sum(what in line for line in await person.lines())


async def conversation_of(person: Person) -> UUID:
    """The id of somebody's conversation."""
    return UUID((await person.inspect())["conversation_id"])


async def test_everybody_gets_it_once_and_those_to_whom_nothing_can_be_said_are_skipped_with_a_reason(
    broadcasting: Broadcasting,
) -> None:
    asha, ravi, stopped, silent, unwilling = await people(broadcasting, 5)
    await stopped.write("stop")
    await stopped.settle()
    assert await broadcasting.tables.rows(LONG_AGO, await conversation_of(silent))
    person = await broadcasting.tables.person_of(await conversation_of(unwilling))
    await broadcasting.tables.rows("update persons set marketing_stopped = true where id = %s returning 1", person)

    said = words()
    id = await broadcasting.send(message=said)
    told = await broadcasting.ended(id)

    assert (told["state"], told["recipients"], told["message"]) == ("done", 5, said)
    assert told["outcomes"]["delivered"] == 2
    assert told["reasons"]["skipped"] == {"opted_out": 1, "window_closed": 1, "no_marketing": 1}
    assert await broadcasting.recipients(id) == {
        asha.alias: ("delivered", None),
        ravi.alias: ("delivered", None),
        stopped.alias: ("skipped", "opted_out"),
        silent.alias: ("skipped", "window_closed"),
        unwilling.alias: ("skipped", "no_marketing"),
    }
    assert [await heard(one, said) for one in (asha, ravi, stopped, silent, unwilling)] == [1, 1, 0, 0, 0]

    # What they write next answers no question of before.
    await asha.write("1")
    assert await asha.settle() == "answer:language"


async def test_only_those_at_a_step_are_meant_where_one_is_named(broadcasting: Broadcasting) -> None:
    asha, ravi = await people(broadcasting, 2)
    await ravi.write("English")
    await ravi.settle()
    said = words()
    told = await broadcasting.ended(await broadcasting.send(message=said, step="intent"))
    assert told["recipients"] == 1
    assert (await heard(asha, said), await heard(ravi, said)) == (0, 1)


async def test_a_template_reaches_those_whose_window_is_closed_in_their_language(broadcasting: Broadcasting) -> None:
    asha, ravi = await people(broadcasting, 2)
    await ravi.write("हिन्दी")
    await ravi.settle()
    for one in (asha, ravi):
        assert await broadcasting.tables.rows(LONG_AGO, await conversation_of(one))
    id = await broadcasting.send(template=TEMPLATE)
    told = await broadcasting.ended(id)
    assert (told["template"], told["outcomes"]["delivered"]) == ("loan_offers_ready", 2)
    assert await heard(asha, "Your offers are waiting") == 1
    assert await heard(ravi, "आपके ऑफ़र यहाँ") == 1
    # Nothing is kept for the day they write.
    for one in (asha, ravi):
        await one.write("hi")
        await one.settle()
        states = [row["state"] for row in (await one.inspect())["outbox"]]
        assert "parked" not in states


async def test_it_waits_for_its_time_and_can_be_paused_resumed_and_cancelled_before(
    broadcasting: Broadcasting,
) -> None:
    [asha] = await people(broadcasting, 1)
    at = datetime.now(UTC) + timedelta(hours=5)
    said, unsaid = words(), words()
    id = await broadcasting.send(message=said, at=at.isoformat())
    other = await broadcasting.send(message=unsaid, at=at.isoformat())
    assert (await broadcasting.look(id))["state"] == "scheduled"
    assert (await broadcasting.post(f"/broadcasts/{id}/pause")).json()["state"] == "paused"
    assert (await broadcasting.post(f"/broadcasts/{id}/resume")).json()["state"] == "scheduled"
    assert (await broadcasting.post(f"/broadcasts/{other}/cancel")).json()["state"] == "cancelled"

    where = broadcasting.api.at
    client = await Client.connect(where.temporal, namespace=where.namespace)

    async def is_over(one: UUID) -> bool:
        told = await client.get_workflow_handle(broadcast_workflow(one)).describe()
        return told.status == WorkflowExecutionStatus.COMPLETED

    await until(lambda: is_over(other))
    await TimeSkipper(client).fast_forward(
        client.get_workflow_handle(broadcast_workflow(id)), timedelta(hours=5, minutes=1)
    )
    told = await broadcasting.ended(id)
    assert told["outcomes"]["delivered"] == 1
    await until(lambda: is_over(id))
    assert (await heard(asha, said), await heard(asha, unsaid)) == (1, 0)
    assert problem(await broadcasting.post(f"/broadcasts/{id}/pause")) == (409, "over")
    assert problem(await broadcasting.post(f"/broadcasts/{other}/resume")) == (409, "over")
    # Ended twice is ended once.
    assert (await broadcasting.post(f"/broadcasts/{other}/cancel")).status_code == 200


async def test_paused_in_the_middle_it_stops_and_resumed_it_reaches_the_others(broadcasting: Broadcasting) -> None:
    everybody = await people(broadcasting, 4)
    said = words()
    id = await broadcasting.send(message=said, rate=0.5)

    async def begun() -> bool:
        return bool((await broadcasting.look(id))["outcomes"]["delivered"])

    await until(begun)
    paused = (await broadcasting.post(f"/broadcasts/{id}/pause")).json()
    made = "select count(*) from broadcast_recipients where broadcast = %s and state = 'made'"
    before = await broadcasting.tables.value(made, id)
    assert (paused["state"], before < 4) == ("paused", True)
    looked = "select looked_at from broadcasts where id = %s"
    since = await broadcasting.tables.value(looked, id)

    async def has_looked() -> bool:
        return bool(await broadcasting.tables.value(looked, id) > since)

    # It has looked since, perhaps in the middle of a page, and made nothing.
    await until(has_looked)
    assert await broadcasting.tables.value(made, id) == before
    assert (await broadcasting.post(f"/broadcasts/{id}/resume")).json()["state"] == "running"
    told = await broadcasting.ended(id)
    assert told["outcomes"]["delivered"] == 4
    assert [await heard(one, said) for one in everybody] == [1] * 4


async def test_cancelled_in_the_middle_whoever_has_not_got_it_never_does(broadcasting: Broadcasting) -> None:
    everybody = await people(broadcasting, 4)
    said = words()
    id = await broadcasting.send(message=said, rate=0.5)

    async def begun() -> bool:
        return bool((await broadcasting.look(id))["outcomes"]["delivered"])

    await until(begun)
    assert (await broadcasting.post(f"/broadcasts/{id}/cancel")).json()["state"] == "cancelled"
    told = await broadcasting.ended(id)
    times = [await heard(one, said) for one in everybody]
    assert sum(times) == told["outcomes"]["delivered"] == 4 - told["outcomes"]["cancelled"] < 4
    assert set(times) == {0, 1}


async def test_the_same_key_is_one_broadcast(broadcasting: Broadcasting) -> None:
    [asha] = await people(broadcasting, 1)
    said, key = words(), uuid4().hex
    id = await broadcasting.send(key, message=said)
    assert await broadcasting.send(key, message=said) == id
    other = await broadcasting.post("/send-broadcast", {"bot": "loan", "message": words()}, key)
    assert problem(other) == (422, "other_body")
    await broadcasting.ended(id)
    assert await heard(asha, said) == 1


async def test_who_was_erased_since_is_told_of_as_that_and_not_by_name(
    broadcasting: Broadcasting,
) -> None:
    asha, ravi = await people(broadcasting, 2)
    id = await broadcasting.send(message=words())
    await broadcasting.ended(id)
    conversation = await conversation_of(ravi)
    await broadcasting.tables.rows("delete from broadcast_recipients where conversation = %s returning 1", conversation)
    told = await broadcasting.look(id)
    assert (told["recipients"], told["reasons"]["skipped"]) == (2, {"erased": 1})
    assert set(await broadcasting.recipients(id)) == {asha.alias}
