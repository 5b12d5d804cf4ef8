"""The recipients of a broadcast: fixed when it starts, decided once each, by one look or by several at once."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from psycopg_pool import AsyncConnectionPool

from domain.broadcasts import Page
from domain.messages import Template, Text
from store.arrivals import Arrival, Arrivals
from store.broadcast_pages import BroadcastPages, Taken
from store.broadcasts import Broadcasts, NewBroadcast, Over
from store.erasure import Erasure
from store.sealing import KeyRing
from tests.store.conftest import Someone, someone

NOW = datetime.now(UTC)
SAID = Text("We are closed on Monday.")
ENOUGH = 1000.0
"""messages a second: nothing waits for its pace"""


class Stage:
    """Some people of a bot that nobody else has, and broadcasts to them."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing) -> None:
        self.pool = pool
        self.keys = keys
        self.bot = f"bot-{uuid4().hex[:8]}"
        self.broadcasts = Broadcasts(pool, keys)
        self.pages = BroadcastPages(pool, keys)

    async def people(self, number: int, **columns: Any) -> list[Someone]:
        """So many people who wrote a minute ago."""
        found = [await someone(self.pool, self.keys) for _ in range(number)]
        for one in found:
            await self.change(one, **{"bot": self.bot, "last_in_at": NOW - timedelta(minutes=1), **columns})
            await self.rows("update inbox set turn = 1 where conversation = %s returning 1", one.conversation)
        return found

    async def change(self, one: Someone, **columns: Any) -> None:
        """Change what is written down of a conversation."""
        for column, value in columns.items():
            change = f"update conversations set {column} = %s where id = %s returning 1"
            await self.rows(change, value, one.conversation)

    async def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """What a query finds."""
        async with self.pool.connection() as connection:
            return await (await connection.execute(query, values)).fetchall()

    async def order(self, **more: Any) -> UUID:
        """A broadcast to them."""
        new = NewBroadcast(**{"bot": self.bot, "said": SAID, "rate": ENOUGH, **more})
        return await self.broadcasts.order(None, new)

    async def take(self, id: UUID, now: datetime | None = None, seconds: float = 1.0) -> Taken:
        """One look, now unless it is told when."""
        return await self.pages.take(id, seconds, now or datetime.now(UTC) + timedelta(seconds=1))

    async def made(self, id: UUID) -> list[UUID]:
        """Looks until it is over; whose messages were made, in order."""
        made: list[UUID] = []
        while True:
            taken = await self.take(id)
            made += taken.made
            if taken.page is not None:
                return made

    async def reasons(self, id: UUID) -> dict[UUID, str]:
        """Why nothing was made for those that were skipped."""
        return {one.conversation: one.reason for one in await self.broadcasts.recipients(id, 1000) if one.reason}


@pytest.fixture
def stage(pool: AsyncConnectionPool, keys: KeyRing) -> Stage:
    """Nobody yet."""
    return Stage(pool, keys)


async def test_each_is_decided_once_by_however_many_that_look(stage: Stage) -> None:
    people = await stage.people(30)
    id = await stage.order(rate=8.0)
    await stage.rows("update broadcasts set room_at = now() - interval '1 hour' where id = %s returning 1", id)
    looks = await asyncio.gather(*(stage.made(id) for _ in range(4)))
    times = Counter(one for made in looks for one in made)
    assert times == Counter(one.conversation for one in people)
    rows = await stage.rows("select conversation from inbox where starts_with(provider_id, %s)", str(id))
    assert len(rows) == 30


async def test_who_the_recipients_are_is_fixed_when_it_starts(stage: Stage) -> None:
    people = await stage.people(3)
    id = await stage.order(at=NOW + timedelta(hours=1))
    assert (await stage.take(id)).page == Page(look_at=(NOW + timedelta(hours=1)).timestamp())
    people += await stage.people(1)
    first = await stage.take(id, NOW + timedelta(hours=1), seconds=0.001)
    await stage.people(2)
    assert [*first.made, *await stage.made(id)] == [one.conversation for one in people]


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("last_in_at", NOW - timedelta(hours=24), "window_closed"),
        ("last_in_at", None, "never_wrote"),
    ],
)
async def test_why_nothing_is_made(stage: Stage, column: str, value: Any, reason: str) -> None:
    [asha, ravi] = await stage.people(2)
    await stage.change(asha, **{column: value})
    id = await stage.order()
    assert await stage.made(id) == [ravi.conversation]
    assert await stage.reasons(id) == {asha.conversation: reason}


async def test_a_template_is_for_those_too_whose_window_is_closed_each_in_their_language(stage: Stage) -> None:
    asha, ravi, uma = await stage.people(3, last_in_at=NOW - timedelta(days=9))
    await stage.change(ravi, language="hi")
    await stage.change(uma, language="ta")
    said = {language: Template("news", language) for language in ("en", "hi")}
    id = await stage.order(said=said, template="news")
    assert await stage.made(id) == [one.conversation for one in (asha, ravi, uma)]
    told = {}
    for one in (asha, ravi, uma):
        [(body,)] = await stage.rows(
            "select body_sealed from inbox where conversation = %s and kind = 'business'", one.conversation
        )
        told[one.conversation] = one.found.seal.open_json("inbox.body", body)["message"]["language"]
    assert told == {asha.conversation: "en", ravi.conversation: "hi", uma.conversation: "en"}


async def test_what_somebody_wrote_and_no_turn_took_may_open_the_window(stage: Stage, keys: KeyRing) -> None:
    [asha] = await stage.people(1, last_in_at=NOW - timedelta(days=9))
    await Arrivals(stage.pool, keys).store(asha.found, Arrival("meta", f"wamid.{uuid4().hex}", "text", {"text": "hi"}))
    assert await stage.made(await stage.order()) == [asha.conversation]


async def test_it_keeps_its_pace_and_catches_up_a_second_at_most(stage: Stage) -> None:
    await stage.people(9)
    id = await stage.order(rate=2.0)
    assert len((await stage.take(id)).made) == 2
    assert 0 < (await stage.take(id)).wait <= 1
    await stage.rows("update broadcasts set room_at = now() - interval '1 hour' where id = %s returning 1", id)
    for _ in range(2):
        await stage.take(id)
    assert (await stage.take(id)).wait > 0


async def test_with_much_in_hand_it_waits(stage: Stage) -> None:
    await stage.people(25)
    id = await stage.order(rate=20.0)
    await stage.rows("update broadcasts set rate = 4 where id = %s returning 1", id)
    for _ in range(5):
        await stage.take(id, seconds=5.0)
        await stage.rows("update broadcasts set room_at = now() - interval '1 hour' where id = %s returning 1", id)
    assert (await stage.take(id)).full
    await stage.rows("update inbox set turn = 2 where starts_with(provider_id, %s) returning 1", str(id))
    assert (await stage.take(id)).made


async def test_paused_nothing_is_made_and_over_is_over(stage: Stage) -> None:
    await stage.people(2)
    id = await stage.order()
    await stage.broadcasts.ask(id, "pause")
    assert (await stage.take(id)).page == Page(paused=True)
    await stage.broadcasts.ask(id, "resume")
    assert len(await stage.made(id)) == 2
    with pytest.raises(Over):
        await stage.broadcasts.ask(id, "pause")
    with pytest.raises(LookupError):
        await stage.broadcasts.ask(uuid4(), "pause")


async def test_cancelled_what_is_not_out_is_withdrawn_and_what_is_stays(stage: Stage) -> None:
    gone, queued, untaken, undecided = await stage.people(4)
    id = await stage.order()
    await stage.take(id, seconds=0.003)
    rows = dict(await stage.rows("select conversation, inbox from broadcast_recipients where broadcast = %s", id))
    for one, state in ((gone, "accepted"), (queued, "deferred")):
        sent = await one.to_be_sent(2, state=state, purpose="marketing")
        await stage.rows("update outbox set inbox = %s where id = %s returning 1", rows[one.conversation], sent)
        await stage.rows("update inbox set turn = 2 where id = %s returning 1", rows[one.conversation])
    await stage.broadcasts.ask(id, "cancel")
    found = {one.conversation: one.outcome for one in await stage.broadcasts.recipients(id, 10)}
    assert found == {
        gone.conversation: "accepted",
        queued.conversation: "cancelled",
        untaken.conversation: "cancelled",
        undecided.conversation: "cancelled",
    }
    assert await stage.rows("select 1 from inbox where id = %s", rows[untaken.conversation]) == []
    assert (await stage.take(id)).page == Page(over=True)


async def test_who_is_erased_meanwhile_is_no_recipient_any_more(stage: Stage, keys: KeyRing) -> None:
    asha, ravi = await stage.people(2)
    id = await stage.order()
    await stage.take(id, seconds=0.001)
    address = await stage.rows("select person from conversations where id = %s", ravi.conversation)
    erasure = Erasure(stage.pool, keys)
    phone = (await stage.broadcasts.recipients(id, 2))[1].phone
    [subject] = await erasure.find(phone)
    assert subject.person == address[0][0]
    await erasure.erase(subject, phone)
    assert (await stage.take(id)).page == Page(over=True)
    found = await stage.broadcasts.read(id)
    assert found is not None
    tally = await stage.broadcasts.tally(found[0])
    assert (tally.outcomes["waiting"], tally.reasons["skipped"]) == (1, {"erased": 1})
    assert [one.conversation for one in await stage.broadcasts.recipients(id, 10)] == [asha.conversation]


async def test_whoever_stands_at_a_step_by_stage_or_by_question(stage: Stage) -> None:
    [by_stage] = await stage.people(1, stage="kyc")
    [by_question] = await stage.people(1, waiting_for="answer:pincode")
    await stage.people(1, stage="done")
    assert await stage.broadcasts.reaches(stage.bot) == 3
    assert await stage.made(await stage.order(step="kyc")) == [by_stage.conversation]
    assert await stage.made(await stage.order(step="pincode")) == [by_question.conversation]
    assert "pincode" in await stage.broadcasts.steps(stage.bot)


async def test_a_workflow_that_was_not_told_or_does_not_look_is_found(stage: Stage) -> None:
    await stage.people(1)
    id = await stage.order()
    assert id not in await stage.broadcasts.untold()
    await stage.rows("update broadcasts set asked_at = now() - interval '3 seconds' where id = %s returning 1", id)
    assert id in await stage.broadcasts.untold()
    asked_at = await stage.broadcasts.asked_at(id)
    assert asked_at is not None
    await stage.broadcasts.told(id, asked_at)
    assert id not in await stage.broadcasts.untold()
    await stage.rows("update broadcasts set at = now() - interval '3 minutes' where id = %s returning 1", id)
    assert id in await stage.broadcasts.untold()
    await stage.take(id, seconds=0.001)
    assert id not in await stage.broadcasts.untold()
