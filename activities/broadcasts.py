"""One page of a broadcast: some seconds' worth of recipients, paced; each message goes the way of all others."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import structlog
from temporalio import activity

from domain.broadcasts import PAGE, Page, broadcast_of
from store.broadcast_pages import BroadcastPages, Taken
from telemetry import metrics

log = structlog.get_logger()

PAGE_TAKES = 5.0
"""seconds"""
AT_ONCE = 0.25
"""seconds of the rate whose messages are made in one transaction; a pause or an end is heard before the next"""
LOOKS_EVERY = 1.0
"""seconds at most between two looks in a page, each of which is a sign of life too"""
FULL_FOR = 10.0
"""seconds to rest when in a whole page nothing of what is in hand went out, as from a number that is stopped"""

HandOver = Callable[[UUID], Awaitable[object]]
"""tells a conversation of what lies in its inbox; what it could not be told, the sweeper tells it"""


class Broadcasting:
    """Goes through the recipients of broadcasts."""

    def __init__(self, pages: BroadcastPages, hand_over: HandOver) -> None:
        self._pages = pages
        self._hand_over = hand_over

    @activity.defn(name=PAGE)
    async def page(self) -> Page:
        """Do as many recipients as some seconds have room for. What was decided before a crash is not again."""
        info = activity.info()
        broadcast = broadcast_of(info.workflow_id or "")
        begun = time.monotonic()
        made = full = 0
        while (left := PAGE_TAKES - (time.monotonic() - begun)) > 0:
            activity.heartbeat()
            now = info.started_time + timedelta(seconds=time.monotonic() - begun)
            taken = await self._pages.take(broadcast, AT_ONCE, now)
            await self._tell(taken)
            if taken.page is not None:
                if taken.page.over:
                    log.info("a broadcast is over", broadcast=str(broadcast))
                return taken.page
            made, full = made + len(taken.made), full + taken.full
            await asyncio.sleep(min(taken.wait, left, LOOKS_EVERY))
        if made or not full:
            return Page()
        return Page(look_at=info.started_time.timestamp() + PAGE_TAKES + FULL_FOR)

    async def _tell(self, taken: Taken) -> None:
        for _ in taken.made:
            metrics.broadcast("made")
        for reason, number in taken.skipped.items():
            metrics.broadcast(reason, number)
        await asyncio.gather(*(self._hand_over(conversation) for conversation in taken.made))
