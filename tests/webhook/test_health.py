"""What is said of our health: by component, without a key, and without anybody's data."""

from __future__ import annotations

import httpx

from journeys.registry import BOTS
from store.heartbeats import DEAD_AFTER, EVERY
from tests.running.person import Person
from tests.running.product import SECRETS, Addresses, Product
from tests.running.spare import running
from tests.running.tables import tables_of
from tests.running.waiting import until

COMPONENTS = {"postgres", "temporal", "worker", "meta", "twilio", "decision", "jobs", "mail", "llm"}


async def test_the_first_page_says_who_answers_here(http: httpx.AsyncClient, at: Addresses) -> None:
    answer = await http.get(f"{at.url}/")
    assert answer.status_code == 200
    assert answer.json() == {"service": "sutradhar", "version": "0.1.0", "bots": sorted(BOTS)}


async def test_all_is_well_and_stand_ins_are_told_apart_from_the_real_thing(
    http: httpx.AsyncClient, at: Addresses
) -> None:
    answer = await http.get(f"{at.url}/healthz")
    health = answer.json()
    assert answer.status_code == 200
    assert set(health) == {"status", "uptime_s", "mode", "components"}
    assert (health["status"], health["mode"]) == ("ok", "dev")
    assert health["uptime_s"] >= 0
    states = {name: component["state"] for name, component in health["components"].items()}
    assert states == {
        "postgres": "live",
        "temporal": "live",
        "worker": "live",
        "meta": "sandbox",
        "twilio": "sandbox",
        "decision": "sandbox",
        "jobs": "sandbox",
        "mail": "sandbox",
        "orders": "off",
        "speech": "sandbox",
        "llm": "off",
    }
    for name in ("postgres", "temporal"):
        assert 0 < health["components"][name]["latency_ms"] < 2000


async def test_it_is_ready_as_soon_as_it_can_take_a_webhook(http: httpx.AsyncClient, at: Addresses) -> None:
    answer = await http.get(f"{at.url}/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True})


async def test_health_tells_nobodys_data_nor_any_secret(http: httpx.AsyncClient, at: Addresses) -> None:
    asha = await Person.appear(http, at, name="Canary Nightingale")
    await asha.write("hi")
    await asha.settle()
    for path in ("/", "/healthz", "/readyz"):
        shown = (await http.get(at.url + path)).text
        for private in (asha.alias, "Nightingale", at.database_url, *SECRETS.values()):
            assert private not in shown


async def test_a_worker_that_gives_no_sign_of_life_is_down_and_so_are_we(
    http: httpx.AsyncClient, spare: Addresses
) -> None:
    """Nobody is answered then, though webhooks are still taken: so healthz says 503, and readyz does not."""
    async with running(Product(spare)) as product, tables_of(spare) as tables:
        product.worker.kill()
        # As long after the kill as it takes to notice; a sign given just before it comes first.
        await tables.rows(
            "update heartbeats set at = at - make_interval(secs => %s) where process = 'worker' returning 1", DEAD_AFTER
        )
        answer = await http.get(f"{spare.url}/healthz")
        assert answer.status_code == 503
        assert answer.json()["status"] == "down"
        assert answer.json()["components"]["worker"]["state"] == "down"
        assert (await http.get(f"{spare.url}/readyz")).status_code == 200
    assert EVERY < DEAD_AFTER / 2, "one sign may be lost"


async def test_a_number_that_nothing_is_accepted_from_is_told_and_takes_nobody_away(
    http: httpx.AsyncClient, spare: Addresses
) -> None:
    """People are still answered elsewhere, and balancers look at the status alone."""
    async with running(Product(spare)), tables_of(spare) as tables:
        await tables.rows(
            "insert into numbers (number, stopped_at, code) values (%s, now(), 190), ('somebody-elses', now(), 10)"
            " returning 1",
            spare.number,
        )
        answer = await http.get(f"{spare.url}/healthz")
        assert answer.status_code == 200
        assert answer.json()["status"] == "degraded"
        assert answer.json()["components"]["meta"] == {"state": "down", "code": 190}
        assert (await http.get(f"{spare.url}/readyz")).status_code == 200

        await tables.rows("delete from numbers where number = %s returning 1", spare.number)
        health = (await http.get(f"{spare.url}/healthz")).json()
        assert (health["status"], health["components"]["meta"]) == ("ok", {"state": "sandbox"})


async def test_production_has_no_doors_for_the_phone_and_keeps_no_raw_webhooks(
    http: httpx.AsyncClient, spare: Addresses
) -> None:
    product = Product(
        spare,
        more={
            "MODE": "production",
            "TIME_SKIPPING": "off",
            "ALLOW_STAND_INS": "meta, twilio, decision, jobs, mail, auth, speech",
        },
    )
    async with running(product), tables_of(spare) as tables:
        asha = await Person.appear(http, spare)
        await asha.write("hi")

        async def chat() -> object:
            return await asha.chat()

        await until(chat)
        who = {"number": spare.number, "user": asha.alias}
        assert (await http.get(f"{spare.url}/dev/conversations", params=who)).status_code == 404
        assert (await http.post(f"{spare.url}/dev/settled", json=who)).status_code == 404
        assert (await http.post(f"{spare.url}/dev/clock", json={**who, "seconds": 60})).status_code == 404
        assert (await http.get(f"{spare.url}/healthz")).json()["mode"] == "production"
        ((length,),) = await tables.rows("select length(body_sealed) from inbox order by id desc limit 1")
        assert length < 100
        assert '"event"' in product.worker.log.read_text(), "logs are JSON there"
