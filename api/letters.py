"""A dead letter taken in again, after a fix: `sutradhar dead-letters replay`."""

from __future__ import annotations

import json
import time
from uuid import UUID

from api.app import Parts
from channels import meta, twilio
from domain.inbound import Incoming, StatusUpdate
from store.letters import DeadLetters
from store.sealing import Erased


async def replayed(parts: Parts, letters: DeadLetters, letter: UUID) -> bool:
    """Take one in again, as if it came now; false where it is still nothing that anybody can take.

    Raises LookupError where there is none, psycopg's errors when the database is away.
    """
    try:
        item = await letters.item(letter)
    except Erased:
        await letters.replayed(letter)
        return True
    of_twilio = twilio.is_kept(item)
    items = twilio.read_again(item, time.time()) if of_twilio else meta.read(json.dumps(item).encode())
    # One that is read as nothing but news of the account was not understood either.
    if not items or not all(isinstance(one, Incoming | StatusUpdate) for one in items):
        return False
    taken = await parts.intake.take(items)
    if taken.letters or taken.counts["unstorable"]:
        return False
    await letters.replayed(letter)
    for conversation in taken.conversations:
        await parts.handing.hand_over(conversation)
    return True
