"""Files at rest: kept whole, read by their conversation alone; and what is said when there is no file, or no place."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from store.blobs import BlobGone, Blobs, BlobsMisconfigured, BlobsUnavailable, open_blobs
from store.sealing import Erased, KeyRing, Seal
from tests.store.bucket import BUCKET, Bucket

AADHAAR = b"%PDF-1.7 Asha Rao, 2345 6789 0123"


@pytest.fixture
def bucket() -> Iterator[Bucket]:
    """A bucket that answers."""
    with Bucket() as bucket:
        yield bucket


def in_a_folder(tmp_path: Path, _: Bucket) -> Blobs:
    return open_blobs(str(tmp_path / "blobs"))


def at_an_address_of_a_folder(tmp_path: Path, _: Bucket) -> Blobs:
    return open_blobs((tmp_path / "files of ours").as_uri())


def in_a_bucket(_: Path, bucket: Bucket) -> Blobs:
    return open_blobs(f"s3://{BUCKET}/some/prefix", bucket.aws)


@pytest.fixture(params=[in_a_folder, at_an_address_of_a_folder, in_a_bucket], ids=lambda place: place.__name__)
def blobs(request: pytest.FixtureRequest, tmp_path: Path, bucket: Bucket) -> Blobs:
    """Every kind of place there is."""
    place: Callable[[Path, Bucket], Blobs] = request.param
    return place(tmp_path, bucket)


@pytest.fixture
def seal(keys: KeyRing) -> Seal:
    """The key of a conversation."""
    return keys.new(uuid4())[1]


@pytest.mark.parametrize("content", [AADHAAR, b"", os.urandom(3_000_000)], ids=["words", "nothing", "3 MB"])
async def test_a_file_comes_back_as_it_was_put(blobs: Blobs, seal: Seal, content: bytes) -> None:
    await blobs.put(seal, "media/17", content)
    assert await blobs.get(seal, "media/17") == content


async def test_a_file_put_again_is_the_newer_one(blobs: Blobs, seal: Seal) -> None:
    await blobs.put(seal, "media/17", b"before")
    await blobs.put(seal, "media/17", b"after")
    assert await blobs.get(seal, "media/17") == b"after"


async def test_a_deleted_file_is_gone_and_deleting_it_again_is_no_error(blobs: Blobs, seal: Seal) -> None:
    await blobs.put(seal, "media/17", AADHAAR)
    await blobs.put(seal, "media/18", AADHAAR)
    await blobs.delete("media/17")
    await blobs.delete("media/17")
    with pytest.raises(BlobGone, match="'media/17'"):
        await blobs.get(seal, "media/17")
    assert await blobs.get(seal, "media/18") == AADHAAR


async def test_nothing_of_a_file_shows_in_a_folder(tmp_path: Path, bucket: Bucket, seal: Seal) -> None:
    await in_a_folder(tmp_path, bucket).put(seal, "media/17", AADHAAR)
    (file,) = [path for path in (tmp_path / "blobs").rglob("*") if path.is_file()]
    assert file == tmp_path / "blobs" / "media" / "17"
    assert b"Asha" not in file.read_bytes()
    assert (tmp_path / "blobs").stat().st_mode & 0o077 == 0


async def test_nothing_of_a_file_shows_in_a_bucket(tmp_path: Path, bucket: Bucket, seal: Seal) -> None:
    await in_a_bucket(tmp_path, bucket).put(seal, "media/17", AADHAAR)
    assert list(bucket.files) == ["some/prefix/media/17"]
    assert b"Asha" not in bucket.files["some/prefix/media/17"]


async def test_another_conversation_cannot_read_it(blobs: Blobs, seal: Seal, keys: KeyRing) -> None:
    await blobs.put(seal, "media/17", AADHAAR)
    with pytest.raises(Erased):
        await blobs.get(keys.new(uuid4())[1], "media/17")


async def test_a_file_under_another_ones_name_is_not_read(tmp_path: Path, bucket: Bucket, seal: Seal) -> None:
    """Who can write to the bucket cannot have one document taken for another."""
    blobs = in_a_bucket(tmp_path, bucket)
    await blobs.put(seal, "media/17", AADHAAR)
    bucket.files["some/prefix/media/18"] = bucket.files["some/prefix/media/17"]
    with pytest.raises(Erased):
        await blobs.get(seal, "media/18")


async def test_a_file_is_no_value_of_a_column(seal: Seal) -> None:
    with pytest.raises(Erased):
        seal.open_bytes("media/17", seal.seal_bytes("blob media/17", AADHAAR))


@pytest.mark.parametrize("cut", [0, 1, 13, -1])
async def test_a_file_that_was_cut_short_is_not_taken_for_whole(
    tmp_path: Path, bucket: Bucket, seal: Seal, cut: int
) -> None:
    blobs = in_a_bucket(tmp_path, bucket)
    await blobs.put(seal, "media/17", AADHAAR)
    bucket.files["some/prefix/media/17"] = bucket.files["some/prefix/media/17"][:cut]
    with pytest.raises(Erased):
        await blobs.get(seal, "media/17")


@pytest.mark.parametrize("key", ["", "/media", "media/", "media//17", "../17", "media/.", "a b", "a\n", "नमस्ते", "a%2f"])
async def test_what_is_no_key_is_refused_before_anything_is_written(blobs: Blobs, seal: Seal, key: str) -> None:
    for attempt in (blobs.put(seal, key, AADHAAR), blobs.get(seal, key), blobs.delete(key)):
        with pytest.raises(ValueError, match="key"):
            await attempt


async def every_call(blobs: Blobs, seal: Seal, error: type[Exception]) -> list[str]:
    """What each call says when it raises this."""
    said = []
    for attempt in (blobs.put(seal, "media/17", AADHAAR), blobs.get(seal, "media/17"), blobs.delete("media/17")):
        with pytest.raises(error) as raised:
            await attempt
        assert type(raised.value) is error
        said.append(str(raised.value))
    return said


@pytest.mark.parametrize("failing", [(500, "InternalError"), (503, "SlowDown"), (409, "OperationAborted")])
async def test_a_bucket_that_fails_is_to_be_tried_again(
    tmp_path: Path, bucket: Bucket, seal: Seal, failing: tuple[int, str]
) -> None:
    bucket.failing = failing
    await every_call(in_a_bucket(tmp_path, bucket), seal, BlobsUnavailable)
    bucket.failing = None
    await in_a_bucket(tmp_path, bucket).put(seal, "media/17", AADHAAR)


async def test_a_bucket_that_is_away_is_to_be_tried_again(tmp_path: Path, seal: Seal) -> None:
    with Bucket() as bucket:
        blobs = in_a_bucket(tmp_path, bucket)
    await every_call(blobs, seal, BlobsUnavailable)


async def test_an_answer_that_breaks_off_is_to_be_tried_again(tmp_path: Path, bucket: Bucket, seal: Seal) -> None:
    blobs = in_a_bucket(tmp_path, bucket)
    await blobs.put(seal, "media/17", AADHAAR)
    bucket.cut_off = True
    with pytest.raises(BlobsUnavailable):
        await blobs.get(seal, "media/17")


@pytest.mark.parametrize("failing", [(403, "AccessDenied"), (401, "InvalidToken"), (404, "NoSuchBucket")])
async def test_a_bucket_that_refuses_us_is_for_somebody_to_mend(
    tmp_path: Path, bucket: Bucket, seal: Seal, failing: tuple[int, str]
) -> None:
    bucket.failing = failing
    said = await every_call(in_a_bucket(tmp_path, bucket), seal, BlobsMisconfigured)
    assert all("BLOB_STORE" in one or "AWS_" in one for one in said)
    assert len(bucket.asked) == 3, "nothing is asked for again that will be refused again"


async def test_a_wrong_secret_is_for_somebody_to_mend(bucket: Bucket, seal: Seal) -> None:
    aws = {**bucket.aws, "secret_access_key": "hunter2"}
    for said in await every_call(open_blobs(f"s3://{BUCKET}", aws), seal, BlobsMisconfigured):
        assert "hunter2" not in said


async def test_a_folder_that_was_taken_away_is_no_error_of_the_file(tmp_path: Path, bucket: Bucket, seal: Seal) -> None:
    blobs = in_a_folder(tmp_path, bucket)
    (tmp_path / "blobs").rmdir()
    (tmp_path / "blobs").write_text("somebody's own")
    with pytest.raises(BlobsUnavailable):
        await blobs.put(seal, "media/17", AADHAAR)


@pytest.mark.parametrize("at", ["https://example.com/files", "gs://bucket", "memory:///", "s3://"])
def test_a_place_that_is_none_is_said_at_the_start(at: str) -> None:
    with pytest.raises(BlobsMisconfigured, match="BLOB_STORE"):
        open_blobs(at)


def test_a_folder_that_cannot_be_made_is_said_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BlobsMisconfigured, match="BLOB_STORE: the folder cannot be used") as wrong:
        open_blobs(str(tmp_path / "file" / "blobs"))
    assert str(tmp_path) not in str(wrong.value)
