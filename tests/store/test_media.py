"""What people attach is fetched once and kept sealed; what cannot be had says why; what is taken back is not kept."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
from psycopg_pool import AsyncConnectionPool
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

import channels
from activities.effects import OutsideMisconfigured, OutsideUnavailable
from activities.media import MediaFetching
from domain.conversation import WorkOrder, workflow_id
from store.amendments import Amendment, amend
from store.arrivals import Arrival, Arrivals
from store.blobs import BlobGone, Blobs, BlobsMisconfigured, BlobsUnavailable, open_blobs
from store.media import Media
from store.sealing import Erased, KeyRing
from tests.running.at_meta import at_meta
from tests.store.conftest import NUMBER, Someone, someone

PHOTO = b"\xff\xd8\xff a photograph of Asha's house"
SHA256 = hashlib.sha256(PHOTO).digest()
GRAPH = "http://graph.example"


class Graph:
    """A Graph API with one file; `answers` are given first, in order, whatever is asked."""

    def __init__(self) -> None:
        self.content, self.mime_type = PHOTO, "image/jpeg"
        self.answers: list[httpx.Response] = []
        self.asked: list[httpx.Request] = []
        self.before_content: Callable[[], Awaitable[None]] | None = None
        """happens while the file is on its way"""

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if self.answers:
            return self.answers.pop(0)
        if request.url.path == "/v25.0/media-17":
            file = {"id": "media-17", "url": f"{GRAPH}/files/17", "mime_type": self.mime_type}
            return httpx.Response(200, json={**file, "file_size": len(self.content), "messaging_product": "whatsapp"})
        if self.before_content is not None:
            await self.before_content()
        return httpx.Response(200, content=self.content, headers={"Content-Type": self.mime_type})


class Failing(Blobs):
    """A place of files that raises this, whatever is asked of it."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def put(self, *_: object) -> None:
        """Raise it."""
        raise self.error

    async def delete(self, *_: object) -> None:
        """Raise it."""
        raise self.error


class Desk:
    """Where what somebody attached is fetched."""

    def __init__(self, asha: Someone, keys: KeyRing, blobs: Blobs, graph: Graph, http: httpx.AsyncClient) -> None:
        self.asha, self.keys, self.blobs, self.graph = asha, keys, blobs, graph
        self.client = at_meta(http, GRAPH)
        self.provider_id = f"wamid.{uuid4().hex}"

    async def attach(self, media: str = "image", **fields: str) -> int:
        """Something is attached; the inbox's row."""
        told = {"media": media, "media_id": "media-17", "mime_type": "", "sha256": "", "caption": "", "filename": ""}
        told |= {"sha256": base64.b64encode(SHA256).decode(), **fields}
        return await self.arrive(media, told)

    async def arrive(self, kind: str, body: dict[str, str]) -> int:
        """A message comes in; the inbox's row."""
        arrival = Arrival("meta", self.provider_id, kind, body)
        row = await Arrivals(self.asha.pool, self.keys).store(self.asha.found, arrival)
        assert row is not None
        return row

    async def revoke(self) -> None:
        """They take it back."""
        amendment = Amendment("meta", f"wamid.{uuid4().hex}", self.provider_id, "revoke", "", 1_795_240_800.0)
        async with self.asha.pool.connection() as connection, connection.transaction():
            await amend(connection, self.asha.conversation, self.asha.found.seal, amendment)

    async def fetch(self, row: int | str, conversation: object = None, blobs: Blobs | None = None) -> str:
        """The activity, once."""
        fetching = MediaFetching(self.asha.pool, self.keys, blobs or self.blobs, self.client)
        environment = ActivityEnvironment()
        workflow = workflow_id(str(conversation or self.asha.conversation))
        environment.info = dataclasses.replace(environment.info, workflow_id=workflow)
        key = row if isinstance(row, str) else f"media:{row}"
        return str(await environment.run(fetching.fetch_media, WorkOrder(key)))

    async def row(self, inbox: int) -> tuple[object, ...]:
        """State and reason, and whether a file is named."""
        async with self.asha.pool.connection() as connection:
            query = "select state, reason, blob is not null from media where inbox = %s"
            found = await (await connection.execute(query, (inbox,))).fetchone()
        assert found is not None
        return tuple(found)

    async def kept(self, inbox: int) -> bytes:
        """The file, as the product reads it."""
        return await self.blobs.get(self.asha.found.seal, f"{self.asha.conversation}/media-{inbox}")


@pytest.fixture
async def desk(asha: Someone, keys: KeyRing, tmp_path: Path) -> AsyncIterator[Desk]:
    """A desk with a Graph API that has the file."""
    graph = Graph()
    async with httpx.AsyncClient(transport=httpx.MockTransport(graph)) as http:
        yield Desk(asha, keys, open_blobs(str(tmp_path)), graph, http)


def refusal(code: int, status: int = 400) -> httpx.Response:
    return httpx.Response(status, json={"error": {"code": code, "message": "no"}})


async def test_what_was_attached_is_fetched_and_kept_with_all_that_is_known_of_it(desk: Desk) -> None:
    row = await desk.attach()
    assert await desk.fetch(row) == "finished"
    assert await desk.kept(row) == PHOTO
    query = "select kind || ' ' || mime_type || ' ' || size || ' ' || state from media where inbox = %s"
    assert await desk.asha.value(query, row) == f"image image/jpeg {len(PHOTO)} fetched"
    assert await desk.asha.value("select sha256 from media where inbox = %s", row) == SHA256
    assert desk.graph.asked[0].url.params["phone_number_id"] == NUMBER.id


async def test_what_was_fetched_is_not_fetched_again(desk: Desk) -> None:
    row = await desk.attach()
    await desk.fetch(row)
    asked = len(desk.graph.asked)
    assert await desk.fetch(row) == "finished"
    assert len(desk.graph.asked) == asked


async def test_a_try_that_died_after_the_file_was_kept_is_done_again(desk: Desk) -> None:
    row = await desk.attach()
    await desk.blobs.put(desk.asha.found.seal, f"{desk.asha.conversation}/media-{row}", b"half of it, perhaps")
    assert await desk.fetch(row) == "finished"
    assert await desk.kept(row) == PHOTO


@pytest.mark.parametrize(
    ("media", "mime_type", "size"),
    [("image", "image/png", 5), ("audio", "audio/ogg", 16), ("video", "video/mp4", 16), ("sticker", "image/webp", 0.4)],
)
async def test_every_kind_has_its_own_limit(desk: Desk, media: str, mime_type: str, size: float) -> None:
    """Of size and of type; a sticker is no photograph."""
    desk.graph.content, desk.graph.mime_type = b"x" * int(size * 1024 * 1024), mime_type
    row = await desk.attach(media, sha256="")
    assert await desk.fetch(row) == "finished"
    desk.provider_id = f"wamid.{uuid4().hex}"
    desk.graph.content = b"x" * (1 + channels.MEDIA[media].most_bytes)
    row = await desk.attach(media, sha256="")
    assert await desk.fetch(row) == "refused"
    assert await desk.row(row) == ("refused", "too_large", False)


async def test_a_type_that_is_not_taken_is_refused_and_not_kept(desk: Desk) -> None:
    desk.graph.mime_type = "application/x-msdownload"
    row = await desk.attach("document")
    assert await desk.fetch(row) == "refused"
    assert await desk.row(row) == ("refused", "wrong_type", False)
    with pytest.raises(BlobGone):
        await desk.kept(row)


async def test_a_kind_that_is_not_known_is_refused_without_asking_for_it(desk: Desk) -> None:
    row = await desk.attach("hologram")
    assert await desk.fetch(row) == "refused"
    assert await desk.row(row) == ("refused", "wrong_type", False)
    assert desk.graph.asked == []


async def test_what_the_provider_has_no_more_has_failed(desk: Desk) -> None:
    row = await desk.attach()
    desk.graph.answers = [refusal(100)]
    assert await desk.fetch(row) == "refused"
    assert await desk.row(row) == ("failed", "gone", False)


async def test_what_came_damaged_is_fetched_once_more(desk: Desk) -> None:
    row = await desk.attach()
    whole, desk.graph.content = desk.graph.content, b"noise"

    async def mended() -> None:
        if len(desk.graph.asked) > 2:
            desk.graph.content = whole

    desk.graph.before_content = mended
    assert await desk.fetch(row) == "finished"
    assert await desk.kept(row) == PHOTO


async def test_what_stays_damaged_has_failed(desk: Desk) -> None:
    row = await desk.attach()
    desk.graph.content = b"noise"
    assert await desk.fetch(row) == "refused"
    assert await desk.row(row) == ("failed", "damaged", False)
    assert len(desk.graph.asked) == 4


async def test_a_file_at_an_address_of_our_own_network_has_failed(desk: Desk) -> None:
    row = await desk.attach()
    file = {"url": "https://169.254.169.254/latest/meta-data", "mime_type": "image/jpeg", "file_size": 1}
    desk.graph.answers = [httpx.Response(200, json=file)]
    assert await desk.fetch(row) == "refused"
    assert await desk.row(row) == ("failed", "not_allowed", False)
    assert len(desk.graph.asked) == 1


async def test_an_outage_is_tried_again_and_the_file_is_still_wanted(desk: Desk) -> None:
    row = await desk.attach()
    desk.graph.answers = [httpx.Response(503)]
    with pytest.raises(OutsideUnavailable):
        await desk.fetch(row)
    assert await desk.row(row) == ("wanted", "", False)
    assert await desk.fetch(row) == "finished"


async def test_a_limit_is_waited_out_as_long_as_it_says(desk: Desk) -> None:
    row = await desk.attach()
    desk.graph.answers = [refusal(80007)]
    with pytest.raises(ApplicationError) as raised:
        await desk.fetch(row)
    assert raised.value.next_retry_delay is not None
    assert raised.value.next_retry_delay.total_seconds() == 60
    assert not raised.value.non_retryable


async def test_a_token_that_ran_out_is_for_somebody_to_mend_and_the_file_is_still_wanted(desk: Desk) -> None:
    row = await desk.attach()
    desk.graph.answers = [refusal(190, 401)]
    with pytest.raises(OutsideMisconfigured):
        await desk.fetch(row)
    assert await desk.row(row) == ("wanted", "", False)


@pytest.mark.parametrize(
    ("error", "raised"),
    [(BlobsUnavailable("x"), OutsideUnavailable), (BlobsMisconfigured("x"), OutsideMisconfigured)],
)
async def test_a_file_that_cannot_be_kept_is_still_wanted(
    desk: Desk, error: Exception, raised: type[Exception]
) -> None:
    row = await desk.attach()
    with pytest.raises(raised):
        await desk.fetch(row, blobs=Failing(error))
    assert await desk.row(row) == ("wanted", "", False)
    assert await desk.fetch(row) == "finished"


async def test_what_was_taken_back_before_is_not_asked_for(desk: Desk) -> None:
    row = await desk.attach()
    await desk.revoke()
    assert await desk.fetch(row) == "refused"
    assert await desk.row(row) == ("revoked", "", False)
    assert desk.graph.asked == []


@pytest.mark.parametrize("wanted_before", [False, True], ids=["unknown before", "wanted before"])
async def test_what_is_taken_back_while_it_is_fetched_is_not_kept(desk: Desk, *, wanted_before: bool) -> None:
    row = await desk.attach()
    if wanted_before:
        await Media(desk.asha.pool, desk.keys).read(desk.asha.conversation, row)
    desk.graph.before_content = desk.revoke
    assert await desk.fetch(row) == "refused"
    assert await desk.row(row) == ("revoked", "", False)
    with pytest.raises(BlobGone):
        await desk.kept(row)


async def test_a_revoke_that_found_nothing_to_forget_yet_is_heard_all_the_same(desk: Desk) -> None:
    """Its own look at the media came before the medium's row, its commit after we had read the message."""
    row = await desk.attach()

    async def revoked_but_for_the_medium() -> None:
        async with desk.asha.pool.connection() as connection:
            await connection.execute("update inbox set kind = 'revoked' where id = %s", (row,))

    desk.graph.before_content = revoked_but_for_the_medium
    assert await desk.fetch(row) == "refused"
    assert await desk.row(row) == ("revoked", "", False)
    with pytest.raises(BlobGone):
        await desk.kept(row)


async def test_what_nobody_wants_any_more_is_not_kept(desk: Desk) -> None:
    row = await desk.attach()

    async def erased() -> None:
        async with desk.asha.pool.connection() as connection:
            await connection.execute("delete from media where inbox = %s", (row,))

    desk.graph.before_content = erased
    assert await desk.fetch(row) == "refused"
    with pytest.raises(BlobGone):
        await desk.kept(row)


@pytest.mark.parametrize(
    ("error", "raised"),
    [(BlobsUnavailable("x"), OutsideUnavailable), (BlobsMisconfigured("x"), OutsideMisconfigured)],
)
async def test_what_was_taken_back_is_done_away_with_however_often_that_fails(
    desk: Desk, error: Exception, raised: type[Exception]
) -> None:
    row = await desk.attach()
    key = f"{desk.asha.conversation}/media-{row}"
    await desk.blobs.put(desk.asha.found.seal, key, PHOTO)
    await desk.revoke()
    for _ in range(2):
        with pytest.raises(raised):
            await desk.fetch(row, blobs=Failing(error))
    assert await desk.fetch(row) == "refused"
    with pytest.raises(BlobGone):
        await desk.kept(row)


async def test_what_is_taken_back_after_it_was_fetched_is_cleared_away(desk: Desk) -> None:
    row = await desk.attach()
    await desk.fetch(row)
    await desk.revoke()
    media = Media(desk.asha.pool, desk.keys)
    with pytest.raises(BlobsUnavailable):
        await media.clear_revoked(Failing(BlobsUnavailable("x")))
    assert await desk.row(row) == ("revoked", "", True)
    assert await media.clear_revoked(desk.blobs) >= 1
    assert await desk.row(row) == ("revoked", "", False)
    with pytest.raises(BlobGone):
        await desk.kept(row)
    assert await media.clear_revoked(desk.blobs) == 0


async def test_a_message_without_a_file_has_nothing_to_fetch(desk: Desk) -> None:
    row = await desk.arrive("text", {"text": "hi"})
    with pytest.raises(ApplicationError, match="nothing to fetch") as raised:
        await desk.fetch(row)
    assert raised.value.non_retryable


async def test_what_another_conversation_attached_is_not_fetched(
    desk: Desk, pool: AsyncConnectionPool, keys: KeyRing
) -> None:
    row = await desk.attach()
    stranger = await someone(pool, keys)
    with pytest.raises(ApplicationError, match="belongs to no message") as raised:
        await desk.fetch(row, conversation=stranger.conversation)
    assert raised.value.non_retryable


@pytest.mark.parametrize("key", ["media:", "media:one", "media:-1", "media:²", "offers:17", ""])
async def test_a_key_of_other_work_is_no_file(desk: Desk, key: str) -> None:
    with pytest.raises(ApplicationError, match="no row of the inbox"):
        await desk.fetch(key)


async def test_what_an_erased_person_attached_is_not_fetched(desk: Desk) -> None:
    row = await desk.attach()
    async with desk.asha.pool.connection() as connection:
        await connection.execute("delete from keys where conversation = %s", (desk.asha.conversation,))
    with pytest.raises(ApplicationError) as raised:
        await desk.fetch(row)
    assert (raised.value.type, raised.value.non_retryable) == (Erased.__name__, True)
    assert desk.graph.asked == []
