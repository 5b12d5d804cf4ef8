"""The auth API's stand-in: its codes, its limits on the phone's own clock, its refusals, and its faults."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import httpx
import pytest

from sandbox.auth.codes import AN_HOUR, APART, HOUR, LOCKED_FOR, TRIES, VALID_FOR
from tests.sandbox.conftest import AUTH_KEY, Bench, Starting

PHONE = "+919876543210"
AUTHORISED = {"Authorization": f"Bearer {AUTH_KEY}"}


async def post(bench: Bench, path: str, body: dict[str, Any], key: str = "", **headers: str) -> httpx.Response:
    """Call it as a partner does; without a key, under one of its own."""
    sent = {**AUTHORISED, "Idempotency-Key": key or str(uuid4()), **headers}
    return await bench.control.post(f"/auth/otp/{path}", json=body, headers=sent)


def wanted(phone: str = PHONE, **changes: Any) -> dict[str, Any]:
    """What is asked for a code."""
    told = {"name": "Asha Textiles", "sector": "textile", "pincode": "560001"}
    return {
        "phone_number": phone,
        "user_type": "MSME",
        "metadata": {"source": "whatsapp", "onboarding_data": told},
        **changes,
    }


async def requested(bench: Bench, phone: str = PHONE) -> str:
    """Have a code sent; the request's id."""
    answer = await post(bench, "request", wanted(phone))
    assert answer.status_code == 200, answer.text
    request_id: str = answer.json()["request_id"]
    return request_id


async def sent(bench: Bench, phone: str = PHONE) -> list[str]:
    """The codes that came to this phone, the newest first."""
    answer = await bench.control.get("/sandbox/auth/codes", params={"phone": phone})
    return [one["code"] for one in answer.json()["codes"]]


async def typed(bench: Bench, request_id: str, code: str, phone: str = PHONE, key: str = "") -> httpx.Response:
    """Have a code checked."""
    return await post(bench, "verify", {"request_id": request_id, "phone_number": phone, "otp": code}, key)


def refusal(answer: httpx.Response) -> str:
    """The code of a refusal."""
    assert answer.status_code == 422, answer.text
    code: str = answer.json()["error"]["code"]
    return code


def another(code: str) -> str:
    """A code that is not this one."""
    return f"{(int(code) + 1) % 10**6:06d}"


async def treat(bench: Bench, mood: str, phone: str | None = PHONE) -> None:
    """Pull the auth API's lever."""
    answer = await bench.control.put("/sandbox/auth", json={"phone": phone, "mood": mood})
    assert answer.status_code == 200, answer.text


async def test_a_code_of_six_digits_comes_to_the_phone_and_opens_once(bench: Bench) -> None:
    request_id = await requested(bench)
    [code] = await sent(bench)
    assert len(code) == 6
    assert code.isdigit()

    opened = await typed(bench, request_id, code)
    assert opened.status_code == 200
    assert set(opened.json()) == {"user_id", "login_token"}
    assert refusal(await typed(bench, request_id, code)) == "expired"


async def test_a_person_finds_the_codes_of_their_own_phone(bench: Bench) -> None:
    user = await bench.user(phone=PHONE)
    await requested(bench)
    bench.clock.advance(APART)
    await requested(bench)
    answer = (await bench.control.get(f"/sandbox/users/{user['id']}/codes")).json()
    assert [one["code"] for one in answer["codes"]] == await sent(bench)
    assert answer["codes"][0]["at"] == answer["codes"][1]["at"] + APART


async def test_one_phone_is_one_user_and_each_login_has_a_token_of_its_own(bench: Bench) -> None:
    opened = []
    for _ in range(2):
        request_id = await requested(bench)
        opened.append((await typed(bench, request_id, (await sent(bench))[0])).json())
        bench.clock.advance(APART)
    assert opened[0]["user_id"] == opened[1]["user_id"]
    assert opened[0]["login_token"] != opened[1]["login_token"]


async def test_a_code_is_good_for_five_minutes(bench: Bench) -> None:
    first = await requested(bench)
    [code] = await sent(bench)
    bench.clock.advance(VALID_FOR - 1)
    second = await requested(bench)
    bench.clock.advance(1)
    assert refusal(await typed(bench, first, code)) == "expired"
    assert (await typed(bench, second, (await sent(bench))[0])).status_code == 200


async def test_the_fifth_wrong_one_locks_the_phone_for_an_hour(bench: Bench) -> None:
    request_id = await requested(bench)
    [code] = await sent(bench)
    answers = [refusal(await typed(bench, request_id, another(code))) for _ in range(TRIES)]
    assert answers == ["wrong"] * (TRIES - 1) + ["locked"]
    assert refusal(await typed(bench, request_id, code)) == "locked"
    bench.clock.advance(LOCKED_FOR - 1)
    assert refusal(await post(bench, "request", wanted())) == "locked"
    bench.clock.advance(1)
    await requested(bench)


async def test_a_phone_gets_a_code_every_thirty_seconds(bench: Bench) -> None:
    await requested(bench)
    bench.clock.advance(APART - 1)
    assert refusal(await post(bench, "request", wanted())) == "too_many"
    await requested(bench, "+919876500000")
    bench.clock.advance(1)
    await requested(bench)


async def test_a_phone_gets_five_codes_an_hour(bench: Bench) -> None:
    for _ in range(AN_HOUR):
        await requested(bench)
        bench.clock.advance(APART)
    assert refusal(await post(bench, "request", wanted())) == "too_many"
    bench.clock.advance(HOUR - AN_HOUR * APART)
    await requested(bench)


async def test_limits_go_by_the_clock_of_whoever_has_the_phone(bench: Bench) -> None:
    user = await bench.user(phone=PHONE)
    stranger = "+919876511111"
    mine, theirs = await requested(bench), await requested(bench, stranger)
    assert (await bench.order(user, "clock", hours=24)).status_code == 200
    assert refusal(await typed(bench, mine, (await sent(bench))[0])) == "expired"
    await requested(bench)
    assert (await typed(bench, theirs, (await sent(bench, stranger))[0], stranger)).status_code == 200


async def test_limits_of_a_number_that_nobody_has_go_by_the_clock_of_who_wrote_it(bench: Bench) -> None:
    given, other = "+919876566666", "+919876577777"
    user = await bench.user(phone=PHONE)
    await bench.send(user, {"type": "text", "body": "98765 66666"})
    mine, theirs = await requested(bench, given), await requested(bench, other)
    assert (await bench.order(user, "clock", hours=1)).status_code == 200
    assert refusal(await typed(bench, mine, (await sent(bench, given))[0], given)) == "expired"
    assert (await typed(bench, theirs, (await sent(bench, other))[0], other)).status_code == 200


async def test_a_code_of_another_phone_or_another_request_opens_nothing(bench: Bench) -> None:
    other = "+919876522222"
    mine, theirs = await requested(bench), await requested(bench, other)
    assert refusal(await typed(bench, theirs, (await sent(bench))[0])) == "expired"
    assert refusal(await typed(bench, mine, another((await sent(bench))[0]))) == "wrong"


@pytest.mark.parametrize("phone", ["+14155550101", "+911234567890", "98765 43210", "+91987654321"])
async def test_text_messages_go_to_indian_mobiles_alone(phone: str, bench: Bench) -> None:
    assert refusal(await post(bench, "request", wanted(phone))) == "bad_number"


@pytest.mark.parametrize(
    "body",
    [
        {},
        wanted(user_type="LENDER"),
        wanted(metadata={"source": "whatsapp", "onboarding_data": {"name": "A", "sector": "other", "pincode": "5600"}}),
    ],
)
async def test_a_malformed_request_is_told_by_its_fields_and_not_by_what_is_in_them(
    body: dict[str, Any], bench: Bench
) -> None:
    answer = await post(bench, "request", body)
    assert refusal(answer) == "invalid_request"
    assert PHONE not in answer.text
    assert await sent(bench) == []


async def test_what_was_done_is_not_done_again_and_answered_with_what_came_of_it(bench: Bench) -> None:
    first = await post(bench, "request", wanted(), "key-1")
    again = await post(bench, "request", wanted(), "key-1")
    assert (again.status_code, again.json()) == (409, first.json())
    [code] = await sent(bench)

    request_id = first.json()["request_id"]
    opened = await typed(bench, request_id, code, key="key-1")
    reopened = await typed(bench, request_id, code, key="key-1")
    assert opened.status_code == 200
    assert (reopened.status_code, reopened.json()) == (409, opened.json())


async def test_a_refusal_that_comes_again_under_its_key_costs_no_try(bench: Bench) -> None:
    request_id = await requested(bench)
    [code] = await sent(bench)
    for _ in range(TRIES + 1):
        assert refusal(await typed(bench, request_id, another(code), key="key-1")) == "wrong"
    assert (await typed(bench, request_id, code)).status_code == 200


async def test_what_was_done_outlives_a_restart(starting: Starting) -> None:
    async with starting.sandbox() as bench:
        request_id = await requested(bench)
        [code] = await sent(bench)
        first = await typed(bench, request_id, code, key="key-1")
    async with starting.sandbox() as bench:
        again = await typed(bench, request_id, code, key="key-1")
        assert (again.status_code, again.json()) == (409, first.json())
        assert await sent(bench) == [code]


@pytest.mark.parametrize("mood", ["wrong", "expired", "locked"])
async def test_a_right_code_can_be_refused_all_the_same(mood: str, bench: Bench) -> None:
    request_id = await requested(bench)
    [code] = await sent(bench)
    await treat(bench, mood)
    assert refusal(await typed(bench, request_id, code)) == mood
    await treat(bench, "none")
    assert (await typed(bench, request_id, code)).status_code == 200


@pytest.mark.parametrize("mood", ["locked", "too_many", "bad_number"])
async def test_a_request_can_be_refused_for_one_phone_and_not_for_another(mood: str, bench: Bench) -> None:
    await treat(bench, mood)
    assert refusal(await post(bench, "request", wanted())) == mood
    await requested(bench, "+919876533333")


async def test_it_can_be_down_for_a_phone_until_it_is_mended(bench: Bench) -> None:
    await treat(bench, "down")
    for _ in range(2):
        assert (await post(bench, "request", wanted(), "key-1")).status_code == 503
    await treat(bench, "none")
    assert (await post(bench, "request", wanted(), "key-1")).status_code == 200


async def test_it_can_be_down_for_everybody(bench: Bench) -> None:
    await treat(bench, "down", phone=None)
    assert (await post(bench, "request", wanted())).status_code == 503


async def test_an_answer_can_be_lost_of_what_was_done(bench: Bench) -> None:
    await treat(bench, "lost")
    assert (await post(bench, "request", wanted(), "key-1")).status_code == 503
    [code] = await sent(bench)
    request_id = (await post(bench, "request", wanted(), "key-1")).json()["request_id"]
    assert (await typed(bench, request_id, code, key="key-2")).status_code == 503
    assert (await typed(bench, request_id, code, key="key-2")).status_code == 409


async def test_the_moods_can_be_read(bench: Bench) -> None:
    await treat(bench, "wrong")
    answer = (await bench.control.get("/sandbox/auth", params={"phone": PHONE})).json()
    assert (answer["mood"], answer["moods"]) == ("wrong", {"*": "none", PHONE: "wrong"})


@pytest.mark.parametrize("body", [{"mood": "sideways"}, {"phone": "nobody", "mood": "down"}, {}])
async def test_a_lever_that_there_is_not_is_refused(body: dict[str, Any], bench: Bench) -> None:
    assert (await bench.control.put("/sandbox/auth", json=body)).status_code == 422


async def test_who_has_no_key_or_no_idempotency_key_is_refused(bench: Bench) -> None:
    assert (await post(bench, "request", wanted(), Authorization="Bearer guessed")).status_code == 401
    unkeyed = await bench.control.post("/auth/otp/request", json=wanted(), headers=AUTHORISED)
    assert unkeyed.status_code == 400
    assert await sent(bench) == []


async def test_its_openapi_has_both_calls_with_their_bodies_and_answers(bench: Bench) -> None:
    paths = (await bench.control.get("/openapi.json")).json()["paths"]
    for path, fields in (
        ("/auth/otp/request", {"phone_number", "user_type", "metadata"}),
        ("/auth/otp/verify", {"request_id", "phone_number", "otp"}),
    ):
        call = paths[path]["post"]
        schema = call["requestBody"]["content"]["application/json"]["schema"]
        assert set(schema["properties"]) == fields
        assert "$ref" not in str(schema)
        assert {"200", "401", "409", "422", "503"} <= set(call["responses"])
