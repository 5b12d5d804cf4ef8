"""Where a process of the product can be made to end, as by kill -9: right before or right after one step of a message.

The process ends once: whoever wants that makes the file that CRASH_FLAG names, and the process takes it away first.
"""

from __future__ import annotations

import functools
import os
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from activities.sending import Sending
from handing.conversations import HandOver
from store.outbox import Outbox

Step = Callable[..., Awaitable[Any]]


@dataclass(frozen=True)
class Point:
    """A step, and whether the process ends before it or after it."""

    owner: type
    step: str
    before: bool
    concerns: Callable[[tuple[Any, ...], Any], bool] = lambda given, result: True
    """whether a call of the step, by what it was given and what came of it, is one of those meant"""


def _is_a_message(given: tuple[Any, ...], result: Any) -> bool:
    request = given[1]
    return isinstance(request, httpx.Request) and b"biz_opaque_callback_data" in request.content


POINTS = {
    # The API: the row of the inbox is committed, nobody was told of it.
    "stored": Point(HandOver, "hand_over", before=True),
    # The API: the conversation was told of it; neither is that written down, nor the webhook acknowledged.
    "signalled": Point(HandOver, "_signal", before=False),
    # The worker: all that a turn decided is committed, nothing of it was claimed.
    "decided": Point(Sending, "send", before=True),
    # The worker: the message is claimed, its request has not gone out.
    "claimed": Point(Outbox, "claim", before=False, concerns=lambda given, result: result is True),
    # The worker: the provider has taken the message; its answer has begun to come, and nobody reads it.
    "taken": Point(httpx.AsyncHTTPTransport, "handle_async_request", before=False, concerns=_is_a_message),
    # The worker: the answer was read, the row does not know of it.
    "answered": Point(Outbox, "accepted", before=True),
}


def arm() -> None:
    """Have this process end at CRASH_POINT when the file CRASH_FLAG is there."""
    point, flag = POINTS[os.environ["CRASH_POINT"]], Path(os.environ["CRASH_FLAG"])
    step: Step = getattr(point.owner, point.step)

    @functools.wraps(step)
    async def until_there(*given: Any, **named: Any) -> Any:
        if point.before:
            _end_once(flag)
        result = await step(*given, **named)
        if not point.before and point.concerns(given, result):
            _end_once(flag)
        return result

    setattr(point.owner, point.step, until_there)


def _end_once(flag: Path) -> None:
    try:
        flag.unlink()
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
