"""What the API says of itself, and what it must never say."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.rest.conftest import Api, problem
from tests.rest.test_sending import some_words
from tests.running.everything import Everything
from tests.running.person import Person
from tests.running.product import Addresses, Product
from tests.running.spare import running
from tests.webhook.test_outages import without_its_database

OURS = {
    "/api/whatsapp/send": "post",
    "/api/whatsapp/messages": "get",
    "/api/whatsapp/contacts": "get",
    "/webhook/stats/{phone}": "get",
    "/send-broadcast": "post",
    "/broadcasts": "get",
    "/broadcasts/{id}": "get",
    "/broadcasts/{id}/recipients": "get",
    "/broadcasts/{id}/pause": "post",
    "/broadcasts/{id}/resume": "post",
    "/broadcasts/{id}/cancel": "post",
}


@pytest.fixture
async def document(api: Api) -> dict[str, Any]:
    """The OpenAPI document."""
    document: dict[str, Any] = (await api.with_key("").get("/openapi.json")).json()
    return document


@pytest.mark.parametrize("path", OURS)
async def test_what_needs_a_key_says_so_and_is_shut_without_one(api: Api, document: dict[str, Any], path: str) -> None:
    operation = document["paths"][path][OURS[path]]
    assert operation["security"] == [{"ApiKey": []}]
    assert operation["tags"]
    asked = api.http.build_request(OURS[path], api.at.url + path.format(phone="+919800000001", id=UUID(int=7)))
    assert problem(await api.http.send(asked)) == (401, "no_key")


def examples(schema: dict[str, Any], document: dict[str, Any]) -> bool:
    """Whether a schema has an example, as a whole or of each of its parts."""
    name = schema.get("$ref", "").rpartition("/")[2]
    whole = document["components"]["schemas"][name] if name else schema
    if whole.get("examples") or "example" in whole or "const" in whole or "anyOf" in whole:
        return True
    if whole.get("type") == "array":
        return examples(whole["items"], document)
    return bool(whole.get("properties")) and all(examples(one, document) for one in whole["properties"].values())


@pytest.mark.parametrize("path", [*OURS, "/", "/health", "/webhook"])
async def test_every_body_and_every_answer_has_an_example(document: dict[str, Any], path: str) -> None:
    for operation in document["paths"][path].values():
        bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
        for body in bodies:
            schema = body.get("content", {}).get("application/json", {}).get("schema", {})
            if "$ref" in schema:
                assert examples(schema, document), (path, schema)


async def test_the_page_for_people_is_there(api: Api) -> None:
    page = await api.with_key("").get("/docs")
    assert page.status_code == 200
    assert "/openapi.json" in page.text


async def test_no_log_holds_whom_it_was_about_or_the_key(api: Api, asha: Person) -> None:
    words = some_words()
    await api.send(asha.alias, words)
    await api.messages(asha.alias)
    await api.contact(asha.alias)
    await api.get(f"/webhook/stats/{asha.alias}")
    await api.with_key("sk_0123456789ab_" + "x" * 43).get(f"/webhook/stats/{asha.alias}")
    for log in (Path(api.at.folder) / "logs").glob("*straight.log"):
        told = log.read_text()
        assert asha.alias.lstrip("+") not in told, log.name
        assert words not in told, log.name
        assert api.key not in told, log.name


async def test_with_the_database_away_callers_are_asked_to_come_again(
    api: Api, shared: Everything, spare: Addresses
) -> None:
    elsewhere = Api(api.http, spare)
    async with running(Product(spare)) as product:
        async with without_its_database(shared, spare):
            answers = [
                await elsewhere.send("+919800000001", "Namaste"),
                await elsewhere.get("/api/whatsapp/messages", phone_number="+919800000001"),
                await elsewhere.get("/webhook/stats/+919800000001"),
            ]
            assert (await elsewhere.get("/health")).status_code == 200
        lines = Path(product.api.log).read_text()
    assert [problem(answer) for answer in answers] == [(503, "unavailable")] * 3
    assert "919800000001" not in lines
