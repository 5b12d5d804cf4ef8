"""`/api/whatsapp/status`: what plays Twilio, who sends, and what went wrong last."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from api.twilio import mode_of
from settings import Settings
from tests.rest.conftest import Api
from tests.running.levers import goes_wrong
from tests.running.person import Person

SENDER = "whatsapp:+14155238886"


def settings_of(**more: str) -> Settings:
    """Settings of somebody whose only number is at Twilio."""
    key = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
    told = {
        "mode": "dev",
        "encryption_keys": f"a:{key}",
        "lookup_key": key,
        "twilio_account_sid": f"AC{'0' * 32}",
        "twilio_auth_token": "a-token",
        **more,
    }
    return Settings.model_validate(told)


@pytest.mark.parametrize(
    ("more", "mode"),
    [
        ({"TWILIO_WHATSAPP_FROM": SENDER}, "sandbox"),
        ({"TWILIO_WHATSAPP_FROM": "whatsapp:+14155550101"}, "production"),
        (
            {
                "TWILIO_WHATSAPP_FROM": SENDER,
                "sandbox_url": "http://127.0.0.1:9",
                "twilio_api_url": "http://127.0.0.1:9/twilio",
            },
            "stand-in",
        ),
        ({"WHATSAPP_PHONE_NUMBER_ID": "100000000000001"}, "off"),
    ],
)
def test_what_plays_twilio_is_told_apart(more: dict[str, str], mode: str) -> None:
    assert mode_of(settings_of(**more)) == mode


async def test_the_last_error_is_told_with_its_code(api: Api, http: httpx.AsyncClient) -> None:
    number = api.at.number_of("loan", "twilio")
    asha = await Person.appear(http, api.at, number=number)
    await goes_wrong(http, asha, "error", code=63024)
    await asha.write("hi")
    await asha.settle()
    answer = await api.get("/api/whatsapp/status")
    told = answer.json()
    assert (answer.status_code, told["mode"], told["sender"]) == (200, "stand-in", number)
    assert told["last_error"]["code"] == 63024
    assert datetime.now(UTC) - datetime.fromisoformat(told["last_error"]["at"]) < timedelta(minutes=5)


async def test_it_needs_a_key(api: Api) -> None:
    assert (await api.with_key("sk_nobody").get("/api/whatsapp/status")).status_code == 401
