"""The people of the tests, on a number of Twilio's: what they read is what WhatsApp shows there."""

from __future__ import annotations

import httpx
import pytest

from tests.running.person import Person, Upload
from tests.running.product import Addresses
from tests.sandbox.twilio.conftest import NUMBER, Twilio
from tests.sandbox.twilio.product import PNG
from tests.sandbox.twilio.test_content_of_twilio import PICKER, REPLIES, approve, made


async def appeared(http: httpx.AsyncClient, twilio: Twilio) -> Person:
    at = Addresses("100000000000001", twilio.product.url, "", "", "", twilio.bench.url, "")
    return await Person.appear(http, at, number=NUMBER)


async def test_a_person_writes_taps_and_reads_on_a_number_of_twilios(twilio: Twilio) -> None:
    async with httpx.AsyncClient(trust_env=False) as http:
        person = await appeared(http, twilio)
        user = {"phone": person.alias}
        await person.write("hi", "Asha")
        await twilio.send(user, body="Your sector?\n1. Textile\n2. Retail")
        with pytest.raises(LookupError):
            await person.tap("Textile")
        picker = await made(twilio, "twilio/list-picker", PICKER)
        await twilio.send(user, content_sid=picker.sid)
        await person.tap("Textile")
        replies = await made(twilio, "twilio/quick-reply", REPLIES)
        await twilio.send(user, content_sid=replies.sid)
        await person.tap("Yes")
        await approve(twilio, replies.sid)
        await twilio.send(user, content_sid=replies.sid)
        await person.tap("No")
        await person.send(Upload("image", PNG, "image/png", {"caption": "My shop"}))
        await twilio.send(user, body="Lovely", media_url=[f"{twilio.files}/picture.png"])
        said = [form.get("ListId") or form.get("ButtonPayload") or form["Body"] for form in twilio.product.forms]
        assert said == ["hi", "Asha", "textile", "yes", "no", "My shop"]
        assert await person.lines() == [
            "< Your sector?",
            "  1. Textile",
            "  2. Retail",
            "< Your sector?",
            "  (Sectors)",
            "  [Textile] Cloth",
            "  [Retail]",
            "< Hello you, is this right?",
            "  [Yes]",
            "  [No]",
            "< Hello you, is this right?",
            "  [Yes]",
            "  [No]",
            "< (image)",
            "  Lovely",
        ]
