"""Content templates of Twilio's: what there is, and what WhatsApp decides about each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter

from sandbox.control.bodies import ChangeContent
from sandbox.control.errors import ControlError
from sandbox.control.people import InWorld

router = APIRouter(prefix="/sandbox/contents", tags=["Control"])


@router.get("")
async def list_contents(world: InWorld) -> list[dict[str, Any]]:
    """All Content templates, with what was decided about each."""
    return [content.to_json() for content in world.twilio.contents.all()]


@router.post("/{sid}/status")
async def change_status(sid: str, body: ChangeContent, world: InWorld) -> dict[str, Any]:
    """Pause, disable, reject or approve a Content that was submitted; Twilio tells nothing of it by itself."""
    content = world.twilio.contents.get(sid)
    if content is None or content.approval is None:
        raise ControlError(404, "unknown_content", "no such Content was submitted: see GET /sandbox/contents")
    world.twilio.contents.decide(content, replace(content.approval, status=body.status, reason=body.reason))
    return content.to_json()
