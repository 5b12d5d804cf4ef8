"""Files in both directions: what people attach is fetched at once and kept; what we send is uploaded once.

The provider's links to what people send last minutes and its copies days, so a file is fetched before anybody decides
about it.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

import psycopg
import structlog
from psycopg_pool import AsyncConnectionPool, PoolTimeout
from temporalio import activity
from temporalio.exceptions import ApplicationError

import channels
from activities.effects import OutsideMisconfigured, OutsideUnavailable
from activities.files import in_the_store
from domain.conversation import FETCH_MEDIA, WorkOrder, conversation_of
from domain.messages import Attachment
from store.amendments import REVOKED
from store.blobs import Blobs, BlobsMisconfigured, BlobsUnavailable
from store.links import Links
from store.media import File, Media, Wanted
from store.sealing import Erased, KeyRing, Seal
from store.uploads import Uploads
from store.work import NoWork
from telemetry import metrics

log = structlog.get_logger()

CLEARS_EVERY = 2.0
"""seconds"""
KEY = "media:"
"""begins the key of such work; the inbox row's id follows"""
REFUSED, FAILED = "refused", "failed"
NOT_TAKEN = (channels.MediaTooLarge, channels.WrongMediaType)
"""what we do not take, whoever asks again; the rest could not be had"""


class MediaFetching:
    """Fetches what people attached."""

    def __init__(self, pool: AsyncConnectionPool, keys: KeyRing, blobs: Blobs, by_number: channels.Channels) -> None:
        self._media = Media(pool, keys)
        self._blobs = blobs
        self._channels = by_number

    @activity.defn(name=FETCH_MEDIA)
    async def fetch_media(self, order: WorkOrder) -> str:
        """finished | refused; of what was refused, the row says why. Raises what is to be tried again."""
        conversation = conversation_of(activity.info().workflow_id or "")
        try:
            wanted = await self._media.read(conversation, inbox_of(order.key))
        except (NoWork, Erased) as gone:
            raise ApplicationError(str(gone), type=type(gone).__name__, non_retryable=True) from None
        if wanted.state == "wanted":
            return self._ended(await self._fetch(wanted))
        if wanted.state == REVOKED:
            await self._forget(wanted)
        return _outcome(wanted.state)

    def _ended(self, state: str) -> str:
        metrics.media("fetched" if state == "fetched" else "failed" if state == FAILED else "refused")
        return _outcome(state)

    async def _fetch(self, wanted: Wanted) -> str:
        """The state it comes to."""
        kind = wanted.content["media"]
        if kind not in channels.MEDIA:
            return await self._media.given_up(wanted, REFUSED, channels.WrongMediaType.reason)
        try:
            file = await self._download(wanted, channels.MEDIA[kind])
        except channels.MediaError as error:
            log.info("a file is not taken", inbox=wanted.inbox, kind=kind, reason=error.reason)
            return await self._media.given_up(wanted, REFUSED if isinstance(error, NOT_TAKEN) else FAILED, error.reason)
        except (channels.RetryLater, channels.Defer) as error:
            raise _again(error) from None
        except channels.ChannelError as error:
            raise OutsideMisconfigured(str(error)) from None
        with in_the_store():
            await self._blobs.put(wanted.seal, wanted.blob, file.content)
        state = await self._media.fetched(wanted, File(file.mime_type, len(file.content), file.sha256))
        if state == REVOKED:
            await self._forget(wanted)
        return state

    async def _download(self, wanted: Wanted, limit: channels.MediaLimit) -> channels.Downloaded:
        content = wanted.content

        async def download() -> channels.Downloaded:
            return await self._channels.of(wanted.number).download(
                wanted.number,
                content["media_id"],
                most_bytes=limit.most_bytes,
                mime_types=limit.mime_types,
                sha256=content["sha256"],
            )

        try:
            return await download()
        except channels.MediaDamaged:
            # What was damaged on its way is whole the next time; what was so before never is.
            return await download()

    async def _forget(self, wanted: Wanted) -> None:
        """Nothing is kept of what its author took back, an earlier try's file included."""
        with in_the_store():
            await self._blobs.delete(wanted.blob)


async def clear_revoked(pool: AsyncConnectionPool, keys: KeyRing, blobs: Blobs) -> None:
    """Do away with the files of what people took back after it had been fetched, until cancelled."""
    media = Media(pool, keys)
    while True:
        try:
            await media.clear_revoked(blobs)
        except (BlobsUnavailable, BlobsMisconfigured, psycopg.OperationalError, PoolTimeout) as error:
            log.warning("files that were taken back are not cleared yet", error=type(error).__name__)
        await asyncio.sleep(CLEARS_EVERY)


class Attachments:
    """The provider's ids of the files we send."""

    def __init__(self, pool: AsyncConnectionPool, blobs: Blobs, by_number: channels.Channels, links: Links) -> None:
        """`links` are for providers that fetch a file from us, and are not given it."""
        self._uploads = Uploads(pool)
        self._blobs = blobs
        self._channels = by_number
        self._links = links

    async def media_id(self, number: str, seal: Seal, attachment: Attachment) -> str:
        """The provider's id of a file for messages of this number; uploaded, where it has none. For a provider that
        fetches files from us, a link to it.

        Raises ChannelError's kinds and Unsendable as a send does; BlobGone and sealing.Erased where there is no file to
        send any more; BlobsUnavailable and BlobsMisconfigured.
        """
        channel = self._channels.of(number)
        if channel.fetches_files:
            # Whoever fetches it later would only be told that it is gone.
            await self._blobs.get(seal, attachment.blob)
            return self._links.make(attachment)
        if known := await self._uploads.find(number, attachment.blob):
            return known
        content = await self._blobs.get(seal, attachment.blob)
        provider_id = await channel.upload(number, content, attachment.mime_type, attachment.filename)
        await self._uploads.keep(number, attachment.blob, provider_id)
        return provider_id

    async def forget(self, number: str, attachment: Attachment) -> None:
        """The provider says that it has this file no more: the next message uploads it again."""
        await self._uploads.forget(number, attachment.blob)


def inbox_of(key: str) -> int:
    """The row of the inbox that such work is for. Raises store.work.NoWork for a key of another form."""
    row = key.removeprefix(KEY)
    if row == key or not (row.isascii() and row.isdigit()):
        raise NoWork("this key names no row of the inbox")
    return int(row)


def _outcome(state: str) -> str:
    return "finished" if state == "fetched" else "refused"


def _again(error: channels.RetryLater | channels.Defer) -> ApplicationError | OutsideUnavailable:
    if not error.seconds:
        return OutsideUnavailable(str(error))
    pause = timedelta(seconds=error.seconds)
    return ApplicationError(str(error), type=type(error).__name__, next_retry_delay=pause)
