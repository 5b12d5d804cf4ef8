"""Files of the people, and what the phone shows of anybody's."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse
from pydantic import ValidationError

from sandbox.control.bodies import Upload
from sandbox.control.errors import ControlError
from sandbox.control.people import InWorld, OneUser
from sandbox.control.sending import keep_file
from sandbox.media import LARGEST, MEGABYTE, File
from sandbox.multipart import NotMultipart, parts_of
from sandbox.world import World

router = APIRouter(prefix="/sandbox", tags=["Control"])

LARGEST_UPLOAD = max(LARGEST.values()) + 16 * MEGABYTE
"""Bytes of a file that a person may have: more than Meta takes, for people try."""

LONGEST_BODY = LARGEST_UPLOAD * 4 // 3 + MEGABYTE

HARMLESS = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
"""A file is shown in the phone's own origin: whatever is in it must not run there. A browser shows no PDF in a sandbox
of that kind, and a PDF's scripts run in its viewer's own."""


@router.post(
    "/users/{user_id}/media",
    status_code=201,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": Upload.model_json_schema()},
                "multipart/form-data": {
                    "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
                },
            },
        }
    },
)
async def upload_file(request: Request, user: OneUser, world: InWorld) -> dict[str, Any]:
    """Keep a file for this person to send: a form with a part `file`, or JSON with the content in base64."""
    content, mime_type, filename = await _read(request)
    return (await keep_file(world, user, content, mime_type, filename)).to_json()


@router.get("/media/{media_id}")
async def show_file(media_id: str, world: InWorld, filename: str | None = None) -> FileResponse:
    """The file itself, whoever sent it, over or not: for the phone. `filename` is what to save it as."""
    file = _file(world, media_id)
    name = filename or file.filename
    named = {"Content-Disposition": f"inline; filename*=UTF-8''{quote(name, safe='')}"} if name else {}
    harmless = HARMLESS if file.mime_type != "application/pdf" else {"X-Content-Type-Options": "nosniff"}
    return FileResponse(world.media.path(file), headers=harmless | named, media_type=file.mime_type)


@router.post("/media/{media_id}/expire", status_code=204)
async def expire_file(media_id: str, world: InWorld) -> None:
    """Let the Graph API not know this id any more, as after seven days, or thirty."""
    world.media.expire(_file(world, media_id))


def _file(world: World, media_id: str) -> File:
    file = world.media.get(media_id)
    if file is None:
        raise ControlError(404, "unknown_media", "the sandbox has no file with this id")
    return file


async def _read(request: Request) -> tuple[bytes, str, str | None]:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST_BODY:
            raise ControlError(413, "too_large", f"a file may have at most {LARGEST_UPLOAD} bytes")
    content_type = request.headers.get("content-type", "")
    if content_type.startswith("multipart/"):
        try:
            part = parts_of(content_type, bytes(body))["file"]
        except (NotMultipart, KeyError):
            raise ControlError(422, "invalid_body", "a form with a part named file is needed") from None
        return part.content, part.mime_type or "application/octet-stream", part.filename
    try:
        upload = Upload.model_validate_json(bytes(body))
    except ValidationError as error:
        fields = ", ".join(".".join(map(str, item["loc"])) or "body" for item in error.errors(include_input=False))
        raise ControlError(422, "invalid_body", f"missing or malformed: {fields}") from None
    return upload.content, upload.mime_type, upload.filename
