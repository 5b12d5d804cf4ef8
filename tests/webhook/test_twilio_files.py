"""Files that Twilio fetches from us: each under a link of its own, for a day, to whoever has the link."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from uuid import UUID

import httpx
import pytest

from domain.messages import Attachment
from store import links
from store.blobs import open_blobs
from store.links import Links
from store.sealing import KeyRing
from tests.running.person import Person
from tests.running.product import SECRETS, Addresses
from tests.running.tables import Tables

KEYS = KeyRing(SECRETS["ENCRYPTION_KEYS"], SECRETS["LOOKUP_KEY"])


@pytest.fixture
async def paper(http: httpx.AsyncClient, at: Addresses, tables: Tables) -> Attachment:
    """A file of somebody's conversation, with a name of their own."""
    asha = await Person.appear(http, at)
    await asha.write("hi")
    await asha.settle()
    conversation = UUID((await asha.inspect())["conversation_id"])
    wrapped = await tables.value("select wrapped from keys where conversation = %s", conversation)
    attachment = Attachment(f"{conversation}/paper", "application/pdf", "Zusage für Asha.pdf")
    blobs = open_blobs(str(Path(at.folder) / "blobs"))
    await blobs.put(KEYS.seal(conversation, bytes(wrapped)), attachment.blob, b"%PDF")
    return attachment


async def test_a_file_comes_with_its_type_and_its_name(
    http: httpx.AsyncClient, at: Addresses, paper: Attachment
) -> None:
    link = Links(KEYS, at.url).make(paper)
    answer = await http.get(link)
    assert (answer.status_code, answer.content) == (200, b"%PDF")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].endswith("''Zusage%20f%C3%BCr%20Asha.pdf")
    assert "Asha" not in link


async def test_a_link_that_is_over_or_none_of_ours_opens_nothing(
    http: httpx.AsyncClient, at: Addresses, paper: Attachment, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = Links(KEYS, at.url).make(paper)
    for wrong in (link[:-6] + "AAAAAA", f"{at.url}/files/x", f"{at.url}/files/नमस्ते"):
        assert (await http.get(wrong)).status_code == 404
    monkeypatch.setattr(links, "LASTS", -1)
    assert (await http.get(Links(KEYS, at.url).make(paper))).status_code == 410


async def test_a_file_that_was_deleted_is_gone(http: httpx.AsyncClient, at: Addresses, paper: Attachment) -> None:
    for blob in ("nowhere", f"{paper.blob}-2", f"{UUID(int=1)}/paper"):
        link = Links(KEYS, at.url).make(dataclasses.replace(paper, blob=blob))
        assert (await http.get(link)).status_code == 410
