"""The Graph API's other routes: numbers, media, and the list of templates (Meta, "Media", "Message templates")."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import FileResponse

from sandbox.config import Number
from sandbox.connection import DROP
from sandbox.faults.modes import Mode, Point, Strike
from sandbox.graph.errors import GraphError
from sandbox.graph.files import now_of
from sandbox.graph.reading import missing
from sandbox.graph.routes import as_json, authorised_number, bare, bearer, check_token, no_such_object
from sandbox.media import DOWNLOADS, KINDS, LARGEST, UPLOAD_LASTS, URL_LASTS, File, digest_of, kind_of
from sandbox.multipart import NotMultipart, parts_of
from sandbox.webhooks.envelopes import BUSINESS_ACCOUNT
from sandbox.world import World, world_of

router = APIRouter(tags=["Graph API"])

InWorld = Annotated[World, Depends(world_of)]

LONGEST_UPLOAD = max(LARGEST.values()) + 64 * 1024
"""Bytes of a form with the largest file; what is longer is not read to its end."""

PAGE = 100
"""Templates that are listed at most."""


@router.post("/graph/{version}/{phone_number_id}/media")
async def upload_media(phone_number_id: str, request: Request, world: InWorld) -> Response:
    """Take a file: a form with `messaging_product`, `file` and `type`. Its id is known for 30 days."""
    try:
        number = authorised_number(world, phone_number_id, request.headers.get("authorization", ""))
        body = await _body(request)
        fault = world.faults.one_at(Point.UPLOAD, number.id)
        if (struck := await _struck(world, fault, request)) is not None:
            return struck
        content, mime_type, filename = _uploaded(request.headers.get("content-type", ""), body)
        file = await world.media.keep(
            content, mime_type, filename, number=number.id, user="", now=world.clock.now(), lasts=UPLOAD_LASTS
        )
    except GraphError as error:
        return as_json(error.http, error.body())
    return as_json(200, {"id": file.id})


@router.get("/graph/{version}/{object_id}")
async def get_object(object_id: str, request: Request, world: InWorld, phone_number_id: str = "") -> Response:
    """What Meta says of a business phone number, or of a media id: its download address, good for five minutes."""
    authorization = request.headers.get("authorization", "")
    try:
        if object_id in world.numbers:
            return as_json(200, _number(authorised_number(world, object_id, authorization)))
        file = _file(world, object_id, bearer(world, authorization), phone_number_id)
        fault = world.faults.one_at(Point.LOOKUP, file.number, world.people.get(file.user))
        if (struck := await _struck(world, fault, request)) is not None:
            return struck
    except GraphError as error:
        return as_json(error.http, error.body())
    return as_json(200, _described(world, file, str(request.base_url), None if fault is None else fault.mode))


@router.delete("/graph/{version}/{media_id}")
async def delete_media(media_id: str, request: Request, world: InWorld) -> Response:
    """Delete a file: its id is over."""
    try:
        file = _file(world, media_id, bearer(world, request.headers.get("authorization", "")), "")
    except GraphError as error:
        return as_json(error.http, error.body())
    world.media.expire(file)
    return as_json(200, {"success": True})


@router.get("/graph/{version}/{account_id}/message_templates")
async def list_templates(account_id: str, request: Request, world: InWorld, name: str = "") -> Response:
    """The account's templates, or those of one name."""
    try:
        bearer(world, request.headers.get("authorization", ""))
        if account_id != BUSINESS_ACCOUNT:
            raise no_such_object("The account id is not the one of this sandbox.")
    except GraphError as error:
        return as_json(error.http, error.body())
    found = [template for template in world.templates.all() if name in ("", template.name)]
    listed = [
        {
            "name": template.name,
            "language": template.language,
            "status": template.status,
            "category": template.category,
            "components": template.components(),
        }
        for template in found[:PAGE]
    ]
    return as_json(200, {"data": listed, "paging": {}})


@router.get(DOWNLOADS)
async def download(request: Request, world: InWorld) -> Response:
    """The file itself. 404 for an address that is over or was never given out: ask for the id again."""
    query = request.query_params
    media_id, until, proof = (query.get(name, "") for name in ("mid", "ext", "hash"))
    file = world.media.get(media_id)
    try:
        token = bearer(world, request.headers.get("authorization", ""))
        if file is None or world.tokens.get(file.number) != token:
            return Response(status_code=404)
        check_token(world, file.number)
        fault = world.faults.one_at(Point.DOWNLOAD, file.number, world.people.get(file.user))
        if (struck := await _struck(world, fault, request)) is not None:
            return struck
    except GraphError as error:
        return as_json(error.http, error.body())
    now = now_of(world, file)
    if not world.media.proves(media_id, until, proof) or now >= int(until) or now > file.expires:
        return Response(status_code=404)
    if fault is not None and fault.mode is Mode.DOWNLOAD_TRUNCATED:
        return Response(world.media.path(file).read_bytes()[: file.size // 2], media_type=file.mime_type)
    return FileResponse(world.media.path(file), media_type=file.mime_type)


async def _struck(world: World, fault: Strike | None, request: Request) -> Response | None:
    """What a fault makes of a call about media; None where the call goes on. Raises the GraphError of an error."""
    match None if fault is None else fault.mode:
        case Mode.UPLOAD_ERROR | Mode.LOOKUP_ERROR if fault is not None:
            raise GraphError(fault.code, "The sandbox was asked to fail this call.")
        case Mode.UPLOAD_HTTP | Mode.LOOKUP_HTTP | Mode.DOWNLOAD_HTTP if fault is not None:
            return bare(fault)
        case Mode.UPLOAD_DROP | Mode.DOWNLOAD_DROP:
            request.scope[DROP] = True
            return Response()
        case Mode.UPLOAD_SLOW | Mode.LOOKUP_SLOW | Mode.DOWNLOAD_SLOW if fault is not None:
            await world.clock.sleep(fault.seconds)
    return None


async def _body(request: Request) -> bytes:
    read = bytearray()
    async for piece in request.stream():
        read += piece
        if len(read) > LONGEST_UPLOAD:
            raise GraphError(131053, "The file is larger than any that may be sent.")
    return bytes(read)


def _uploaded(content_type: str, body: bytes) -> tuple[bytes, str, str | None]:
    try:
        form = parts_of(content_type, body)
    except NotMultipart as error:
        raise GraphError(100, f"The request cannot be read: {error}.") from None
    if "messaging_product" not in form or form["messaging_product"].text != "whatsapp":
        raise GraphError(100, "The parameter messaging_product is required and must be 'whatsapp'.")
    if "file" not in form:
        raise missing("file")
    part = form["file"]
    mime_type = form["type"].text if "type" in form else part.mime_type
    kind = kind_of(mime_type)
    if kind is None:
        allowed = ", ".join(allowed for types in KINDS.values() for allowed in types)
        raise GraphError(131053, f"Param file must be a file with one of the following types: {allowed}.")
    if not part.content:
        raise GraphError(131053, "The file is empty.")
    if len(part.content) > LARGEST[kind]:
        raise GraphError(131053, f"The file is larger than the {LARGEST[kind]} bytes that {kind} may have.")
    return part.content, mime_type, part.filename


def _file(world: World, media_id: str, token: str, phone_number_id: str) -> File:
    """A file that this token may see, of this number if one is named. Raises GraphError 100 with subcode 33."""
    file = world.media.get(media_id)
    if (
        file is None
        or world.tokens.get(file.number) != token
        or phone_number_id not in ("", file.number)
        or now_of(world, file) > file.expires
    ):
        raise no_such_object("The media id is unknown, is over, or belongs to another number.")
    check_token(world, file.number)
    return file


def _described(world: World, file: File, base: str, fault: Mode | None) -> dict[str, Any]:
    until = now_of(world, file) + (-1.0 if fault is Mode.URL_EXPIRED else URL_LASTS)
    wrong = digest_of(b"another file")
    largest = LARGEST[kind_of(file.mime_type) or "document"]
    return {
        "url": world.media.address(base, file.id, until),
        "mime_type": file.mime_type,
        "sha256": wrong if fault is Mode.LOOKUP_WRONG_SHA256 else file.sha256,
        "file_size": largest + 1 if fault is Mode.OVERSIZE_MEDIA else file.size,
        "id": file.id,
        "messaging_product": "whatsapp",
    }


def _number(number: Number) -> dict[str, Any]:
    return {
        "id": number.id,
        "display_phone_number": number.display,
        "verified_name": number.business.title(),
        "quality_rating": "GREEN",
        "platform_type": "CLOUD_API",
        "code_verification_status": "VERIFIED",
        "throughput": {"level": "STANDARD"},
    }
