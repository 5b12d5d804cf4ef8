"""What lies outside of the database of a conversation that is no more: its workflow is ended, its files are deleted."""

from __future__ import annotations

from uuid import UUID

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from cli.errors import CannotBeDone
from cli.here import Here, temporal
from domain.conversation import workflow_id
from settings import Settings
from store.blobs import BlobsMisconfigured, BlobsUnavailable, open_blobs
from store.erasure import Erasure
from workflows.temporal import AWAY

REASON = "the conversation was erased"


async def finish_erasures(here: Here) -> int:
    """See to what is left of erased conversations; how many. Raises CannotBeDone; they are not forgotten."""
    erasure = Erasure(here.pool, here.keys)
    left = await erasure.unfinished()
    if not left:
        return 0
    try:
        client = await temporal(here.settings)
        for conversation in left:
            await end_workflows_and_files(here.settings, client, conversation)
            await erasure.finished(conversation)
    except (CannotBeDone, *AWAY, BlobsUnavailable, BlobsMisconfigured) as problem:
        why = str(problem) if isinstance(problem, CannotBeDone | BlobsUnavailable | BlobsMisconfigured) else "Temporal"
        raise CannotBeDone(
            "everything in the database is erased and no file can be read any more, but workflows or files are left"
            f" ({why}): `sutradhar cleanup-sessions` sees to them when that is mended"
        ) from None
    return len(left)


async def end_workflows_and_files(settings: Settings, client: Client, conversation: UUID) -> None:
    """End the workflow of one and delete its files. One that never ran is as good as ended."""
    try:
        await client.get_workflow_handle(workflow_id(conversation)).terminate(reason=REASON)
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
    await open_blobs(settings.blob_store, settings.aws).clear(str(conversation))
