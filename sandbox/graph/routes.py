"""The Graph API's routes. They read the raw request themselves: Meta's errors are not a framework's errors."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from sandbox.config import Number
from sandbox.connection import DROP
from sandbox.faults.modes import Mode, Point
from sandbox.graph.errors import GraphError
from sandbox.graph.messages import Outgoing, ReadReceipt, parse
from sandbox.graph.sending import accept, recipient_of, take_receipt
from sandbox.people import User
from sandbox.world import World, world_of

router = APIRouter(prefix="/graph/{version}", tags=["Graph API"])

LONGEST_LOGGED_BODY = 16_384


@router.post("/{phone_number_id}/messages")
async def post_message(phone_number_id: str, request: Request) -> Response:
    """Send a message, mark one as read, or show a typing indicator (Meta, "Messages")."""
    world = await world_of(request)  # not as a dependency: this route is the busy one under load
    raw = await request.body()
    try:
        number = authorised_number(world, phone_number_id, request.headers.get("authorization", ""))
        asked = parse(raw)
        if isinstance(asked, ReadReceipt):
            return _receipt(world, number, asked, raw)
        return await _send(world, number, asked, raw, request)
    except GraphError as error:
        return _answer(world, None, raw, error.http, error.body())


@router.get("/{phone_number_id}")
async def get_number(phone_number_id: str, request: Request, world: Annotated[World, Depends(world_of)]) -> Response:
    """What Meta says of a business phone number."""
    try:
        number = authorised_number(world, phone_number_id, request.headers.get("authorization", ""))
    except GraphError as error:
        return _json(error.http, error.body())
    return _json(
        200,
        {
            "id": number.id,
            "display_phone_number": number.display,
            "verified_name": number.business.title(),
            "quality_rating": "GREEN",
            "platform_type": "CLOUD_API",
            "code_verification_status": "VERIFIED",
            "throughput": {"level": "STANDARD"},
        },
    )


def authorised_number(world: World, phone_number_id: str, authorization: str) -> Number:
    """The number of this id. Raises GraphError 190 for a wrong token, 100 with subcode 33 for an unknown number."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or token not in world.tokens.values():
        message = "Invalid OAuth access token - Cannot parse access token" if token else "An access token is required"
        raise GraphError(190, "The bearer token is not one of this sandbox's.", message=message)
    number = world.numbers.get(phone_number_id)
    if number is None or number.provider != "meta" or world.tokens[number.id] != token:
        message = "Unsupported request. The object does not exist, or this token has no permission for it"
        raise GraphError(100, "The phone number id is not one that this token may use.", message=message, subcode=33)
    return number


def _receipt(world: World, number: Number, receipt: ReadReceipt, raw: bytes) -> Response:
    user = take_receipt(world, number, receipt)
    return _answer(world, user, raw, 200, {"success": True})


async def _send(world: World, number: Number, outgoing: Outgoing, raw: bytes, request: Request) -> Response:
    user = recipient_of(world, number, outgoing)
    fault = None if user is None else world.faults.one_at(Point.SEND, number.id, user)
    if fault is not None and fault.mode is Mode.DROP:
        request.scope[DROP] = True
        return _answer(world, user, raw, 0, {"sandbox": "connection closed before the message was accepted"})
    try:
        accepted = accept(world, number, outgoing, user, fault)
    except GraphError as error:
        return _answer(world, user, raw, error.http, error.body())
    if fault is not None and fault.mode is Mode.ACCEPT_THEN_DROP:
        request.scope[DROP] = True
    if fault is not None and fault.mode is Mode.STATUS_FIRST:
        await world.statuses.flush()
    return _answer(world, user, raw, 200, accepted.body())


def _answer(world: World, user: User | None, raw: bytes, status: int, body: dict[str, Any]) -> Response:
    """Answer, and keep the request for the inspect drawer. A status of 0 stands for no answer at all."""
    answer = _json(status or 200, body)
    world.storage.write(
        "INSERT INTO graph_requests (user, at, request, status, answer) VALUES (?, ?, ?, ?, ?)",
        (
            user.id if user else "",
            world.clock.now(),
            raw[:LONGEST_LOGGED_BODY].decode("utf-8", "replace"),
            status,
            bytes(answer.body).decode(),
        ),
    )
    return answer


def _json(status: int, body: dict[str, Any]) -> Response:
    return Response(json.dumps(body, separators=(",", ":")), status, media_type="application/json")
