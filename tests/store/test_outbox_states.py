"""A message's state only climbs: what each status makes of each state, and statuses that come before their message."""

from __future__ import annotations

import asyncio
import itertools
from uuid import UUID, uuid4

import pytest
from psycopg_pool import AsyncConnectionPool

from domain.inbound import StatusUpdate
from store.outbox import Outbox
from store.sealing import KeyRing
from store.statuses import Statuses
from tests.store.conftest import Someone, claim_first, someone

STATES = ("pending", "sending", "deferred", "unknown", "parked", "accepted", "sent", "delivered", "read", "failed")
BECOMES = {
    "sent": (*["sent"] * 7, "delivered", "read", "failed"),
    "delivered": (*["delivered"] * 8, "read", "delivered"),
    "read": ("read",) * 10,
    "failed": (*["failed"] * 7, "delivered", "read", "failed"),
    "played": STATES,
    "telepathy": STATES,
}
"""what each status makes of each of these states, in their order"""
TABLE = [(state, status, after) for status, row in BECOMES.items() for state, after in zip(STATES, row, strict=True)]


def status(name: str, provider_id: str, key: UUID | None = None, code: int = 0) -> StatusUpdate:
    """What a webhook says of a message."""
    return StatusUpdate(provider_id, "100000000000000", name, 1_795_000_000.0, str(key or ""), code)


@pytest.fixture
def statuses(pool: AsyncConnectionPool) -> Statuses:
    """What becomes of it."""
    return Statuses(pool)


@pytest.fixture
def outbox(pool: AsyncConnectionPool) -> Outbox:
    """The outbox."""
    return Outbox(pool)


@pytest.mark.parametrize(("state", "name", "after"), TABLE)
async def test_a_status_moves_a_message_up_and_never_down(
    statuses: Statuses, asha: Someone, state: str, name: str, after: str
) -> None:
    row = await asha.to_be_sent(1, state=state)
    await statuses.tell([status(name, f"wamid.{uuid4().hex}", row)])
    assert await asha.state_of(row) == after


async def test_a_webhook_of_many_statuses_in_any_order_ends_at_the_highest(statuses: Statuses, asha: Someone) -> None:
    for turn, order in enumerate(itertools.permutations(("sent", "delivered", "read"))):
        row = await asha.to_be_sent(turn, state="accepted")
        await statuses.tell([status(name, f"wamid.{row.hex}", row) for name in order])
        assert await asha.state_of(row) == "read"


async def test_why_it_failed_is_kept(outbox: Outbox, statuses: Statuses, asha: Someone) -> None:
    row = await asha.to_be_sent(1, state="sent")
    await statuses.tell([status("failed", "wamid.x", row, 131026)])
    assert await asha.value("select error_code from outbox where id = %s", row) == 131026


@pytest.mark.parametrize(
    ("early", "after"),
    [
        (["sent"], "sent"),
        (["delivered", "sent"], "delivered"),
        (["sent", "delivered", "read"], "read"),
        (["failed"], "failed"),
        (["sent", "failed"], "failed"),
        (["failed", "delivered"], "delivered"),
    ],
)
async def test_statuses_without_our_key_that_come_before_the_answer_are_kept_and_joined(
    outbox: Outbox, statuses: Statuses, asha: Someone, early: list[str], after: str
) -> None:
    row = await asha.to_be_sent(1)
    claimed = await claim_first(outbox, asha)
    assert claimed is not None
    name = f"wamid.{uuid4().hex}"
    await statuses.tell([status(one, name, code=131026 if one == "failed" else 0) for one in early])
    assert await asha.state_of(row) == "sending"
    await outbox.accepted(claimed, name)
    assert await asha.state_of(row) == after
    if after == "failed":
        assert await asha.value("select error_code from outbox where id = %s", row) == 131026


async def test_a_status_of_nobodys_message_is_kept_once_however_often_it_comes(
    statuses: Statuses, asha: Someone
) -> None:
    name = f"wamid.{uuid4().hex}"
    for _ in range(3):
        await statuses.tell([status("sent", name), status("sent", name, uuid4()), status("sent", name)])
    assert await asha.value("select count(*) from statuses where provider_id = %s", name) == 1


async def test_a_key_that_is_none_of_ours_does_not_hide_whose_message_it_is(
    outbox: Outbox, statuses: Statuses, asha: Someone
) -> None:
    """Another system may send from the same number with keys of its own form."""
    row = await asha.to_be_sent(1)
    claimed = await claim_first(outbox, asha)
    assert claimed is not None
    name = f"wamid.{uuid4().hex}"
    await outbox.accepted(claimed, name)
    told = StatusUpdate(name, "100000000000000", "delivered", 1_795_000_000.0, "order-4711")
    await statuses.tell([told])
    assert await asha.state_of(row) == "delivered"


async def test_one_status_that_cannot_be_stored_costs_its_neighbours_nothing(statuses: Statuses, asha: Someone) -> None:
    row = await asha.to_be_sent(1, state="accepted")
    endless = "".join(uuid4().hex for _ in range(400))
    await statuses.tell(
        [status("failed", "wamid.a", code=10**30), status("sent", endless), status("delivered", "wamid.b", row)]
    )
    assert await asha.state_of(row) == "delivered"


async def test_a_question_counts_as_shown_when_a_status_shows_that_it_arrived(
    statuses: Statuses, asha: Someone
) -> None:
    """The answer of the send was lost, the message was not: what is typed now answers its question."""
    row = await asha.to_be_sent(1, state="unknown", question="q1")
    await statuses.tell([status("sent", "wamid.x", row)])
    assert await asha.value("select shown from conversations where id = %s", asha.conversation) == "q1"


async def test_a_late_status_of_an_earlier_question_does_not_bring_it_back(
    outbox: Outbox, statuses: Statuses, asha: Someone
) -> None:
    first = await asha.to_be_sent(1, state="unknown", question="q1")
    await asha.to_be_sent(2, question="q2")
    await statuses.tell([status("sent", "wamid.1", first)])
    claimed = await claim_first(outbox, asha)
    assert claimed is not None
    await outbox.accepted(claimed, "wamid.2")
    await statuses.tell([status("delivered", "wamid.1", first), status("read", "wamid.1", first)])
    assert await asha.value("select shown from conversations where id = %s", asha.conversation) == "q2"


async def test_webhooks_that_tell_of_the_same_messages_in_other_orders_do_not_wait_for_each_other(
    statuses: Statuses, pool: AsyncConnectionPool, keys: KeyRing
) -> None:
    """Twenty people, and two webhooks at once, one of which names them the other way round."""
    people = [await someone(pool, keys) for _ in range(20)]
    for turn in range(5):
        rows = [await person.to_be_sent(turn, state="accepted", question=f"q{turn}") for person in people]
        told = [[status(name, f"wamid.{row.hex}", row) for row in rows] for name in ("sent", "delivered")]
        async with asyncio.timeout(0.9):  # PostgreSQL looks for a deadlock after one second
            await asyncio.gather(statuses.tell(told[0]), statuses.tell(told[1][::-1]))
        assert {await person.state_of(row) for person, row in zip(people, rows, strict=True)} == {"delivered"}
