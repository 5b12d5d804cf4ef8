"""Who is let in: the verification, the signature, the size and the shape of a body."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import httpx
import pytest

from tests.running.product import SECRETS, Addresses
from tests.running.tables import Tables
from tests.running.wire import Meta, envelope, signature, text, wamid

MEGABYTE = 1024 * 1024
RIGHT = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": SECRETS["META_VERIFY_TOKEN"]}


def problem(answer: httpx.Response) -> tuple[int, str]:
    """The status and the code of an error, which has the form that all errors have."""
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "trace_id"}
    assert len(error["trace_id"]) == 32
    return answer.status_code, error["code"]


@pytest.mark.parametrize("path", ["/webhook", "/api/whatsapp/webhook"])
async def test_whoever_knows_the_verify_token_gets_the_challenge_back_as_plain_text(
    http: httpx.AsyncClient, at: Addresses, path: str
) -> None:
    answer = await http.get(at.url + path, params=RIGHT)
    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "wrong",
    [
        {"hub.verify_token": "guessed"},
        {"hub.verify_token": ""},
        {"hub.verify_token": SECRETS["META_VERIFY_TOKEN"] + " "},
        {"hub.verify_token": "пароль"},
        {"hub.mode": "unsubscribe"},
    ],
)
async def test_nobody_else_does(http: httpx.AsyncClient, at: Addresses, wrong: dict[str, str]) -> None:
    answer = await http.get(f"{at.url}/webhook", params={**RIGHT, **wrong})
    assert problem(answer) == (403, "wrong_verify_token")
    assert "1158201444" not in answer.text


async def test_a_visit_without_anything_is_refused(http: httpx.AsyncClient, at: Addresses) -> None:
    assert problem(await http.get(f"{at.url}/webhook")) == (403, "wrong_verify_token")


@pytest.mark.parametrize(
    "forged",
    [
        "",
        "sha256=",
        "sha256=" + "0" * 64,
        "sha1=" + "0" * 40,
        "sha256=नमस्ते".encode(),
        signature(b"another body"),
        signature(b"{}", "another secret"),
    ],
)
async def test_a_body_that_is_not_signed_by_meta_is_refused_and_only_counted(
    meta: Meta, tables: Tables, forged: str | bytes
) -> None:
    id = wamid()
    before = await tables.counted("bad_signature")
    answer = await meta.post(
        envelope(meta.at.number, [text("hi", id=id, phone="+919711111111")]), X_Hub_Signature_256=forged
    )
    assert problem(answer) == (401, "bad_signature")
    assert await tables.received(id) == []
    assert await tables.counted("bad_signature") > before


async def test_a_body_without_any_signature_is_refused(http: httpx.AsyncClient, at: Addresses) -> None:
    answer = await http.post(f"{at.url}/webhook", json=envelope(at.number, [text("hi", phone="+919711111111")]))
    assert problem(answer) == (401, "bad_signature")


async def test_the_signature_is_of_the_bytes_as_they_came_and_not_of_their_meaning(meta: Meta, tables: Tables) -> None:
    """Meta escapes what is not ASCII, and slashes; the same JSON written otherwise has another signature."""
    id = wamid()
    body = envelope(meta.at.number, [text("नमस्ते / hello", id=id, phone="+919711111112")])
    escaped = json.dumps(body, separators=(",", ":")).replace("/", "\\/").encode("ascii")
    rewritten = json.dumps(body, ensure_ascii=False).encode()
    assert (await meta.post(rewritten, X_Hub_Signature_256=signature(escaped))).status_code == 401
    assert (await meta.post(escaped)).status_code == 200
    assert [kind for kind, _ in await tables.received(id)] == ["text"]


async def test_what_is_let_in_is_acknowledged_in_the_words_of_the_contract(meta: Meta) -> None:
    answer = await meta.post(envelope(meta.at.number))
    assert answer.status_code == 200
    assert answer.json()["success"] is True
    assert set(answer.json()) == {"success", "message"}


async def test_the_other_address_of_the_webhook_takes_messages_too(
    http: httpx.AsyncClient, at: Addresses, tables: Tables
) -> None:
    id = wamid()
    body = json.dumps(envelope(at.number, [text("hi", id=id, phone="+919711111113")])).encode()
    headers = {"X-Hub-Signature-256": signature(body)}
    answer = await http.post(f"{at.url}/api/whatsapp/webhook", content=body, headers=headers)
    assert answer.status_code == 200
    assert len(await tables.received(id)) == 1


async def test_a_body_of_over_three_megabytes_is_refused_by_what_it_declares(meta: Meta) -> None:
    assert problem(await meta.post(b" " * (3 * MEGABYTE + 1))) == (413, "too_large")


async def test_a_body_that_declares_no_size_is_refused_when_it_gets_too_large(
    http: httpx.AsyncClient, at: Addresses
) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 64 * MEGABYTE:
            sent += MEGABYTE // 4
            yield b" " * (MEGABYTE // 4)

    try:
        answer = await http.post(f"{at.url}/webhook", content=endless(), headers={"X-Hub-Signature-256": "sha256="})
    except (httpx.WriteError, httpx.RemoteProtocolError, httpx.ReadError):
        # The connection may be closed before a client that is still writing has read why.
        assert sent < 64 * MEGABYTE
    else:
        assert problem(answer) == (413, "too_large")


async def test_a_body_of_just_three_megabytes_is_read(meta: Meta, tables: Tables) -> None:
    id = wamid()
    body = json.dumps(envelope(meta.at.number, [text("hi", id=id, phone="+919711111114")])).encode()
    answer = await meta.post(body.ljust(3 * MEGABYTE))
    assert answer.status_code == 200
    assert len(await tables.received(id)) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"hello",
        b"{",
        b"[]",
        b"null",
        b'"object"',
        b"17",
        b"\xff\xfe",
        b'{"object": NaN}',
        b"[" * 100_000,
        b'{"object": "page", "entry": []}',
        b'{"object": "whatsapp_business_account"}',
        b'{"object": "whatsapp_business_account", "entry": {}}',
        b'{"entry": []}',
        b"object=whatsapp_business_account&entry=",
    ],
    ids=lambda body: body[:40].decode("latin-1"),
)
async def test_what_is_no_webhook_of_whatsapp_is_refused_though_it_is_signed(
    meta: Meta, tables: Tables, body: bytes
) -> None:
    before = await tables.counted("not_a_webhook")
    assert problem(await meta.post(body)) == (400, "not_a_webhook")
    assert await tables.counted("not_a_webhook") > before


async def test_an_error_does_not_repeat_what_was_sent(meta: Meta) -> None:
    answer = await meta.post(b'{"object": "the secret of Asha Rao", "entry": []}')
    assert answer.status_code == 400
    assert "Asha" not in answer.text


async def test_a_page_that_there_is_not_is_an_error_of_the_same_form(http: httpx.AsyncClient, at: Addresses) -> None:
    assert problem(await http.get(f"{at.url}/nowhere")) == (404, "not_found")
    assert problem(await http.delete(f"{at.url}/webhook")) == (405, "method_not_allowed")
