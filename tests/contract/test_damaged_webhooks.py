"""Damaged bodies posted to the running product, rightly signed: never a 5xx, and each neighbour is stored once."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import psycopg
import pytest
from hypothesis import HealthCheck, given, seed, settings

from tests.contract.damage import Body, bodies
from tests.contract.found import FOUND, beside_ravi, message
from tests.running.product import Addresses
from tests.running.wire import signature

PARTS = 3
"""so that several processes can share the work; each with a seed of its own"""
BODIES = 80
"""a part"""


class Door:
    """The webhook of the product and the inbox behind it."""

    def __init__(self, at: Addresses, http: httpx.Client, database: psycopg.Connection[tuple[int]]) -> None:
        self.at = at
        self._http = http
        self._database = database

    def post(self, body: bytes) -> httpx.Response:
        """Post this, signed."""
        headers = {"X-Hub-Signature-256": signature(body), "Content-Type": "application/json"}
        return self._http.post(f"{self.at.url}/webhook", content=body, headers=headers)

    def stored(self, id: str) -> int:
        """How many rows of the inbox have this id."""
        [count] = self._database.execute("select count(*) from inbox where provider_id = %s", (id,)).fetchone() or (0,)
        return count

    def stored_like(self, pattern: str) -> int:
        """How many have an id like this."""
        query = "select count(*) from inbox where provider_id like %s"
        [count] = self._database.execute(query, (pattern,)).fetchone() or (0,)
        return count

    def laid_open(self, phone: str) -> bool:
        """Whether the drawer of the phone can show what there is of this person, if they have a conversation."""
        answer = self._http.get(f"{self.at.url}/dev/conversations", params={"number": self.at.number, "user": phone})
        return answer.status_code in (200, 404)


@pytest.fixture(scope="module")
def door(at: Addresses) -> Iterator[Door]:
    """The running product's."""
    with (
        httpx.Client(timeout=60, trust_env=False) as http,
        psycopg.connect(at.database_url, autocommit=True) as database,
    ):
        yield Door(at, http, database)


@pytest.mark.parametrize("part", range(PARTS))
def test_the_neighbour_of_what_is_damaged_is_stored_once(door: Door, part: int) -> None:
    @seed(part)
    @settings(
        max_examples=BODIES,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    @given(bodies())
    def neighbours_are_stored(body: Body) -> None:
        raw, ravi, _ = body.anew(door.at.number)
        answer = door.post(raw)
        assert answer.status_code == 200, answer.text
        assert door.stored(ravi.id) == 1

    neighbours_are_stored()


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_once_costs_no_neighbour_any_more(door: Door, name: str) -> None:
    raw, ravi, asha = FOUND[name].anew(door.at.number)
    for _ in range(2):
        answer = door.post(raw)
        assert answer.status_code == 200, answer.text
        assert door.stored(ravi.id) == 1
        assert door.laid_open(asha)


def test_hundreds_of_items_in_one_webhook_are_stored_the_bad_ones_aside(door: Door) -> None:
    people = [message(id=f"wamid.{number}", **{"from": f"91980{number:07d}"}) for number in range(50)]
    raw, ravi, _ = beside_ravi([*people, None, {}, 17] * 4).anew(door.at.number)
    assert door.post(raw).status_code == 200
    assert door.stored(ravi.id) == 1
    assert door.stored_like(ravi.id.replace("neighbour", "%")) == 51
