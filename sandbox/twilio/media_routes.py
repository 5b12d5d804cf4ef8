"""The files of messages (Twilio, "Media resource"): the list, each one's description, its bytes."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from sandbox.connection import DROP
from sandbox.faults.modes import Mode, Point
from sandbox.graph.routes import bare
from sandbox.media import File
from sandbox.twilio.access import PREFIX, as_json, authorise
from sandbox.twilio.errors import not_found
from sandbox.twilio.records import Record
from sandbox.twilio.resources import media_json, messages_uri
from sandbox.twilio.routes import record_of
from sandbox.twilio.sids import media_id
from sandbox.world import World, world_of

router = APIRouter(prefix=PREFIX + "/2010-04-01/Accounts/{account}/Messages/{sid}", tags=["Twilio"])


@router.get("/Media.json")
async def list_media(account: str, sid: str, request: Request) -> Response:
    """The files of a message."""
    world = await world_of(request)
    authorise(world, request, account)
    record = record_of(world, sid)
    found = [file for kept in record.media if (file := world.media.get(kept)) is not None and file.expires > 0]
    uri = f"{messages_uri(account)}/{sid}/Media.json"
    return as_json(
        200,
        {
            "media_list": [media_json(account, record, file) for file in found],
            "page": 0,
            "page_size": 50,
            "start": 0,
            "end": max(0, len(found) - 1),
            "uri": uri,
            "first_page_uri": f"{uri}?PageSize=50&Page=0",
            "next_page_uri": None,
            "previous_page_uri": None,
        },
    )


@router.get("/Media/{media}.json")
async def describe_media(account: str, sid: str, media: str, request: Request) -> Response:
    """What a file is."""
    world = await world_of(request)
    authorise(world, request, account)
    record, file = _found(world, sid, media)
    return as_json(200, media_json(account, record, file))


@router.delete("/Media/{media}.json")
async def delete_media(account: str, sid: str, media: str, request: Request) -> Response:
    """Delete a file; until then Twilio keeps it."""
    world = await world_of(request)
    authorise(world, request, account)
    _, file = _found(world, sid, media)
    world.media.expire(file)
    return Response(status_code=204)


@router.get("/Media/{media}")
async def download(account: str, sid: str, media: str, request: Request) -> Response:
    """The bytes of a file, for who has the account's credentials."""
    world = await world_of(request)
    authorise(world, request, account)
    _, file = _found(world, sid, media)
    fault = world.faults.one_at(Point.DOWNLOAD, file.number, world.people.get(file.user))
    if fault is not None:
        if fault.mode is Mode.DOWNLOAD_HTTP:
            return bare(fault)
        if fault.mode is Mode.DOWNLOAD_DROP:
            request.scope[DROP] = True
            return Response()
        if fault.mode is Mode.DOWNLOAD_SLOW:
            await world.clock.sleep(fault.seconds)
        if fault.mode is Mode.DOWNLOAD_TRUNCATED:
            return Response(world.media.path(file).read_bytes()[: file.size // 2], media_type=file.mime_type)
    return FileResponse(world.media.path(file), media_type=file.mime_type)


def _found(world: World, sid: str, media: str) -> tuple[Record, File]:
    record = record_of(world, sid)
    file = world.media.get(media_id(media))
    if file is None or file.id not in record.media or file.expires <= 0:
        raise not_found("media")
    return record, file
