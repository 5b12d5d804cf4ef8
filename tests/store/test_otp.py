"""One-time codes: asked for and checked at the auth API, read from the vault, forgotten once they were checked."""

from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import httpx
import pytest
from psycopg_pool import AsyncConnectionPool
from temporalio.testing import ActivityEnvironment

from activities.effects import OutsideMisconfigured, OutsideRefused, OutsideUnavailable, activity_of
from activities.otp import OneTimeCodes
from activities.partners import Partner
from domain.conversation import WorkOrder, token, workflow_id
from domain.otp import REQUEST_CODE, VERIFY_CODE, CodeCheck, CodeRequested, CodeWanted, Verified
from domain.vault import Kept
from store.sealing import KeyRing
from store.vault import NotInVault, Vault, keep
from store.work import WorkTable
from tests.store.conftest import Someone, a_phone

CODE = "493817"
REF = "otp-1"
KEY = "verify_code[1]"
TOKEN = "login_do-not-tell-anybody"
OPENED = {"user_id": "user_1", "login_token": TOKEN}
PHONE = a_phone()
WANTED = CodeWanted(PHONE, "Asha Textiles", "textile", "560001")
CHECK = CodeCheck("otp_1", PHONE, Kept(REF))


def refused(code: str) -> dict[str, Any]:
    """A refusal as partners word it, with more in its message than anybody should tell."""
    return {"error": {"code": code, "message": f"{CODE} of {PHONE} is {code}"}}


class AuthApi:
    """The auth API at the other end of HTTP: answers in order, the last one from then on."""

    def __init__(self) -> None:
        self.asked: list[httpx.Request] = []
        self.answers: list[tuple[int, Any]] = [(200, OPENED)]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        status, body = self.answers[0]
        if len(self.answers) > 1:
            del self.answers[0]
        if status == 0:
            raise httpx.ReadTimeout(f"{CODE} of {PHONE} got lost", request=request)
        return httpx.Response(status, json=body)

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """What was posted."""
        return [json.loads(request.content) for request in self.asked]

    @property
    def keys(self) -> list[str]:
        """Under which idempotency keys."""
        return [request.headers["Idempotency-Key"] for request in self.asked]


@pytest.fixture
def api() -> AuthApi:
    return AuthApi()


@pytest.fixture
def vault(pool: AsyncConnectionPool, keys: KeyRing) -> Vault:
    return Vault(pool, keys)


@pytest.fixture
async def codes(api: AuthApi, vault: Vault) -> AsyncIterator[OneTimeCodes]:
    async with httpx.AsyncClient(transport=httpx.MockTransport(api)) as http:
        yield OneTimeCodes(Partner("auth API", http, "http://auth.example/v1", "a-key"), vault)


@pytest.fixture
async def kept(asha: Someone) -> UUID:
    """A conversation whose code is in the vault."""
    async with asha.pool.connection() as connection:
        await keep(connection, asha.found.seal, asha.conversation, [(REF, CODE)])
    return asha.conversation


class Checking:
    """The work of checking a code, as the worker does it."""

    def __init__(self, asha: Someone, keys: KeyRing, codes: OneTimeCodes, vault: Vault) -> None:
        self._asha = asha
        self._vault = vault
        self.work = WorkTable(asha.pool, keys)
        self.activity = activity_of(VERIFY_CODE, self.work, codes.verify, codes.forget)

    async def want(self) -> None:
        """A turn wants it done."""
        argument = {"request_id": CHECK.request_id, "phone_number": PHONE, "code": {"ref": REF}}
        sealed = self._asha.found.seal.seal_json("work.argument", argument)
        async with self._asha.pool.connection() as connection:
            await connection.execute(
                "insert into work (conversation, key, effect, argument_sealed) values (%s, %s, 'verify_code', %s)",
                (self._asha.conversation, KEY, sealed),
            )

    async def try_it(self) -> str:
        """One attempt."""
        environment = ActivityEnvironment()
        environment.info = dataclasses.replace(environment.info, workflow_id=workflow_id(self._asha.conversation))
        how: str = await environment.run(self.activity, WorkOrder(KEY))
        return how

    async def is_kept(self) -> bool:
        """Whether the vault still has the code."""
        try:
            return await self._vault.read(self._asha.conversation, REF) == CODE
        except NotInVault:
            return False


@pytest.fixture
async def checking(kept: UUID, asha: Someone, keys: KeyRing, codes: OneTimeCodes, vault: Vault) -> Checking:
    work = Checking(asha, keys, codes, vault)
    await work.want()
    return work


async def test_a_code_is_asked_for_with_what_was_told_of_the_business(
    asha: Someone, api: AuthApi, codes: OneTimeCodes
) -> None:
    api.answers = [(200, {"request_id": "otp_1", "more": "than we asked for"})]
    key = token(asha.conversation, "request_code[1]")

    assert await codes.request(asha.conversation, key, WANTED) == CodeRequested("otp_1")
    [request] = api.asked
    assert str(request.url) == "http://auth.example/v1/otp/request"
    assert request.headers["Authorization"] == "Bearer a-key"
    assert api.keys == [str(key)]
    assert api.bodies == [
        {
            "phone_number": PHONE,
            "user_type": "MSME",
            "metadata": {
                "source": "whatsapp",
                "onboarding_data": {"name": "Asha Textiles", "sector": "textile", "pincode": "560001"},
            },
        }
    ]


async def test_a_code_is_checked_that_only_the_vault_has(kept: UUID, api: AuthApi, codes: OneTimeCodes) -> None:
    assert await codes.verify(kept, token(kept, KEY), CHECK) == Verified("user_1", TOKEN)
    assert str(api.asked[0].url) == "http://auth.example/v1/otp/verify"
    assert api.bodies == [{"request_id": "otp_1", "phone_number": PHONE, "otp": CODE}]


@pytest.mark.parametrize("code", REQUEST_CODE.refusals)
async def test_a_refused_request_says_why(code: str, asha: Someone, api: AuthApi, codes: OneTimeCodes) -> None:
    api.answers = [(422, refused(code))]
    with pytest.raises(OutsideRefused) as told:
        await codes.request(asha.conversation, token(asha.conversation, KEY), WANTED)
    assert told.value.reason == code


@pytest.mark.parametrize("code", VERIFY_CODE.refusals)
async def test_a_code_that_was_refused_is_forgotten(code: str, api: AuthApi, checking: Checking, asha: Someone) -> None:
    api.answers = [(422, refused(code))]
    assert await checking.try_it() == "refused"
    assert not await checking.is_kept()
    reason = await asha.value("select refused from work where conversation = %s", asha.conversation)
    assert reason == code


async def test_a_code_that_was_right_is_forgotten_and_its_token_sealed(checking: Checking, asha: Someone) -> None:
    assert await checking.try_it() == "finished"
    assert not await checking.is_kept()
    sealed = await asha.value("select result_sealed from work where conversation = %s", asha.conversation)
    assert TOKEN.encode() not in sealed
    assert asha.found.seal.open_json("work.result", sealed) == OPENED


@pytest.mark.parametrize("outage", [(503, {}), (429, {}), (0, None), (401, {}), (200, ["not", "an", "answer"])])
async def test_a_code_outlives_an_outage_and_is_checked_under_the_same_key_afterwards(
    outage: tuple[int, Any], api: AuthApi, checking: Checking
) -> None:
    api.answers = [outage, outage, (200, OPENED)]
    for _ in range(2):
        with pytest.raises((OutsideUnavailable, OutsideMisconfigured)):
            await checking.try_it()
        assert await checking.is_kept()

    assert await checking.try_it() == "finished"
    assert len(set(api.keys)) == 1
    assert api.bodies == [api.bodies[0]] * 3


async def test_an_answer_that_got_lost_comes_again_as_already_done(api: AuthApi, checking: Checking) -> None:
    api.answers = [(0, None), (409, OPENED)]
    with pytest.raises(OutsideUnavailable):
        await checking.try_it()
    assert await checking.try_it() == "finished"
    assert not await checking.is_kept()


async def test_a_refusal_that_got_lost_comes_again_as_already_done(api: AuthApi, checking: Checking) -> None:
    api.answers = [(409, refused("wrong"))]
    assert await checking.try_it() == "refused"


async def test_killed_between_the_answer_and_forgetting_it_is_forgotten_by_the_next_attempt(
    api: AuthApi, checking: Checking, asha: Someone
) -> None:
    """What was answered is written down first: the auth API is not asked again, with nothing in the hand."""
    seal = asha.found.seal
    await checking.work.finish(asha.conversation, KEY, seal, OPENED)

    assert await checking.is_kept()
    assert await checking.try_it() == "finished"
    assert not await checking.is_kept()
    assert api.asked == []


async def test_a_code_that_nobody_keeps_any_more_has_expired(asha: Someone, api: AuthApi, codes: OneTimeCodes) -> None:
    with pytest.raises(OutsideRefused) as told:
        await codes.verify(asha.conversation, token(asha.conversation, KEY), CHECK)
    assert told.value.reason == "expired"
    assert api.asked == []


@pytest.mark.parametrize(
    "answer", [{}, {"request_id": ""}, {"request_id": 7}, {"request": "otp_1"}, ["otp_1"], "otp_1"]
)
async def test_an_answer_of_another_shape_is_for_somebody_to_look_at(
    answer: Any, asha: Someone, api: AuthApi, codes: OneTimeCodes
) -> None:
    api.answers = [(200, answer)]
    with pytest.raises(OutsideMisconfigured, match="auth API: an answer"):
        await codes.request(asha.conversation, token(asha.conversation, KEY), WANTED)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (503, refused("down")),
        (401, refused("unauthorized")),
        (422, refused("wrong")),
        (200, {"user_id": CODE, "login_token": [TOKEN]}),
        (200, {"user_id": "", "login_token": TOKEN}),
        (0, None),
    ],
)
async def test_nothing_that_is_raised_or_logged_tells_code_phone_or_token(
    status: int, body: Any, kept: UUID, api: AuthApi, codes: OneTimeCodes, caplog: pytest.LogCaptureFixture
) -> None:
    api.answers = [(status, body)]
    with caplog.at_level(logging.DEBUG), pytest.raises(Exception, match=r".") as raised:
        await codes.verify(kept, token(kept, KEY), CHECK)

    shown = caplog.text
    error: BaseException | None = raised.value
    while error is not None:
        shown += repr(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    for secret in (CODE, PHONE, PHONE.lstrip("+"), TOKEN):
        assert secret not in shown
