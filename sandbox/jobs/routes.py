"""CareerJet's two doors: `GET /jobs/search` with an affiliate id, `GET /jobs/v4/query` with it as basic authorization.

200 is an answer; 403 where nobody says who asks, or for whom; 503 while it is down.
"""

from __future__ import annotations

import base64
import binascii
from typing import Annotated

from fastapi import APIRouter, Depends, Header
from fastapi.responses import JSONResponse

from sandbox.jobs.openings import Search, openings
from sandbox.world import World, world_of

router = APIRouter(prefix="/jobs", tags=["Job search"])

InWorld = Annotated[World, Depends(world_of)]


@router.get("/search")
async def search(
    world: InWorld,
    affid: str = "",
    user_ip: str = "",
    user_agent: str = "",
    locale_code: str = "en_GB",
    keywords: str = "",
    location: str = "",
    pagesize: int = 20,
) -> JSONResponse:
    """The older door."""
    if not (affid and user_ip and user_agent):
        return _error(403, "affid, user_ip and user_agent are required")
    return await _answer(world, Search(locale_code, keywords, location, pagesize))


@router.get("/v4/query")
async def query(
    world: InWorld,
    authorization: Annotated[str, Header()] = "",
    referer: Annotated[str, Header()] = "",
    user_ip: str = "",
    user_agent: str = "",
    locale_code: str = "en_GB",
    keywords: str = "",
    location: str = "",
    page_size: int = 20,
) -> JSONResponse:
    """Version 4."""
    if not _user(authorization):
        return _error(403, "the API key is missing: it is the user of the basic authorization")
    if not (user_ip and user_agent and referer):
        return _error(403, "user_ip, user_agent and a Referer are required")
    return await _answer(world, Search(locale_code, keywords, location, page_size))


async def _answer(world: World, search: Search) -> JSONResponse:
    mood = world.moods.of(search.keywords)
    if mood.state == "down":
        return _error(503, "the job search is down: the sandbox was asked to take it down")
    if mood.state == "slow":
        await world.clock.sleep(mood.seconds)
    return JSONResponse(openings(search, mood.found))


def _user(authorization: str) -> str:
    kind, _, given = authorization.partition(" ")
    try:
        return base64.b64decode(given, validate=True).decode().partition(":")[0] if kind == "Basic" else ""
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _error(status: int, message: str) -> JSONResponse:
    return JSONResponse({"type": "ERROR", "error": message}, status)
