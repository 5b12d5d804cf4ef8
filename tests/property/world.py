"""One conversation on the real tables, with an executor in the place of Temporal's that can be killed anywhere.

It keeps what the workflow keeps (mailbox, jobs, the count of turns) and forgets what a kill, a continue-as-new or a
lost store makes it forget.
"""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from psycopg_pool import AsyncConnectionPool
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.effects import activity_of
from activities.media import Attachments
from activities.sending import Sending
from activities.turns import Turns
from api.intake import Intake
from channels import meta
from domain.conversation import Ended, Next, Turn, WorkOrder, workflow_id
from domain.numbers import Number
from store.arrivals import Arrivals
from store.blobs import Blobs
from store.handing import Handing
from store.letters import DeadLetters
from store.links import Links
from store.numbers import Numbers, Templates
from store.outbox import Outbox
from store.pace import NumberPace
from store.places import Places
from store.sealing import KeyRing
from store.statuses import Statuses
from store.webhooks import WebhookCounts
from store.work import WorkTable
from tests.property.echo import NOTE, Echo
from tests.property.provider import Killed, Provider
from tests.running.at_meta import at_meta
from tests.running.wire import envelope, text
from texts import Catalogue

NUMBER = Number("meta", "100000000000009", "", "echo", "property", rate=100_000)
BEGUN = 1_795_240_800.0


@dataclass
class Workflow:
    """What the durable executor holds."""

    run: int = 1
    turns: int = 0
    mailbox: list[int] = field(default_factory=list)
    jobs: dict[str, str] = field(default_factory=dict)
    """key of work -> how it ended, or nothing yet"""
    next: Next = field(default_factory=Next)
    woken: bool = True
    unsent: bool = False


class World:
    """One person, one conversation, and everything that can go wrong between them."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing, catalogue: Catalogue, blobs: Blobs) -> None:
        self.pool = pool
        self.keys = keys
        self.provider = Provider()
        self.workflow = Workflow()
        self.now = BEGUN
        self.provider.clock = lambda: self.now
        self.phone = f"+9194{uuid4().int % 10**8:08d}"
        self.conversation: UUID | None = None
        self.written: list[dict[str, Any]] = []
        """webhooks' messages on their way"""
        self.noted: Counter[tuple[str, UUID]] = Counter()
        self.killed_at_work = False
        self.http = self.provider.client()
        graph = at_meta(self.http)
        ours = {NUMBER.id: NUMBER}
        files = Attachments(pool, blobs, graph, Links(keys, "https://bot.example"))
        self.sending = Sending(
            Outbox(pool), Places(pool, keys), NumberPace(pool), Numbers(pool), Templates(pool), graph, files, ours
        )
        self.turns = Turns(pool, keys, {"echo": Echo()}, {"echo": catalogue}, graph, self.sending, "none")
        self.intake = Intake(
            Arrivals(pool, keys),
            Statuses(pool),
            DeadLetters(pool, keys),
            Templates(pool),
            NumberPace(pool),
            WebhookCounts(pool),
            [NUMBER],
            keep_raw=False,
        )
        self.note = activity_of(NOTE, WorkTable(pool, keys), self._note)

    # -- the person and the provider ----------------------------------------------------------------

    def write(self, words: str) -> None:
        """They write; the webhook is on its way."""
        self.written.append({**text(words, phone=self.phone), "timestamp": str(int(self.now))})

    async def bring(self, messages: Sequence[dict[str, Any]], statuses: Sequence[dict[str, Any]] = ()) -> None:
        """A webhook comes with these."""
        body = json.dumps(envelope(NUMBER.id, messages, statuses)).encode()
        taken = await self.intake.take(meta.read(body))
        self.provider.tell(list(statuses))
        for conversation in taken.conversations:
            self.conversation = conversation

    async def hand_over(self) -> None:
        """What is not signalled yet is: by the webhook, or later by the sweeper."""
        if self.conversation is None:
            return
        async with Handing(self.pool).unsignalled(self.conversation) as rows:
            self.workflow.mailbox += rows

    # -- the executor --------------------------------------------------------------------------------

    def environment(self) -> ActivityEnvironment:
        """Where an activity of this conversation runs, now."""
        environment = ActivityEnvironment()
        environment.info = dataclasses.replace(
            environment.info,
            workflow_id=workflow_id(self.conversation or ""),
            scheduled_time=datetime.now(UTC),
            started_time=datetime.fromtimestamp(self.now, UTC),
        )
        return environment

    async def turn(self) -> bool:
        """One turn over all that has come; false when there is nothing to take one over."""
        flow = self.workflow
        ended = [Ended(key, how) for key, how in flow.jobs.items() if how]
        alarm = flow.woken or (flow.next.wake_at is not None and flow.next.wake_at <= self.now)
        if self.conversation is None or not (flow.mailbox or ended or alarm):
            return False
        asked = Turn(f"{flow.run}:{flow.turns + 1}", self.now, list(flow.mailbox), ended, alarm)
        try:
            after: Next = await self.environment().run(self.turns.turn, asked)
        except Killed:
            return True  # asked for again by whoever takes over, with what has come meanwhile
        flow.turns += 1
        flow.mailbox = flow.mailbox[len(asked.arrived) :]
        flow.jobs = {key: how for key, how in flow.jobs.items() if not how}
        flow.jobs |= {work.key: "" for work in after.work if work.key not in flow.jobs}
        flow.next, flow.woken, flow.unsent = after, False, flow.unsent or after.unsent
        return True

    async def work(self) -> None:
        """Work that is under way goes on."""
        for key in [key for key, how in self.workflow.jobs.items() if not how]:
            try:
                self.workflow.jobs[key] = await self.environment().run(self.note, WorkOrder(key))
            except Killed:
                return

    async def deliver(self) -> None:
        """What a turn could not send is gone on with."""
        if not self.workflow.unsent:
            return
        try:
            await self.environment().run(self.sending.deliver)
        except (ApplicationError, Killed):
            return
        self.workflow.unsent = False

    def continue_as_new(self) -> None:
        """Where nothing is in hand, a new run begins with what the old one carried over."""
        flow = self.workflow
        if not (flow.mailbox or flow.jobs or flow.unsent or flow.woken):
            self.workflow = Workflow(run=flow.run + 1, next=flow.next, woken=False)

    def lose_the_workflow(self) -> None:
        """Temporal's store is lost with all that it was told; the next run begins with nothing."""
        self.workflow = Workflow(run=self.workflow.run + 1)

    # -- the end -------------------------------------------------------------------------------------

    async def settle(self) -> None:
        """Everything works again, and all that was on its way comes."""
        self.provider.next, self.killed_at_work = [], False
        for _ in range(60):
            written, self.written = self.written, []
            told, self.provider.to_tell = self.provider.to_tell, []
            if written or told:
                await self.bring(written, told)
            await self.hand_over()
            busy = await self.turn()
            await self.work()
            await self.deliver()
            self.now += 15
            flow = self.workflow
            if not (busy or flow.unsent or flow.mailbox or flow.jobs or self.written or self.provider.to_tell):
                return
        raise AssertionError(f"it does not come to rest: {self.workflow}")

    async def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query about this conversation."""
        async with self.pool.connection() as connection:
            return await (await connection.execute(query, (self.conversation,))).fetchall()

    async def _note(self, conversation: UUID, key: UUID, words: str) -> str:
        self.noted[words, key] += 1
        if self.killed_at_work:
            self.killed_at_work = False
            raise Killed
        return words

    async def close(self) -> None:
        """Let go of it."""
        await self.http.aclose()
