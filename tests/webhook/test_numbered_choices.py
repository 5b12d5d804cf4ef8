"""At Twilio a choice can be tapped only where the account holds contents for it; else its options are numbered."""

from __future__ import annotations

import httpx

from tests.running.person import Person
from tests.running.product import Addresses, Product
from tests.running.spare import running

NOWHERE = "http://127.0.0.1:1"


async def test_without_contents_numbers_letters_and_labels_lead_on(http: httpx.AsyncClient, spare: Addresses) -> None:
    """Nothing can be tapped, nothing is left out, and a list's second page is numbered on from its first."""
    async with running(Product(spare, more={"TWILIO_CONTENT_URL": NOWHERE})):
        asha = await Person.appear(http, spare, "msme")
        await asha.write("hi")
        await asha.settle()
        assert (await asha.chat())[-1].body.endswith("1. English\n2. हिन्दी")
        await asha.write("1")
        assert await asha.settle() == "answer:full_name"
        await asha.write("Asha Patil")
        await asha.settle()
        first = (await asha.chat())[-1].body
        assert "1. Manufacturing" in first
        assert "9. Food & Beverage" in first
        assert first.endswith("More")
        await asha.write("more")
        await asha.settle()
        assert "10. Textile\n11. Automotive\n12. Other" in (await asha.chat())[-1].body
        await asha.write("10")
        assert await asha.settle() == "answer:pincode"
        assert not any(shown.options for shown in await asha.chat())
