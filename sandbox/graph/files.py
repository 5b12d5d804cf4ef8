"""The files that the business sends: those it uploaded, and those that Meta fetches from a link."""

from __future__ import annotations

import httpx

from sandbox.config import Number
from sandbox.graph.attachments import Attachment
from sandbox.graph.errors import GraphError
from sandbox.media import LARGEST, UPLOAD_LASTS, File, kind_of
from sandbox.world import World

FETCHING = httpx.Timeout(10.0, connect=2.0)


class WrongFile(Exception):
    """A file cannot be sent as what it is sent as, or cannot be fetched: a `failed` status with 131053 follows."""


async def file_of(world: World, number: Number, attachment: Attachment) -> File:
    """The file that a message names. Raises WrongFile, and GraphError 100 for an id that is none or is over."""
    if attachment.link:
        return await _fetched(world, number, attachment)
    file = world.media.get(attachment.media_id)
    if file is None or file.number != number.id or now_of(world, file) > file.expires:
        details = f"Param {attachment.path}['id'] is not a valid whatsapp business account media attachment ID"
        raise GraphError(100, details, message="Invalid parameter")
    if kind_of(file.mime_type) != attachment.kind:
        raise WrongFile
    return file


def now_of(world: World, file: File) -> float:
    """What time it is for a file: for whom it came from, or by the machine's clock."""
    user = world.people.get(file.user)
    return world.clock.now() if user is None else world.people.now(user)


async def _fetched(world: World, number: Number, attachment: Attachment) -> File:
    largest = LARGEST[attachment.kind]
    content = bytearray()
    try:
        async with world.http.stream("GET", attachment.link, timeout=FETCHING, follow_redirects=True) as answer:
            mime_type = answer.headers.get("content-type", "")
            if answer.status_code != httpx.codes.OK or kind_of(mime_type) != attachment.kind:
                raise WrongFile
            async for piece in answer.aiter_bytes():
                content += piece
                if len(content) > largest:
                    raise WrongFile
    except (httpx.HTTPError, httpx.InvalidURL):
        raise WrongFile from None
    return await world.media.keep(
        bytes(content),
        mime_type,
        attachment.filename,
        number=number.id,
        user="",
        now=world.clock.now(),
        lasts=UPLOAD_LASTS,
    )
