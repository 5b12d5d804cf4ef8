"""The product that all share, and another system that calls its API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import httpx
import pytest

from domain.inbound import Sender
from domain.numbers import Number
from store.api_keys import ApiKeys
from store.arrivals import Arrivals
from store.database import open_pool
from tests.running.fixtures import at as at
from tests.running.fixtures import http as http
from tests.running.fixtures import meta as meta
from tests.running.fixtures import tables as tables
from tests.running.person import Person
from tests.running.product import SECRETS, Addresses
from tests.running.tables import KEYS


@dataclass(frozen=True)
class Api:
    """The API, as somebody calls it who has this key."""

    http: httpx.AsyncClient
    at: Addresses
    key: str = SECRETS["ADMIN_API_KEY"]

    def with_key(self, key: str) -> Api:
        """The same, called by somebody else."""
        return replace(self, key=key)

    async def get(self, path: str, **query: Any) -> httpx.Response:
        """Ask for something."""
        return await self.http.get(self.at.url + path, params=query, headers=self.headers())

    async def send(self, phone: str, message: str, once: str = "", **more: str) -> httpx.Response:
        """Have something said to somebody, once under this Idempotency-Key."""
        body = {"phone_number": phone, "message": message, **more}
        headers = self.headers() | ({"Idempotency-Key": once} if once else {})
        return await self.http.post(f"{self.at.url}/api/whatsapp/send", json=body, headers=headers)

    async def messages(self, phone: str, **query: Any) -> dict[str, Any]:
        """One page of what was said."""
        answer = await self.get("/api/whatsapp/messages", phone_number=phone, **query)
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        return page

    async def contacts(self, **query: Any) -> dict[str, Any]:
        """One page of who wrote."""
        answer = await self.get("/api/whatsapp/contacts", **query)
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        return page

    async def contact(self, phone: str) -> dict[str, Any]:
        """Somebody as the contacts have them. Raises ValueError where they are not there, or twice."""
        found: list[dict[str, Any]] = []
        before: dict[str, str] = {}
        while True:
            page = await self.contacts(limit=200, **before)
            found += [one for one in page["contacts"] if one["phone_number"] == phone]
            if page["next_before"] is None:
                [contact] = found
                return contact
            before = {"before": page["next_before"]}

    def headers(self) -> dict[str, str]:
        """What brings the key."""
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}


def problem(answer: httpx.Response) -> tuple[int, str]:
    """The status and the code of an error, which has the form that all errors have."""
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "trace_id"}
    assert error["trace_id"] == answer.headers["x-trace-id"]
    return answer.status_code, error["code"]


async def also_talks_with(person: Person, bot: str) -> UUID:
    """Somebody has a conversation with another bot of the same business too, which has said nothing yet."""
    number = Number("meta", f"another-than-{person.at.number}", "", bot, person.at.namespace)
    pool = await open_pool(person.at.database_url, 2)
    try:
        return (await Arrivals(pool, KEYS).conversation(Sender(phone=person.alias), number)).conversation
    finally:
        await pool.close()


@pytest.fixture
def api(http: httpx.AsyncClient, at: Addresses) -> Api:
    """The API, for somebody who may do everything."""
    return Api(http, at)


@pytest.fixture
async def keys(at: Addresses) -> AsyncIterator[ApiKeys]:
    """The keys of those who call, as the command line has them."""
    pool = await open_pool(at.database_url, 2)
    yield ApiKeys(pool, KEYS)
    await pool.close()


@pytest.fixture
async def asha(http: httpx.AsyncClient, at: Addresses) -> Person:
    """Somebody who has said hello and was asked for their language."""
    asha = await Person.appear(http, at)
    await asha.write("hi")
    await asha.settle()
    return asha
