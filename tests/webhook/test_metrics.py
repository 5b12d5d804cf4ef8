"""What those on duty read: counts and ages of the product that runs, and of nobody."""

from __future__ import annotations

import httpx
from prometheus_client.parser import text_string_to_metric_families

from stack import free_ports
from telemetry.labels import ALL
from tests.running.everything import Everything
from tests.running.person import Person
from tests.running.product import SECRETS, Addresses, Product
from tests.running.spare import running
from tests.running.waiting import until
from tests.running.wire import Meta, envelope, status, text, wamid
from tests.webhook.test_outages import without_its_database

TOKEN = "a token of this test run's Prometheus"


def values(page: str) -> dict[str, dict[tuple[str, ...], float]]:
    """All values of a page, by the name of the sample and the values of its labels."""
    read: dict[str, dict[tuple[str, ...], float]] = {}
    for family in text_string_to_metric_families(page):
        for sample in family.samples:
            read.setdefault(sample.name, {})[tuple(sample.labels.values())] = sample.value
    return read


async def test_every_metric_is_there_as_soon_as_the_product_is(http: httpx.AsyncClient, at: Addresses) -> None:
    answer = await http.get(f"{at.url}/metrics")

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    shown = values(answer.text)
    assert {name for name in ALL if not name.endswith("_seconds")} <= set(shown)
    assert shown["sutradhar_database_up"] == {(): 1}
    assert 0 <= shown["sutradhar_worker_silent_seconds"][()] < 60
    assert shown["process_cpu_seconds_total"][()] > 0


async def test_what_nobody_can_take_shows_until_it_is_dealt_with(http: httpx.AsyncClient, meta: Meta) -> None:
    def unknown(page: str) -> float:
        return values(page)["sutradhar_dead_letters_open"][("unknown_number",)]

    before = unknown((await http.get(f"{meta.at.url}/metrics")).text)
    await meta.post(envelope("nobodys-number", [text("hi", id=wamid(), phone="+919711111111")]))

    assert unknown((await http.get(f"{meta.at.url}/metrics")).text) > before


async def test_what_goes_wrong_counts_for_the_bot_that_it_is_of(http: httpx.AsyncClient, meta: Meta) -> None:
    async def bad(bot: str, event: str) -> float:
        page = values((await http.get(f"{meta.at.url}/metrics")).text)
        return page["sutradhar_bot_events_total"][(bot, event, "bad")]

    before = await bad("other", "item"), await bad("loan", "delivery")
    await meta.post(envelope("nobodys-number", [text("hi", id=wamid(), phone="+919711111111")]))
    await meta.statuses(status("failed", wamid(), errors=[{"code": 131026}]))

    assert (await bad("other", "item"), await bad("loan", "delivery")) > before
    assert await bad("loan", "delivery") > before[1]


async def test_it_tells_nobodys_data_nor_any_secret_nor_any_conversation(
    http: httpx.AsyncClient, at: Addresses
) -> None:
    asha = await Person.appear(http, at, name="Canary Nightingale")
    await asha.write("hi")
    await asha.settle()
    page = (await http.get(f"{at.url}/metrics")).text

    conversation = (await asha.inspect())["conversation_id"]
    for private in (asha.alias.lstrip("+"), "Nightingale", conversation, at.database_url, *SECRETS.values()):
        assert private not in page


async def test_only_who_brings_the_token_reads_it_where_one_is_set(http: httpx.AsyncClient, spare: Addresses) -> None:
    more = {
        "MODE": "production",
        "TIME_SKIPPING": "off",
        "ALLOW_STAND_INS": "meta, twilio, decision, jobs, mail, auth, speech",
        "METRICS_TOKEN": TOKEN,
    }
    async with running(Product(spare, more=more)):
        for headers in ({}, {"Authorization": "Bearer guessed"}, {"Authorization": TOKEN}):
            answer = await http.get(f"{spare.url}/metrics", headers=headers)
            assert answer.status_code == 401
            assert answer.json()["error"]["code"] == "wrong_metrics_token"
            assert "sutradhar_" not in answer.text
        answer = await http.get(f"{spare.url}/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        assert "sutradhar_inbox_waiting" in answer.text


async def test_the_worker_serves_its_own_on_its_port(http: httpx.AsyncClient, spare: Addresses) -> None:
    [port] = free_ports(1)
    async with running(Product(spare, more={"METRICS_PORT": str(port)})):

        async def served() -> str:
            try:
                return (await http.get(f"http://127.0.0.1:{port}/metrics")).raise_for_status().text
            except httpx.ConnectError:
                return ""  # what a worker before it left in the database makes the product healthy at once

        page = await until(served)

    assert "sutradhar_turn_seconds_bucket" in values(page)


async def test_what_service_levels_are_reckoned_from_moves_as_somebody_is_answered(
    http: httpx.AsyncClient, spare: Addresses
) -> None:
    """Of the order desk: what tests before this one left half done on these addresses goes on meanwhile, at others."""
    [port] = free_ports(1)
    async with running(Product(spare, more={"METRICS_PORT": str(port)})):
        asha = await Person.appear(http, spare, "orders")
        await asha.write("hi")
        await asha.settle()

        async def answering() -> dict[str, dict[tuple[str, ...], float]] | None:
            # A busy machine may not have asked the database in time; the next look does.
            page = values((await http.get(f"{spare.url}/metrics")).text)
            return page if page["sutradhar_bot_unavailable"].get(("orders",)) == 0 else None

        api = await until(answering)
        assert api is not None
        worker = values((await http.get(f"http://127.0.0.1:{port}/metrics")).text)

    assert api["sutradhar_bot_events_total"][("orders", "item", "good")] == 1
    assert worker["sutradhar_bot_events_total"][("orders", "turn", "good")] >= 1
    assert worker["sutradhar_bot_events_total"][("orders", "send", "good")] >= 1
    assert worker["sutradhar_answer_seconds_count"][("orders",)] == 1
    assert 0 < worker["sutradhar_answer_seconds_sum"][("orders",)] < 60
    for page in (api, worker):
        events = page["sutradhar_bot_events_total"]
        assert {count for (bot, _, result), count in events.items() if (bot, result) == ("orders", "bad")} == {0}


async def test_a_database_that_cannot_be_asked_is_told_and_nothing_of_what_waits_there(
    http: httpx.AsyncClient, shared: Everything, spare: Addresses
) -> None:
    """A backlog of nothing would be taken for good news; what the process counted is told all the same."""
    async with running(Product(spare)):
        async with without_its_database(shared, spare):
            answer = await http.get(f"{spare.url}/metrics")

        async def is_up() -> bool:
            again = await http.get(f"{spare.url}/metrics")
            return values(again.text)["sutradhar_database_up"] == {(): 1}

        await until(is_up)

    assert answer.status_code == 200
    shown = values(answer.text)
    assert shown["sutradhar_database_up"] == {(): 0}
    assert shown["sutradhar_bot_unavailable"][("loan",)] == 1
    assert "sutradhar_sweeps_total" in shown
    assert not {"sutradhar_inbox_waiting", "sutradhar_outbox_unsent"} & set(shown)
