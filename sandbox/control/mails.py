"""The mail server's levers, and what it got."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from sandbox.control.bodies import ChangeMail
from sandbox.control.people import InWorld

router = APIRouter(prefix="/sandbox", tags=["Control"])


@router.get("/mails")
async def list_mails(world: InWorld) -> list[dict[str, Any]]:
    """What was mailed, the newest first."""
    return world.mailbox.all()


@router.delete("/mails", status_code=204)
async def clear_mails(world: InWorld) -> None:
    """Throw all mails away."""
    world.mailbox.clear()


@router.get("/mail")
async def get_mail(world: InWorld) -> dict[str, Any]:
    """How the mail server is, and where it listens; port 0 is nowhere."""
    return {"state": world.mailbox.state, "port": world.settings.sandbox_smtp_port}


@router.put("/mail")
async def put_mail(body: ChangeMail, world: InWorld) -> dict[str, Any]:
    """Take the mail server down, have it refuse everybody, or mend it."""
    world.mailbox.state = body.state
    return {"state": world.mailbox.state, "port": world.settings.sandbox_smtp_port}
