"""What the web app gets for a login token, and where the people of a bot stand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from domain.inbound import Sender
from domain.numbers import Number
from domain.onboarding import Onboarding
from store.api_keys import ApiKeys
from store.arrivals import Arrivals
from store.database import open_pool
from store.onboardings import Onboardings
from tests.rest.conftest import Api, problem
from tests.running.product import Addresses
from tests.running.tables import KEYS, Tables
from tests.store.conftest import a_phone

TOLD = Onboarding("Asha Patil", "textile", "560001", "Bengaluru Urban", "Karnataka", "+919845012345")


@pytest.fixture
async def token(at: Addresses) -> AsyncIterator[str]:
    """The login token of somebody who has come to the end of an onboarding."""
    pool = await open_pool(at.database_url, 2)
    number = Number("meta", "an onboarding", "", "msme", f"{at.namespace}-msme")
    found = await Arrivals(pool, KEYS).conversation(Sender(phone=a_phone()), number)
    onboardings = Onboardings(pool, KEYS)
    await onboardings.keep(found.conversation, TOLD)
    yield await onboardings.token(found.conversation, "user-4711", uuid4().hex)
    await pool.close()


async def test_the_web_app_reads_what_was_told_and_needs_no_key_but_the_token(api: Api, token: str) -> None:
    answer = await api.with_key("").get(f"/api/onboarding/session/{token}")
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["current_step"] == "completed"
    assert told["data"] == {
        "user_id": "user-4711",
        "name": "Asha Patil",
        "sector": "textile",
        "pincode": "560001",
        "district": "Bengaluru Urban",
        "state": "Karnataka",
        "phone_number": "+919845012345",
    }
    assert told["created_at"] <= told["updated_at"]
    assert answer.headers["cache-control"] == "no-store"


async def test_the_first_call_uses_the_token_up(api: Api, token: str) -> None:
    assert (await api.get(f"/api/onboarding/session/{token}")).status_code == 200
    assert problem(await api.get(f"/api/onboarding/session/{token}")) == (410, "token_gone")


async def test_a_token_that_is_too_old_is_gone(api: Api, token: str, tables: Tables) -> None:
    await tables.rows(
        "update login_tokens set expires_at = now() where hash = %s returning 1", KEYS.hash("login token", token)
    )
    assert problem(await api.get(f"/api/onboarding/session/{token}")) == (410, "token_gone")


async def test_a_token_that_nobody_was_given_is_not_found(api: Api) -> None:
    assert problem(await api.get(f"/api/onboarding/session/{uuid4().hex}")) == (404, "no_such_token")
    assert problem(await api.get(f"/api/onboarding/session/{'x' * 600}")) == (422, "invalid")


async def test_sessions_are_counted_for_who_may(api: Api, keys: ApiKeys, token: str) -> None:
    answer = await api.get("/stats", days=7)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["bot"], told["days"]) == ("msme", 7)
    numbers = told["sessions"]
    assert numbers["all"] == numbers["active"] + numbers["completed"] + numbers["expired"] >= 1
    assert sum(told["steps"].values()) == numbers["all"]
    assert 0 <= told["rates"]["completion"] <= 1
    assert (await api.get("/stats", bot="loan")).json()["bot"] == "loan"
    reader = await keys.create("somebody who reads", ["read"])
    assert problem(await api.with_key(reader.secret).get("/stats")) == (403, "wrong_scope")
    assert problem(await api.with_key("").get("/stats")) == (401, "no_key")
    assert problem(await api.get("/stats", days=0)) == (422, "invalid")
