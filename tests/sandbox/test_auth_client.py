"""The product's client of the auth API and the stand-in understand each other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import httpx
import pytest

from activities.effects import OutsideRefused, OutsideUnavailable
from activities.otp import OneTimeCodes
from activities.partners import Partner
from domain.otp import CodeCheck, CodeWanted
from domain.vault import Kept
from store.vault import Vault
from tests.sandbox.conftest import AUTH_KEY, Bench
from tests.sandbox.test_auth import PHONE, another, sent, treat

CONVERSATION = uuid4()
WANTED = CodeWanted(PHONE, "Asha Textiles", "textile", "560001")


class Remembered(Vault):
    """A vault without a database: what was typed, by its reference."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    async def read(self, conversation: UUID, ref: str) -> str:
        return self.values[ref]

    def keep(self, code: str) -> Kept:
        """Somebody types this."""
        kept = Kept(f"ref-{len(self.values)}")
        self.values[kept.ref] = code
        return kept


@pytest.fixture
def vault() -> Remembered:
    return Remembered()


@pytest.fixture
async def codes(bench: Bench, vault: Remembered) -> AsyncIterator[OneTimeCodes]:
    async with httpx.AsyncClient(trust_env=False) as http:
        yield OneTimeCodes(Partner("auth API", http, f"{bench.url}/auth", AUTH_KEY), vault)


async def test_a_code_is_sent_typed_wrongly_and_typed_rightly(
    bench: Bench, codes: OneTimeCodes, vault: Remembered
) -> None:
    requested = await codes.request(CONVERSATION, uuid4(), WANTED)
    [code] = await sent(bench)
    with pytest.raises(OutsideRefused) as refused:
        await codes.verify(CONVERSATION, uuid4(), CodeCheck(requested.request_id, PHONE, vault.keep(another(code))))
    assert refused.value.reason == "wrong"
    verified = await codes.verify(CONVERSATION, uuid4(), CodeCheck(requested.request_id, PHONE, vault.keep(code)))
    assert verified.user_id
    assert verified.login_token


async def test_an_answer_that_was_lost_is_had_by_asking_again_under_the_same_key(
    bench: Bench, codes: OneTimeCodes, vault: Remembered
) -> None:
    await treat(bench, "lost")
    first, second = uuid4(), uuid4()
    with pytest.raises(OutsideUnavailable):
        await codes.request(CONVERSATION, first, WANTED)
    requested = await codes.request(CONVERSATION, first, WANTED)
    [code] = await sent(bench)
    check = CodeCheck(requested.request_id, PHONE, vault.keep(code))
    with pytest.raises(OutsideUnavailable):
        await codes.verify(CONVERSATION, second, check)
    assert (await codes.verify(CONVERSATION, second, check)).login_token


@pytest.mark.parametrize("mood", ["locked", "too_many", "bad_number"])
async def test_a_refusal_is_understood(mood: str, bench: Bench, codes: OneTimeCodes) -> None:
    await treat(bench, mood)
    with pytest.raises(OutsideRefused) as refused:
        await codes.request(CONVERSATION, uuid4(), WANTED)
    assert refused.value.reason == mood
