"""Listening to voice notes: a recogniser is any service that speaks OpenAI's transcriptions API.

`POST {url}/audio/transcriptions`, a form of `file`, `model` and, where it is known, `language` (ISO 639-1), with a
bearer's key; the answer is `{"text"}` (platform.openai.com, Audio, Create transcription). Hosted ones speak it, and so
do servers that one runs oneself.
"""

from __future__ import annotations

import asyncio
import re
from typing import Any, Protocol
from uuid import UUID

import httpx
import structlog

from activities.effects import OutsideMisconfigured, OutsideRefused, OutsideUnavailable, not_taken
from activities.files import in_the_store
from channels import bare
from dialogue.parsers import clean
from domain.speech import NOT_KEPT, NOTHING_HEARD, TOO_LONG, Heard, VoiceNote
from store.blobs import BlobGone, Blobs
from store.media import Media, Wanted

log = structlog.get_logger()

MOST_BYTES = 4_000_000
"""of a voice note: half an hour as WhatsApp records them, some minutes of other formats"""
MOST_SECONDS = 120.0
"""of speech, where the file tells: an answer is shorter, and everybody waits for it"""
MOST_SIGNS = 1000
"""of what was understood: it is read back"""
LISTENS = 14.0
"""seconds that a recogniser has for it"""
FETCHED_WITHIN, LOOKS_EVERY = 5.0, 0.1
"""seconds: a note is fetched beside this, so it may be on its way still"""
NOT_UNDERSTOOD = (400, 415, 422)
"""what a recogniser says of a file in which there is no sound that it can read"""

_SAMPLES = 48_000
"""a second has in Opus, whatever was recorded (RFC 7845, 4)"""
_NAMES = {
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/amr": "amr",
}
"""MIME type -> the ending by which recognisers know a format"""
_ABBREVIATED = re.compile(r"\w\.\w\.$")


class Recogniser(Protocol):
    """Who understands what is said."""

    async def words(self, audio: bytes, mime_type: str, language: str) -> str:
        """What is said, or nothing. Raises OutsideRefused for what can never be understood, OutsideUnavailable,
        OutsideMisconfigured."""


class SpeechApi:
    """A recogniser behind the API that all of them speak."""

    def __init__(self, http: httpx.AsyncClient, url: str, key: str, model: str) -> None:
        self._http = http
        self._url = f"{url}/audio/transcriptions"
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._model = model

    async def words(self, audio: bytes, mime_type: str, language: str) -> str:
        """As Recogniser has it."""
        kind = bare(mime_type)
        name = f"voice.{_NAMES.get(kind, 'ogg')}"
        form = {"model": self._model, "response_format": "json", **({"language": language} if language else {})}
        try:
            answer = await self._http.post(
                self._url,
                data=form,
                files={"file": (name, audio, kind or "application/octet-stream")},
                headers=self._headers,
                timeout=httpx.Timeout(LISTENS, connect=5),
            )
        except httpx.HTTPError as error:
            raise OutsideUnavailable(f"recogniser: {type(error).__name__}") from None
        if answer.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
            raise OutsideRefused(TOO_LONG)
        if answer.status_code in NOT_UNDERSTOOD:
            # It may be the model's name as well: who looks for why nobody is understood finds it here.
            log.warning("the recogniser does not take a voice note", status=answer.status_code)
            raise OutsideRefused(NOTHING_HEARD)
        if not answer.is_success:
            raise not_taken("recogniser", answer.status_code, "SPEECH_API_URL, SPEECH_API_KEY and SPEECH_MODEL")
        return _text(answer)


class Listening:
    """Listens to what people say."""

    def __init__(self, recogniser: Recogniser | None, media: Media, blobs: Blobs) -> None:
        self._recogniser = recogniser
        self._media = media
        self._blobs = blobs

    async def transcribe(self, conversation: UUID, key: UUID, note: VoiceNote) -> Heard:
        """The words of a voice note. Raises OutsideRefused with a reason of domain.speech, and what is tried again."""
        if self._recogniser is None:
            raise OutsideMisconfigured("no recogniser is set any more: SPEECH_API_URL")
        wanted = await self._fetched(conversation, note.file)
        try:
            with in_the_store():
                audio = await self._blobs.get(wanted.seal, wanted.blob)
        except BlobGone:
            raise OutsideRefused(NOT_KEPT) from None
        if len(audio) > MOST_BYTES or seconds_of(audio) > MOST_SECONDS:
            raise OutsideRefused(TOO_LONG)
        words = as_typed(await self._recogniser.words(audio, wanted.content.get("mime_type", ""), note.language))
        if not words:
            raise OutsideRefused(NOTHING_HEARD)
        if len(words) > MOST_SIGNS:
            raise OutsideRefused(TOO_LONG)
        return Heard(words)

    async def _fetched(self, conversation: UUID, inbox: int) -> Wanted:
        """The note, once it is there. Raises OutsideRefused where it never will be, OutsideUnavailable."""
        looks = 0.0
        while (wanted := await self._media.read(conversation, inbox)).state == "wanted":
            if looks >= FETCHED_WITHIN:
                raise OutsideUnavailable("a voice note is not fetched yet")
            looks += LOOKS_EVERY
            await asyncio.sleep(LOOKS_EVERY)
        if wanted.state != "fetched":
            raise OutsideRefused(NOT_KEPT)
        return wanted


def as_typed(words: str) -> str:
    """What a recogniser wrote, as a person would have typed it: one line, and no full stop behind a few words."""
    plain = clean(words)
    if plain.endswith((".", "।")) and not _ABBREVIATED.search(plain):
        plain = plain[:-1].rstrip()
    return plain


def seconds_of(audio: bytes) -> float:
    """How long an Opus file in Ogg plays: its last page says it (RFC 3533, 6). 0.0 for any other format."""
    last = audio.rfind(b"OggS")
    if not audio.startswith(b"OggS") or audio.find(b"OpusHead", 0, 64) < 0 or last + 14 > len(audio):
        return 0.0
    position = int.from_bytes(audio[last + 6 : last + 14], "little", signed=True)
    return max(0, position) / _SAMPLES


def _text(answer: httpx.Response) -> str:
    try:
        body: Any = answer.json()
        text = body["text"]
    except (ValueError, LookupError, TypeError):
        raise OutsideUnavailable("recogniser: an answer without a text") from None
    if not isinstance(text, str):
        raise OutsideUnavailable("recogniser: a text that is none")
    return text
