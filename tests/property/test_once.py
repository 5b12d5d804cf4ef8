"""Whatever is doubled, reordered, delayed, refused, lost or killed: each message in is handled at most once and never
forgotten, each effect happens once, each message out is sent once or is known to be in doubt, in order.

`EXAMPLES=2000` looks at as many random conversations; by default a few, the same ones each time.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from psycopg_pool import AsyncConnectionPool

from store.blobs import Blobs, open_blobs
from store.database import open_pool
from store.sealing import KeyRing
from tests.property.echo import catalogue
from tests.property.provider import WAYS
from tests.property.world import World
from tests.running.everything import TEMPLATE, Everything
from tests.running.product import SECRETS
from texts import Catalogue

EXAMPLES = int(os.environ.get("EXAMPLES", "60"))
STEPS = 24


class Ground:
    """What all examples stand on: one loop, one pool."""

    def __init__(self, url: str, texts: Catalogue, blobs: Blobs) -> None:
        self.blobs = blobs
        self.loop = asyncio.new_event_loop()
        self.texts = texts
        self.keys = KeyRing(SECRETS["ENCRYPTION_KEYS"], SECRETS["LOOKUP_KEY"])
        self.pool: AsyncConnectionPool = self.run(open_pool(url, 6))

    def run(self, doing: Coroutine[Any, Any, Any]) -> Any:
        """Do it now."""
        return self.loop.run_until_complete(doing)

    def close(self) -> None:
        """Let go."""
        self.run(self.pool.close())
        self.loop.close()


class Conversation(RuleBasedStateMachine):
    """Random things happen to one conversation."""

    ground: Ground

    @initialize()
    def begin(self) -> None:
        """They say hello."""
        self.world = World(self.ground.pool, self.ground.keys, self.ground.texts, self.ground.blobs)
        self.count = 0
        self.world.write("hi")

    @rule(messages=st.integers(1, 2))
    def writes(self, messages: int) -> None:
        """They write, each time something that was never written before."""
        for _ in range(messages):
            self.count += 1
            self.world.write(f"word-{self.count}")

    @rule(pick=st.integers(0, 9), many=st.integers(1, 3), twice=st.booleans(), told=st.booleans())
    def a_webhook_comes(self, pick: int, many: int, twice: bool, told: bool) -> None:
        """In another order, several at once, twice, with statuses or without; and is handed over."""
        written = self.world.written
        start = pick % max(len(written), 1)
        batch = written[start : start + many]
        if not twice:
            self.world.written = [one for one in written if one not in batch]
        self.ground.run(self.world.bring(batch, self._statuses(pick) if told else ()))
        self.ground.run(self.world.hand_over())

    @rule(pick=st.integers(0, 9))
    def a_webhook_comes_and_nobody_is_told(self, pick: int) -> None:
        """Temporal is away, or the API is killed before the signal: the sweeper hands it over with the next one."""
        if self.world.written:
            one = self.world.written.pop(pick % len(self.world.written))
            self.ground.run(self.world.bring([one]))

    @rule(pick=st.integers(0, 9))
    def statuses_come(self, pick: int) -> None:
        """Those of some messages, in any order, perhaps once more later."""
        self.ground.run(self.world.bring([], self._statuses(pick)))

    @rule()
    def statuses_are_lost(self) -> None:
        """Nobody ever hears of them."""
        self.world.provider.to_tell = []

    @rule(ways=st.lists(st.sampled_from(WAYS), min_size=1, max_size=3))
    def the_next_sends_go_wrong(self, ways: list[str]) -> None:
        """In these ways."""
        self.world.provider.next = ways

    @rule(ways=st.lists(st.sampled_from(WAYS), max_size=3), waits=st.sampled_from([0.0, 0.0, 5.0, 11.0]))
    def an_exchange(self, ways: list[str], waits: float) -> None:
        """They write, it comes, is answered in some of these ways, and what could not be sent is gone on with."""
        self.writes(1)
        self.a_webhook_comes(0, len(self.world.written), False, False)
        self.world.provider.next = ways
        self.a_turn()
        self.work_goes_on(False)
        self.a_turn()
        self.world.now += waits
        self.delivery_goes_on()

    @rule()
    def a_turn(self) -> None:
        """Somebody takes a turn, if there is reason to."""
        self.ground.run(self.world.turn())

    @rule(killed=st.booleans())
    def work_goes_on(self, killed: bool) -> None:
        """It ends, or whoever does it is killed with the outside having heard of it."""
        self.world.killed_at_work = killed
        self.ground.run(self.world.work())

    @rule()
    def delivery_goes_on(self) -> None:
        """What could not be sent at once is tried again."""
        self.ground.run(self.world.deliver())

    @rule(seconds=st.sampled_from([0.5, 3.0, 8.0, 12.0, 70.0, 2000.0]))
    def time_passes(self, seconds: float) -> None:
        """Leases end, doubts end, the nudge comes."""
        self.world.now += seconds

    @rule()
    def continues_as_new(self) -> None:
        """A new run."""
        self.world.continue_as_new()

    @rule()
    def the_workflow_is_lost(self) -> None:
        """With all it was told."""
        self.world.lose_the_workflow()

    @invariant()
    def nothing_was_seen_that_must_not_be(self) -> None:
        """No message whose fate was known went out again."""
        if hasattr(self, "world"):
            assert self.world.provider.wrong == []

    def teardown(self) -> None:
        """All comes to rest, and is counted."""
        if hasattr(self, "world"):
            try:
                self.ground.run(self._count())
            finally:
                self.ground.run(self.world.close())

    def _statuses(self, pick: int) -> list[dict[str, Any]]:
        waiting = self.world.provider.to_tell
        told = waiting[pick % max(len(waiting), 1) :][:3]
        if pick % 3:
            self.world.provider.to_tell = [one for one in waiting if one not in told]
        return told[::-1] if pick % 2 else told

    async def _count(self) -> None:
        world = self.world
        await world.settle()
        world.write("the end")
        await world.settle()
        assert world.provider.wrong == []

        untaken = await world.rows("select count(*) from inbox where conversation = %s and turn is null")
        assert untaken == [(0,)], "forgotten"
        inbox = await world.rows("select count(*), count(distinct provider_id) from inbox where conversation = %s")
        assert inbox == [(self.count + 2, self.count + 2)], "stored once, each"

        left = await world.rows(
            "select state, reason from outbox where conversation = %s and state not in ('accepted','sent','delivered')"
        )
        assert [row for row in left if row != ("failed", "in_doubt")] == [], "said and never sent"

        rows = await world.rows("select id, turn, place from outbox where conversation = %s")
        spots = {str(id): (turn, place) for id, turn, place in rows}
        first: list[tuple[int, int]] = []
        for sent in world.provider.taken:
            if spots[sent.key] not in first:
                first.append(spots[sent.key])
        assert first == sorted(first), "in order"

        heard = Counter(sent.words for sent in {one.key: one for one in world.provider.taken}.values())
        for number in range(1, self.count + 1):
            assert heard[f"Noted: word-{number}"] <= 1, "handled twice"
        assert heard["Noted: the end"] == 1, "it goes on"
        keys = Counter(words for words, _ in world.noted)
        assert max(keys.values(), default=0) <= 1, "one effect under two keys"


@pytest.fixture
def ground(shared: Everything, tmp_path: Path) -> Iterator[Ground]:
    """A database of its own, and the bot's texts."""
    url = asyncio.run(shared.servers.create_database(f"property_{os.getpid()}", TEMPLATE))
    ground = Ground(url, catalogue(tmp_path), open_blobs(str(tmp_path / "blobs")))
    yield ground
    ground.close()


@pytest.mark.timeout(900)
def test_nothing_is_lost_and_nothing_is_doubled(ground: Ground) -> None:
    Conversation.ground = ground
    run_state_machine_as_test(
        Conversation,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize="EXAMPLES" not in os.environ,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate, Phase.shrink],
        ),
    )
