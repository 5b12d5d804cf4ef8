"""Twilio's messages API: send, list, fetch. The routes read the raw request themselves: Twilio's errors are its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request, Response

from sandbox.config import Number
from sandbox.connection import DROP
from sandbox.faults.modes import Mode, Point, Strike
from sandbox.graph.routes import bare
from sandbox.people import User
from sandbox.twilio.access import PREFIX, Out, as_json, authorise, check_call
from sandbox.twilio.errors import TwilioError, not_found
from sandbox.twilio.records import Record, Wanted
from sandbox.twilio.resources import message_json, messages_uri
from sandbox.twilio.sending import Outgoing, accept, person_of, read_outgoing, sender_of
from sandbox.world import World, world_of

router = APIRouter(prefix=PREFIX + "/2010-04-01/Accounts/{account}", tags=["Twilio"])

PAGE = 50
LARGEST_PAGE = 1000


@router.post("/Messages.json")
async def create_message(account: str, request: Request) -> Response:
    """Send a message (Twilio, "Messages resource": create): 201, and what becomes of it is told by callbacks."""
    world = await world_of(request)
    raw = await request.body()
    pairs = parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True)
    form = dict(pairs)
    media = [value for name, value in pairs if name == "MediaUrl"]
    user: User | None = None
    try:
        authorise(world, request, account)
        outgoing = read_outgoing(world, form, media)
        number = sender_of(world, form, outgoing.recipient)
        user = person_of(world, number, outgoing.recipient)
        check_call(world, number.id, user)
        return await _send(world, number, outgoing, user, pairs, request)
    except TwilioError as error:
        _log(world, user, pairs, error.http, error.body())
        raise
    except Out as out:
        _log(world, user, pairs, out.answer.status_code, {"sandbox": "the API is out"})
        raise


@router.get("/Messages.json")
async def list_messages(account: str, request: Request) -> Response:
    """The messages both ways, the newest first, a page at a time (Twilio, "Messages resource": list)."""
    world = await world_of(request)
    query = request.query_params
    authorise(world, request, account)
    check_call(world, _number_in(world, query))
    wanted = _wanted(query)
    size = _whole(query, "PageSize", PAGE)
    size = min(max(size, 1), LARGEST_PAGE)
    found, more = world.twilio.records.page(wanted, size)
    page = _whole(query, "Page", 0)
    following = {"Page": str(page + 1), "PageToken": f"PA{found[-1].sid}"} if more else {}
    first = {name: value for name, value in query.items() if name not in ("Page", "PageToken")}
    return as_json(
        200,
        {
            "messages": [message_json(account, record) for record in found],
            "page": page,
            "page_size": size,
            "start": page * size,
            "end": page * size + max(0, len(found) - 1),
            "uri": _uri(account, dict(query.items())),
            "first_page_uri": _uri(account, first | {"PageSize": str(size), "Page": "0"}),
            "next_page_uri": _uri(account, first | {"PageSize": str(size)} | following) if more else None,
            "previous_page_uri": None,
        },
    )


@router.get("/Messages/{sid}.json")
async def fetch_message(account: str, sid: str, request: Request) -> Response:
    """One message (Twilio, "Messages resource": fetch)."""
    world = await world_of(request)
    authorise(world, request, account)
    record = record_of(world, sid)
    return as_json(200, message_json(account, record))


def record_of(world: World, sid: str) -> Record:
    """The message with this sid. Raises TwilioError 20404, and what was ordered for every call about it."""
    record = world.twilio.records.get(sid)
    if record is None:
        raise not_found("message")
    check_call(world, record.number, world.people.get(record.user))
    return record


async def _send(
    world: World,
    number: Number,
    outgoing: Outgoing,
    user: User | None,
    pairs: list[tuple[str, str]],
    request: Request,
) -> Response:
    fault = None if user is None else world.faults.one_at(Point.SEND, number.id, user)
    if fault is not None and fault.mode in (Mode.DROP, Mode.HANG, Mode.HTTP):
        return await _not_accepted(world, user, pairs, fault, request)
    accepted = await accept(world, number, outgoing, user, fault)
    body = message_json(world.twilio.sid, accepted.record)
    _log(world, user, pairs, 201, body)
    if fault is not None:
        if fault.mode in (Mode.SLOW, Mode.ACCEPT_THEN_HANG):
            await world.clock.sleep(fault.seconds)
        if fault.mode in (Mode.ACCEPT_THEN_DROP, Mode.ACCEPT_THEN_HANG):
            request.scope[DROP] = True
        if fault.mode is Mode.STATUS_FIRST and accepted.told is not None:
            await accepted.told
    return as_json(201, body)


async def _not_accepted(
    world: World, user: User | None, pairs: list[tuple[str, str]], fault: Strike, request: Request
) -> Response:
    if fault.mode is Mode.HTTP:
        _log(world, user, pairs, fault.code, {"sandbox": "answered with a bare HTTP status"})
        return bare(fault)
    request.scope[DROP] = True
    _log(world, user, pairs, 0, {"sandbox": "connection closed before the message was accepted"})
    if fault.mode is Mode.HANG:
        await world.clock.sleep(fault.seconds)
    return Response()


def _log(world: World, user: User | None, pairs: list[tuple[str, str]], status: int, body: Mapping[str, Any]) -> None:
    """Keep a send for the inspect drawer. A status of 0 stands for no answer at all."""
    world.storage.write(
        "INSERT INTO graph_requests (user, at, request, status, answer) VALUES (?, ?, ?, ?, ?)",
        (user.id if user else "", world.clock.now(), json.dumps(dict(pairs)), status, json.dumps(body)),
    )


def _wanted(query: Mapping[str, str]) -> Wanted:
    """Which messages a query asks for. Raises TwilioError 20001 for a time that is none."""
    since, until = _time(query, "DateSent>"), _time(query, "DateSent<")
    if (day := _time(query, "DateSent")) is not None:
        start = day.replace(hour=0, minute=0, second=0, microsecond=0)
        since, until = start, start + timedelta(days=1, microseconds=-1)
    return Wanted(
        sender=query.get("From", ""),
        recipient=query.get("To", ""),
        since=None if since is None else since.timestamp(),
        until=None if until is None else until.timestamp(),
        after=query.get("PageToken", "").removeprefix("PA"),
    )


def _time(query: Mapping[str, str], name: str) -> datetime | None:
    given = query.get(name)
    if not given:
        return None
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        raise TwilioError(20001, f"{name} is no date or time") from None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _whole(query: Mapping[str, str], name: str, default: int) -> int:
    given = query.get(name, "")
    if given and not given.isdigit():
        raise TwilioError(20001, f"{name} is no whole number")
    return int(given) if given else default


def _number_in(world: World, query: Mapping[str, str]) -> str:
    """Whose messages are asked for; empty where it is those of all numbers."""
    return next((query[name] for name in ("To", "From") if query.get(name) in world.numbers), "")


def _uri(account: str, query: Mapping[str, str]) -> str:
    return f"{messages_uri(account)}.json{f'?{urlencode(query)}' if query else ''}"
