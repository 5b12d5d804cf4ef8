"""What goes wrong with the business's sends, beyond refusals and lost answers: hanging, slow, bare, late."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from tests.sandbox.conftest import LOAN, NEXORA, Bench


async def outgoing(bench: Bench, user: dict[str, Any]) -> int:
    return [message["direction"] for message in await bench.chat(user)].count("out")


async def for_all(bench: Bench, **fields: Any) -> dict[str, Any]:
    answer = await bench.control.post("/sandbox/faults", json=fields)
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


@pytest.mark.parametrize(("status", "retry_after"), [(500, None), (502, None), (503, "7"), (429, "7")])
async def test_a_send_can_get_a_bare_http_status(bench: Bench, status: int, retry_after: str | None) -> None:
    user = await bench.greeted()
    await bench.order(user, "faults", mode="http", code=status, seconds=7)
    answer = await bench.graph.text(LOAN, user["phone"], "hello")
    assert (answer.status_code, answer.headers.get("retry-after")) == (status, retry_after)
    assert answer.headers["content-type"].startswith("text/html")
    assert await outgoing(bench, user) == 0
    assert (await bench.graph.text(LOAN, user["phone"], "hello")).status_code == 200


@pytest.mark.parametrize(("mode", "shown"), [("hang", 0), ("accept_then_hang", 1)])
async def test_a_send_can_hang_longer_than_the_client_waits_accepted_or_not(
    bench: Bench, mode: str, shown: int
) -> None:
    user = await bench.greeted()
    await bench.order(user, "faults", mode=mode, seconds=60)
    waiting = asyncio.create_task(bench.graph.text(LOAN, user["phone"], "hello"))
    await bench.clock.until_asleep(1)
    assert (bench.clock.slept, await outgoing(bench, user)) == ([60.0], shown)
    bench.clock.advance(60)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        await waiting


async def test_an_answer_can_be_slow(bench: Bench) -> None:
    user = await bench.greeted()
    await bench.order(user, "faults", mode="slow", seconds=4)
    waiting = asyncio.create_task(bench.graph.text(LOAN, user["phone"], "hello"))
    await bench.clock.until_asleep(1)
    assert not waiting.done()
    bench.clock.advance(4)
    assert (await waiting).status_code == 200


async def test_outside_the_window_a_send_can_be_accepted_and_fail_later(bench: Bench) -> None:
    user = await bench.greeted()
    await bench.order(user, "faults", mode="late_window", fail_next_sends=2)
    inside = (await bench.graph.text(LOAN, user["phone"], "in time")).json()["messages"][0]["id"]
    await bench.product.until(lambda: "delivered" in bench.product.statuses_of(inside))
    await bench.order(user, "clock", hours=25)
    outside = (await bench.graph.text(LOAN, user["phone"], "late")).json()["messages"][0]["id"]
    await bench.product.until(lambda: bench.product.statuses_of(outside) == ["failed"])
    assert bench.product.received[-1].statuses[0]["errors"][0]["code"] == 131047


@pytest.mark.parametrize("code", [131026, 131049, 130472, 131047])
async def test_a_message_can_fail_for_any_reason_after_it_was_accepted(bench: Bench, code: int) -> None:
    user = await bench.greeted()
    await bench.order(user, "faults", mode="accept_then_fail", code=code)
    wamid = (await bench.graph.text(LOAN, user["phone"], "hello")).json()["messages"][0]["id"]
    await bench.product.until(lambda: bench.product.statuses_of(wamid) == ["failed"])
    assert bench.product.received[-1].statuses[0]["errors"][0]["code"] == code


async def test_a_token_runs_out_for_one_number_until_it_is_mended(bench: Bench) -> None:
    user, other = await bench.greeted(), await bench.greeted(number=NEXORA)
    await for_all(bench, mode="expired_token", times=None, number=LOAN)
    receipt = {"status": "read", "message_id": (await bench.chat(user))[0]["id"]}
    calls = [
        await bench.graph.text(LOAN, user["phone"], "hello"),
        await bench.graph.post(LOAN, receipt),
        await bench.graph.object(LOAN),
        await bench.graph.upload(LOAN, b"x", "text/plain"),
    ]
    assert {(answer.status_code, answer.json()["error"]["code"]) for answer in calls} == {(401, 190)}
    assert (await bench.graph.text(NEXORA, other["phone"], "hello")).status_code == 200
    assert (await bench.control.delete("/sandbox/faults")).status_code == 204
    assert (await bench.graph.text(LOAN, user["phone"], "hello")).status_code == 200


async def test_a_fault_for_everybody_strikes_so_many_times_whoever_comes(bench: Bench) -> None:
    people = [await bench.greeted() for _ in range(3)]
    await for_all(bench, mode="error", code=130429, times=2)
    codes = [(await bench.graph.text(LOAN, user["phone"], "hello")).status_code for user in people]
    assert codes == [400, 400, 200]


async def test_a_persons_own_fault_comes_before_that_of_their_number_and_of_everybody(bench: Bench) -> None:
    user = await bench.greeted()
    await for_all(bench, mode="error", code=131000, times=None)
    await for_all(bench, mode="error", code=131016, times=None, number=LOAN)
    await bench.order(user, "faults", code=131056)
    codes = [(await bench.graph.text(LOAN, user["phone"], "hello")).json()["error"]["code"] for _ in range(2)]
    assert codes == [131056, 131016]


async def test_faults_at_different_points_are_on_together(bench: Bench) -> None:
    user = await bench.greeted()
    await bench.order(user, "faults", mode="slow", seconds=1)
    await bench.order(user, "faults", mode="statuses_reversed")
    assert (await bench.control.get(f"/sandbox/users/{user['id']}")).json()["faults"] == 2
    waiting = asyncio.create_task(bench.graph.text(LOAN, user["phone"], "hello"))
    await bench.clock.until_asleep(1)
    bench.clock.advance(1)
    wamid = (await waiting).json()["messages"][0]["id"]
    await bench.product.until(lambda: bench.product.statuses_of(wamid) == ["delivered", "sent"])


async def test_what_is_on_and_what_has_struck_is_listed(bench: Bench) -> None:
    user = await bench.greeted()
    await bench.order(user, "faults", mode="error", code=131000, fail_next_sends=3)
    await for_all(bench, mode="hold_webhook", seconds=9, times=None, number=NEXORA)
    await bench.graph.text(LOAN, user["phone"], "hello")
    listed = (await bench.control.get("/sandbox/faults")).json()
    assert listed == {
        "ordered": [
            {"mode": "error", "code": 131000, "seconds": 0, "remaining": 2, "user": user["id"], "number": None},
            {"mode": "hold_webhook", "code": 0, "seconds": 9, "remaining": None, "user": None, "number": NEXORA},
        ],
        "profile": None,
        "struck": {"error": 1},
    }
    await bench.control.delete("/sandbox/faults")
    assert (await bench.control.get("/sandbox/faults")).json() == {"ordered": [], "profile": None, "struck": {}}


async def test_a_fault_for_a_number_that_does_not_exist_is_refused(bench: Bench) -> None:
    answer = await bench.control.post("/sandbox/faults", json={"mode": "error", "number": "1"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "unknown_number")
