"""Files through the Graph API: up, looked up, down, and for how long their ids and addresses are good."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sandbox.graph import objects
from tests.sandbox.conftest import LOAN, NEXORA, START, Bench, Starting, serving

DAY = 24 * 3600.0
PDF = b"%PDF-1.4\r\n\r\n--looks like a boundary\r\n\x00\xff\r\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def sha256(content: bytes) -> str:
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


@pytest.mark.parametrize(
    ("content", "mime_type"), [(PDF, "application/pdf"), (PNG, "image/png"), (b"\r\n", "text/plain")]
)
async def test_what_is_uploaded_comes_down_byte_by_byte(bench: Bench, content: bytes, mime_type: str) -> None:
    uploaded = await bench.graph.upload(LOAN, content, mime_type)
    media_id = uploaded.json()["id"]
    described = (await bench.graph.object(media_id)).json()
    assert {name: described[name] for name in ("id", "mime_type", "file_size", "sha256")} == {
        "id": media_id,
        "mime_type": mime_type,
        "file_size": len(content),
        "sha256": sha256(content),
    }
    answer = await bench.graph.download(described["url"])
    assert (answer.content, answer.headers["content-type"].split(";")[0]) == (content, mime_type)


async def test_a_download_needs_the_bearer_too(bench: Bench) -> None:
    media_id = (await bench.graph.upload(LOAN, PDF, "application/pdf")).json()["id"]
    url = (await bench.graph.object(media_id)).json()["url"]
    assert (await bench.control.get(url)).status_code == 401


async def test_a_download_address_is_good_for_five_minutes(bench: Bench) -> None:
    media_id = (await bench.graph.upload(LOAN, PDF, "application/pdf")).json()["id"]
    url = (await bench.graph.object(media_id)).json()["url"]
    bench.clock.advance(299)
    assert (await bench.graph.download(url)).status_code == 200
    bench.clock.advance(2)
    assert (await bench.graph.download(url)).status_code == 404
    again = (await bench.graph.object(media_id)).json()["url"]
    assert (await bench.graph.download(again)).content == PDF


async def test_an_address_cannot_be_made_up(bench: Bench) -> None:
    media_id = (await bench.graph.upload(LOAN, PDF, "application/pdf")).json()["id"]
    url = (await bench.graph.object(media_id)).json()["url"]
    later = url.replace(f"ext={int(START) + 300}", f"ext={int(START) + 3000}")
    assert later != url
    assert (await bench.graph.download(later)).status_code == 404


async def test_an_uploaded_id_is_known_for_thirty_days(bench: Bench) -> None:
    user = await bench.greeted()
    media_id = (await bench.graph.upload(LOAN, PDF, "application/pdf")).json()["id"]
    bench.clock.advance(30 * DAY)
    assert (await bench.graph.object(media_id)).status_code == 200
    bench.clock.advance(1)
    over = await bench.graph.object(media_id)
    assert (over.status_code, over.json()["error"]["error_subcode"]) == (400, 33)
    await bench.send(user, {"type": "text", "body": "still here"})
    refused = await bench.graph.post(LOAN, {"to": user["phone"], "type": "document", "document": {"id": media_id}})
    assert refused.json()["error"]["code"] == 100


async def test_a_persons_file_is_known_for_seven_days_of_theirs(bench: Bench) -> None:
    user = await bench.user()
    content = base64.b64encode(PNG).decode()
    await bench.send(user, {"type": "image", "content": content, "mime_type": "image/png"})
    image = bench.product.messages[0]["image"]
    await bench.order(user, "clock", hours=7 * 24)
    assert (await bench.graph.object(image["id"])).status_code == 200
    await bench.order(user, "clock", hours=0.1)
    assert (await bench.graph.object(image["id"])).status_code == 400


async def test_a_deleted_file_is_gone(bench: Bench) -> None:
    media_id = (await bench.graph.upload(LOAN, PDF, "application/pdf")).json()["id"]
    assert (await bench.graph.delete(media_id)).json() == {"success": True}
    assert (await bench.graph.object(media_id)).status_code == 400
    assert (await bench.graph.delete(media_id)).status_code == 400


async def test_a_file_is_looked_up_for_the_number_that_it_belongs_to(bench: Bench) -> None:
    media_id = (await bench.graph.upload(LOAN, PDF, "application/pdf")).json()["id"]
    assert (await bench.graph.object(media_id, phone_number_id=LOAN)).status_code == 200
    assert (await bench.graph.object(media_id, phone_number_id=NEXORA)).status_code == 400


MEGABYTE = 1024 * 1024


@pytest.mark.parametrize(
    ("size", "mime_type", "code"),
    [
        (5 * MEGABYTE, "image/jpeg", None),
        (5 * MEGABYTE + 1, "image/jpeg", 131053),
        (16 * MEGABYTE + 1, "audio/ogg", 131053),
        (16 * MEGABYTE + 1, "application/pdf", None),
        (10, "application/zip", 131053),
        (10, "image/gif", 131053),
        (0, "image/png", 131053),
    ],
)
async def test_type_and_size_of_an_upload_are_limited(
    bench: Bench, size: int, mime_type: str, code: int | None
) -> None:
    answer = await bench.graph.upload(LOAN, b"x" * size, mime_type)
    assert answer.json().get("error", {}).get("code") == code
    assert ("id" in answer.json()) == (code is None)


async def test_more_than_any_file_may_have_is_not_read_to_its_end(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(objects, "LONGEST_UPLOAD", 1000)
    answer = await bench.graph.upload(LOAN, b"x" * 1001, "application/pdf")
    assert answer.json()["error"]["code"] == 131053


@pytest.mark.parametrize(
    ("body", "content_type", "code"),
    [
        (b"{}", "application/json", 100),
        (b"", "multipart/form-data", 100),
        (b"--x\r\nno headers", "multipart/form-data; boundary=x", 100),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nabc\r\n--x--',
            "multipart/form-data; boundary=x",
            100,
        ),
        (
            b'--x\r\nContent-Disposition: form-data; name="messaging_product"\r\n\r\nwhatsapp\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
            131008,
        ),
    ],
)
async def test_a_form_that_cannot_be_read_is_an_invalid_parameter(
    bench: Bench, body: bytes, content_type: str, code: int
) -> None:
    headers = {"Authorization": "Bearer a-token-for-tests", "Content-Type": content_type}
    answer = await bench.control.post(f"/graph/v25.0/{LOAN}/media", content=body, headers=headers)
    assert answer.json()["error"]["code"] == code


async def test_a_file_is_sent_by_its_id_and_the_phone_can_show_it(bench: Bench) -> None:
    user = await bench.greeted()
    media_id = (await bench.graph.upload(LOAN, PDF, "application/pdf", "offer.pdf")).json()["id"]
    document = {"id": media_id, "filename": "Your offer.pdf", "caption": "As agreed"}
    sent = await bench.graph.post(LOAN, {"to": user["phone"], "type": "document", "document": document})
    assert sent.status_code == 200
    shown = (await bench.chat(user))[-1]
    assert (shown["type"], shown["payload"]["document"]) == ("document", document)
    assert (shown["media"]["mime_type"], shown["media"]["size"]) == ("application/pdf", len(PDF))
    assert (await bench.control.get(shown["media"]["url"])).content == PDF


async def test_an_unknown_id_or_another_numbers_cannot_be_sent(bench: Bench) -> None:
    user = await bench.greeted()
    elsewhere = (await bench.graph.upload(NEXORA, PDF, "application/pdf")).json()["id"]
    for media_id in ("1234567890", elsewhere):
        refused = await bench.graph.post(LOAN, {"to": user["phone"], "type": "document", "document": {"id": media_id}})
        assert refused.json()["error"]["code"] == 100
        assert "not a valid whatsapp business account media attachment ID" in refused.text


async def test_a_file_sent_as_another_kind_fails_after_it_was_accepted(bench: Bench) -> None:
    user = await bench.greeted()
    media_id = (await bench.graph.upload(LOAN, PDF, "application/pdf")).json()["id"]
    sent = await bench.graph.post(LOAN, {"to": user["phone"], "type": "image", "image": {"id": media_id}})
    wamid = sent.json()["messages"][0]["id"]
    await bench.product.until(lambda: bench.product.statuses_of(wamid) == ["failed"])
    assert bench.product.received[-1].statuses[0]["errors"][0]["code"] == 131053


@pytest.fixture
async def host() -> AsyncIterator[str]:
    """A web server that has one picture."""

    async def serve(request: Request) -> Response:
        return Response(PNG, media_type="image/png")

    async with serving(Starlette(routes=[Route("/a.png", serve)])) as url:
        yield url


async def test_a_link_is_fetched_and_shown(bench: Bench, host: str) -> None:
    user = await bench.greeted()
    await bench.graph.post(LOAN, {"to": user["phone"], "type": "image", "image": {"link": f"{host}/a.png"}})
    shown = (await bench.chat(user))[-1]
    assert (await bench.control.get(shown["media"]["url"])).content == PNG


async def test_a_link_that_cannot_be_fetched_fails_after_it_was_accepted(bench: Bench, host: str) -> None:
    user = await bench.greeted()
    sent = await bench.graph.post(LOAN, {"to": user["phone"], "type": "image", "image": {"link": f"{host}/b.png"}})
    wamid = sent.json()["messages"][0]["id"]
    await bench.product.until(lambda: bench.product.statuses_of(wamid) == ["failed"])


async def test_files_survive_a_restart_and_go_with_their_person(starting: Starting) -> None:
    async with starting.sandbox() as bench:
        user = await bench.user()
        content = base64.b64encode(PNG).decode()
        await bench.send(user, {"type": "image", "content": content, "mime_type": "image/png"})
    async with starting.sandbox() as bench:
        [shown] = await bench.chat(user)
        assert (await bench.control.get(shown["media"]["url"])).content == PNG
        await bench.control.delete(f"/sandbox/users/{user['id']}")
        assert (await bench.control.get(shown["media"]["url"])).status_code == 404
        assert list((starting.folder / "media").iterdir()) == []


async def test_a_persons_file_cannot_run_in_the_phones_page(bench: Bench) -> None:
    user = await bench.user()
    page = base64.b64encode(b"<script>alert(1)</script>").decode()
    await bench.send(user, {"type": "document", "content": page, "mime_type": "text/html"})
    shown = (await bench.chat(user))[0]
    headers = (await bench.control.get(shown["media"]["url"])).headers
    assert "sandbox" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
