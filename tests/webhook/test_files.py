"""What people attach is fetched at once, kept sealed, and gone when they take it back."""

from __future__ import annotations

import base64
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from store.blobs import open_blobs
from tests.running.person import Person
from tests.running.tables import KEYS, Tables
from tests.running.waiting import until
from tests.running.wire import Meta, message, wamid

FIELDS = ("state", "reason", "blob", "mime_type", "size", "sha256", "conversation", "wrapped")
PICTURE = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40


@pytest.fixture
async def asha(http: httpx.AsyncClient, meta: Meta) -> Person:
    """Somebody who has said hello."""
    asha = await Person.appear(http, meta.at)
    await asha.write("hi")
    await asha.settle()
    return asha


async def sends(http: httpx.AsyncClient, asha: Person, **fields: Any) -> str:
    """They send a file; the message's id."""
    body = {"content": base64.b64encode(PICTURE).decode(), "mime_type": "image/jpeg", "type": "image", **fields}
    answer = await http.post(f"{asha.at.sandbox}/sandbox/users/{asha.id}/send", json=body)
    answer.raise_for_status()
    await asha.settle()
    return str(answer.json()["message_id"])


async def medium(tables: Tables, message: str) -> dict[str, Any]:
    """The row of what came with a message."""
    [row] = await tables.rows(
        "select m.state, m.reason, m.blob, m.mime_type, m.size, m.sha256, i.conversation, k.wrapped from media m"
        " join inbox i on i.id = m.inbox join keys k on k.conversation = i.conversation where i.provider_id = %s",
        message,
    )
    return dict(
        zip(("state", "reason", "blob", "mime_type", "size", "sha256", "conversation", "wrapped"), row, strict=True)
    )


async def test_a_picture_is_there_when_the_conversation_has_settled(
    http: httpx.AsyncClient, meta: Meta, tables: Tables, asha: Person
) -> None:
    found = await medium(tables, await sends(http, asha))
    assert (found["state"], found["mime_type"], found["size"]) == ("fetched", "image/jpeg", len(PICTURE))
    assert found["sha256"] == sha256(PICTURE).digest()
    conversation: UUID = found["conversation"]
    folder = str(Path(meta.at.environment()["BLOB_STORE"]))
    kept = await open_blobs(folder).get(KEYS.seal(conversation, found["wrapped"]), found["blob"])
    assert kept == PICTURE
    lying = (Path(folder.removeprefix("file://")) / found["blob"]).read_bytes()
    assert PICTURE[:64] not in lying, "sealed"


async def test_what_the_provider_has_no_more_is_given_up_and_the_talk_goes_on(
    meta: Meta, tables: Tables, asha: Person
) -> None:
    id = wamid()
    picture = {"id": "no-such-file", "mime_type": "image/jpeg", "sha256": "bm90IHJlYWw="}
    await meta.messages(message("image", picture, id=id, phone=asha.alias))
    await asha.settle()
    found = await medium(tables, id)
    assert (found["state"], found["reason"], found["blob"]) == ("failed", "gone", None)
    assert (await asha.inspect())["waiting_for"] == "answer:language"


async def test_a_file_that_is_taken_back_is_kept_no_longer(
    http: httpx.AsyncClient, meta: Meta, tables: Tables, asha: Person
) -> None:
    picture = await sends(http, asha)
    blob = (await medium(tables, picture))["blob"]
    place = Path(meta.at.environment()["BLOB_STORE"].removeprefix("file://")) / blob
    assert place.exists()
    answer = await http.post(
        f"{asha.at.sandbox}/sandbox/users/{asha.id}/send", json={"type": "revoke", "message": picture}
    )
    answer.raise_for_status()
    await asha.settle()

    async def is_gone() -> bool:
        return not place.exists()

    await until(is_gone)
    assert (await medium(tables, picture))["state"] == "revoked"
