"""`/files/…`: files of ours, for a provider that fetches what we send. Whoever has the link may have the file."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import Response

from api import documented
from api.errors import Problem
from store.blobs import BlobGone, Blobs, BlobsMisconfigured, BlobsUnavailable
from store.links import LinkExpired, Links, NoLink, conversation_of
from store.places import Places
from store.sealing import Erased

FILE: dict[int | str, dict[str, Any]] = {200: {"content": {"*/*": {}}, "description": "The file"}}


def files_router(links: Links, places: Places, blobs: Blobs) -> APIRouter:
    """The route that a provider fetches files from."""
    router = APIRouter(tags=["webhook"])

    @router.get("/files/{token}", response_class=Response, responses=FILE | documented.UNAVAILABLE)
    async def file(token: str) -> Response:
        """A file that is sent to somebody, for a day from when its link was made."""
        try:
            attachment = links.read(token)
        except LinkExpired as over:
            raise Problem(410, "link_expired", str(over)) from None
        except NoLink as none:
            raise Problem(404, "no_such_link", str(none)) from None
        conversation = conversation_of(attachment)
        place = None
        try:
            place = await places.of(conversation) if conversation is not None else None
            content = await blobs.get(place.seal, attachment.blob) if place is not None else None
        except (BlobGone, Erased):
            content = None
        except (BlobsUnavailable, BlobsMisconfigured):
            raise Problem(503, "files_away", "the place of files is away: ask again") from None
        if content is None:
            raise Problem(410, "file_gone", "this file was deleted")
        name = quote(attachment.filename or "file", safe="")
        return Response(
            content,
            media_type=attachment.mime_type,
            headers={
                "Content-Disposition": f"inline; filename*=UTF-8''{name}",
                "Cache-Control": "private, no-store",
                "X-Content-Type-Options": "nosniff",
            },
        )

    return router
