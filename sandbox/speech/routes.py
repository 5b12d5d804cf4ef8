"""`POST /speech/v1/audio/transcriptions`, as recognisers have it (platform.openai.com, Audio, Create transcription).

200 has the text; 400 where there is no file or no model; 401 for a wrong key; 503 while it is down.
"""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import JSONResponse

from sandbox.multipart import NotMultipart, parts_of
from sandbox.speech.notes import words_in
from sandbox.world import World, world_of

router = APIRouter(prefix="/speech/v1", tags=["Recogniser"])

FORM = {
    "type": "object",
    "required": ["file", "model"],
    "properties": {
        "file": {"type": "string", "format": "binary"},
        "model": {"type": "string"},
        "language": {"type": "string"},
    },
}


@router.post(
    "/audio/transcriptions",
    openapi_extra={"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": FORM}}}},
)
async def transcribe(
    request: Request,
    world: Annotated[World, Depends(world_of)],
    authorization: Annotated[str, Header()] = "",
) -> JSONResponse:
    """What is said in a file: the words that the phone put into it, else nothing."""
    key = world.settings.speech_api_key.get_secret_value()
    if not secrets.compare_digest(authorization.encode(), f"Bearer {key}".encode()):
        return _error(401, "invalid_api_key", "Incorrect API key provided.")
    try:
        form = parts_of(request.headers.get("content-type", ""), await request.body())
    except NotMultipart as error:
        return _error(400, "invalid_request", str(error))
    if "file" not in form or not form["file"].content:
        return _error(400, "missing_file", "a part named file, with something in it, is required")
    if "model" not in form or not form["model"].text:
        return _error(400, "missing_model", "you must provide a model parameter")
    words = words_in(form["file"].content)
    mood = world.speech_moods.of(words)
    if mood.state == "down":
        return _error(503, "unavailable", "the recogniser is down: the sandbox was asked to take it down")
    if mood.state == "slow":
        await world.clock.sleep(mood.seconds)
    return JSONResponse({"text": "" if mood.state == "deaf" else words})


def _error(status: int, code: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"message": message, "type": "invalid_request_error", "code": code}}, status)
