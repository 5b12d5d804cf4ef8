"""What goes wrong: ordered for a person, a number or everybody, or drawn from a profile."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Body

from sandbox.control.bodies import OrderFault, OrderFaultForAll
from sandbox.control.errors import ControlError
from sandbox.control.people import InWorld, OneUser
from sandbox.faults.modes import Strike
from sandbox.faults.ordered import Order
from sandbox.faults.profile import InvalidProfile, read_profile
from sandbox.world import World

router = APIRouter(prefix="/sandbox", tags=["Control"])


@router.post("/users/{user_id}/faults")
async def order_fault(body: OrderFault, user: OneUser, world: InWorld) -> dict[str, Any]:
    """Let the next messages to this person go wrong, or whatever else the mode is about."""
    if body.fail_next_sends:
        code = body.code if body.code is not None else body.mode.default_code or 0
        strike = Strike(body.mode, code, _seconds(body))
        world.faults.order(Order(strike, body.fail_next_sends, user=user.id))
    else:
        code = body.code if body.code is not None else 131000
        world.faults.cancel(user.id)
    world.events.publish("faults")
    return {"fail_next_sends": world.faults.pending(user.id), "code": code, "mode": body.mode}


@router.post("/faults")
async def order_fault_for_all(body: OrderFaultForAll, world: InWorld) -> dict[str, Any]:
    """Let something go wrong for everybody, or with one number: so many times, or until it is mended."""
    if body.number is not None and body.number not in world.numbers:
        raise ControlError(422, "unknown_number", "choose a number that GET /sandbox/numbers lists")
    code = body.code if body.code is not None else body.mode.default_code or 0
    world.faults.order(Order(Strike(body.mode, code, _seconds(body)), body.times, number=body.number))
    world.events.publish("faults")
    return _shown(world)


@router.get("/faults")
async def list_faults(world: InWorld) -> dict[str, Any]:
    """What is on, and how often each has struck."""
    return _shown(world)


@router.delete("/faults", status_code=204)
async def mend(world: InWorld) -> None:
    """Mend everything: what was ordered, the profile, and the counts."""
    world.faults.mend()
    world.events.publish("faults")


@router.get("/faults/profile")
async def get_profile(world: InWorld) -> dict[str, Any] | None:
    """The profile that is on, or null."""
    return None if world.faults.profile is None else world.faults.profile.given


@router.put("/faults/profile")
async def put_profile(body: Annotated[dict[str, Any], Body()], world: InWorld) -> dict[str, Any]:
    """Turn a profile on: `{"seed": 7, "accept_then_drop": 0.1, "error": {"131000": 0.05}, "seconds": {"slow": 2}}`."""
    try:
        profile = read_profile(body)
    except InvalidProfile as error:
        raise ControlError(422, "invalid_profile", str(error)) from None
    world.faults.set_profile(profile)
    world.events.publish("faults")
    return profile.given


@router.delete("/faults/profile", status_code=204)
async def delete_profile(world: InWorld) -> None:
    """Turn the profile off; what was ordered stays."""
    world.faults.set_profile(None)
    world.events.publish("faults")


def _seconds(body: OrderFault | OrderFaultForAll) -> float:
    return body.mode.default_seconds if body.seconds is None else body.seconds


def _shown(world: World) -> dict[str, Any]:
    profile = world.faults.profile
    return {
        "ordered": [order.to_json() for order in world.faults.orders],
        "profile": None if profile is None else profile.given,
        "struck": dict(world.faults.struck),
    }
