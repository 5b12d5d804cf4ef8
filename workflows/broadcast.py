"""A broadcast: waits until its time, goes through its recipients page by page, and stops when it is told to.

The database knows what was asked of it and how far it is, so every run begins with a look there. A signal only says
that the look is worth it now.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from domain.broadcasts import BROADCAST, CHANGED, PAGE, BroadcastOrder, Page
    from domain.conversation import EFFECTS

PAGE_MAY_TAKE = timedelta(seconds=60)
SILENT_FOR = timedelta(seconds=8)
"""a worker that was killed is noticed after so long"""
PAGES_A_RUN = 100
"""some six hundred events: however many recipients there are, there is never more than this to be replayed"""
PATIENT = RetryPolicy(initial_interval=timedelta(milliseconds=500), maximum_interval=timedelta(seconds=10))


@workflow.defn(name=BROADCAST)
class Broadcast:
    """One broadcast."""

    @workflow.init
    def __init__(self, order: BroadcastOrder) -> None:
        self.news = False

    @workflow.run
    async def run(self, order: BroadcastOrder) -> None:
        """Look and do a page, until it is over."""
        for _ in range(PAGES_A_RUN):
            self.news = False
            page = await self.page()
            if page.over:
                return
            await self.rest(page)
        workflow.continue_as_new(order)

    @workflow.signal(name=CHANGED)
    def changed(self) -> None:
        """It was paused, resumed or cancelled, or seems to have been forgotten."""
        self.news = True

    async def page(self) -> Page:
        """One look, and some seconds' worth of recipients where it is time for them."""
        page: Page = await workflow.execute_activity(
            PAGE,
            task_queue=EFFECTS,
            result_type=Page,
            start_to_close_timeout=PAGE_MAY_TAKE,
            heartbeat_timeout=SILENT_FOR,
            retry_policy=PATIENT,
            summary="some recipients",
        )
        return page

    async def rest(self, page: Page) -> None:
        """Until it is resumed, until its time, or not at all; news end every rest."""
        if page.paused:
            workflow.set_current_details("paused")
            await workflow.wait_condition(lambda: self.news)
        elif page.look_at is not None:
            wait = page.look_at - workflow.now().timestamp()
            if wait > 0:
                with suppress(asyncio.TimeoutError):
                    # A millisecond late, so that the time has come when it rings.
                    await workflow.wait_condition(
                        lambda: self.news,
                        timeout=timedelta(seconds=wait + 0.001),
                        timeout_summary="until it is time",
                    )
        workflow.set_current_details("under way")
