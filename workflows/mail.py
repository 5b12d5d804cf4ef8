"""A mail: seen out however long the mail server is away. No conversation waits for it."""

from __future__ import annotations

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from domain.conversation import EFFECTS
    from domain.mail import MAIL, SEND_MAIL, MailOrder

ONE_TRY = timedelta(seconds=40)
GIVEN_UP_AFTER = timedelta(days=7)
TRIES = RetryPolicy(initial_interval=timedelta(seconds=2), maximum_interval=timedelta(minutes=30))


@workflow.defn(name=MAIL)
class Mail:
    """One mail."""

    @workflow.run
    async def run(self, order: MailOrder) -> None:
        """Send it, again and again if need be. A week without a mail server fails it, for somebody to see."""
        await workflow.execute_activity(
            SEND_MAIL,
            order,
            task_queue=EFFECTS,
            start_to_close_timeout=ONE_TRY,
            schedule_to_close_timeout=GIVEN_UP_AFTER,
            retry_policy=TRIES,
            summary="a lead, by mail",
        )
