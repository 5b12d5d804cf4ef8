"""Which number of ours a webhook is for, and whose webhooks are none of our business."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import httpx

from tests.running.product import Addresses, Product
from tests.running.tables import Tables, tables_of
from tests.running.wire import Meta, text, wamid


def a_phone() -> str:
    """A phone number that nobody else has."""
    return f"+9193{uuid4().int % 10**8:08d}"


async def test_a_webhook_for_a_number_that_is_not_listed_is_acknowledged_and_only_counted(
    meta: Meta, tables: Tables
) -> None:
    before = await tables.counted("unknown_number")
    answer = await meta.messages(text("hi", id=(id := wamid()), phone=a_phone()), number="999999999999999")
    assert answer.status_code == 200
    assert await tables.received(id) == []
    assert await tables.counted("unknown_number") > before


async def test_one_for_a_number_that_is_listed_is_handled_beside_it(meta: Meta, tables: Tables) -> None:
    ours, theirs = text("hi", id=(id := wamid()), phone=a_phone()), text("hi", phone=a_phone())
    body = {
        "object": "whatsapp_business_account",
        "entry": [
            {"changes": [{"field": "messages", "value": {"metadata": {"phone_number_id": number}, "messages": [item]}}]}
            for number, item in (("999999999999999", theirs), (meta.at.number, ours))
        ],
    }
    assert (await meta.post(body)).status_code == 200
    assert len(await tables.received(id)) == 1


async def test_of_several_numbers_none_is_guessed_where_the_webhook_names_none(meta: Meta, tables: Tables) -> None:
    before = await tables.counted("unknown_number")
    answer = await meta.messages(text("hi", id=(id := wamid()), phone=a_phone()), number="")
    assert answer.status_code == 200
    assert await tables.received(id) == []
    assert await tables.counted("unknown_number") > before


async def test_the_only_number_at_meta_is_meant_where_the_webhook_names_none(
    http: httpx.AsyncClient, spare: Addresses
) -> None:
    """A number at another provider does not make it two."""
    numbers = Path(spare.folder) / f"numbers-{spare.namespace}.toml"
    numbers.write_text(
        f'[[number]]\nprovider = "meta"\nid = "{spare.number}"\nbot = "loan"\nbusiness = "flowless"\n'
        '[[number]]\nprovider = "twilio"\nid = "whatsapp:+14155550102"\nbot = "loan"\nbusiness = "flowless"\n'
    )
    product = Product(spare, more={"NUMBERS_FILE": str(numbers)})
    product.api.start()
    try:
        await product.api.ready_at(f"{spare.url}/readyz", status=200)
        meta, ours, theirs = Meta(http, spare), wamid(), wamid()
        await meta.messages(text("hi", id=ours, phone=a_phone()), number="")
        await meta.messages(text("hi", id=theirs, phone=a_phone()), number="whatsapp:+14155550102")
        async with tables_of(spare) as tables:
            conversation = await tables.conversation_of(ours)
            assert await tables.value("select number from conversations where id = %s", conversation) == spare.number
            assert await tables.received(theirs) == []
    finally:
        product.api.kill()
