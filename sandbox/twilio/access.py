"""Who may call Twilio's API, and what goes wrong with every call."""

from __future__ import annotations

import base64
import binascii
import hmac
import json
from typing import Any

from fastapi import Request, Response

from sandbox.faults.modes import Mode, Point
from sandbox.graph.routes import bare
from sandbox.people import User
from sandbox.twilio.errors import TwilioError, not_found
from sandbox.world import World

PREFIX = "/twilio"
"""The path of both of Twilio's hosts in the sandbox, api.twilio.com and content.twilio.com."""

REALM = {"WWW-Authenticate": 'Basic realm="Twilio API"'}


class Out(Exception):
    """The whole API is out, as was ordered: `answer` is all that comes."""

    def __init__(self, answer: Response) -> None:
        super().__init__("the API is out")
        self.answer = answer


def authorise(world: World, request: Request, account: str = "") -> None:
    """Raise TwilioError 20003 where the account's sid and token are not given, 20404 for another account's path."""
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    given = b""
    if scheme.lower() == "basic":
        try:
            given = base64.b64decode(credentials, validate=True)
        except binascii.Error:
            given = b""
    if not hmac.compare_digest(given, f"{world.twilio.sid}:{world.twilio.token}".encode()):
        raise TwilioError(20003)
    if account not in ("", world.twilio.sid):
        raise not_found("account")


def check_call(world: World, number: str, user: User | None = None) -> None:
    """Raise what was ordered for every call: TwilioError 20003 for a token that is over, Out for an outage."""
    strike = world.faults.one_at(Point.TOKEN, number, user)
    if strike is None:
        return
    if strike.mode is Mode.OUTAGE:
        raise Out(bare(strike))
    raise TwilioError(20003, "the sandbox was asked to let this token expire")


def base_of(request: Request) -> str:
    """The URL that Twilio's API is under, as the caller knows it."""
    return str(request.base_url).rstrip("/") + PREFIX


def as_json(status: int, body: dict[str, Any]) -> Response:
    """Twilio's JSON."""
    return Response(json.dumps(body), status, media_type="application/json")


async def answer_refusal(_: Request, error: Exception) -> Response:
    """The answer to a TwilioError."""
    if not isinstance(error, TwilioError):
        raise error
    answer = as_json(error.http, error.body())
    if error.http == 401:
        answer.headers.update(REALM)
    return answer


async def answer_out(_: Request, error: Exception) -> Response:
    """What an outage answers."""
    if not isinstance(error, Out):
        raise error
    return error.answer
