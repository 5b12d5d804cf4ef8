"""The decision backend, as the partner contract has it."""

from __future__ import annotations

import asyncio
from copy import deepcopy
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import httpx
import pytest

from tests.sandbox.conftest import DECISION_KEY, START, Bench

AUTHORISED = {"Authorization": f"Bearer {DECISION_KEY}"}


def application(**applicant: Any) -> dict[str, Any]:
    """A complete application; `applicant` changes some of the applicant's fields."""
    return {
        "application_id": "app-1",
        "applicant": {
            "full_name": "Asha Rao",
            "date_of_birth": "1990-05-17",
            "employment": "salaried",
            "monthly_income": "45000",
            "purpose": "home",
            "language": "hi",
        }
        | applicant,
        "consent": {"reference": "consent-1", "wording_version": "1", "at": "2026-11-21T10:00:00+05:30"},
    }


async def ask(bench: Bench, body: dict[str, Any], key: str = "key-1", **headers: str) -> httpx.Response:
    return await bench.control.post(
        "/decision/offers", json=body, headers=AUTHORISED | {"Idempotency-Key": key} | headers
    )


async def treat(bench: Bench, **profile: Any) -> None:
    answer = await bench.control.put("/sandbox/decision", json=profile)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("count", [0, 1, 3, 4, 11])
async def test_as_many_offers_as_ordered_each_of_another_lender(bench: Bench, count: int) -> None:
    await treat(bench, offers=count)
    answer = (await ask(bench, application())).json()
    assert (answer["application_id"], answer["decision"], answer["reasons"]) == ("app-1", "offers", [])
    assert len(answer["offers"]) == count
    assert len({offer["lender"] for offer in answer["offers"]}) == count
    assert len({offer["offer_id"] for offer in answer["offers"]}) == count


async def test_there_are_three_offers_unless_others_are_ordered(bench: Bench) -> None:
    assert len((await ask(bench, application())).json()["offers"]) == 3


async def test_an_offer_is_plausible_and_its_money_is_decimal_strings(bench: Bench) -> None:
    await treat(bench, offers=11)
    today = datetime.fromtimestamp(START, UTC).date()
    for offer in (await ask(bench, application(monthly_income="60000.50"))).json()["offers"]:
        assert Decimal(60_000) <= Decimal(offer["amount"]) <= Decimal(60_000) * 16
        assert Decimal(offer["amount"]) % 5000 == 0
        assert 10 <= Decimal(offer["annual_rate"]) <= 24
        assert offer["annual_rate"].count(".") == 1
        assert offer["tenure_months"] in (12, 18, 24, 36, 48, 60)
        assert 0 < Decimal(offer["processing_fee"]) < Decimal(offer["amount"]) / 20
        assert [charge["name"] for charge in offer["charges"]] == ["GST on processing fee", "Stamp duty"]
        assert date.fromisoformat(offer["valid_until"]) > today


async def test_a_person_is_always_offered_the_same_under_the_ids_of_each_application(bench: Bench) -> None:
    first = (await ask(bench, application(), "key-1")).json()["offers"]
    again = (await ask(bench, application(), "key-2")).json()["offers"]
    anew = (await ask(bench, application() | {"application_id": "app-2"}, "key-3")).json()["offers"]
    other = (await ask(bench, application(monthly_income="99000"), "key-4")).json()["offers"]
    assert first == again
    assert [offer | {"offer_id": ""} for offer in first] == [offer | {"offer_id": ""} for offer in anew]
    assert {offer["offer_id"] for offer in first}.isdisjoint(offer["offer_id"] for offer in anew)
    assert [offer["amount"] for offer in first] != [offer["amount"] for offer in other]


async def test_the_same_key_gets_the_same_answer_whatever_has_changed(bench: Bench) -> None:
    first = await ask(bench, application())
    await treat(bench, outcome="declined")
    again = await ask(bench, application())
    assert (again.status_code, again.json()) == (200, first.json())
    assert again.headers["idempotent-replayed"] == "true"


async def test_another_request_under_a_used_key_is_told_the_first_result(bench: Bench) -> None:
    first = await ask(bench, application())
    other = await ask(bench, application(monthly_income="99000"))
    assert (other.status_code, other.json()) == (409, first.json())


async def test_a_refusal_is_remembered_under_its_key_too(bench: Bench) -> None:
    refused = await ask(bench, application(full_name=""))
    again = await ask(bench, application(full_name=""))
    assert (again.status_code, again.json()) == (refused.status_code, refused.json()) == (422, refused.json())


@pytest.mark.parametrize(
    ("outcome", "reasons"),
    [("declined", ["income_too_low_for_request", "recent_missed_payments"]), ("referred", ["manual_review_needed"])],
)
async def test_an_applicant_can_be_declined_or_referred_with_reasons(
    bench: Bench, outcome: str, reasons: list[str]
) -> None:
    await treat(bench, outcome=outcome)
    answer = (await ask(bench, application())).json()
    assert (answer["decision"], answer["reasons"], answer["offers"]) == (outcome, reasons, [])


async def test_ordering_offers_takes_a_refusal_back(bench: Bench) -> None:
    await treat(bench, outcome="declined")
    await treat(bench, offers=4)
    assert len((await ask(bench, application())).json()["offers"]) == 4


async def test_a_name_of_its_own_wins_over_everybody_however_it_is_written(bench: Bench) -> None:
    await treat(bench, offers=1)
    await treat(bench, applicant="asha  RAO", offers=4)
    assert len((await ask(bench, application())).json()["offers"]) == 4
    other = application(full_name="Vidya Nair") | {"application_id": "app-2"}
    assert len((await ask(bench, other, "key-2")).json()["offers"]) == 1


MALFORMED: dict[str, tuple[str, Any]] = {
    "no name": ("full_name", ""),
    "a birth date that is none": ("date_of_birth", "17.05.1990"),
    "no income": ("monthly_income", "0"),
    "an income of words": ("monthly_income", "a lot"),
    "no purpose": ("purpose", None),
}


@pytest.mark.parametrize(("field", "value"), MALFORMED.values(), ids=MALFORMED.keys())
async def test_a_malformed_applicant_is_refused_and_the_field_named_but_not_its_value(
    bench: Bench, field: str, value: Any
) -> None:
    answer = await ask(bench, application(**{field: value}))
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["code"] == "invalid_application"
    assert f"applicant.{field}" in error["message"]
    if value:
        assert str(value) not in error["message"]


async def test_an_application_without_consent_is_refused(bench: Bench) -> None:
    body = deepcopy(application())
    del body["consent"]
    assert (await ask(bench, body)).json()["error"]["message"] == "missing or malformed: consent"


@pytest.mark.parametrize("authorization", ["", "Bearer wrong", f"Basic {DECISION_KEY}"])
async def test_a_wrong_key_is_401(bench: Bench, authorization: str) -> None:
    answer = await ask(bench, application(), Authorization=authorization)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "unauthorized")
    read = await bench.control.get("/decision/offers/app-1", headers={"Authorization": authorization})
    assert read.status_code == 401


async def test_a_post_without_an_idempotency_key_is_refused(bench: Bench) -> None:
    answer = await bench.control.post("/decision/offers", json=application(), headers=AUTHORISED)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "idempotency_key_missing")


async def test_a_decision_can_be_read_again(bench: Bench) -> None:
    decided = (await ask(bench, application())).json()
    assert (await bench.control.get("/decision/offers/app-1", headers=AUTHORISED)).json() == decided
    assert (await bench.control.get("/decision/offers/app-9", headers=AUTHORISED)).status_code == 404


async def test_a_backend_that_is_down_answers_503_and_remembers_nothing(bench: Bench) -> None:
    await treat(bench, state="down")
    down = await ask(bench, application())
    assert (down.status_code, down.json()["error"]["code"]) == (503, "unavailable")
    await treat(bench, state="up")
    assert (await ask(bench, application())).status_code == 200


async def test_a_backend_can_be_down_for_one_applicant(bench: Bench) -> None:
    await treat(bench, applicant="Asha Rao", state="down")
    assert (await ask(bench, application())).status_code == 503
    assert (await ask(bench, application(full_name="Vidya Nair"), "key-2")).status_code == 200


async def test_a_slow_backend_takes_its_time(bench: Bench) -> None:
    await treat(bench, state="slow", seconds=12)
    asked = asyncio.create_task(ask(bench, application()))
    await bench.clock.until_asleep(1)
    assert not asked.done()
    bench.clock.advance(12)
    assert (await asked).status_code == 200
    assert bench.clock.slept == [12]


async def test_the_profiles_can_be_read(bench: Bench) -> None:
    await treat(bench, applicant="Asha Rao", offers=11, state="slow", seconds=2)
    answer = (await bench.control.get("/sandbox/decision", params={"applicant": "Asha Rao"})).json()
    assert (answer["offers"], answer["outcome"], answer["state"], answer["seconds"]) == (11, "offers", "slow", 2)
    assert set(answer["profiles"]) == {"*", "asha rao"}
