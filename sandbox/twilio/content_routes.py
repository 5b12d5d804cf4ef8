"""Twilio's Content API: templates, and WhatsApp's approval of them (Twilio, "Content API resources")."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from sandbox.twilio.access import PREFIX, as_json, authorise, base_of, check_call
from sandbox.twilio.contents import Content
from sandbox.twilio.errors import TwilioError, not_found
from sandbox.twilio.resources import approval_json, content_json
from sandbox.world import World, world_of

router = APIRouter(prefix=PREFIX + "/v1", tags=["Twilio"])

PAGE = 50
LARGEST_PAGE = 500


@router.post("/Content")
async def create_content(request: Request) -> Response:
    """Make a Content template."""
    world = await world_of(request)
    _check(world, request)
    content = world.twilio.contents.create(await _json(request))
    return as_json(201, content_json(world.twilio.sid, content, base_of(request)))


@router.get("/Content")
async def list_contents(request: Request) -> Response:
    """All Content templates, a page at a time."""
    return await _list(request, "Content", approvals=False)


@router.get("/ContentAndApprovals")
async def list_contents_with_approvals(request: Request) -> Response:
    """All Content templates with what WhatsApp decided of each."""
    return await _list(request, "ContentAndApprovals", approvals=True)


@router.get("/Content/{sid}")
async def fetch_content(sid: str, request: Request) -> Response:
    """One Content template."""
    world = await world_of(request)
    content = _found(world, request, sid)
    return as_json(200, content_json(world.twilio.sid, content, base_of(request)))


@router.delete("/Content/{sid}")
async def delete_content(sid: str, request: Request) -> Response:
    """Forget a Content template."""
    world = await world_of(request)
    world.twilio.contents.remove(_found(world, request, sid))
    return Response(status_code=204)


@router.post("/Content/{sid}/ApprovalRequests/whatsapp")
async def submit_content(sid: str, request: Request) -> Response:
    """Ask WhatsApp to approve a Content template: here it decides at once."""
    world = await world_of(request)
    content = _found(world, request, sid)
    approval = world.twilio.contents.submit(content, await _json(request))
    return as_json(201, approval_json(content, approval))


@router.get("/Content/{sid}/ApprovalRequests")
async def fetch_approval(sid: str, request: Request) -> Response:
    """What WhatsApp decided of a Content template."""
    world = await world_of(request)
    content = _found(world, request, sid)
    return as_json(
        200,
        {
            "sid": sid,
            "account_sid": world.twilio.sid,
            "whatsapp": _decided(content) | {"type": "whatsapp"},
            "url": f"{base_of(request)}/v1/Content/{sid}/ApprovalRequests",
        },
    )


async def _list(request: Request, name: str, *, approvals: bool) -> Response:
    world = await world_of(request)
    _check(world, request)
    page, size = _whole(request, "Page", 0), min(_whole(request, "PageSize", PAGE) or PAGE, LARGEST_PAGE)
    base, known = base_of(request), world.twilio.contents.all()
    url = f"{base}/v1/{name}?PageSize={size}&Page="
    listed = []
    for content in known[page * size : (page + 1) * size]:
        shown = content_json(world.twilio.sid, content, base)
        listed.append(shown | ({"approval_requests": _decided(content)} if approvals else {}))
    return as_json(
        200,
        {
            "contents": listed,
            "meta": {
                "page": page,
                "page_size": size,
                "first_page_url": f"{url}0",
                "previous_page_url": f"{url}{page - 1}" if page else None,
                "url": f"{url}{page}",
                "next_page_url": f"{url}{page + 1}" if len(known) > (page + 1) * size else None,
                "key": "contents",
            },
        },
    )


def _check(world: World, request: Request) -> None:
    authorise(world, request)
    check_call(world, "")


def _found(world: World, request: Request, sid: str) -> Content:
    _check(world, request)
    content = world.twilio.contents.get(sid)
    if content is None:
        raise not_found("content")
    return content


def _decided(content: Content) -> dict[str, Any]:
    if content.approval is None:
        return {"name": "", "category": "", "content_type": "", "status": "unsubmitted", "rejection_reason": ""}
    return approval_json(content, content.approval)


async def _json(request: Request) -> Any:
    try:
        return await request.json()
    except ValueError:
        raise TwilioError(20001, "the body is no JSON") from None


def _whole(request: Request, name: str, default: int) -> int:
    given = request.query_params.get(name, "")
    if given and not given.isdigit():
        raise TwilioError(20001, f"{name} is no whole number")
    return int(given) if given else default
