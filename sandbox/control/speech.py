"""The recogniser's levers."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter

from sandbox.control.bodies import ChangeSpeech
from sandbox.control.people import InWorld
from sandbox.treated import EVERYBODY

router = APIRouter(prefix="/sandbox", tags=["Control"])


@router.get("/speech")
async def get_speech(world: InWorld, words: str = EVERYBODY) -> dict[str, Any]:
    """How the recogniser treats those who say these words, and all moods that are set."""
    moods = {said: asdict(mood) for said, mood in world.speech_moods.all().items()}
    return {"words": words} | asdict(world.speech_moods.of(words)) | {"moods": moods}


@router.put("/speech")
async def put_speech(body: ChangeSpeech, world: InWorld) -> dict[str, Any]:
    """Change how the recogniser treats those who say these words."""
    changes = body.model_dump(exclude={"words"}, exclude_none=True)
    return {"words": body.words} | asdict(world.speech_moods.change(body.words, changes))
