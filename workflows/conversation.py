"""A conversation: the durable executor around a dialogue.

It keeps the mailbox, one turn at a time, the timer and the retries; what was said is in the database.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy, SearchAttributeKey
from temporalio.exceptions import ActivityError

with workflow.unsafe.imports_passed_through():
    from domain.conversation import (
        ARRIVED,
        BOT,
        DELIVER,
        LANGUAGE,
        OWNER,
        SENDING,
        SETTLED,
        STAGE,
        TURN,
        WAITING_FOR,
        WORKFLOW,
        Arrived,
        Carry,
        Ended,
        Next,
        Settled,
        Turn,
        Work,
        WorkOrder,
    )

NEVER = float("inf")
TURN_MAY_TAKE = timedelta(seconds=10)
DELIVERY_MAY_TAKE = timedelta(seconds=12)
RETIRES_AFTER = timedelta(days=30)
"""of silence, when nothing is awaited: the next message starts the conversation again, its state is in the database"""
RETIRE = "retire"
TURNS_A_RUN = 100
"""however long somebody goes round in menus, there is never more than this to be replayed"""
PATIENT = RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(minutes=1))
WAITS_IN_HAND = timedelta(seconds=5)
"""between two tries of a turn; for longer than that a timer waits, for every few seconds in hand cost three events"""
DELIVERED_LATER = RetryPolicy(initial_interval=timedelta(seconds=1), backoff_coefficient=1.0)


@workflow.defn(name=WORKFLOW)
class Conversation:
    """One long-running workflow a conversation."""

    @workflow.init
    def __init__(self, carry: Carry) -> None:
        self.next = carry.next
        self.inbox: list[int] = []
        self.jobs: dict[str, workflow.ActivityHandle[str]] = {}
        self.delivery: workflow.ActivityHandle[None] | None = None
        self.timer: asyncio.Task[None] | None = None
        self.timer_at = NEVER
        self.timer_for = ""
        self.turns = 0
        self.busy = self.left = self.long_enough = False
        self.pause = 0.0
        # Started with nothing carried over: what it waits for is in the database, and the first turn finds it there.
        self.woken = not carry.next.bot
        self.shown = carry.next

    @workflow.run
    async def run(self, carry: Carry) -> None:
        """Take turns until it may be forgotten here. Its state is never here."""
        while True:
            self.arm()
            await workflow.wait_condition(lambda: self.something_happened() or self.delivered() or self.may_move())
            if self.retires():
                return
            self.deliver()
            if self.something_happened():
                await self.wait_for_more()
                await self.take_turn()
            if self.may_move():
                workflow.continue_as_new(Carry(self.next))

    @workflow.signal(name=ARRIVED)
    def arrived(self, signal: Arrived) -> None:
        """Inbox rows are there. Without rows it is a wake-up: a deadline seems to have been slept through."""
        self.inbox += signal.rows
        self.pause = max(self.pause, signal.pause)
        self.woken = self.woken or not signal.rows

    @workflow.update(name=SETTLED)
    async def settled(self) -> Settled:
        """Wait until all that has arrived is dealt with: for tests, and for the phone."""
        await workflow.wait_condition(self.idle)
        return Settled(self.next.waiting_for)

    async def wait_for_more(self) -> None:
        """People write in bursts: where that is wanted, a moment is waited, and all of it is one turn."""
        if self.pause:
            pause, self.pause = self.pause, 0.0
            await workflow.sleep(timedelta(seconds=pause), summary="more may come")
            self.pause = 0.0

    async def take_turn(self) -> None:
        """One turn over all that has come since the last one; then start what it wants."""
        self.busy = True
        self.turns += 1
        turn = Turn(
            id=f"{workflow.info().run_id}:{self.turns}",
            now=workflow.now().timestamp(),
            arrived=self.inbox,
            ended=self.ended(),
            alarm=self.rung() or self.woken,
            sending=self.delivery is not None,
        )
        self.inbox, self.woken = [], False
        self.next = await workflow.execute_local_activity(
            TURN,
            turn,
            result_type=Next,
            start_to_close_timeout=TURN_MAY_TAKE,
            retry_policy=PATIENT,
            local_retry_threshold=WAITS_IN_HAND,
        )
        self.left = self.left or self.next.unsent
        self.deliver()
        for work in self.next.work:
            if work.key not in self.jobs:
                self.jobs[work.key] = self.start(work)
        self.show()
        # Asked only then, so that it costs nothing before; a run of an earlier release goes on as it did.
        self.long_enough = self.turns >= TURNS_A_RUN and workflow.patched("turns-a-run")
        self.busy = False

    def start(self, work: Work) -> workflow.ActivityHandle[str]:
        """Start an effect; only how it ended comes back."""
        return workflow.start_activity(
            work.effect,
            WorkOrder(work.key),
            task_queue=work.queue,
            start_to_close_timeout=timedelta(seconds=work.attempt),
            retry_policy=RetryPolicy(
                maximum_attempts=work.attempts,
                initial_interval=timedelta(milliseconds=500),
                maximum_interval=timedelta(seconds=10),
            ),
            result_type=str,
            summary=work.effect.replace("_", " "),
        )

    def ended(self) -> list[Ended]:
        """Work that has ended since. Raises what is no failure of an activity: nobody else would ever see it."""
        ended = []
        for key in [key for key, job in self.jobs.items() if job.done()]:
            job = self.jobs.pop(key)
            error = job.exception()
            if error is not None and not isinstance(error, ActivityError):
                raise error
            ended.append(Ended(key, "failed" if error is not None else job.result()))
        return ended

    def deliver(self) -> None:
        """See the last delivery ended, and start another for what is left: in order, one at a time."""
        if self.delivered() and self.delivery is not None:
            error = self.delivery.exception()
            if error is not None and not isinstance(error, ActivityError):
                raise error
            self.delivery = None
        if self.left and self.delivery is None:
            self.left = False
            self.delivery = workflow.start_activity(
                DELIVER,
                task_queue=SENDING,
                start_to_close_timeout=DELIVERY_MAY_TAKE,
                retry_policy=DELIVERED_LATER,
                result_type=type(None),
                summary="what could not be sent at once",
            )

    def delivered(self) -> bool:
        """Whether a delivery has ended that nobody has looked at yet."""
        return self.delivery is not None and self.delivery.done()

    def arm(self) -> None:
        """One timer, re-armed only when a deadline gets earlier."""
        now = workflow.now().timestamp()
        at, what = self.next.wake_at, self.next.wake_for
        if at is None and self.forgettable():
            at, what = now + RETIRES_AFTER.total_seconds(), RETIRE
        if at is not None and at < self.timer_at:
            if self.timer is not None:
                self.timer.cancel()
            # A millisecond late, so that the deadline has passed when it rings.
            wait = timedelta(seconds=max(0.0, at - now) + 0.001)
            self.timer_at, self.timer_for = at, what
            self.timer = asyncio.create_task(workflow.sleep(wait, summary=what))

    def rung(self) -> bool:
        """Whether the timer rang; it is armed again by the next deadline."""
        if self.timer is None or not self.timer.done():
            return False
        self.timer, self.timer_at = None, NEVER
        return True

    def something_happened(self) -> bool:
        """A message, an end of work, an alarm, a wake-up."""
        return (
            bool(self.inbox)
            or self.woken
            or any(job.done() for job in self.jobs.values())
            or (self.timer is not None and self.timer.done())
        )

    def quiet(self) -> bool:
        """Nothing is in hand: no message, no work, no delivery, no turn."""
        return not (self.busy or self.inbox or self.woken or self.jobs or self.left or self.delivery is not None)

    def idle(self) -> bool:
        """Quiet, and no alarm to be looked at."""
        return self.quiet() and not self.something_happened()

    def forgettable(self) -> bool:
        """Nothing is awaited: neither an answer nor an outcome nor a deadline."""
        return bool(self.turns) and self.next.wake_at is None and not self.next.waiting_for

    def retires(self) -> bool:
        """Nothing is awaited, and nobody wrote for a long time."""
        rang = self.timer is not None and self.timer.done() and self.timer_for == RETIRE
        return rang and self.forgettable() and self.quiet() and workflow.all_handlers_finished()

    def may_move(self) -> bool:
        """Whether to continue as new: quiet, after progress, when parked or when the server suggests it."""
        if not (self.turns and self.idle() and workflow.all_handlers_finished()):
            return False
        return self.next.parked or workflow.info().is_continue_as_new_suggested() or self.long_enough

    def show(self) -> None:
        """What an operator sees in the Temporal UI: where it stands, without a word of what was said."""
        now, before = self.next, self.shown
        pairs = ((BOT, "bot"), (STAGE, "stage"), (LANGUAGE, "language"), (WAITING_FOR, "waiting_for"), (OWNER, "owner"))
        changed = [
            SearchAttributeKey.for_keyword(name).value_set(getattr(now, field))
            for name, field in pairs
            if getattr(now, field) != getattr(before, field)
        ]
        if changed:
            workflow.upsert_search_attributes(changed)
        self.shown = now
        workflow.set_current_details(
            f"**{now.bot}** · stage **{now.stage or '–'}** · waiting for **{now.waiting_for or 'nobody'}**"
            f" · {now.language}" + (f"\n\nnext alarm: {now.wake_for}" if now.wake_for else "")
        )
