"""The auth API's levers, and the codes that it sent."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Query

from sandbox.control.bodies import ChangeAuth, Phone
from sandbox.control.people import InWorld, OneUser
from sandbox.treated import EVERYBODY

router = APIRouter(prefix="/sandbox", tags=["Control"])


@router.get("/users/{user_id}/codes")
async def codes_of_user(user: OneUser, world: InWorld) -> dict[str, Any]:
    """The codes that were sent to this person's phone, the newest first."""
    return {"codes": world.codes.of(user.phone)}


@router.get("/auth/codes")
async def codes_of_phone(world: InWorld, phone: Annotated[Phone, Query()]) -> dict[str, Any]:
    """The codes that were sent to this phone number, the newest first; it need be nobody's here."""
    return {"codes": world.codes.of(phone)}


@router.get("/auth")
async def get_auth(world: InWorld, phone: str = EVERYBODY) -> dict[str, Any]:
    """How the auth API treats this phone, and all moods that are set."""
    moods = {of: mood.mood for of, mood in world.auth_moods.all().items()}
    return {"phone": phone} | asdict(world.auth_moods.of(phone)) | {"moods": moods}


@router.put("/auth")
async def put_auth(body: ChangeAuth, world: InWorld) -> dict[str, Any]:
    """Change how the auth API treats this phone."""
    phone = body.phone or EVERYBODY
    return {"phone": phone} | asdict(world.auth_moods.change(phone, {"mood": body.mood}))
