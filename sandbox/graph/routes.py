"""The Graph API's routes. They read the raw request themselves: Meta's errors are not a framework's errors."""

from __future__ import annotations

import json
from typing import Any

from fastapi import APIRouter, Request, Response

from sandbox.config import Number
from sandbox.connection import DROP
from sandbox.faults.modes import Mode, Point, Strike
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


def bearer(world: World, authorization: str) -> str:
    """The token of a request. Raises GraphError 190 where it is none of the sandbox's."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or token not in world.tokens.values():
        message = "Invalid OAuth access token - Cannot parse access token" if token else "An access token is required"
        raise GraphError(190, "The bearer token is not one of this sandbox's.", message=message)
    return token


def authorised_number(world: World, phone_number_id: str, authorization: str) -> Number:
    """The number of this id. Raises GraphError 190 for a wrong token, 100 with subcode 33 for an unknown number."""
    token = bearer(world, authorization)
    number = world.numbers.get(phone_number_id)
    if number is None or number.provider != "meta" or world.tokens[number.id] != token:
        raise no_such_object("The phone number id is not one that this token may use.")
    check_token(world, number.id)
    return number


def check_token(world: World, number_id: str) -> None:
    """Raise what was ordered for every call: GraphError 190 with subcode 463, or 133004 where the whole API is out."""
    strike = world.faults.one_at(Point.TOKEN, number_id)
    if strike is not None and strike.mode is Mode.OUTAGE:
        raise GraphError(133004, "The sandbox was asked to be out.")
    if strike is not None:
        message = "Error validating access token: Session has expired"
        raise GraphError(190, "The sandbox was asked to let this token expire.", message=message, subcode=463)


def no_such_object(details: str) -> GraphError:
    """100 with subcode 33, for an id that is unknown or another's."""
    message = "Unsupported request. The object does not exist, or this token has no permission for it"
    return GraphError(100, details, message=message, subcode=33)


def _receipt(world: World, number: Number, receipt: ReadReceipt, raw: bytes) -> Response:
    user = take_receipt(world, number, receipt)
    return _answer(world, user, raw, 200, {"success": True})


async def _send(world: World, number: Number, outgoing: Outgoing, raw: bytes, request: Request) -> Response:
    user = recipient_of(world, number, outgoing)
    fault = None if user is None else world.faults.one_at(Point.SEND, number.id, user)
    if fault is not None and fault.mode in (Mode.DROP, Mode.HANG, Mode.HTTP):
        return await _not_accepted(world, user, raw, fault, request)
    try:
        accepted = await accept(world, number, outgoing, user, fault)
    except GraphError as error:
        return _answer(world, user, raw, error.http, error.body())
    answer = _answer(world, user, raw, 200, accepted.body())
    if fault is not None:
        if fault.mode in (Mode.SLOW, Mode.ACCEPT_THEN_HANG):
            await world.clock.sleep(fault.seconds)
        if fault.mode in (Mode.ACCEPT_THEN_DROP, Mode.ACCEPT_THEN_HANG):
            request.scope[DROP] = True
        if fault.mode is Mode.STATUS_FIRST:
            await world.statuses.flush()
    return answer


async def _not_accepted(world: World, user: User | None, raw: bytes, fault: Strike, request: Request) -> Response:
    if fault.mode is Mode.HTTP:
        _answer(world, user, raw, fault.code, {"sandbox": "answered with a bare HTTP status"})
        return bare(fault)
    request.scope[DROP] = True
    answer = _answer(world, user, raw, 0, {"sandbox": "connection closed before the message was accepted"})
    if fault.mode is Mode.HANG:
        await world.clock.sleep(fault.seconds)
    return answer


def bare(fault: Strike) -> Response:
    """An HTTP status as a proxy gives it, without Graph's body; 429 and 503 say when to come again."""
    wait = {"Retry-After": str(max(1, round(fault.seconds)))} if fault.code in (429, 503) else {}
    return Response(f"<html><body>{fault.code}</body></html>", fault.code, wait, "text/html")


def _answer(world: World, user: User | None, raw: bytes, status: int, body: dict[str, Any]) -> Response:
    """Answer, and keep the request for the inspect drawer. A status of 0 stands for no answer at all."""
    answer = as_json(status or 200, body)
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


def as_json(status: int, body: dict[str, Any]) -> Response:
    """Graph's JSON."""
    return Response(json.dumps(body, separators=(",", ":")), status, media_type="application/json")
