"""Files: what people attach and what we send them. A folder, or a bucket of any service that speaks S3.

Every file is sealed under its conversation's key and bound to its own name: whoever reads the folder or the bucket sees
noise, and destroying a row of `keys` erases a conversation's files with it. Built on obstore.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import obstore
from obstore.exceptions import BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import LocalStore, S3Store

from store.sealing import Seal

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig  # these exist for type checkers alone

_KEY = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*")
_RETRIES: RetryConfig = {
    "max_retries": 2,
    "retry_timeout": timedelta(seconds=10),
    "backoff": {"init_backoff": timedelta(milliseconds=50), "max_backoff": timedelta(seconds=1), "base": 4},
}
"""Few and quick: what waits for a file is an activity, and those are tried again by Temporal."""
_PATIENCE: ClientConfig = {"connect_timeout": timedelta(seconds=3), "timeout": timedelta(seconds=60)}


class BlobGone(Exception):
    """There is no such file: it was deleted, or never kept. It will not come back."""


class BlobsUnavailable(Exception):
    """The folder or the bucket cannot be used just now: try again."""


class BlobsMisconfigured(Exception):
    """The folder or the bucket is not there, or not ours to use: BLOB_STORE or an AWS_* variable must be mended."""


class Blobs:
    """Sealed files by key: words of letters, digits, `_` and `-` with slashes between, as in `media/17`.

    A key holds nothing personal: it stands in rows and in the names of files. All methods raise BlobsUnavailable and
    BlobsMisconfigured; ValueError for what is no key.
    """

    def __init__(self, place: LocalStore | S3Store) -> None:
        self._place = place

    async def put(self, seal: Seal, key: str, content: bytes) -> None:
        """Keep a file; one of the same key is replaced. When this returns it is there whole."""
        path = _checked(key)
        # Beside the loop: a document of 100 MB takes the cipher a tenth of a second.
        sealed = await asyncio.to_thread(seal.seal_bytes, _about(key), content)
        try:
            await obstore.put_async(self._place, path, sealed)
        except (BaseError, OSError) as error:
            raise _sorted(error) from None

    async def get(self, seal: Seal, key: str) -> bytes:
        """A file as it was put. Raises BlobGone, and sealing.Erased where the conversation's key does not open it."""
        path = _checked(key)
        try:
            found = await obstore.get_async(self._place, path)
            sealed = bytes(await found.bytes_async())
        except FileNotFoundError as error:
            if _no_bucket(error):
                raise _sorted(error) from None
            raise BlobGone(f"there is no file {key!r}: it was deleted, or never kept") from None
        except (BaseError, OSError) as error:
            raise _sorted(error) from None
        return await asyncio.to_thread(seal.open_bytes, _about(key), sealed)

    async def delete(self, key: str) -> None:
        """Do away with a file. One that is not there is as good as deleted."""
        path = _checked(key)
        try:
            await obstore.delete_async(self._place, path)
        except FileNotFoundError as error:
            if _no_bucket(error):
                raise _sorted(error) from None
        except (BaseError, OSError) as error:
            raise _sorted(error) from None

    async def clear(self, folder: str) -> int:
        """Do away with every file whose key begins with this folder's; how many there were."""
        prefix = f"{_checked(folder)}/"
        try:
            found = [one["path"] async for some in obstore.list(self._place, prefix) for one in some]
            for path in found:
                await obstore.delete_async(self._place, path)
        except FileNotFoundError as error:
            if _no_bucket(error):
                raise _sorted(error) from None
            return 0
        except (BaseError, OSError) as error:
            raise _sorted(error) from None
        return len(found)


def open_blobs(at: str, aws: Mapping[str, str] | None = None) -> Blobs:
    """The files kept at a folder (a path, or `file:///…`) or a bucket (`s3://bucket/prefix`).

    `aws` is of the AWS_* variables what is set, in small letters and without the prefix: `endpoint_url` for a service
    that is not Amazon's, `region`, `access_key_id`, `secret_access_key`. What is not among them obstore finds itself,
    in the environment or from the machine's role. Raises BlobsMisconfigured.
    """
    parts = urlsplit(at)
    if parts.scheme == "s3":
        return Blobs(_bucket(at, dict(aws or {})))
    if parts.scheme not in ("", "file"):
        raise BlobsMisconfigured("BLOB_STORE is a folder, file:///folder or s3://bucket/prefix")
    folder = Path(unquote(parts.path) if parts.scheme else at).expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Blobs(LocalStore(folder))
    except (OSError, BaseError) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or type(error).__name__
        raise BlobsMisconfigured(f"BLOB_STORE: the folder cannot be used ({reason})") from None


def _bucket(at: str, aws: dict[str, str]) -> S3Store:
    endpoint = aws.pop("endpoint_url", "")
    client: ClientConfig = {**_PATIENCE, "allow_http": endpoint.startswith("http://")}
    config = {**aws, **({"endpoint": endpoint} if endpoint else {})}
    try:
        return S3Store.from_url(at, config=config, client_options=client, retry_config=_RETRIES)  # type: ignore[arg-type]
    except (BaseError, ValueError) as error:
        raise BlobsMisconfigured(
            f"BLOB_STORE or an AWS_* variable names no bucket that can be used ({type(error).__name__})"
        ) from None


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError("a file's key is made of letters, digits, _ and -, with slashes between")
    return key


def _about(key: str) -> str:
    # Columns have no space in their names.
    return f"blob {key}"


def _no_bucket(error: OSError) -> bool:
    return "NoSuchBucket" in str(error)


def _sorted(error: BaseError | OSError) -> BlobsUnavailable | BlobsMisconfigured:
    """By what to do about it. The library's own words are left out: they hold addresses and whole answers."""
    name = type(error).__name__
    if isinstance(error, PermissionDeniedError | UnauthenticatedError):
        return BlobsMisconfigured(f"the bucket refuses us ({name}): check the AWS_* variables and what they may do")
    if isinstance(error, FileNotFoundError):
        return BlobsMisconfigured("the bucket does not exist, or the folder was taken away: check BLOB_STORE")
    return BlobsUnavailable(f"the place of files cannot be used just now ({name})")
