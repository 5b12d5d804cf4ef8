"""A profile of probabilities strikes as often as it says, the same each time, whoever comes first."""

from __future__ import annotations

from typing import Any

import pytest

from sandbox.faults.modes import Mode, Point
from sandbox.faults.profile import InvalidProfile, read_profile
from tests.sandbox.conftest import LOAN, Bench, Starting

HARSH = {"seed": 7, "error": {"131000": 0.2, "131016": 0.1}, "accept_then_fail": {"131026": 0.2}}


async def outcomes(starting: Starting, profile: dict[str, Any], folder: str) -> list[list[int]]:
    """What becomes of ten sends to each of three people, under this profile."""
    async with starting.sandbox(sandbox_data=starting.folder / folder) as bench:
        people = [await bench.greeted(phone=f"+91981234567{place}", limits=False) for place in range(3)]
        assert (await bench.control.put("/sandbox/faults/profile", json=profile)).json() == profile
        return [
            [(await bench.graph.text(LOAN, user["phone"], "hello")).status_code for _ in range(10)] for user in people
        ]


async def test_the_same_seed_strikes_the_same_and_another_does_not(starting: Starting) -> None:
    first = await outcomes(starting, HARSH, "first")
    again = await outcomes(starting, HARSH, "again")
    other = await outcomes(starting, HARSH | {"seed": 8}, "other")
    assert first == again != other
    assert {status for statuses in first for status in statuses} == {200, 500}


def test_what_strikes_one_person_does_not_depend_on_the_others() -> None:
    alone, crowded = read_profile(HARSH), read_profile(HARSH)
    before = [alone.draw(Point.SEND, "asha") for _ in range(50)]
    after = []
    for place in range(50):
        crowded.draw(Point.SEND, f"somebody {place}")
        after.append(crowded.draw(Point.SEND, "asha"))
    assert before == after


def test_a_fault_strikes_about_as_often_as_is_said() -> None:
    profile = read_profile({"seed": 3, "duplicate_webhook": 0.1, "wrong_signature": 0.5, "hold_webhook": 0})
    drawn = [strike.mode for place in range(4000) for strike in profile.draw(Point.WEBHOOK, f"person {place}")]
    assert 320 < drawn.count(Mode.DUPLICATE_WEBHOOK) < 480
    assert 1850 < drawn.count(Mode.WRONG_SIGNATURE) < 2150
    assert Mode.HOLD_WEBHOOK not in drawn


def test_only_one_thing_goes_wrong_with_a_send_and_several_may_with_a_message() -> None:
    profile = read_profile(
        {"drop": 1, "accept_then_drop": 1, "hide_phone": 1, "millisecond_timestamps": 1, "seconds": {"slow": 2}}
    )
    assert [strike.mode for strike in profile.draw(Point.SEND, "asha")] == [Mode.DROP]
    assert [strike.mode for strike in profile.draw(Point.MESSAGE, "asha")] == [
        Mode.MILLISECOND_TIMESTAMPS,
        Mode.HIDE_PHONE,
    ]


def test_the_order_of_the_json_does_not_matter() -> None:
    one = read_profile({"seed": 1, "drop": 0.5, "slow": 0.5})
    other = read_profile({"slow": 0.5, "drop": 0.5, "seed": 1})
    assert [one.draw(Point.SEND, "asha") for _ in range(50)] == [other.draw(Point.SEND, "asha") for _ in range(50)]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"gremlins": 0.1}, "gremlins"),
        ({"drop": 1.1}, "drop"),
        ({"drop": -0.1}, "drop"),
        ({"drop": "often"}, "drop"),
        ({"drop": {"131000": 0.1}}, "no codes"),
        ({"error": {"many": 0.1}}, "codes are numbers"),
        ({"error": {"131000": 2}}, "131000"),
        ({"seed": "seven"}, "seed"),
        ({"seconds": 3}, "seconds"),
        ({"seconds": {"gremlins": 3}}, "gremlins"),
        ({"seconds": {"slow": -1}}, "seconds.slow"),
    ],
)
def test_a_profile_that_cannot_be_is_named(given: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidProfile, match=named):
        read_profile(given)


async def test_a_profile_is_turned_on_counted_and_turned_off(bench: Bench) -> None:
    user = await bench.greeted()
    refused = await bench.control.put("/sandbox/faults/profile", json={"gremlins": 1})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "invalid_profile")
    profile = {"seed": 1, "error": 1, "drop_statuses": 1}
    await bench.control.put("/sandbox/faults/profile", json=profile)
    for _ in range(2):
        answer = await bench.graph.text(LOAN, user["phone"], "hello")
        assert answer.json()["error"]["code"] == 131000
    shown = (await bench.control.get("/sandbox/faults")).json()
    assert (shown["profile"], shown["struck"]) == (profile, {"error": 2})
    assert (await bench.control.get("/sandbox/faults/profile")).json() == profile
    assert (await bench.control.delete("/sandbox/faults/profile")).status_code == 204
    assert (await bench.control.get("/sandbox/faults/profile")).json() is None
    assert (await bench.graph.text(LOAN, user["phone"], "hello")).status_code == 200


async def test_what_was_ordered_comes_before_the_profile(bench: Bench) -> None:
    user = await bench.greeted()
    await bench.control.put("/sandbox/faults/profile", json={"error": {"131000": 1}})
    await bench.order(user, "faults", code=131056)
    codes = [(await bench.graph.text(LOAN, user["phone"], "hello")).json()["error"]["code"] for _ in range(2)]
    assert codes == [131056, 131000]


async def test_everything_that_was_said_gets_through_however_webhooks_go_wrong(bench: Bench) -> None:
    """Duplicates and disorder there may be; lost is nothing."""
    profile = {
        "seed": 5,
        "duplicate_webhook": 0.3,
        "duplicate_webhook_at_once": 0.3,
        "reorder_webhooks": 0.3,
        "hide_phone": 0.3,
        "millisecond_timestamps": 0.3,
        "edit_before_target": 0.3,
    }
    await bench.control.put("/sandbox/faults/profile", json=profile)
    user = await bench.user(limits=False)
    said = [f"sentence {place}" for place in range(40)]
    for sentence in said:
        await bench.send(user, {"type": "text", "body": sentence})
    await bench.control.delete("/sandbox/faults/profile")
    await bench.send(user, {"type": "text", "body": "last"})
    await bench.product.until(lambda: {*said, "last"} == set(bench.product.texts))
    assert len(bench.product.texts) > 41
    assert list(dict.fromkeys(bench.product.texts)) != [*said, "last"]
