"""Dead letters from a shell: what is there, and after a fix another try.

python -m api letters                  list them: reason, number, age; nothing of what is in them
python -m api letters replay <id>      have one taken in again
python -m api letters replay all       all of them, the oldest first
"""

from __future__ import annotations

import json
from uuid import UUID

from api.app import Parts
from channels import meta
from domain.inbound import Incoming, StatusUpdate
from store.letters import DeadLetters
from store.sealing import Erased


async def listed(letters: DeadLetters) -> list[str]:
    """A line for each that nobody has replayed."""
    return [
        f"{letter.id}  {letter.arrived_at:%Y-%m-%d %H:%M}  {letter.reason:<14}  {letter.number or '-'}  {letter.detail}"
        for letter in await letters.open()
    ]


async def replayed(parts: Parts, letters: DeadLetters, letter: UUID) -> bool:
    """Take one in again, as if it came now; false where it is still nothing that anybody can take.

    Raises LookupError where there is none, psycopg's errors when the database is away.
    """
    try:
        item = await letters.item(letter)
    except Erased:
        await letters.replayed(letter)
        return True
    items = meta.read(json.dumps(item).encode())
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


async def replay(parts: Parts, letters: DeadLetters, which: UUID | None) -> list[str]:
    """Replay one, or all that are open; a line that says how it went."""
    wanted = [letter.id for letter in await letters.open()] if which is None else [which]
    taken = [await replayed(parts, letters, letter) for letter in wanted]
    return [f"{taken.count(True)} of {len(taken)} taken in; the others are as they were"]
