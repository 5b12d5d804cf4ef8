"""The outside world's levers: clocks, duplicates, the decision backend, and what lies behind a chat."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict
from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter
from fastapi.responses import JSONResponse, StreamingResponse

from sandbox.control.bodies import ChangeDecision, MoveClock, VerifyWebhook
from sandbox.control.errors import ControlError
from sandbox.control.people import InWorld, OneUser, by_twilio
from sandbox.people import User
from sandbox.treated import EVERYBODY
from sandbox.world import World

router = APIRouter(prefix="/sandbox", tags=["Control"])

SHOWN = 50
"""Raw webhooks and requests that the inspect drawer gets."""


@router.get("/events")
async def watch(world: InWorld) -> StreamingResponse:
    """What happens, as server-sent events: message, status, typing, read, user, clock, faults, templates, mail, sms."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(world.events.stream(), media_type="text/event-stream", headers=headers)


@router.post("/users/{user_id}/clock")
async def move_clock(body: MoveClock, user: OneUser, world: InWorld) -> JSONResponse:
    """Move this person's clock ahead, first in the product and then here; the product's refusal is passed on."""
    asked_at = world.people.now(user)
    answer = await world.product.move_clock(user, body.hours * 3600)
    if not answer.ok:
        return JSONResponse(answer.body, answer.status)
    moved = float(answer.body.get("moved", body.hours * 3600))
    world.people.move_clock(user, moved, asked_at)
    now = world.people.now(user)
    world.events.publish("clock", user=user.id, now=now, ahead=user.ahead)
    return JSONResponse({"now": now, "moved": moved})


@router.post("/users/{user_id}/duplicate-last-webhook")
async def duplicate_last_webhook(user: OneUser, world: InWorld) -> dict[str, Any]:
    """Post this person's last message webhook once more, byte by byte the same, as providers sometimes do."""
    row = world.storage.row(
        "SELECT body FROM webhooks WHERE lane = ? AND kind = 'message' ORDER BY id DESC LIMIT 1", (user.id,)
    )
    if row is None:
        raise ControlError(409, "no_webhook", "this person has not written anything yet: there is no webhook to repeat")
    if by_twilio(world, user):
        return {"webhook_status": await world.twilio.posts.post_once(world.settings.webhook(user.number), row[0])}
    return {"webhook_status": await world.deliveries.post_once(user.number, row[0])}


@router.get("/users/{user_id}/inspect")
async def inspect(user: OneUser, world: InWorld) -> dict[str, Any]:
    """The product's view of this conversation, with the raw webhooks and Graph requests; `error` if it has none."""
    answer = await world.product.conversation(user)
    return answer.body | {"webhooks": _webhooks(world, user), "graph_requests": _graph_requests(world, user)}


@router.get("/decision")
async def get_decision(world: InWorld, applicant: str = EVERYBODY) -> dict[str, Any]:
    """How the decision backend treats this applicant, and all profiles that are set."""
    shown = {name: asdict(profile) for name, profile in world.profiles.all().items()}
    return {"applicant": applicant} | asdict(world.profiles.of(applicant)) | {"profiles": shown}


@router.put("/decision")
async def put_decision(body: ChangeDecision, world: InWorld) -> dict[str, Any]:
    """Change how the decision backend treats this applicant."""
    changes = body.model_dump(exclude={"applicant"}, exclude_none=True)
    if "offers" in changes and "outcome" not in changes:
        changes["outcome"] = "offers"
    return {"applicant": body.applicant} | asdict(world.profiles.change(body.applicant, changes))


@router.post("/verify-webhook")
async def verify_webhook(body: VerifyWebhook, world: InWorld) -> dict[str, Any]:
    """Verify the webhook address with a GET, as Meta does when it is entered."""
    number = body.number or next(iter(world.numbers))
    if number not in world.numbers:
        raise ControlError(422, "unknown_number", "choose a number that GET /sandbox/numbers lists")
    if world.numbers[number].provider == "twilio":
        raise ControlError(422, "not_verified", "Twilio verifies no webhook address: choose a number of Meta's")
    return asdict(await world.product.verify_webhook(number, str(secrets.randbelow(2**31))))


def _webhooks(world: World, user: User) -> list[dict[str, Any]]:
    rows = world.storage.rows(
        "SELECT id, kind, created, attempts, state, status, body FROM webhooks JOIN webhook_users ON webhook = id"
        " WHERE user = ? ORDER BY id DESC LIMIT ?",
        (user.id, SHOWN),
    )
    names = ("id", "kind", "at", "attempts", "state", "status")
    return [dict(zip(names, row, strict=False)) | {"body": _body(row[-1])} for row in rows]


def _graph_requests(world: World, user: User) -> list[dict[str, Any]]:
    rows = world.storage.rows(
        "SELECT id, at, status, request, answer FROM graph_requests WHERE user = ? ORDER BY id DESC LIMIT ?",
        (user.id, SHOWN),
    )
    return [
        {"id": row[0], "at": row[1], "status": row[2], "request": _json_or_text(row[3]), "answer": json.loads(row[4])}
        for row in rows
    ]


def _body(raw: bytes) -> Any:
    """What a webhook holds: Meta's JSON, or Twilio's form."""
    return json.loads(raw) if raw.startswith(b"{") else dict(parse_qsl(raw.decode(), keep_blank_values=True))


def _json_or_text(raw: str) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return raw
