"""Every request has a trace: its answer tells it, an error names it, and the log lines of the request have it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from api import errors
from telemetry import traces
from telemetry.requests import Traced
from tests.telemetry.conftest import Lines

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
PARENT = {"traceparent": f"00-{TRACE}-00f067aa0ba902b7-01"}


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application that is traced."""
    app = FastAPI()
    errors.install(app)

    @app.get("/trace")
    async def trace() -> str:
        return traces.current()

    @app.get("/problem")
    async def problem() -> None:
        raise errors.Problem(409, "told", "as we tell it")

    @app.get("/people/{phone}")
    async def person(phone: str) -> None:
        raise ValueError(f"nobody has {phone}")

    transport = httpx.ASGITransport(Traced(app), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://api") as client:
        yield client


async def test_a_request_without_a_trace_gets_one_of_its_own(http: httpx.AsyncClient) -> None:
    one, other = await http.get("/trace"), await http.get("/trace")

    assert traces.TRACE.fullmatch(one.json())
    assert one.headers["x-trace-id"] == one.json()
    assert other.json() != one.json()
    assert traces.current() == ""


async def test_a_request_that_carries_one_goes_on_under_it(http: httpx.AsyncClient) -> None:
    answer = await http.get("/trace", headers=PARENT)

    assert answer.json() == answer.headers["x-trace-id"] == TRACE


async def test_a_request_that_carries_nonsense_gets_one_of_its_own(http: httpx.AsyncClient) -> None:
    answer = await http.get("/trace", headers={b"traceparent": "00-9812345670-ü".encode()})

    assert traces.TRACE.fullmatch(answer.json())


@pytest.mark.parametrize(("path", "status"), [("/problem", 409), ("/nowhere", 404), ("/people/9812345670", 500)])
async def test_an_error_is_answered_with_the_trace_of_its_request(
    http: httpx.AsyncClient, path: str, status: int
) -> None:
    answer = await http.get(path, headers=PARENT)

    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"code", "message", "trace_id"}
    assert answer.json()["error"]["trace_id"] == answer.headers["x-trace-id"] == TRACE


async def test_an_error_that_nobody_foresaw_is_logged_once_under_its_trace_and_not_quoted_to_the_caller(
    http: httpx.AsyncClient, of_the_process: Lines
) -> None:
    answer = await http.get("/people/9812345670", headers=PARENT)

    assert answer.json()["error"]["code"] == "internal"
    assert "9812345670" not in answer.text
    [line] = [json.loads(line) for line in of_the_process.text.splitlines()]
    assert (line["event"], line["trace"]) == ("a request failed", TRACE)
    assert (line["method"], line["route"]) == ("GET", "/people/{phone}")
    assert "ValueError: nobody has [phone]" in line["exception"]
    assert "9812345670" not in of_the_process.text


async def test_an_answer_that_nobody_began_is_left_to_whoever_serves_us() -> None:
    async def broken(scope: object, receive: object, send: object) -> None:
        raise RuntimeError("before anything was answered")

    async with httpx.AsyncClient(transport=httpx.ASGITransport(Traced(broken)), base_url="http://api") as client:
        with pytest.raises(RuntimeError, match="before anything"):
            await client.get("/")


async def test_what_is_no_http_request_is_passed_on_as_it_is() -> None:
    seen = []

    async def application(scope: object, receive: object, send: object) -> None:
        seen.append(scope)

    async def nothing() -> dict[str, object]:
        return {}

    async def nowhere(message: object) -> None:
        raise AssertionError("nothing is sent")

    await Traced(application)({"type": "lifespan"}, nothing, nowhere)

    assert seen == [{"type": "lifespan"}]
