"""Who may send what: in order, one at a time, under a lease; and what is written down of each end of a try."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from psycopg_pool import AsyncConnectionPool

from store.outbox import Claim, Outbox, Unsent
from store.sealing import KeyRing
from tests.store.conftest import Someone, claim_first, someone


@pytest.fixture
def outbox(pool: AsyncConnectionPool) -> Outbox:
    """The outbox."""
    return Outbox(pool)


async def first(outbox: Outbox, asha: Someone) -> Unsent:
    """The first unsent row."""
    row = await outbox.first(asha.conversation)
    assert row is not None
    return row


def in_seconds(seconds: float) -> datetime:
    """A moment so many seconds from now."""
    return datetime.now(UTC) + timedelta(seconds=seconds)


async def claimed(outbox: Outbox, asha: Someone) -> UUID | None:
    """The id of the first unsent row, claimed."""
    row = await claim_first(outbox, asha)
    return row.id if row else None


async def test_messages_go_out_in_the_order_they_were_decided(outbox: Outbox, asha: Someone) -> None:
    rows = {(turn, place): await asha.to_be_sent(turn, place) for turn, place in ((2, 0), (1, 1), (10, 0), (1, 0))}
    order = []
    while (row := await claim_first(outbox, asha)) is not None:
        order.append(row.id)
        await outbox.accepted(row, f"wamid.{row.id.hex}")
    assert order == [rows[at] for at in ((1, 0), (1, 1), (2, 0), (10, 0))]
    assert await outbox.first(asha.conversation) is None


async def test_of_many_that_claim_at_once_one_gets_it(outbox: Outbox, asha: Someone) -> None:
    row_id = await asha.to_be_sent(1, 0)
    await asha.to_be_sent(1, 1)
    row = await first(outbox, asha)
    claim = Claim(in_seconds(0), in_seconds(8), as_template=False, leaks_in=6.0)
    got = await asyncio.gather(*(outbox.claim(row, claim) for _ in range(8)))
    assert sorted(got) == [False] * 7 + [True]
    assert await asha.state_of(row_id) == "sending"
    assert await asha.value("select attempts from outbox where id = %s", row_id) == 1


async def test_nothing_overtakes_the_one_that_is_being_sent(outbox: Outbox, asha: Someone) -> None:
    row = await asha.to_be_sent(1, 0)
    await asha.to_be_sent(1, 1)
    assert await claimed(outbox, asha) == row
    seen = await first(outbox, asha)
    assert (seen.id, seen.state) == (row, "sending")
    assert seen.lease_until is not None
    assert 7 < (seen.lease_until - in_seconds(0)).total_seconds() <= 8


async def test_whose_lease_ran_out_is_in_doubt_and_whose_lease_runs_is_not(outbox: Outbox, asha: Someone) -> None:
    row_id = await asha.to_be_sent(1)
    row = await claim_first(outbox, asha)
    assert row is not None
    await outbox.in_doubt(row, in_seconds(10), in_seconds(0), mine=False)
    assert await asha.state_of(row_id) == "sending"
    await asha.time_passes(9)
    await outbox.in_doubt(row, in_seconds(10), in_seconds(0), mine=False)
    assert await asha.state_of(row_id) == "unknown"
    assert await claimed(outbox, asha) is None
    await asha.time_passes(10)
    assert await claimed(outbox, asha) == row_id
    assert await asha.value("select attempts from outbox where id = %s", row_id) == 2


async def test_an_answer_that_comes_after_the_lease_ran_out_still_counts(outbox: Outbox, asha: Someone) -> None:
    """Else it would be sent a second time when the doubt is over."""
    row_id = await asha.to_be_sent(1, question="q1")
    late = await claim_first(outbox, asha)
    assert late is not None
    await asha.time_passes(9)
    await outbox.in_doubt(late, in_seconds(10), in_seconds(0), mine=False)
    await outbox.accepted(late, "wamid.late")
    assert await asha.state_of(row_id) == "accepted"
    assert await asha.value("select shown from conversations where id = %s", asha.conversation) == "q1"


async def test_a_failure_that_is_told_after_the_lease_ran_out_does_not_end_the_doubt(
    outbox: Outbox, asha: Someone
) -> None:
    row_id = await asha.to_be_sent(1)
    late = await claim_first(outbox, asha)
    assert late is not None
    await asha.time_passes(9)
    await outbox.in_doubt(late, in_seconds(10), in_seconds(0), mine=False)
    await outbox.deferred(late, in_seconds(1), "outage", 131000, claimed=True, counted=True)
    assert await asha.state_of(row_id) == "unknown"


async def test_one_put_off_waits_its_pause_and_those_behind_it_wait_too(outbox: Outbox, asha: Someone) -> None:
    row_id = await asha.to_be_sent(1, 0)
    await asha.to_be_sent(1, 1)
    row = await claim_first(outbox, asha)
    assert row is not None
    await outbox.deferred(row, in_seconds(5), "limit", 131056, claimed=True)
    assert await claimed(outbox, asha) is None
    seen = await first(outbox, asha)
    assert (seen.id, seen.state, seen.attempts, seen.deferrals) == (row_id, "deferred", 0, 1)
    await asha.time_passes(5)
    assert await claimed(outbox, asha) == row_id
    assert await asha.value("select attempts from outbox where id = %s", row_id) == 1, "a limit costs no attempt"


async def test_deferrals_are_counted_in_a_row_and_forgotten_when_it_is_taken(outbox: Outbox, asha: Someone) -> None:
    """So that each pause can be longer than the last."""
    row_id = await asha.to_be_sent(1)
    for deferrals in range(3):
        row = await claim_first(outbox, asha)
        assert row is not None
        assert row.deferrals == deferrals
        await outbox.deferred(row, in_seconds(-1), "limit", 131056, claimed=True)
    row = await claim_first(outbox, asha)
    assert row is not None
    await outbox.accepted(row, "wamid.x")
    assert await asha.value("select deferrals from outbox where id = %s", row_id) == 0


async def test_a_row_that_a_status_has_settled_is_not_claimed_any_more(outbox: Outbox, asha: Someone) -> None:
    """It was looked at while in doubt, and then the status came."""
    row_id = await asha.to_be_sent(1, state="unknown")
    row = await first(outbox, asha)
    async with asha.pool.connection() as connection:
        await connection.execute("update outbox set state = 'delivered' where id = %s", (row_id,))
    assert not await outbox.claim(row, Claim(in_seconds(0), in_seconds(8), as_template=False, leaks_in=6.0))
    assert await asha.state_of(row_id) == "delivered"


async def test_each_claim_fills_the_persons_bucket_by_one_message(outbox: Outbox, asha: Someone) -> None:
    for turn in range(3):
        await asha.to_be_sent(turn)
        row = await claim_first(outbox, asha)
        assert row is not None
        await outbox.accepted(row, f"wamid.{row.id.hex}")
    await asha.to_be_sent(9)
    seen = await first(outbox, asha)
    assert seen.pair_empty_at is not None
    assert 17 < (seen.pair_empty_at - in_seconds(0)).total_seconds() <= 18


async def test_a_template_in_its_place_puts_no_question(outbox: Outbox, asha: Someone) -> None:
    """What is written next answers the template, if anything, and not the question that was never seen."""
    async with asha.pool.connection() as connection:
        await connection.execute("update conversations set shown = 'q0' where id = %s", (asha.conversation,))
    await asha.to_be_sent(1, question="q1")
    row = await first(outbox, asha)
    await outbox.claim(row, Claim(in_seconds(0), in_seconds(8), as_template=True, leaks_in=6.0))
    await outbox.accepted(row, "wamid.x")
    assert await asha.value("select shown from conversations where id = %s", asha.conversation) == ""


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
