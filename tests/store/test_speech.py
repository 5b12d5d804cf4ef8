"""Listening to a voice note: what was fetched is told to a recogniser, and its answers are sorted by what to do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from activities import speech
from activities.effects import OutsideMisconfigured, OutsideRefused, OutsideUnavailable
from activities.speech import Listening, SpeechApi, as_typed, seconds_of
from domain.speech import NOT_KEPT, NOTHING_HEARD, TOO_LONG, VoiceNote
from sandbox.speech import notes
from store.arrivals import Arrival, Arrivals
from store.blobs import Blobs, open_blobs
from store.media import File, Media
from store.sealing import KeyRing
from tests.store.conftest import Someone

NOTE = notes.note("Asha Patil")
URL = "http://recogniser.example/v1"


class Ears:
    """A recogniser at the other end of HTTP."""

    def __init__(self) -> None:
        self.asked: list[httpx.Request] = []
        self.answer = httpx.Response(200, json={"text": " Asha  Patil.\n"})
        self.broken = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if self.broken:
            raise httpx.ReadTimeout("no answer", request=request)
        return self.answer


class Desk:
    """Where what somebody said is listened to."""

    def __init__(self, asha: Someone, keys: KeyRing, blobs: Blobs, http: httpx.AsyncClient, ears: Ears) -> None:
        self.asha, self.keys, self.blobs, self.ears = asha, keys, blobs, ears
        self.media = Media(asha.pool, keys)
        self.listening = Listening(SpeechApi(http, URL, "a-key", "whisper-1"), self.media, blobs)

    async def says(self, audio: bytes | None = NOTE, mime_type: str = notes.MIME_TYPE) -> int:
        """A voice note comes in, and is fetched unless there is none; the inbox's row."""
        body = {"media": "audio", "media_id": "a-note", "mime_type": mime_type, "sha256": ""}
        arrival = Arrival("meta", f"wamid.{uuid4().hex}", "audio", body)
        row = await Arrivals(self.asha.pool, self.keys).store(self.asha.found, arrival)
        assert row is not None
        if audio is not None:
            await self.fetched(row, audio)
        return row

    async def fetched(self, row: int, audio: bytes = NOTE) -> None:
        """It is here."""
        wanted = await self.media.read(self.asha.conversation, row)
        await self.blobs.put(wanted.seal, wanted.blob, audio)
        await self.media.fetched(wanted, File("audio/ogg", len(audio), b""))

    async def hears(self, row: int, language: str = "en") -> str:
        """The activity's work, once."""
        heard = await self.listening.transcribe(self.asha.conversation, uuid4(), VoiceNote(row, language))
        return heard.words


@pytest.fixture
async def desk(asha: Someone, keys: KeyRing, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk with a recogniser that understands."""
    ears = Ears()
    async with httpx.AsyncClient(transport=httpx.MockTransport(ears)) as http:
        yield Desk(asha, keys, open_blobs(str(tmp_path)), http, ears)


async def test_a_note_is_told_to_the_recogniser_as_all_of_them_have_it(desk: Desk) -> None:
    assert await desk.hears(await desk.says(), "hi") == "Asha Patil"
    [asked] = desk.ears.asked
    assert (asked.method, str(asked.url)) == ("POST", f"{URL}/audio/transcriptions")
    assert asked.headers["authorization"] == "Bearer a-key"
    form = asked.content
    assert b'name="model"\r\n\r\nwhisper-1' in form
    assert b'name="language"\r\n\r\nhi' in form
    assert b'name="file"; filename="voice.ogg"\r\nContent-Type: audio/ogg\r\n\r\n' + NOTE in form


async def test_a_language_that_nobody_knows_is_left_to_the_recogniser(desk: Desk) -> None:
    await desk.hears(await desk.says(), "")
    assert b"language" not in desk.ears.asked[0].content


@pytest.mark.parametrize(
    ("mime_type", "name"), [("audio/mpeg", "voice.mp3"), ("audio/mp4", "voice.m4a"), ("audio/amr", "voice.amr")]
)
async def test_a_file_is_named_after_what_it_is(desk: Desk, mime_type: str, name: str) -> None:
    await desk.hears(await desk.says(b"\x00 some sound", mime_type))
    assert f'filename="{name}"'.encode() in desk.ears.asked[0].content


async def test_a_note_that_is_still_on_its_way_is_waited_for(desk: Desk) -> None:
    row = await desk.says(None)
    hearing = asyncio.create_task(desk.hears(row))
    await asyncio.sleep(0)
    assert not hearing.done()
    await desk.fetched(row)
    assert await hearing == "Asha Patil"


async def test_a_note_that_does_not_come_is_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech, "FETCHED_WITHIN", 0.0)
    with pytest.raises(OutsideUnavailable, match="not fetched"):
        await desk.hears(await desk.says(None))


async def test_a_note_that_cannot_be_had_or_was_taken_back_is_refused(desk: Desk) -> None:
    row = await desk.says(None)
    await desk.media.given_up(await desk.media.read(desk.asha.conversation, row), "failed", "gone")
    with pytest.raises(OutsideRefused, match=NOT_KEPT):
        await desk.hears(row)
    gone = await desk.says()
    await desk.blobs.delete((await desk.media.read(desk.asha.conversation, gone)).blob)
    with pytest.raises(OutsideRefused, match=NOT_KEPT):
        await desk.hears(gone)
    assert desk.ears.asked == []


@pytest.mark.parametrize("audio", [bytes(speech.MOST_BYTES + 1), notes.note("la " * 600)], ids=["bytes", "seconds"])
async def test_what_is_too_long_is_not_listened_to(desk: Desk, audio: bytes) -> None:
    with pytest.raises(OutsideRefused, match=TOO_LONG):
        await desk.hears(await desk.says(audio))
    assert desk.ears.asked == []


@pytest.mark.parametrize(
    ("answer", "error", "says"),
    [
        (httpx.Response(200, json={"text": " \n"}), OutsideRefused, NOTHING_HEARD),
        (httpx.Response(200, json={"text": "word " * 300}), OutsideRefused, TOO_LONG),
        (httpx.Response(400, json={"error": {"message": "could not be decoded"}}), OutsideRefused, NOTHING_HEARD),
        (httpx.Response(413), OutsideRefused, TOO_LONG),
        (httpx.Response(429), OutsideUnavailable, "429"),
        (httpx.Response(503), OutsideUnavailable, "503"),
        (httpx.Response(200, text="<html>"), OutsideUnavailable, "without a text"),
        (httpx.Response(200, json={"text": None}), OutsideUnavailable, "a text that is none"),
        (httpx.Response(401), OutsideMisconfigured, "SPEECH_API_KEY"),
        (httpx.Response(404), OutsideMisconfigured, "SPEECH_API_URL"),
    ],
)
async def test_an_answer_is_sorted_by_what_to_do(
    desk: Desk, answer: httpx.Response, error: type[Exception], says: str
) -> None:
    desk.ears.answer = answer
    with pytest.raises(error, match=says):
        await desk.hears(await desk.says())


async def test_no_answer_at_all_is_tried_again(desk: Desk) -> None:
    desk.ears.broken = True
    with pytest.raises(OutsideUnavailable, match="ReadTimeout"):
        await desk.hears(await desk.says())


async def test_without_a_recogniser_somebody_must_look(desk: Desk) -> None:
    listening = Listening(None, desk.media, desk.blobs)
    with pytest.raises(OutsideMisconfigured, match="SPEECH_API_URL"):
        await listening.transcribe(desk.asha.conversation, uuid4(), VoiceNote(await desk.says()))


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Asha Patil.", "Asha Patil"),
        ("आशा पाटिल।", "आशा पाटिल"),
        ("  two\nlines ", "two lines"),
        ("10 a.m.", "10 a.m."),
        ("Is it?", "Is it?"),
        (".", ""),
    ],
)
def test_words_are_as_a_person_would_have_typed_them(written: str, typed: str) -> None:
    assert as_typed(written) == typed


@pytest.mark.parametrize("audio", [b"", b"OggS", b"OggS" + bytes(60), b"ID3 a song", NOTE[:30]], ids=len)
def test_of_what_is_no_whole_opus_file_nobody_knows_how_long_it_is(audio: bytes) -> None:
    assert seconds_of(audio) == 0.0


def test_a_note_knows_how_long_it_is() -> None:
    spoken: Any = [seconds_of(notes.note(words)) for words in ("", "a few words of mine")]
    assert spoken == [1.0, 2.0]
