"""What an activity's exception may tell Temporal, whose store anybody on duty can read: class and place, not words.

A library's message can quote what a person wrote (pydantic's does, PostgreSQL's too).
"""

from __future__ import annotations

import traceback
from pathlib import PurePath
from typing import Any

import structlog
from temporalio.exceptions import ApplicationError, CancelledError
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from activities.effects import OutsideMisconfigured, OutsideUnavailable

log = structlog.get_logger()

OURS = (OutsideMisconfigured, OutsideUnavailable)
"""their words are ours, and name no person"""


class Discretion(Interceptor):
    """Put into every worker."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """The interceptor around each activity."""
        return _Discreet(next)


class _Discreet(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        try:
            return await self.next.execute_activity(input)
        except (ApplicationError, CancelledError):
            raise
        except OURS as error:
            raise ApplicationError(str(error), type=type(error).__name__) from None
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            log.error(
                "an activity failed",
                activity=input.fn.__name__,
                error=type(error).__name__,
                where=[f"{frame.name} ({PurePath(frame.filename).name}:{frame.lineno})" for frame in frames[-8:]],
            )
            frame = frames[-1]
            place = f"{frame.name} ({PurePath(frame.filename).name}:{frame.lineno})"
            raise ApplicationError(f"{type(error).__name__} in {place}", type=type(error).__name__) from None
