"""What a webhook is told while something of ours is away, and that nothing is lost by it."""

from __future__ import annotations

import base64
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import psycopg
from psycopg import sql

from domain.inbound import Sender
from domain.numbers import Number
from stack import free_ports
from store.arrivals import Arrivals
from store.database import open_pool
from tests.running.everything import Everything
from tests.running.person import Person
from tests.running.product import Addresses, Product
from tests.running.spare import running
from tests.running.tables import KEYS, Tables, tables_of
from tests.running.waiting import until
from tests.running.wire import Meta, text, wamid


def a_phone() -> str:
    """A phone number that nobody else has."""
    return f"+9191{uuid4().int % 10**8:08d}"


@asynccontextmanager
async def without_its_database(shared: Everything, at: Addresses) -> AsyncIterator[None]:
    """The product's database takes no connections and has ended those that there were."""
    name = urlsplit(at.database_url).path.lstrip("/")
    async with await psycopg.AsyncConnection.connect(shared.servers.server_url, autocommit=True) as connection:
        allow = sql.SQL("alter database {} with allow_connections {}")
        await connection.execute(allow.format(sql.Identifier(name), sql.Literal(False)))
        await connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (name,))
        try:
            yield
        finally:
            await connection.execute(allow.format(sql.Identifier(name), sql.Literal(True)))


async def test_with_the_database_away_the_provider_is_asked_to_come_again(
    http: httpx.AsyncClient, shared: Everything, spare: Addresses
) -> None:
    """Nothing can be stored, so nothing is acknowledged; what comes again afterwards is answered once."""
    async with running(Product(spare)):
        asha = await Person.appear(http, spare)
        await asha.write("hi")
        await asha.settle()
        meta = Meta(http, spare)
        words = text("English", id=(id := wamid()), phone=asha.alias)
        async with without_its_database(shared, spare):
            for _ in range(2):
                begun = time.monotonic()
                answer = await meta.messages(words)
                assert answer.status_code == 503
                assert answer.json()["error"]["code"] == "not_stored"
                assert time.monotonic() - begun < 8, "a provider waits for ten seconds at most"
            assert (await meta.post(b"{}", X_Hub_Signature_256="sha256=")).status_code == 401
            assert (await http.get(f"{spare.url}/readyz")).status_code == 503
            health = await http.get(f"{spare.url}/healthz")
            assert health.status_code == 503
            assert health.json()["components"]["postgres"]["state"] == "down"

        async def taken() -> bool:
            return (await meta.messages(words)).status_code == 200

        await until(taken)
        await asha.settle()
        assert (await asha.inspect())["waiting_for"] == "answer:intent"
        async with tables_of(spare) as tables:
            assert len(await tables.received(id)) == 1


async def test_with_temporal_away_webhooks_are_acknowledged_at_once_and_handed_over_later(
    http: httpx.AsyncClient, spare: Addresses
) -> None:
    """The first may wait for Temporal for a moment; those after it do not even try."""
    away = Product(spare, more={"TEMPORAL_ADDRESS": f"127.0.0.1:{free_ports(1)[0]}"})
    away.api.start()
    await away.api.ready_at(f"{spare.url}/readyz", status=200)
    people = [await Person.appear(http, spare) for _ in range(5)]
    took = []
    for person in people:
        begun = time.monotonic()
        await person.write("hi")
        took.append(time.monotonic() - begun)
    assert took[0] < 4
    assert max(took[1:]) < 1
    health = await http.get(f"{spare.url}/healthz")
    assert health.status_code == 503
    assert health.json()["components"]["temporal"]["state"] == "down"
    away.api.kill()
    async with running(Product(spare)):
        for person in people:

            async def chat(person: Person = person) -> object:
                return await person.chat()

            await until(chat)
            await person.settle()
            assert len(await person.chat()) == 1


async def test_with_an_encryption_key_missing_the_provider_is_asked_to_come_again(
    http: httpx.AsyncClient, spare: Addresses
) -> None:
    """A key was taken away that people's data is still sealed with: the log names it, and nothing is lost."""
    keys = spare.environment()["ENCRYPTION_KEYS"]
    other = "rotated:" + base64.b64encode(b"r" * 32).decode()
    phone = a_phone()
    pool = await open_pool(spare.database_url, 2)
    await Arrivals(pool, KEYS).conversation(
        Sender(phone=phone), Number("meta", spare.number, "", "loan", spare.namespace)
    )
    await pool.close()
    meta = Meta(http, spare)
    answers = []
    for ring in (other, f"{other},{keys}"):
        product = Product(spare, more={"ENCRYPTION_KEYS": ring})
        product.api.start()
        await product.api.ready_at(f"{spare.url}/readyz", status=200)
        answers.append((await meta.messages(text("hi", phone=phone), text("hi", phone=a_phone()))).status_code)
        product.api.kill()
    assert answers == [503, 200]
    assert "encryption key 'tests' is not among ENCRYPTION_KEYS" in product.api.log.read_text()


async def test_one_who_was_erased_costs_neighbours_nothing(meta: Meta, tables: Tables) -> None:
    gone, id = a_phone(), wamid()
    first = text("hi", phone=gone)
    await meta.messages(first)
    conversation = await tables.conversation_of(first["id"])
    await tables.rows("delete from keys where conversation = %s returning 1", conversation)
    assert (await meta.messages(text("hi", phone=gone), text("hi", id=id, phone=a_phone()))).status_code == 200
    assert len(await tables.received(id)) == 1
