"""The recogniser's stand-in, and the voice notes of the people: what is said in one is what is heard in it."""

from __future__ import annotations

import io
from typing import Any

import httpx
import pytest

from sandbox.speech.notes import MIME_TYPE, note, words_in
from tests.sandbox.conftest import SPEECH_KEY, Bench

PATH = "/speech/v1/audio/transcriptions"
AUTHORISED = {"Authorization": f"Bearer {SPEECH_KEY}"}


async def listen(bench: Bench, audio: bytes, **form: str) -> httpx.Response:
    """Ask what is said in this."""
    files = {"file": ("voice.ogg", io.BytesIO(audio), "audio/ogg")}
    return await bench.control.post(PATH, files=files, data={"model": "whisper-1", **form}, headers=AUTHORISED)


async def treat(bench: Bench, **mood: Any) -> dict[str, Any]:
    """Pull the recogniser's lever."""
    answer = await bench.control.put("/sandbox/speech", json=mood)
    assert answer.status_code == 200, answer.text
    changed: dict[str, Any] = answer.json()
    return changed


async def test_what_somebody_says_is_heard_in_the_file_that_the_product_gets(bench: Bench) -> None:
    user = await bench.greeted()
    await bench.send(user, {"type": "voice", "words": "आशा पाटिल, of Pune"})
    part = bench.product.messages[-1]["audio"]
    assert (part["mime_type"], part["voice"]) == (MIME_TYPE, True)
    url = (await bench.graph.object(part["id"])).json()["url"]
    audio = (await bench.graph.download(url)).content
    assert (await listen(bench, audio, language="hi")).json() == {"text": "आशा पाटिल, of Pune"}


async def test_the_phone_is_told_what_was_said(bench: Bench) -> None:
    user = await bench.greeted()
    await bench.send(user, {"type": "voice", "words": "Asha Patil"})
    await bench.send(user, {"type": "voice"})
    spoken, silent = (await bench.chat(user))[-2:]
    assert spoken["media"]["words"] == "Asha Patil"
    assert "words" not in silent["media"]


async def test_several_are_said_in_one_webhook_with_ids_of_ones_own(bench: Bench) -> None:
    user = await bench.greeted()
    said = [{"type": "voice", "words": words, "id": f"wamid.{words}"} for words in ("one", "two")]
    await bench.send(user, {"type": "several", "messages": said})
    assert [one["id"] for one in bench.product.messages[-2:]] == ["wamid.one", "wamid.two"]


async def test_in_a_note_without_words_and_in_any_other_file_nothing_is_said(bench: Bench) -> None:
    for audio in (note(""), b"ID3 a song", b"OggS and then nothing"):
        answer = await listen(bench, audio)
        assert (answer.status_code, answer.json()) == (200, {"text": ""})


async def test_who_asks_in_another_way_is_refused_as_recognisers_do(bench: Bench) -> None:
    file = {"file": ("voice.ogg", b"OggS", "audio/ogg")}
    post = bench.control.post
    assert (await post(PATH, files=file, data={"model": "m"})).status_code == 401
    assert (await post(PATH, files=file, headers=AUTHORISED)).status_code == 400
    assert (await post(PATH, data={"model": "m"}, headers=AUTHORISED)).status_code == 400
    assert (await post(PATH, files={"model": (None, "m")}, headers=AUTHORISED)).status_code == 400


async def test_one_can_meet_a_recogniser_that_is_down_and_another_a_deaf_one(bench: Bench) -> None:
    await treat(bench, words="Asha Patil", state="down")
    await treat(bench, words="Ravi", state="deaf")
    assert (await listen(bench, note("asha patil"))).status_code == 503
    assert (await listen(bench, note("Ravi"))).json() == {"text": ""}
    assert (await listen(bench, note("Usha"))).json() == {"text": "Usha"}
    await treat(bench, words="Asha Patil", state="up")
    assert (await listen(bench, note("Asha Patil"))).json() == {"text": "Asha Patil"}


async def test_it_can_take_its_time_with_everybody(bench: Bench) -> None:
    assert await treat(bench, state="slow", seconds=0) == {"words": "*", "state": "slow", "seconds": 0}
    moods = (await bench.control.get("/sandbox/speech")).json()["moods"]
    assert moods["*"] == {"state": "slow", "seconds": 0}
    answer = await bench.control.get("/sandbox/speech", params={"words": "Usha"})
    assert answer.json()["state"] == "slow"


def test_no_two_notes_are_alike() -> None:
    assert note("Asha") != note("Asha")


@pytest.mark.parametrize("words", ["", "Asha", "क" * 300, "WORDS=twice", "x" * 255, "x" * 4096], ids=len)
def test_whatever_is_said_can_be_heard(words: str) -> None:
    assert words_in(note(words)) == words
