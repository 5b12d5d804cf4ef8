"""The routes of a company's system of orders: `GET /orders?phone=` and `GET /orders/{number}`, and its lever.

2xx is an answer; 404 an order that there is not; 422 what is no phone number; 401 a wrong key; 503 while down.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header
from fastapi.responses import JSONResponse
from pydantic import Field

from sandbox.control.bodies import Body, Phone
from sandbox.orders.made_up import MOST, orders_of
from sandbox.orders.profiles import OrderProfile, State
from sandbox.treated import EVERYBODY
from sandbox.world import World, world_of

router = APIRouter()
InWorld = Annotated[World, Depends(world_of)]
SUMMARY = ("number", "status", "placed_on", "eta")
_PHONE = re.compile(r"\+[1-9]\d{5,14}")
_NUMBER = re.compile(r"ORD-(\d{7})\d{2}")


class ChangeOrders(Body):
    """How the system treats a customer; what is left out stays as it is."""

    phone: Phone | None = None
    orders: int | None = Field(default=None, ge=0, le=MOST)
    state: State | None = None
    seconds: float | None = Field(default=None, ge=0, le=600)


@router.get("/order-system/orders", tags=["System of orders"])
async def get_orders(world: InWorld, phone: str = "", authorization: Annotated[str, Header()] = "") -> JSONResponse:
    """The orders that were placed under this phone number (E.164), in a few words each."""
    if not _authorised(world, authorization):
        return _error(401, "unauthorized", "the bearer key is not the one of this system")
    if not _PHONE.fullmatch(phone):
        return _error(422, "invalid_phone", "a phone number in E.164 form is needed")
    profile = world.orders.of(phone)
    if (outage := await _outage(world, profile)) is not None:
        return outage
    world.orders.remember(phone)
    found = orders_of(phone, profile.orders, world.clock.now())
    return JSONResponse({"orders": [{name: order[name] for name in SUMMARY} for order in found]})


@router.get("/order-system/orders/{number}", tags=["System of orders"])
async def get_order(number: str, world: InWorld, authorization: Annotated[str, Header()] = "") -> JSONResponse:
    """One order, whoever's it is, with the phone number that it was placed under."""
    if not _authorised(world, authorization):
        return _error(401, "unauthorized", "the bearer key is not the one of this system")
    known = _NUMBER.fullmatch(number)
    phone = (known and world.orders.customer(int(known[1]))) or EVERYBODY
    profile = world.orders.of(phone)
    if (outage := await _outage(world, profile)) is not None:
        return outage
    orders = orders_of(phone, profile.orders, world.clock.now()) if phone != EVERYBODY else []
    for order in orders:
        if order["number"] == number:
            return JSONResponse(order)
    return _error(404, "unknown_order", "there is no order of this number")


@router.get("/sandbox/orders", tags=["Control"])
async def get_profile(world: InWorld, phone: str = EVERYBODY) -> dict[str, Any]:
    """How the system of orders treats this customer."""
    return {"phone": phone} | asdict(world.orders.of(phone))


@router.put("/sandbox/orders", tags=["Control"])
async def put_profile(body: ChangeOrders, world: InWorld) -> dict[str, Any]:
    """Change how the system of orders treats this customer."""
    phone = body.phone or EVERYBODY
    changes = body.model_dump(exclude={"phone"}, exclude_none=True)
    return {"phone": phone} | asdict(world.orders.change(phone, changes))


def _authorised(world: World, authorization: str) -> bool:
    key = world.settings.orders_api_key.get_secret_value()
    return secrets.compare_digest(authorization.encode(), f"Bearer {key}".encode())


async def _outage(world: World, profile: OrderProfile) -> JSONResponse | None:
    if profile.state == "down":
        return _error(503, "unavailable", "the system of orders is down: the sandbox was asked to take it down")
    if profile.state == "slow":
        await world.clock.sleep(profile.seconds)
    return None


def _error(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "message": message}}, status)
