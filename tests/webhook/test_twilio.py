"""Twilio at the webhook: the same address as Meta's, forms instead of JSON, nothing told twice."""

from __future__ import annotations

from uuid import uuid4

import httpx
import pytest
from twilio.request_validator import RequestValidator

from tests.running.person import Person
from tests.running.product import SECRETS, Addresses
from tests.running.tables import Tables
from tests.running.twilio import Twilio, sid, signature
from tests.running.waiting import until
from tests.running.wire import Meta


@pytest.fixture
def twilio(http: httpx.AsyncClient, at: Addresses) -> Twilio:
    """Twilio, as the product sees it."""
    return Twilio(http, at)


@pytest.fixture
async def asha(http: httpx.AsyncClient, at: Addresses) -> Person:
    """Somebody on a number at Twilio who has not written yet."""
    return await Person.appear(http, at, number=at.number_of("loan", "twilio"))


def a_phone() -> str:
    """A phone number that nobody else has."""
    return f"+9194{uuid4().int % 10**8:08d}"


async def test_a_text_is_stored_once_and_answered_with_empty_twiml(twilio: Twilio, tables: Tables) -> None:
    id, phone = sid(), a_phone()
    for _ in range(2):
        answer = await twilio.text("hi", phone, id)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/xml; charset=utf-8")
        assert answer.text.endswith("<Response/>")
    assert [kind for kind, _ in await tables.received(id)] == ["text"]


async def test_twilios_own_package_would_have_signed_it_so(twilio: Twilio) -> None:
    url = f"{twilio.at.url}/webhook?key=1"
    fields = {"MessageSid": sid(), "Body": "ñ=&"}
    judge = RequestValidator(SECRETS["TWILIO_AUTH_TOKEN"])
    assert judge.validate(url, fields, signature(url, fields))


@pytest.mark.parametrize("signed", ["", "bm9ib2R5", "नमस्ते"])
async def test_what_twilio_has_not_signed_is_refused(twilio: Twilio, tables: Tables, signed: str) -> None:
    fields = {"MessageSid": sid(), "From": f"whatsapp:{a_phone()}", "To": twilio.number, "Body": "hi"}
    refused = await twilio.post(fields, X_Twilio_Signature=signed)
    assert (refused.status_code, refused.json()["error"]["code"]) == (401, "bad_signature")
    assert await tables.received(fields["MessageSid"]) == []


async def test_a_form_that_says_nothing_is_refused(twilio: Twilio) -> None:
    answer = await twilio.post({"Hello": "world"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "not_a_webhook")


async def test_meta_is_still_told_apart(meta: Meta) -> None:
    answer = await meta.messages()
    assert answer.json() == {"success": True, "message": "taken"}


async def test_each_file_of_a_message_is_a_row(twilio: Twilio, tables: Tables) -> None:
    id = sid("MM")
    files = {f"MediaUrl{at}": f"{twilio.at.sandbox}/twilio/nowhere/{at}" for at in range(2)}
    types = {f"MediaContentType{at}": "image/png" for at in range(2)}
    await twilio.text("", a_phone(), id, NumMedia="2", **files, **types)
    assert [kind for kind, _ in await tables.received(id)] == ["image"]
    assert [kind for kind, _ in await tables.received(f"{id}/1")] == ["image"]


async def test_a_number_that_is_not_ours_makes_a_dead_letter(twilio: Twilio, tables: Tables) -> None:
    number = f"whatsapp:+1999{uuid4().int % 10**7:07d}"
    assert (await twilio.text("hi", a_phone(), To=number)).status_code == 200
    found = "select provider, reason from dead_letters where number = %s"
    assert await tables.value(f"select (provider, reason)::text from ({found}) l", number) == "(twilio,unknown_number)"


async def test_a_conversation_on_twilio_goes_like_any_other(asha: Person) -> None:
    await asha.write("hi")
    await asha.settle()
    await asha.tap("English")
    await asha.settle()
    assert (await asha.inspect())["waiting_for"] == "answer:intent"
    await asha.write("1")
    await asha.settle()
    assert (await asha.inspect())["waiting_for"] != "answer:intent"


async def test_what_became_of_a_message_is_told_by_its_callbacks(asha: Person) -> None:
    await asha.write("hi")
    await asha.settle()

    async def delivered() -> bool:
        return all(row["state"] in ("delivered", "read") for row in (await asha.inspect())["outbox"])

    await until(delivered)


async def test_joining_twilios_sandbox_opens_the_chat(asha: Person) -> None:
    await asha.write("join brave-tiger")
    await asha.settle()
    assert await asha.chat()
