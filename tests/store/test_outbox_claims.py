"""Who may send what, and when: in order, one at a time, under a lease; a lost one is in doubt before it goes again."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest
from psycopg_pool import AsyncConnectionPool

from store.outbox import Outbox
from store.sealing import KeyRing
from tests.store.conftest import Someone, someone


@pytest.fixture
def outbox(pool: AsyncConnectionPool) -> Outbox:
    """The outbox."""
    return Outbox(pool)


async def claimed(outbox: Outbox, asha: Someone) -> UUID | None:
    """The row that can be claimed now, claimed."""
    row = await outbox.claim(asha.conversation)
    return row.id if row else None


async def test_messages_go_out_in_the_order_they_were_decided(outbox: Outbox, asha: Someone) -> None:
    rows = {(turn, place): await asha.to_be_sent(turn, place) for turn, place in ((2, 0), (1, 1), (10, 0), (1, 0))}
    order = []
    while (row := await outbox.claim(asha.conversation)) is not None:
        order.append(row.id)
        await outbox.accepted(row, f"wamid.{row.id.hex}")
    assert order == [rows[at] for at in ((1, 0), (1, 1), (2, 0), (10, 0))]
    assert await outbox.blocked(asha.conversation) is None


async def test_of_many_that_claim_at_once_one_gets_it(outbox: Outbox, asha: Someone) -> None:
    first = await asha.to_be_sent(1, 0)
    await asha.to_be_sent(1, 1)
    got = await asyncio.gather(*(claimed(outbox, asha) for _ in range(8)))
    assert [row for row in got if row] == [first]


async def test_nothing_overtakes_the_one_that_is_being_sent(outbox: Outbox, asha: Someone) -> None:
    await asha.to_be_sent(1, 0)
    await asha.to_be_sent(1, 1)
    assert await claimed(outbox, asha)
    assert await claimed(outbox, asha) is None
    blocked = await outbox.blocked(asha.conversation)
    assert blocked is not None
    assert blocked.state == "sending"
    assert 7 < blocked.seconds <= 8


async def test_whose_lease_ran_out_is_in_doubt_and_sent_again_only_after_a_while(outbox: Outbox, asha: Someone) -> None:
    row = await asha.to_be_sent(1)
    assert await claimed(outbox, asha) == row
    await asha.time_passes(9)
    assert await claimed(outbox, asha) is None
    blocked = await outbox.blocked(asha.conversation)
    assert blocked is not None
    assert (blocked.state, 9 < blocked.seconds <= 10) == ("unknown", True)
    assert await claimed(outbox, asha) is None
    await asha.time_passes(10)
    assert await claimed(outbox, asha) == row
    assert await asha.value("select attempts from outbox where id = %s", row) == 2


async def test_an_answer_that_comes_after_the_lease_ran_out_still_counts(outbox: Outbox, asha: Someone) -> None:
    """Else it would be sent a second time when the doubt is over."""
    row = await asha.to_be_sent(1, question="q1")
    late = await outbox.claim(asha.conversation)
    assert late is not None
    await asha.time_passes(9)
    await outbox.blocked(asha.conversation)
    await outbox.accepted(late, "wamid.late")
    assert await asha.state_of(row) == "accepted"
    assert await asha.value("select shown from conversations where id = %s", asha.conversation) == "q1"


async def test_a_failure_that_is_told_after_the_lease_ran_out_does_not_end_the_doubt(
    outbox: Outbox, asha: Someone
) -> None:
    row = await asha.to_be_sent(1)
    late = await outbox.claim(asha.conversation)
    assert late is not None
    await asha.time_passes(9)
    await outbox.blocked(asha.conversation)
    await outbox.later(late, 131000, 1.0, counted=True)
    assert await asha.state_of(row) == "unknown"


async def test_one_put_off_waits_its_pause_and_those_behind_it_wait_too(outbox: Outbox, asha: Someone) -> None:
    row = await asha.to_be_sent(1, 0)
    await asha.to_be_sent(1, 1)
    first = await outbox.claim(asha.conversation)
    assert first is not None
    await outbox.later(first, 131056, 5.0, counted=False)
    assert await claimed(outbox, asha) is None
    blocked = await outbox.blocked(asha.conversation)
    assert blocked is not None
    assert (blocked.state, 4 < blocked.seconds <= 5) == ("pending", True)
    await asha.time_passes(5)
    assert await claimed(outbox, asha) == row
    assert await asha.value("select attempts from outbox where id = %s", row) == 1, "a limit costs no attempt"


@pytest.mark.parametrize("state", ["parked", "failed", "accepted", "sent", "delivered", "read"])
async def test_one_that_is_done_or_parked_holds_nobody_up(outbox: Outbox, asha: Someone, state: str) -> None:
    await asha.to_be_sent(1, 0, state=state)
    behind = await asha.to_be_sent(1, 1)
    assert await claimed(outbox, asha) == behind


async def test_a_person_does_not_wait_for_another(
    outbox: Outbox, asha: Someone, pool: AsyncConnectionPool, keys: KeyRing
) -> None:
    await asha.to_be_sent(1)
    assert await claimed(outbox, asha)
    ravi = await someone(pool, keys)
    row = await ravi.to_be_sent(1)
    assert await claimed(outbox, ravi) == row
