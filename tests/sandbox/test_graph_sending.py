"""Sending to somebody: who gets it, when it is refused, and how it goes wrong on demand."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.sandbox.conftest import LOAN, NEXORA, TOKEN, Bench, Starting
from tests.sandbox.fake_product import GraphClient

HOUR = 3600.0
DAY = 24 * HOUR


def code(answer: httpx.Response) -> int:
    """The error code of a refusal."""
    found: int = answer.json()["error"]["code"]
    return found


async def test_an_accepted_message_is_shown_on_the_phone(bench: Bench) -> None:
    user = await bench.greeted()
    answer = await bench.graph.text(LOAN, user["phone"], "नमस्ते")

    wamid = answer.json()["messages"][0]["id"]
    assert answer.json()["contacts"] == [{"input": user["phone"], "wa_id": user["phone"].lstrip("+")}]
    shown = (await bench.chat(user))[-1]
    assert (shown["id"], shown["direction"], shown["payload"]["text"]["body"]) == (wamid, "out", "नमस्ते")


async def test_a_wrong_token_is_error_190(bench: Bench) -> None:
    user = await bench.greeted()
    stranger = GraphClient(bench.url, "another-token")
    refused = await stranger.text(LOAN, user["phone"], "hello")
    await stranger.close()
    assert (refused.status_code, code(refused)) == (401, 190)


async def test_an_unknown_number_is_error_100_with_its_subcode(bench: Bench) -> None:
    refused = await bench.graph.text("999", "+919812345678", "hello")
    assert (refused.status_code, code(refused), refused.json()["error"]["error_subcode"]) == (400, 100, 33)


async def test_each_account_has_its_own_token(starting: Starting, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token of another account may not send from this number."""
    numbers = starting.folder / "numbers.toml"
    numbers.write_text(
        "\n".join(
            f'[[number]]\nid = "{id_}"\ndisplay = "{display}"\nbot = "loan"\nbusiness = "b"\ntoken_env = "{variable}"'
            for id_, display, variable in (("1", "+911", "META_ACCESS_TOKEN"), ("2", "+912", "OTHER_TOKEN"))
        )
    )
    async with starting.sandbox({"OTHER_TOKEN": "the-other-token"}, numbers_file=numbers) as bench:
        user = await bench.greeted(number="2")
        assert code(await bench.graph.text("2", user["phone"], "hello")) == 100
        other = GraphClient(bench.url, "the-other-token")
        assert (await other.text("2", user["phone"], "hello")).status_code == 200
        await other.close()


@pytest.mark.parametrize(("to", "expected"), [("+919800000001", 131021), ("+919811111111", 131030)])
async def test_the_business_itself_and_strangers_cannot_be_written_to(bench: Bench, to: str, expected: int) -> None:
    assert code(await bench.graph.text(LOAN, to, "hello")) == expected


async def test_a_person_of_one_number_is_a_stranger_to_another(bench: Bench) -> None:
    user = await bench.greeted()
    assert code(await bench.graph.text(NEXORA, user["phone"], "hello")) == 131030


async def test_a_hidden_phone_is_written_to_by_its_business_scoped_id(bench: Bench) -> None:
    user = await bench.greeted(bsuid_only=True)
    body = {"recipient": user["bsuid"], "type": "text", "text": {"body": "hello"}}
    answer = await bench.graph.post(LOAN, body)
    assert answer.json()["contacts"] == [{"input": user["bsuid"], "user_id": user["bsuid"]}]
    assert (await bench.chat(user))[-1]["direction"] == "out"


async def test_a_business_scoped_id_given_as_to_is_accepted_and_never_delivered(bench: Bench) -> None:
    user = await bench.greeted(bsuid_only=True)
    answer = await bench.graph.text(LOAN, user["bsuid"], "into the void")
    assert answer.status_code == 200
    assert answer.json()["messages"][0]["id"].startswith("wamid.")
    assert [message["direction"] for message in await bench.chat(user)] == ["in"]


async def test_an_unknown_business_scoped_id_is_undeliverable(bench: Bench) -> None:
    body = {"recipient": "IN.1234567890", "type": "text", "text": {"body": "hello"}}
    assert code(await bench.graph.post(LOAN, body)) == 131026


async def test_nobody_who_never_wrote_can_be_written_to(bench: Bench) -> None:
    user = await bench.user()
    assert code(await bench.graph.text(LOAN, user["phone"], "hello")) == 131047


async def test_the_window_closes_24_hours_after_the_last_message_and_each_message_opens_it(bench: Bench) -> None:
    user = await bench.greeted()
    bench.clock.advance(DAY)
    assert (await bench.graph.text(LOAN, user["phone"], "just in time")).status_code == 200
    bench.clock.advance(1)
    assert code(await bench.graph.text(LOAN, user["phone"], "too late")) == 131047
    await bench.send(user, {"type": "text", "body": "I am back"})
    assert (await bench.graph.text(LOAN, user["phone"], "welcome back")).status_code == 200


async def test_moving_one_persons_clock_closes_their_window_alone(bench: Bench) -> None:
    early, late = await bench.greeted(), await bench.greeted()
    await bench.order(late, "clock", hours=24.5)
    assert (await bench.graph.text(LOAN, early["phone"], "hello")).status_code == 200
    assert code(await bench.graph.text(LOAN, late["phone"], "hello")) == 131047


async def test_one_person_gets_45_messages_in_a_burst_and_then_one_in_six_seconds(bench: Bench) -> None:
    user = await bench.greeted()
    burst = [(await bench.graph.text(LOAN, user["phone"], f"{place}")).status_code for place in range(45)]
    assert set(burst) == {200}
    assert code(await bench.graph.text(LOAN, user["phone"], "46")) == 131056
    bench.clock.advance(6)
    assert (await bench.graph.text(LOAN, user["phone"], "47")).status_code == 200
    assert code(await bench.graph.text(LOAN, user["phone"], "48")) == 131056


async def test_moving_a_persons_clock_fills_their_pair_bucket(bench: Bench) -> None:
    user = await bench.greeted()
    for place in range(45):
        await bench.graph.text(LOAN, user["phone"], f"{place}")
    await bench.order(user, "clock", hours=1)
    assert (await bench.graph.text(LOAN, user["phone"], "an hour later")).status_code == 200


async def test_a_number_has_80_messages_a_second_for_both_directions(bench: Bench) -> None:
    people = [await bench.greeted() for _ in range(40)]
    sent = [(await bench.graph.text(LOAN, people[place % 40]["phone"], f"{place}")).status_code for place in range(41)]
    assert sent == [200] * 40 + [400]
    bench.clock.advance(1)
    assert (await bench.graph.text(LOAN, people[0]["phone"], "a second later")).status_code == 200


async def test_the_throughput_error_is_130429(bench: Bench) -> None:
    people = [await bench.greeted() for _ in range(80)]
    assert code(await bench.graph.text(LOAN, people[0]["phone"], "81")) == 130429


async def test_a_user_without_limits_has_none(bench: Bench) -> None:
    user = await bench.greeted(limits=False)
    sent = [(await bench.graph.text(LOAN, user["phone"], f"{place}")).status_code for place in range(100)]
    assert set(sent) == {200}


@pytest.mark.parametrize(("ordered", "status"), [(131000, 500), (131026, 400), (131056, 400), (131031, 403), (2, 503)])
async def test_the_next_sends_fail_with_the_ordered_error(bench: Bench, ordered: int, status: int) -> None:
    user = await bench.greeted()
    await bench.order(user, "faults", fail_next_sends=2, code=ordered)
    for _ in range(2):
        refused = await bench.graph.text(LOAN, user["phone"], "hello")
        assert (refused.status_code, code(refused)) == (status, ordered)
    assert (await bench.graph.text(LOAN, user["phone"], "hello")).status_code == 200
    assert len(await bench.chat(user)) == 2


async def test_a_fault_is_for_one_person_and_spares_read_receipts(bench: Bench) -> None:
    user, other = await bench.greeted(), await bench.greeted()
    await bench.order(user, "faults", fail_next_sends=1)
    assert (await bench.graph.text(LOAN, other["phone"], "hello")).status_code == 200
    receipt = {"status": "read", "message_id": (await bench.chat(user))[0]["id"]}
    assert (await bench.graph.post(LOAN, receipt)).json() == {"success": True}
    assert (await bench.graph.text(LOAN, user["phone"], "hello")).status_code == 500


async def test_a_fault_can_be_taken_back(bench: Bench) -> None:
    user = await bench.greeted()
    await bench.order(user, "faults", fail_next_sends=3)
    await bench.order(user, "faults", fail_next_sends=0)
    assert (await bench.graph.text(LOAN, user["phone"], "hello")).status_code == 200


@pytest.mark.parametrize(("mode", "shown"), [("drop", 0), ("accept_then_drop", 1)])
async def test_a_lost_answer_looks_the_same_whether_it_was_accepted_or_not(bench: Bench, mode: str, shown: int) -> None:
    user = await bench.greeted()
    await bench.order(user, "faults", fail_next_sends=1, mode=mode)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        await bench.graph.text(LOAN, user["phone"], "hello")
    assert [message["direction"] for message in await bench.chat(user)].count("out") == shown


async def test_a_message_whose_answer_was_lost_is_told_of_by_its_statuses(bench: Bench) -> None:
    user = await bench.greeted()
    await bench.order(user, "faults", fail_next_sends=1, mode="accept_then_drop")
    with pytest.raises(httpx.RemoteProtocolError):
        await bench.graph.text(LOAN, user["phone"], "hello", biz_opaque_callback_data="key-1")

    def told() -> list[dict[str, Any]]:
        return [status for received in bench.product.received for status in received.statuses]

    await bench.product.until(lambda: bool(told()))
    assert [(status["status"], status["biz_opaque_callback_data"]) for status in told()] == [
        ("sent", "key-1"),
        ("delivered", "key-1"),
    ]


async def test_a_message_can_fail_after_it_was_accepted(bench: Bench) -> None:
    user = await bench.greeted()
    await bench.order(user, "faults", fail_next_sends=1, mode="accept_then_fail", code=131026)
    wamid = (await bench.graph.text(LOAN, user["phone"], "hello")).json()["messages"][0]["id"]
    await bench.product.until(lambda: bench.product.statuses_of(wamid) == ["failed"])
    failed = bench.product.received[-1].statuses[0]
    assert failed["errors"][0]["code"] == 131026
    assert (await bench.chat(user))[-1]["status"] == "failed"


async def test_statuses_can_come_before_the_answer_to_the_send(bench: Bench) -> None:
    user = await bench.greeted()
    await bench.order(user, "faults", fail_next_sends=1, mode="status_first")
    wamid = (await bench.graph.text(LOAN, user["phone"], "hello")).json()["messages"][0]["id"]
    assert bench.product.statuses_of(wamid) == ["sent", "delivered"]


async def test_statuses_can_come_the_last_one_first(bench: Bench) -> None:
    user = await bench.greeted()
    await bench.order(user, "faults", fail_next_sends=1, mode="statuses_reversed")
    wamid = (await bench.graph.text(LOAN, user["phone"], "hello")).json()["messages"][0]["id"]
    await bench.product.until(lambda: bool(bench.product.statuses_of(wamid)))
    assert bench.product.statuses_of(wamid) == ["delivered", "sent"]
    assert (await bench.chat(user))[-1]["status"] == "delivered"


async def test_marking_a_message_read_marks_the_earlier_ones_too(bench: Bench) -> None:
    user = await bench.user()
    for body in ("one", "two", "three"):
        await bench.send(user, {"type": "text", "body": body})
    second = (await bench.chat(user))[1]["id"]
    await bench.graph.post(LOAN, {"status": "read", "message_id": second, "typing_indicator": {"type": "text"}})
    assert [message["read"] for message in await bench.chat(user)] == [True, True, False]


async def test_a_message_that_the_number_never_received_cannot_be_marked_read(bench: Bench) -> None:
    assert code(await bench.graph.post(LOAN, {"status": "read", "message_id": "wamid.none"})) == 131009


async def test_a_number_can_be_looked_up(bench: Bench) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}"}
    answer = await bench.control.get(f"/graph/v25.0/{LOAN}", headers=headers)
    assert (answer.json()["id"], answer.json()["display_phone_number"]) == (LOAN, "+91 98000 00001")
    assert (await bench.control.get(f"/graph/v25.0/{LOAN}")).status_code == 401
