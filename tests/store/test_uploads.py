"""A file of ours is uploaded once for each number that sends it, and again when the provider has forgotten it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

import channels
from activities.media import Attachments
from domain.messages import Attachment
from store.blobs import BlobGone, Blobs, open_blobs
from store.links import Links
from store.sealing import KeyRing
from tests.running.at_meta import at_meta
from tests.store.conftest import NUMBER, Someone

AGREEMENT = b"%PDF-1.7 an agreement"
OTHER_NUMBER = "100000000000009"


class Office:
    """Where files are uploaded from; a Graph API that counts what it is given."""

    def __init__(self, asha: Someone, keys: KeyRing, blobs: Blobs, http: httpx.AsyncClient) -> None:
        self.asha, self.blobs = asha, blobs
        self.uploaded: list[httpx.Request] = []
        self.refuses = False
        client = at_meta(http)
        self.attachments = Attachments(asha.pool, blobs, client, Links(keys, "https://bot.example"))
        self.agreement = Attachment(f"{asha.conversation}/agreement", "application/pdf", "agreement.pdf")

    def graph(self, request: httpx.Request) -> httpx.Response:
        """Take a file."""
        if self.refuses:
            return httpx.Response(400, json={"error": {"code": 131053}})
        self.uploaded.append(request)
        return httpx.Response(200, json={"id": f"uploaded-{len(self.uploaded)}"})

    async def media_id(self, number: str = NUMBER.id) -> str:
        """The agreement's id."""
        return await self.attachments.media_id(number, self.asha.found.seal, self.agreement)

    async def days_pass(self, days: float) -> None:
        """What was uploaded was so so many days earlier."""
        async with self.asha.pool.connection() as connection:
            await connection.execute(
                "update uploads set expires_at = expires_at - make_interval(secs => %s) where blob = %s",
                (days * 86400, self.agreement.blob),
            )


@pytest.fixture
async def office(asha: Someone, keys: KeyRing, tmp_path: Path) -> AsyncIterator[Office]:
    """An office that has an agreement to send."""
    offices: list[Office] = []
    transport = httpx.MockTransport(lambda request: offices[0].graph(request))
    async with httpx.AsyncClient(transport=transport) as http:
        offices.append(Office(asha, keys, open_blobs(str(tmp_path)), http))
        await offices[0].blobs.put(asha.found.seal, offices[0].agreement.blob, AGREEMENT)
        yield offices[0]


async def test_a_file_is_uploaded_once_and_as_it_is(office: Office) -> None:
    assert [await office.media_id() for _ in range(3)] == ["uploaded-1"] * 3
    (request,) = office.uploaded
    assert request.url.path == f"/v25.0/{NUMBER.id}/media"
    assert AGREEMENT in request.content
    assert b'filename="agreement.pdf"' in request.content


async def test_each_number_has_its_own(office: Office) -> None:
    """A media id belongs to the number it was uploaded for."""
    assert [await office.media_id(), await office.media_id(OTHER_NUMBER)] == ["uploaded-1", "uploaded-2"]
    assert [await office.media_id(), await office.media_id(OTHER_NUMBER)] == ["uploaded-1", "uploaded-2"]


async def test_it_is_uploaded_again_before_the_provider_forgets_it(office: Office) -> None:
    await office.media_id()
    await office.days_pass(29.9)
    assert await office.media_id() == "uploaded-1"
    await office.days_pass(0.09)
    assert await office.media_id() == "uploaded-2"
    await office.days_pass(29)
    assert await office.media_id() == "uploaded-2"


async def test_what_the_provider_says_is_gone_is_uploaded_again(office: Office) -> None:
    await office.media_id()
    await office.media_id(OTHER_NUMBER)
    await office.attachments.forget(NUMBER.id, office.agreement)
    assert await office.media_id() == "uploaded-3"
    assert await office.media_id(OTHER_NUMBER) == "uploaded-2"


async def test_a_file_that_is_gone_is_not_uploaded(office: Office) -> None:
    office.agreement = Attachment(f"nothing/{uuid4().hex}", "application/pdf", "agreement.pdf")
    with pytest.raises(BlobGone):
        await office.media_id()
    assert office.uploaded == []


async def test_what_is_not_accepted_is_not_taken_for_uploaded(office: Office) -> None:
    office.refuses = True
    with pytest.raises(channels.RetryLater):
        await office.media_id()
    office.refuses = False
    assert await office.media_id() == "uploaded-1"
