"""A broadcast to many, and whatever is killed under it: each gets it once.

`PEOPLE=2000` is what is promised; by default there are fewer, for it is to be quick.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest
from temporalio.client import Client

from domain.broadcasts import broadcast_workflow
from stack import Child
from tests.running.crowd import crowd, numbers_file, unpaced
from tests.running.product import SECRETS, Addresses, Product
from tests.running.spare import running
from tests.running.tables import Tables, tables_of
from tests.running.waiting import until

PEOPLE = int(os.environ.get("PEOPLE", "300"))
RATE = 40.0
"""messages a second"""
KILLS = 5
PATIENCE = 120 + PEOPLE / 4
"""seconds, on a machine that does other things too"""
TEMPLATE = {"name": "loan_offers_ready", "language": "en"}
AUTHORIZED = {"Authorization": f"Bearer {SECRETS['ADMIN_API_KEY']}"}
DECIDED = "select count(*) from broadcast_recipients where broadcast = %s and state <> 'waiting'"


async def sent(http: httpx.AsyncClient, at: Addresses) -> Counter[str]:
    """How many messages each person of this number has got, by their id in the sandbox."""
    got: Counter[str] = Counter()
    after: int | None = 0
    while after is not None:
        query: dict[str, Any] = {"number": at.number, "after": after}
        page = (await http.get(f"{at.sandbox}/sandbox/sends", params=query)).raise_for_status().json()
        assert page["doubled"] == {}
        got.update(one["user"] for one in page["sends"])
        after = page["next"]
    return got


async def killed_now_and_then(tables: Tables, broadcast: str, processes: list[Child]) -> None:
    """Whenever a sixth more is dealt with, the next of these is killed, and starts again."""
    for number, process in enumerate(processes, 1):

        async def come(number: int = number) -> bool:
            return bool(await tables.value(DECIDED, broadcast) >= number * PEOPLE // (len(processes) + 1))

        await until(come, PATIENCE)
        process.kill()
        process.start()


async def reached(http: httpx.AsyncClient, at: Addresses, product: Product, kills: list[Child]) -> None:
    """Send to many with these kills in the middle; each has got it once then, and the report says so."""
    async with tables_of(at) as tables:
        await tables.rows("update conversations set bot = 'nobody' where bot = 'loan' returning 1")
        before = await sent(http, at)
        people = await crowd(http, at, unpaced(at), PEOPLE)
        ordered = await http.post(
            f"{at.url}/send-broadcast", json={"template": TEMPLATE, "bot": "loan", "rate": RATE}, headers=AUTHORIZED
        )
        assert ordered.status_code == 202, ordered.text
        broadcast = ordered.json()["broadcast_id"]
        await killed_now_and_then(tables, broadcast, kills)
        await product.ready()

        async def told() -> Any:
            report = (await http.get(f"{at.url}/broadcasts/{broadcast}", headers=AUTHORIZED)).json()
            waits = report["outcomes"]["waiting"] or report["outcomes"]["accepted"] or report["outcomes"]["sent"]
            return report if report["state"] == "done" and not waits else None

        report = await until(told, PATIENCE)
        got = await sent(http, at) - before
    assert {person: got[person] for person in people} == dict.fromkeys(people, 1)
    assert report["outcomes"]["delivered"] == report["recipients"] == PEOPLE
    temporal = await Client.connect(at.temporal, namespace=at.namespace)
    described = await temporal.get_workflow_handle(broadcast_workflow(broadcast)).describe()
    assert described.history_length < 1000
    print(f"{PEOPLE} people, {len(kills)} kills: {report['rate_reached']} of {RATE:g} a second")


@pytest.mark.timeout(2 * PATIENCE)
async def test_with_its_worker_killed_five_times_it_reaches_each_once(
    http: httpx.AsyncClient, spare: Addresses, tmp_path: Path
) -> None:
    numbers = tmp_path / "numbers.toml"
    numbers.write_text(numbers_file(unpaced(spare)))
    async with running(Product(spare, more={"NUMBERS_FILE": str(numbers)})) as product:
        await reached(http, spare, product, [product.worker] * KILLS)


@pytest.mark.timeout(2 * PATIENCE)
async def test_with_the_api_killed_too_it_reaches_each_once(
    http: httpx.AsyncClient, spare: Addresses, tmp_path: Path
) -> None:
    numbers = tmp_path / "numbers.toml"
    numbers.write_text(numbers_file(unpaced(spare)))
    async with running(Product(spare, more={"NUMBERS_FILE": str(numbers)})) as product:
        await reached(http, spare, product, [product.api, product.worker, product.api])
