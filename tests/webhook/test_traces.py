"""Each request is found again: its answer names the trace that its log lines have."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from telemetry.traces import TRACE
from tests.running.everything import Everything
from tests.running.product import Addresses, Product
from tests.running.spare import running
from tests.running.wire import Meta, envelope, text, wamid
from tests.webhook.test_outages import without_its_database

GIVEN = "4bf92f3577b34da6a3ce929d0e0e4736"


async def test_every_answer_names_a_trace_of_its_own(http: httpx.AsyncClient, meta: Meta, at: Addresses) -> None:
    answers = [
        await http.get(f"{at.url}/"),
        await http.get(f"{at.url}/nowhere"),
        await meta.post(envelope(at.number)),
        await meta.post(envelope(at.number)),
    ]

    traces = [answer.headers["x-trace-id"] for answer in answers]
    assert all(TRACE.fullmatch(trace) for trace in traces)
    assert len(set(traces)) == len(traces)


@pytest.mark.parametrize("path", ["/nowhere", "/webhook"])
async def test_an_error_names_the_trace_that_the_request_came_with(
    http: httpx.AsyncClient, at: Addresses, path: str
) -> None:
    answer = await http.get(at.url + path, headers={"traceparent": f"00-{GIVEN}-00f067aa0ba902b7-01"})

    assert answer.is_error
    assert answer.json()["error"]["trace_id"] == answer.headers["x-trace-id"] == GIVEN


async def test_the_log_of_a_webhook_that_was_not_stored_is_found_by_the_trace_of_its_answer(
    http: httpx.AsyncClient, shared: Everything, spare: Addresses
) -> None:
    async with running(Product(spare)) as product:
        async with without_its_database(shared, spare):
            answer = await Meta(http, spare).post(
                envelope(spare.number, [text("hi", id=wamid(), phone="+919711111111")])
            )
        lines = Path(product.api.log).read_text().splitlines()

    assert answer.status_code == 503
    trace = answer.json()["error"]["trace_id"]
    assert trace == answer.headers["x-trace-id"]
    assert any("a webhook could not be stored" in line and trace in line for line in lines)
