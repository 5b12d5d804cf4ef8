"""Something is said to many: to whom, at what time, once each; and what whoever asked for it is told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.testing import TimeSkipper

from domain.broadcasts import broadcast_workflow
from domain.messages import Text
from store.api_keys import ApiKeys
from store.broadcasts import Broadcasts, NewBroadcast
from store.database import open_pool
from tests.rest.conftest import Api, problem
from tests.running.person import Person
from tests.running.product import Addresses, Product
from tests.running.spare import running
from tests.running.tables import KEYS, Tables, tables_of
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


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "body: either a `message` or a `template`, and not both"),
        ({"message": "Namaste", "template": TEMPLATE}, "body: either a `message` or a `template`, and not both"),
        ({"message": "x" * 4097}, "body.message: "),
        ({"message": " \n"}, "body.message: "),
        ({"message": "Namaste", "bot": "nobody"}, "body.bot: there is no such bot here; there are loan, "),
        ({"message": "Namaste", "number": "1"}, "body.number: not one of ours for loan; those are "),
        ({"message": "Namaste", "step": "the moon"}, "body.step: nobody was ever at a step of this name with loan"),
        ({"message": "Namaste", "at": "2020-01-01T00:00:00Z"}, "body.at: a time that has passed"),
        ({"message": "Namaste", "at": "2120-01-01T00:00:00Z"}, "body.at: more than a year ahead"),
        ({"message": "Namaste", "at": "2027-01-01T00:00:00"}, "body.at: "),
        ({"message": "Namaste", "rate": 0}, "body.rate: "),
        ({"message": "Namaste", "rate": 6}, "body.rate: at most 5 messages a second"),
        ({"message": "Namaste", "text": "Namaste"}, "body.text: "),
        (
            {"template": {"name": "no_such"}},
            "body.template.name: no template of loan; there are loan_answer_r",
        ),
        ({"template": {"name": "nexora_booking_soon"}}, "body.template.name: no template of loan; there are "),
        ({"template": TEMPLATE | {"language": "ta"}}, "body.template.language: it is registered in en, hi only"),
        ({"template": TEMPLATE | {"values": {"amount": "5"}}}, "body.template.values: it does not show amount"),
        (
            {"template": {"name": "nexora_booking_soon", "values": {"when": "now"}}, "bot": "nexora"},
            "body.template.values: it shows zone, too",
        ),
    ],
)
async def test_what_cannot_be_is_refused_with_the_field_named(api: Api, body: dict[str, Any], message: str) -> None:
    answer = await api.http.post(f"{api.at.url}/send-broadcast", json={"bot": "loan"} | body, headers=api.headers())
    assert problem(answer) == (422, "invalid")
    assert answer.json()["error"]["message"].startswith(message)


async def test_where_there_is_nobody_to_write_to_it_is_said_so(broadcasting: Broadcasting) -> None:
    answer = await broadcasting.post("/send-broadcast", {"message": words(), "bot": "loan"})
    assert problem(answer) == (409, "nobody")
    assert problem(await broadcasting.api.get(f"/broadcasts/{uuid4()}")) == (404, "no_broadcast")
    assert problem(await broadcasting.post(f"/broadcasts/{uuid4()}/pause")) == (404, "no_broadcast")


async def test_a_key_is_for_broadcasts_alone_and_then_sees_no_phone_numbers(
    api: Api, keys: ApiKeys, asha: Person
) -> None:
    at = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    sender = api.with_key((await keys.create("the newsletter", ["broadcast"])).secret)
    reader = api.with_key((await keys.create("the archive", ["read"])).secret)
    body = {"message": words(), "bot": "loan", "at": at}
    refused = await api.http.post(f"{api.at.url}/send-broadcast", json=body, headers=reader.headers())
    assert problem(refused) == (403, "wrong_scope")
    ordered = await api.http.post(f"{api.at.url}/send-broadcast", json=body, headers=sender.headers())
    id = ordered.json()["broadcast_id"]
    assert [one["broadcast_id"] for one in (await sender.get("/broadcasts", limit=1)).json()["broadcasts"]] == [id]
    await api.http.post(f"{api.at.url}/broadcasts/{id}/cancel", headers=sender.headers())
    assert problem(await reader.get(f"/broadcasts/{id}/recipients")) == (403, "wrong_scope")


async def test_recipients_come_in_pages_and_with_their_numbers_only_for_who_may_read(
    broadcasting: Broadcasting,
) -> None:
    everybody = await people(broadcasting, 3)
    id = await broadcasting.send(message=words())
    await broadcasting.ended(id)
    path = f"/broadcasts/{id}/recipients"
    found: list[dict[str, Any]] = []
    after: int | None = 0
    while after is not None:
        page = (await broadcasting.api.get(path, limit=2, after=after)).json()
        found += page["recipients"]
        after = page["next_after"]
    assert [one["phone_number"] for one in found] == [one.alias for one in everybody]
    delivered = (await broadcasting.api.get(path, outcome="delivered")).json()["recipients"]
    assert delivered == found
    assert (await broadcasting.api.get(path, outcome="failed")).json()["recipients"] == []

    pool = await open_pool(broadcasting.api.at.database_url, 2)
    try:
        key = await ApiKeys(pool, KEYS).create("the newsletter", ["broadcast"])
    finally:
        await pool.close()
    unnamed = (await broadcasting.api.with_key(key.secret).get(path)).json()["recipients"]
    assert {one["phone_number"] for one in unnamed} == {None}


async def test_one_that_no_workflow_was_told_of_starts_all_the_same(
    broadcasting: Broadcasting,
) -> None:
    """As when Temporal was away when it was ordered: the sweeper tells its workflow."""
    [asha] = await people(broadcasting, 1)
    said = words()
    pool = await open_pool(broadcasting.api.at.database_url, 2)
    try:
        id = await Broadcasts(pool, KEYS).order(None, NewBroadcast("loan", Text(said), rate=5.0))
    finally:
        await pool.close()
    assert (await broadcasting.ended(id))["outcomes"]["delivered"] == 1
    assert await heard(asha, said) == 1


async def test_neither_temporal_nor_a_log_knows_what_was_said_or_to_whom(broadcasting: Broadcasting) -> None:
    [asha] = await people(broadcasting, 1)
    said = words()
    id = await broadcasting.send(message=said)
    await broadcasting.ended(id)
    where = broadcasting.api.at
    client = await Client.connect(where.temporal, namespace=where.namespace)
    shown = (await client.get_workflow_handle(broadcast_workflow(id)).fetch_history()).to_json()
    logs = "".join(file.read_text() for file in (Path(where.folder) / "logs").glob(f"*-{where.namespace}.log"))
    assert "a broadcast is over" in logs
    rows = [str(row) for row in await broadcasting.tables.rows("select b::text from broadcasts b")]
    for told in (shown, logs, *rows):
        assert said not in told
        assert asha.alias.lstrip("+") not in told
