"""What was accepted, by its key: a run counts what it sent twice."""

from __future__ import annotations

import httpx
import pytest

from tests.sandbox.conftest import LOAN, NEXORA, START, Bench


async def test_every_accepted_send_is_listed_with_its_key(bench: Bench) -> None:
    user = await bench.greeted()
    sent = await bench.graph.text(LOAN, user["phone"], "hello", biz_opaque_callback_data="key-1")
    await bench.graph.text(LOAN, user["phone"], "")
    [listed] = (await bench.control.get("/sandbox/sends")).json()["sends"]
    assert listed == {
        "seq": listed["seq"],
        "number": LOAN,
        "user": user["id"],
        "to": user["phone"],
        "message_id": sent.json()["messages"][0]["id"],
        "key": "key-1",
        "type": "text",
        "at": START,
        "accepted_at": START,
    }


async def test_the_machines_time_is_told_beside_the_persons(bench: Bench) -> None:
    user = await bench.greeted()
    await bench.order(user, "clock", hours=1)
    bench.clock.advance(5)
    await bench.graph.text(LOAN, user["phone"], "hello")
    [listed] = (await bench.control.get("/sandbox/sends")).json()["sends"]
    assert (listed["at"], listed["accepted_at"]) == (START + 3605, START + 5)


async def test_a_send_that_was_accepted_twice_is_found_though_its_answer_was_lost(bench: Bench) -> None:
    user, other = await bench.greeted(), await bench.greeted()
    await bench.order(user, "faults", mode="accept_then_drop")
    with pytest.raises(httpx.RemoteProtocolError):
        await bench.graph.text(LOAN, user["phone"], "hello", biz_opaque_callback_data="key-1")
    await bench.graph.text(LOAN, user["phone"], "hello", biz_opaque_callback_data="key-1")
    await bench.graph.text(LOAN, other["phone"], "hello", biz_opaque_callback_data="key-2")
    await bench.graph.text(LOAN, other["phone"], "without a key")
    await bench.graph.text(LOAN, other["phone"], "without a key")
    found = (await bench.control.get("/sandbox/sends")).json()
    assert (len(found["sends"]), found["doubled"]) == (5, {"key-1": 2})


async def test_a_send_that_was_refused_is_none(bench: Bench) -> None:
    user = await bench.greeted()
    for mode in ("error", "http", "drop"):
        await bench.order(user, "faults", mode=mode)
        try:
            await bench.graph.text(LOAN, user["phone"], "hello", biz_opaque_callback_data="key-1")
        except httpx.RemoteProtocolError:
            assert mode == "drop"
    assert (await bench.control.get("/sandbox/sends")).json() == {"sends": [], "doubled": {}, "next": None}


async def test_what_was_accepted_and_nobody_gets_is_listed_too(bench: Bench) -> None:
    user = await bench.greeted(bsuid_only=True)
    await bench.graph.text(LOAN, user["bsuid"], "hello", biz_opaque_callback_data="key-1")
    [listed] = (await bench.control.get("/sandbox/sends")).json()["sends"]
    assert (listed["user"], listed["to"], listed["key"]) == (None, user["bsuid"], "key-1")
    assert len(await bench.chat(user)) == 1


async def test_sends_are_found_by_number_person_and_key_and_come_in_pages(bench: Bench) -> None:
    first, second = await bench.greeted(), await bench.greeted(number=NEXORA)
    for place in range(3):
        await bench.graph.text(LOAN, first["phone"], "hello", biz_opaque_callback_data=f"key-{place}")
    await bench.graph.text(NEXORA, second["phone"], "hello", biz_opaque_callback_data="key-0")

    async def keys(**query: str) -> list[str]:
        return [send["key"] for send in (await bench.control.get("/sandbox/sends", params=query)).json()["sends"]]

    assert await keys(number=NEXORA) == await keys(user=second["id"]) == ["key-0"]
    assert await keys(key="key-0") == ["key-0", "key-0"]
    page = (await bench.control.get("/sandbox/sends", params={"number": LOAN, "limit": 2})).json()
    assert [send["key"] for send in page["sends"]] == ["key-0", "key-1"]
    assert await keys(number=LOAN, after=str(page["next"])) == ["key-2"]
