"""What an operator does to a conversation, done the way their tools will do it: a row of the inbox, then a signal."""

from __future__ import annotations

from temporalio.client import Client

from domain.inbound import Sender
from domain.numbers import Number
from handing.conversations import HandOver
from store.arrivals import Arrivals
from store.database import open_pool
from store.retrying import Retrying
from store.sealing import KeyRing
from tests.running.person import Person
from tests.running.product import SECRETS


async def have_tried_again(person: Person) -> None:
    """Have the work of this person's conversation tried again at once, as after a fix."""
    at = person.at
    client = await Client.connect(at.temporal, namespace=at.namespace)
    pool = await open_pool(at.database_url, 2)
    try:
        keys = KeyRing(SECRETS["ENCRYPTION_KEYS"], SECRETS["LOOKUP_KEY"])
        found = await Arrivals(pool, keys).find(
            Sender(phone=person.alias), Number("meta", at.number, "", "loan", at.namespace)
        )
        assert found is not None, "this person has not written yet"
        assert await Retrying(pool, keys).retry(found.conversation)
        await HandOver(pool, client).hand_over(found.conversation)
    finally:
        await pool.close()
