"""The decision backend's routes: `POST /offers` and `GET /offers/{application_id}`.

2xx is a decision; 422 a refusal that somebody must act on; 401 a wrong key; 409 another request under a used
idempotency key, with the first result; 503 while it is down.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import JSONResponse
from pydantic import ValidationError

from sandbox.decision.answers import Answer
from sandbox.decision.application import Application
from sandbox.decision.offers import decide
from sandbox.decision.profiles import Profile
from sandbox.world import World, world_of

router = APIRouter(prefix="/decision", tags=["Decision backend"])


@router.post(
    "/offers",
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/json": {"schema": Application.model_json_schema()}}}
    },
)
async def post_offers(
    request: Request,
    world: Annotated[World, Depends(world_of)],
    authorization: Annotated[str, Header()] = "",
    idempotency_key: Annotated[str, Header()] = "",
) -> JSONResponse:
    """Decide on an application: offers, declined or referred. The same idempotency key gets the same answer."""
    if not _authorised(world, authorization):
        return _error(401, "unauthorized", "the bearer key is not the one of this backend")
    if not idempotency_key:
        return _error(400, "idempotency_key_missing", "send an Idempotency-Key with every POST")
    raw = await request.body()
    if (outage := await _outage(world, world.profiles.of(_applicant_name(raw)))) is not None:
        return outage
    fingerprint = hashlib.sha256(raw).hexdigest()
    first = world.answers.under(idempotency_key)
    if first is not None:
        status = first.status if first.fingerprint == fingerprint else 409
        return JSONResponse(first.body, status, headers={"Idempotent-Replayed": "true"})
    answer = _decide(world, raw, fingerprint)
    world.answers.keep(idempotency_key, answer)
    return JSONResponse(answer.body, answer.status)


@router.get("/offers/{application_id}")
async def get_offers(
    application_id: str,
    world: Annotated[World, Depends(world_of)],
    authorization: Annotated[str, Header()] = "",
) -> JSONResponse:
    """The decision on an earlier application."""
    if not _authorised(world, authorization):
        return _error(401, "unauthorized", "the bearer key is not the one of this backend")
    answer = world.answers.to_application(application_id)
    if (outage := await _outage(world, world.profiles.of(answer.applicant if answer else ""))) is not None:
        return outage
    if answer is None:
        return _error(404, "unknown_application", "no application with this id was decided here")
    return JSONResponse(answer.body)


def _decide(world: World, raw: bytes, fingerprint: str) -> Answer:
    try:
        application = Application.model_validate_json(raw)
    except ValidationError as error:
        # Fields are named and values are not: they are personal data.
        fields = sorted({".".join(map(str, item["loc"])) or "body" for item in error.errors(include_input=False)})
        body = {"error": {"code": "invalid_application", "message": f"missing or malformed: {', '.join(fields)}"}}
        return Answer("", "", fingerprint, 422, body)
    name = application.applicant.full_name
    body = decide(application, world.profiles.of(name), world.clock.now())
    return Answer(application.application_id, name, fingerprint, 200, body)


def _authorised(world: World, authorization: str) -> bool:
    key = world.settings.backend_decision_api_key.get_secret_value()
    return secrets.compare_digest(authorization.encode(), f"Bearer {key}".encode())


async def _outage(world: World, profile: Profile) -> JSONResponse | None:
    if profile.state == "down":
        return _error(503, "unavailable", "the decision backend is down: the sandbox was asked to take it down")
    if profile.state == "slow":
        await world.clock.sleep(profile.seconds)
    return None


def _applicant_name(raw: bytes) -> str:
    try:
        name: Any = json.loads(raw)["applicant"]["full_name"]
    except (ValueError, LookupError, TypeError):
        return ""
    return name if isinstance(name, str) else ""


def _error(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message}}, status)
