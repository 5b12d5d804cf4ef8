"""Files that cannot be uploaded, looked up or fetched, and such as are not what was told of them."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from tests.sandbox.conftest import LOAN, Bench

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


async def for_all(bench: Bench, mode: str, **fields: Any) -> None:
    """Let this go wrong once, for whoever comes."""
    answer = await bench.control.post("/sandbox/faults", json={"mode": mode, "times": 1} | fields)
    assert answer.status_code == 200, answer.text


async def uploaded(bench: Bench) -> str:
    media_id: str = (await bench.graph.upload(LOAN, PNG, "image/png")).json()["id"]
    return media_id


@pytest.mark.parametrize(
    ("mode", "fields", "status"),
    [("upload_error", {}, 400), ("upload_error", {"code": 131000}, 500), ("upload_http", {"code": 429}, 429)],
)
async def test_an_upload_can_fail_and_works_the_next_time(
    bench: Bench, mode: str, fields: dict[str, Any], status: int
) -> None:
    await for_all(bench, mode, **fields)
    assert (await bench.graph.upload(LOAN, PNG, "image/png")).status_code == status
    assert (await bench.graph.upload(LOAN, PNG, "image/png")).status_code == 200


async def test_the_answer_to_an_upload_can_be_lost(bench: Bench) -> None:
    await for_all(bench, "upload_drop")
    with pytest.raises(httpx.RemoteProtocolError):
        await bench.graph.upload(LOAN, PNG, "image/png")


@pytest.mark.parametrize(
    ("mode", "fields", "status"),
    [("lookup_error", {}, 400), ("lookup_error", {"code": 131000}, 500), ("lookup_http", {"code": 503}, 503)],
)
async def test_a_lookup_can_fail(bench: Bench, mode: str, fields: dict[str, Any], status: int) -> None:
    media_id = await uploaded(bench)
    await for_all(bench, mode, **fields)
    assert (await bench.graph.object(media_id)).status_code == status
    assert (await bench.graph.object(media_id)).status_code == 200


async def test_a_download_address_can_be_over_already(bench: Bench) -> None:
    media_id = await uploaded(bench)
    await for_all(bench, "url_expired")
    over, good = [(await bench.graph.object(media_id)).json()["url"] for _ in range(2)]
    assert [(await bench.graph.download(url)).status_code for url in (over, good)] == [404, 200]


async def test_what_is_told_of_a_file_can_be_wrong(bench: Bench) -> None:
    media_id = await uploaded(bench)
    right = (await bench.graph.object(media_id)).json()
    await for_all(bench, "lookup_wrong_sha256")
    assert (await bench.graph.object(media_id)).json()["sha256"] != right["sha256"]
    await for_all(bench, "oversize_media")
    assert (await bench.graph.object(media_id)).json()["file_size"] == 5 * 1024 * 1024 + 1
    assert (await bench.graph.object(media_id)).json()["file_size"] == len(PNG)


async def test_a_download_can_fail_be_cut_off_or_lost(bench: Bench) -> None:
    url = (await bench.graph.object(await uploaded(bench))).json()["url"]
    await for_all(bench, "download_http", code=404)
    assert (await bench.graph.download(url)).status_code == 404
    await for_all(bench, "download_truncated")
    assert (await bench.graph.download(url)).content == PNG[: len(PNG) // 2]
    await for_all(bench, "download_drop")
    with pytest.raises(httpx.RemoteProtocolError):
        await bench.graph.download(url)
    assert (await bench.graph.download(url)).content == PNG


async def test_every_call_about_a_file_can_be_slow(bench: Bench) -> None:
    media_id = await uploaded(bench)
    url = (await bench.graph.object(media_id)).json()["url"]
    calls = {
        "upload_slow": bench.graph.upload(LOAN, PNG, "image/png"),
        "lookup_slow": bench.graph.object(media_id),
        "download_slow": bench.graph.download(url),
    }
    for turn, (mode, call) in enumerate(calls.items(), 1):
        await for_all(bench, mode, seconds=20)
        waiting = asyncio.create_task(call)
        await bench.clock.until_asleep(turn)
        assert not waiting.done()
        bench.clock.advance(20)
        assert (await waiting).status_code == 200


async def test_an_id_can_be_let_go(bench: Bench) -> None:
    media_id = await uploaded(bench)
    assert (await bench.control.post(f"/sandbox/media/{media_id}/expire")).status_code == 204
    assert (await bench.graph.object(media_id)).status_code == 400
    assert (await bench.control.get(f"/sandbox/media/{media_id}")).content == PNG
    assert (await bench.control.post("/sandbox/media/1/expire")).status_code == 404
