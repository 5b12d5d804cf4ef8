"""The job search's levers."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter

from sandbox.control.bodies import ChangeJobs
from sandbox.control.people import InWorld
from sandbox.treated import EVERYBODY

router = APIRouter(prefix="/sandbox", tags=["Control"])


@router.get("/jobs")
async def get_jobs(world: InWorld, keywords: str = EVERYBODY) -> dict[str, Any]:
    """How the job search treats those who look for these words, and all moods that are set."""
    moods = {words: asdict(mood) for words, mood in world.moods.all().items()}
    return {"keywords": keywords} | asdict(world.moods.of(keywords)) | {"moods": moods}


@router.put("/jobs")
async def put_jobs(body: ChangeJobs, world: InWorld) -> dict[str, Any]:
    """Change how the job search treats those who look for these words."""
    given = body.model_dump(exclude={"keywords"}, exclude_unset=True)
    changes = {name: value for name, value in given.items() if value is not None or name == "found"}
    return {"keywords": body.keywords} | asdict(world.moods.change(body.keywords, changes))
