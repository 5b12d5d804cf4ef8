"""The API does what its OpenAPI document says, for requests that fit it and for requests that do not."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from schemathesis import BaseSchema
from schemathesis.config import SchemathesisConfig

from tests.running.person import Person
from tests.running.product import SECRETS, Addresses

REPOSITORY = Path(__file__).parents[2]
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")
EXAMPLES = 25
"""random requests to each route, beside those at the borders of its schema"""
JUDGE = (
    *("--generation-deterministic", "--max-examples", str(EXAMPLES)),
    *("--phases", "examples,coverage,fuzzing"),
    # It takes a signature for a password: whoever has one may send anything. Ours is of the body: see test_doors.py.
    *("--exclude-checks", "ignored_auth"),
    *("--warnings", "off", "--no-color"),
)


@pytest.fixture
def document(at: Addresses) -> BaseSchema:
    """What the running product says of itself."""
    config = SchemathesisConfig.from_path(CONFIGURATION)
    return schemathesis.openapi.from_url(f"{at.url}/openapi.json", config=config)


@pytest.fixture
async def asha(http: httpx.AsyncClient, at: Addresses) -> Person:
    """Somebody whom the product knows."""
    asha = await Person.appear(http, at)
    await asha.write("hi")
    await asha.settle()
    return asha


@pytest.mark.timeout(300)
async def test_every_route_answers_as_it_declares_whatever_it_is_asked(
    at: Addresses, document: BaseSchema, tmp_path: Path
) -> None:
    """No 5xx; statuses, types and shapes as declared; what fits the schema is taken, and what does not is refused."""
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.contract.signing", "PYTHONPATH": str(REPOSITORY)}
    judge = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()"),
        *("--config-file", str(CONFIGURATION)),
        *("run", f"{at.url}/openapi.json", *JUDGE),
        env=environment,
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    told, _ = await judge.communicate()
    verdict = told.decode()
    assert judge.returncode == 0, verdict
    assert f"Tested: {sum(1 for _ in document.get_all_operations())}" in verdict, verdict


def test_every_route_declares_errors_of_the_form_that_all_errors_have(document: BaseSchema) -> None:
    declared = document.raw_schema
    for methods in declared["paths"].values():
        for operation in methods.values():
            content = operation["responses"]["4XX"]["content"]
            assert content == {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorAnswer"}}}
            assert "422" not in operation["responses"], "FastAPI's own form, which is never sent"
    assert set(declared["components"]["schemas"]["ErrorDetail"]["required"]) == {"code", "message", "trace_id"}


@pytest.mark.parametrize("seconds", [0.001, 1, 86_400, 400 * 86_400])
def test_the_clock_of_somebody_known_is_moved_however_far(document: BaseSchema, asha: Person, seconds: float) -> None:
    who: dict[str, Any] = {"number": asha.at.number, "user": asha.alias}
    moved = document["/dev/clock"]["POST"].Case(body={**who, "seconds": seconds}).call_and_validate()
    assert moved.json() == {"moved": seconds}
    settled = document["/dev/settled"]["POST"].Case(body=who).call_and_validate()
    assert settled.json() == {"waiting_for": "answer:language"}
    laid_open = document["/dev/conversations"]["GET"].Case(query=who).call_and_validate()
    assert laid_open.json()["waiting_for"] == "answer:language"


def test_what_is_told_of_somebody_known_has_the_shape_that_is_declared(document: BaseSchema, asha: Person) -> None:
    headers = {"Authorization": f"Bearer {SECRETS['ADMIN_API_KEY']}"}
    said: dict[str, Any] = {"phone_number": asha.alias, "message": "Your order ORD-001 is on its way."}
    sent = document["/api/whatsapp/send"]["POST"].Case(body=said, headers=headers).call_and_validate()
    assert sent.json()["status"] == "accepted"
    query = {"phone_number": asha.alias}
    messages = document["/api/whatsapp/messages"]["GET"].Case(query=query, headers=headers).call_and_validate()
    assert messages.json()["total"] >= 3
    contacts = document["/api/whatsapp/contacts"]["GET"].Case(headers=headers).call_and_validate()
    assert contacts.json()["total"] >= 1
    path = {"phone": asha.alias}
    stats = document["/webhook/stats/{phone}"]["GET"].Case(path_parameters=path, headers=headers).call_and_validate()
    assert stats.json()["incoming"] == {"handled": 1}
