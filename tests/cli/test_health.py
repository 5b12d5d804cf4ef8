"""Whether all is well, and what to do where it is not."""

from __future__ import annotations

from typing import Any

from psycopg_pool import AsyncConnectionPool

from domain.inbound import Sender
from domain.numbers import DEFAULT_NUMBERS
from store.arrivals import Arrivals
from tests.cli.conftest import CommandLine
from tests.running.product import Addresses
from tests.running.tables import KEYS

NOWHERE = "http://127.0.0.1:1"


def by_name(document: dict[str, Any]) -> dict[str, dict[str, str]]:
    """What the doctor found, by what it looked at."""
    return {one["name"]: one for one in document["findings"]}


async def test_status_shows_what_healthz_says(sutradhar: CommandLine, at: Addresses) -> None:
    ended = await sutradhar("status", "--wait", "60", "--json")
    assert ended.code == 0, ended.err
    document = ended.json()
    assert (document["url"], document["status"]) == (at.url, "ok")
    assert document["components"]["meta"]["state"] == "sandbox"
    shown = await sutradhar("status")
    assert f"{at.url}: ok" in shown.out
    assert "\x1b[" not in shown.out, "piped, without colour"


async def test_status_of_nobody_is_down(sutradhar: CommandLine) -> None:
    ended = await sutradhar("status", "--url", NOWHERE, "--json")
    assert ended.code == 1
    assert ended.json()["components"] == {"api": {"state": "down"}}


async def test_a_healthy_product_has_nothing_that_fails(sutradhar: CommandLine) -> None:
    assert (await sutradhar("status", "--wait", "60")).code == 0
    ended = await sutradhar("doctor", "--json")
    found = by_name(ended.json())
    for name in (
        "settings",
        "database",
        "migrations",
        "clock",
        "encryption keys",
        "Temporal",
        "worker",
        "API",
        "files",
    ):
        assert found[name]["state"] == "ok", found[name]
    assert found["decision backend"]["state"] == "ok"


async def test_the_doctor_says_of_each_what_to_do(sutradhar: CommandLine, at: Addresses) -> None:
    ended = await sutradhar(
        "doctor",
        "--json",
        TEMPORAL_ADDRESS="127.0.0.1:1",
        META_ACCESS_TOKEN="a-token-of-nobody",
        BACKEND_DECISION_API_KEY="a-key-of-nobody",
        PORT="1",
    )
    assert ended.code == 1
    document = ended.json()
    found = by_name(document)
    assert document["healthy"] is False
    for name in ("Temporal", "API", "decision backend", next(name for name in found if name.startswith("Meta"))):
        assert found[name]["state"] == "fail", found[name]
        assert found[name]["todo"]
    assert "a-token-of-nobody" not in ended.out


async def test_the_doctor_goes_on_without_a_database(sutradhar: CommandLine) -> None:
    ended = await sutradhar("doctor", "--json", DATABASE_URL="postgresql://someone:a-password@127.0.0.1:1/there")
    assert ended.code == 1
    found = by_name(ended.json())
    assert found["database"]["state"] == "fail"
    assert found["Temporal"]["state"] == "ok"
    assert "a-password" not in ended.out


async def test_the_doctor_knows_a_key_that_is_missing(apart: CommandLine, pool: AsyncConnectionPool) -> None:
    await Arrivals(pool, KEYS).conversation(Sender(phone="+919700000001"), DEFAULT_NUMBERS[0])
    other = "another:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDA="
    found = by_name((await apart("doctor", "--json", ENCRYPTION_KEYS=other)).json())["encryption keys"]
    assert found["state"] == "fail"
    assert "'tests' is not among ENCRYPTION_KEYS" in found["what"]


async def test_a_wrong_setting_is_the_doctors_first_finding(sutradhar: CommandLine) -> None:
    ended = await sutradhar("doctor", TEMPORAL_ADDRESS="nowhere")
    assert ended.code == 1
    assert "TEMPORAL_ADDRESS" in ended.out
