"""The files that the business sends: each is fetched from its URL (Twilio, "WhatsApp media messages")."""

from __future__ import annotations

import httpx

from sandbox.config import Number
from sandbox.media import DAY, MEGABYTE, File, kind_of
from sandbox.twilio.filling import CannotBeShown
from sandbox.world import World

LARGEST_IMAGE = 5 * MEGABYTE
LARGEST = 16 * MEGABYTE
"""Bytes of a file of any other kind."""

FETCHING = httpx.Timeout(10.0, connect=2.0)

KEPT = 10_000 * DAY
"""Twilio keeps a file until it is deleted."""


async def fetch(world: World, number: Number, url: str) -> File:
    """The file behind this URL. Raises CannotBeShown 63019, 63005 (its type) or 63034 (its size)."""
    content = bytearray()
    try:
        async with world.http.stream("GET", url, timeout=FETCHING, follow_redirects=True) as answer:
            if answer.status_code != httpx.codes.OK:
                raise CannotBeShown(63019)
            mime_type = answer.headers.get("content-type", "")
            kind = kind_of(mime_type)
            if kind is None:
                raise CannotBeShown(63005)
            async for piece in answer.aiter_bytes():
                content += piece
                if len(content) > (LARGEST_IMAGE if kind == "image" else LARGEST):
                    raise CannotBeShown(63034)
    except (httpx.HTTPError, httpx.InvalidURL):
        raise CannotBeShown(63019) from None
    return await world.media.keep(
        bytes(content), mime_type, None, number=number.id, user="", now=world.clock.now(), lasts=KEPT
    )
