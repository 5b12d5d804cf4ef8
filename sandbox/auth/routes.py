"""The auth API's routes: `POST /otp/request` and `POST /otp/verify`.

2xx is done; 422 a refusal by its code; 409 what this idempotency key was used for already, with the first answer;
400 no idempotency key; 401 a wrong key of ours; 503 while it is down.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ValidationError

from sandbox.auth.answers import AuthAnswer
from sandbox.auth.bodies import CodeCheck, CodeRequest, Requested, Verified
from sandbox.auth.codes import CodeRefused, user_id
from sandbox.auth.moods import Kind
from sandbox.world import World, world_of

router = APIRouter(prefix="/auth", tags=["Auth API"])

InWorld = Annotated[World, Depends(world_of)]
M = TypeVar("M", CodeRequest, CodeCheck)

MOBILE = re.compile(r"\+91[6-9]\d{9}")
"""the phones that text messages are sent to: Indian mobiles"""
REFUSALS: dict[str, tuple[Kind, ...]] = {
    "/otp/request": ("locked", "too_many", "bad_number"),
    "/otp/verify": ("wrong", "expired", "locked"),
}
WORDS = {
    "wrong": "this is not the code that was sent",
    "expired": "there is no such code any more: request another one",
    "locked": "this phone is locked after too many wrong codes: try again in an hour",
    "too_many": "a code every 30 seconds and five an hour can be sent to a phone",
    "bad_number": "no text message can be sent to this phone number",
}


def _documented(body: type[BaseModel], answer: type[BaseModel], refusals: tuple[str, ...]) -> dict[str, Any]:
    """What a partner's engineer reads of a route: its body, its answer, what else may come."""
    return {
        "responses": {
            200: {"model": answer},
            409: {"description": "This Idempotency-Key was used: the first answer"},
            422: {"description": f"Refused: {', '.join(refusals)}; or a malformed body"},
            401: {"description": "The bearer key is wrong"},
            503: {"description": "Down"},
        },
        "openapi_extra": {
            "requestBody": {"required": True, "content": {"application/json": {"schema": _schema(body)}}}
        },
    }


def _schema(body: type[BaseModel]) -> dict[str, Any]:
    """The body's schema, whole: a reference would lead nowhere from where it is put."""
    schema = body.model_json_schema()
    parts = schema.pop("$defs", {})

    def whole(part: Any) -> Any:
        if isinstance(part, dict):
            if "$ref" in part:
                return whole(parts[part["$ref"].rpartition("/")[2]])
            return {name: whole(value) for name, value in part.items()}
        return [whole(one) for one in part] if isinstance(part, list) else part

    inlined: dict[str, Any] = whole(schema)
    return inlined


@router.post("/otp/request", **_documented(CodeRequest, Requested, REFUSALS["/otp/request"]))
async def request_code(
    request: Request,
    world: InWorld,
    authorization: Annotated[str, Header()] = "",
    idempotency_key: Annotated[str, Header()] = "",
) -> JSONResponse:
    """Send a code of six digits to a phone. It is good for five minutes."""

    def send(asked: CodeRequest) -> Requested:
        if not MOBILE.fullmatch(asked.phone_number):
            raise CodeRefused("bad_number")
        return Requested(request_id=world.codes.send(asked.phone_number))

    return await _answer(world, request, authorization, idempotency_key, CodeRequest, send)


@router.post("/otp/verify", **_documented(CodeCheck, Verified, REFUSALS["/otp/verify"]))
async def verify_code(
    request: Request,
    world: InWorld,
    authorization: Annotated[str, Header()] = "",
    idempotency_key: Annotated[str, Header()] = "",
) -> JSONResponse:
    """Check a code. The fifth wrong one locks the phone; a right one is used up."""

    def check(asked: CodeCheck) -> Verified:
        world.codes.check(asked.request_id, asked.phone_number, asked.otp)
        return Verified(user_id=user_id(asked.phone_number), login_token=f"login_{secrets.token_urlsafe(24)}")

    return await _answer(world, request, authorization, idempotency_key, CodeCheck, check)


async def _answer(
    world: World, request: Request, authorization: str, key: str, body: type[M], do: Callable[[M], BaseModel]
) -> JSONResponse:
    """What is done for one call, or was done for it before."""
    if not _authorised(world, authorization):
        return _error(401, "unauthorized", "the bearer key is not the one of this API")
    if not key:
        return _error(400, "idempotency_key_missing", "send an Idempotency-Key with every POST")
    path = request.url.path.removeprefix(router.prefix)
    try:
        asked = body.model_validate_json(await request.body())
    except ValidationError as error:
        # Fields are named and values are not: they are personal data.
        fields = sorted({".".join(map(str, item["loc"])) or "body" for item in error.errors(include_input=False)})
        return _error(422, "invalid_request", f"missing or malformed: {', '.join(fields)}")
    mood = world.auth_moods.of(asked.phone_number).mood
    if mood == "down":
        return _error(503, "unavailable", "the auth API is down: the sandbox was asked to take it down")
    if (first := world.auth_answers.under(f"{path} {key}")) is not None:
        done = first.status == 200
        return JSONResponse(first.body, 409 if done else first.status, headers={"Idempotent-Replayed": "true"})
    try:
        if mood in REFUSALS[path]:
            raise CodeRefused(mood)
        answer = AuthAnswer(200, do(asked).model_dump())
    except CodeRefused as refused:
        answer = AuthAnswer(422, {"error": {"code": refused.code, "message": WORDS[refused.code]}})
    world.auth_answers.keep(f"{path} {key}", answer)
    if mood == "lost":
        return _error(503, "unavailable", "it was done, and the answer was lost: the sandbox was asked to lose it")
    return JSONResponse(answer.body, answer.status)


def _authorised(world: World, authorization: str) -> bool:
    key = world.settings.auth_api_key.get_secret_value()
    return secrets.compare_digest(authorization.encode(), f"Bearer {key}".encode())


def _error(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message}}, status)
