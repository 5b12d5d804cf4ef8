"""A file that somebody sent, from the address that the provider gave to us, checked all the way."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

import httpx

from channels.addresses import Resolve, Way, same_origin, ways_to
from channels.errors import ChannelError, RetryLater
from channels.media_errors import MediaDamaged, MediaNotAllowed, MediaTooLarge, WrongMediaType
from channels.media_types import bare

_MOST_REDIRECTS = 3
_NOTHING_THERE = (404, 410)
_REDIRECTS = (301, 302, 303, 307, 308)
_LONGEST_ERROR = 64 * 1024
_HEADERS = {"Accept": "*/*", "Accept-Encoding": "identity"}
_UNTOLD = ("", "application/octet-stream", "binary/octet-stream")
"""content types that say nothing: then what the provider said holds"""


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file, whole and checked. `mime_type` has no parameters; `sha256` is of the content."""

    content: bytes = field(repr=False)
    mime_type: str
    sha256: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Announced:
    """What the provider says of a file before it is fetched; nothing and 0 where it says nothing."""

    url: httpx.URL = field(repr=False)
    mime_type: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much of what may be fetched."""

    most_bytes: int
    mime_types: Collection[str]

    def check(self, size: int, mime_type: str) -> None:
        """Refuse what is over the limit or of another type: MediaTooLarge, WrongMediaType."""
        if size > self.most_bytes:
            raise MediaTooLarge(self.most_bytes)
        if mime_type and mime_type not in self.mime_types:
            raise WrongMediaType


class Downloads:
    """Fetches what a provider points to.

    `own` is the address of the provider's API, whose origin is asked as it is; `refusal` reads an answer that is no
    success: to fetch a file twice does no harm, so it is never Unknown.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        own: httpx.URL,
        resolve: Resolve,
        refusal: Callable[[httpx.Response, bytes], ChannelError],
    ) -> None:
        self._http = http
        self._own = own
        self._resolve = resolve
        self._refusal = refusal

    async def fetch(self, file: Announced, token: Mapping[str, str], wanted: Wanted) -> tuple[bytes, str] | None:
        """The content at an announced address, and its type; None where nothing is there any more.

        `token` is the header that goes to the announced origin, and not on to where that redirects. Raises MediaError's
        and ChannelError's subclasses.
        """
        url = file.url
        for _ in range(_MOST_REDIRECTS + 1):
            headers = token if same_origin(url, file.url) else {}
            async with _Asked(self._http, headers, await ways_to(url, self._own, self._resolve)) as response:
                if response.status_code in _NOTHING_THERE:
                    return None
                if response.status_code not in _REDIRECTS:
                    return await self._content(response, file, wanted)
                url = url.join(response.headers.get("Location", ""))
        raise MediaNotAllowed("redirects too often")

    async def _content(self, response: httpx.Response, file: Announced, wanted: Wanted) -> tuple[bytes, str]:
        if response.headers.get("Content-Encoding", "identity") != "identity":
            # A few bytes can unpack to all of memory, and plain content was asked for.
            raise MediaNotAllowed("gives it packed")
        if not response.is_success:
            raise self._refusal(response, await _read(response, _LONGEST_ERROR) or b"")
        told_type = bare(response.headers.get("Content-Type", ""))
        mime_type = file.mime_type if told_type in _UNTOLD else told_type
        length = response.headers.get("Content-Length", "")
        wanted.check(int(length) if length.isascii() and length.isdigit() else 0, mime_type)
        if not mime_type:
            raise WrongMediaType
        content = await _read(response, wanted.most_bytes)
        if content is None:
            raise MediaTooLarge(wanted.most_bytes)
        return content, mime_type


def check_digests(content: bytes, *announced: str) -> bytes:
    """The SHA-256 of a content. Raises MediaDamaged where it is not an announced one, be it in base64 or in hex.

    One that can be read is enough: of a form we do not know, the other still proves the content.
    """
    found = hashlib.sha256(content).digest()
    given = [digest for digest in announced if digest]
    readable = [digest for digest in map(_digest, given) if digest is not None]
    if (given and not readable) or any(digest != found for digest in readable):
        raise MediaDamaged
    return found


class _Asked:
    """A response, its body not yet read, by the first way that connects."""

    def __init__(self, http: httpx.AsyncClient, headers: Mapping[str, str], ways: list[Way]) -> None:
        self._http = http
        self._headers = headers
        self._ways = ways
        self._response: httpx.Response | None = None

    async def __aenter__(self) -> httpx.Response:
        failed: httpx.HTTPError | None = None
        for way in self._ways:
            request = self._http.build_request("GET", way.url, headers={**_HEADERS, **self._headers, "Host": way.host})
            if way.name:
                request.extensions = {**request.extensions, "sni_hostname": way.name}
            try:
                self._response = await self._http.send(request, stream=True, follow_redirects=False)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failed = error
                continue
            except httpx.HTTPError as error:
                failed = error
                break
            return self._response
        raise RetryLater(f"the file's host does not answer, {type(failed).__name__}") from failed

    async def __aexit__(self, *_: object) -> None:
        if self._response is not None:
            await self._response.aclose()


async def _read(response: httpx.Response, most_bytes: int) -> bytes | None:
    """The body; None, and no more read, where it is longer than that."""
    content = bytearray()
    try:
        async for piece in response.aiter_bytes():
            content += piece
            if len(content) > most_bytes:
                return None
    except httpx.HTTPError as error:
        raise RetryLater(f"the connection failed in the middle of the file, {type(error).__name__}") from error
    return bytes(content)


def _digest(text: str) -> bytes | None:
    try:
        found = bytes.fromhex(text) if len(text) == 64 else base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        return None
    return found if len(found) == hashlib.sha256().digest_size else None
