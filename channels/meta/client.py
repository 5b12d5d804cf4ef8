"""The Graph API over HTTP. Nothing is logged here, and no error holds a word of what was sent.

Sources: Meta, messages API and media API.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import quote

import httpx

from channels import addresses
from channels.calling import Caller
from channels.channel import Accepted, Recipient
from channels.downloads import Announced, Downloaded, Downloads, Wanted, check_digests
from channels.errors import ChannelError, RetryLater, Unknown
from channels.limits import LimitExceeded, Unsendable
from channels.media_errors import MediaGone
from channels.media_types import MEDIA
from channels.meta.answers import refusal, refusal_of_file
from channels.meta.errors import API
from channels.meta.files import announced
from channels.meta.outbound import GraphMessage, ReadMark

_WRONG_PARAMETER = 100


class GraphClient:
    """Sends from our numbers, gives Meta the files we send and fetches those we are sent.

    `http` is the caller's, with its timeouts and pool; it is not closed here. `base_url` is Meta's or the sandbox's
    (without a version), `version` as in `v25.0`. `token` is for every number that has none of its own in `tokens`, by
    the number's id. `resolve` tells the addresses of a name. Raises ValueError for an address or token that no request
    can carry.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        base_url: str,
        version: str,
        token: str,
        tokens: Mapping[str, str] | None = None,
        resolve: addresses.Resolve = addresses.resolve,
    ) -> None:
        if httpx.URL(base_url).scheme not in ("http", "https"):
            raise ValueError("the Graph API's address does not begin with http:// or https://: check GRAPH_API_URL")
        _check_token(token, "META_ACCESS_TOKEN")
        for number, own in (tokens or {}).items():
            _check_token(own, f"the variable that token_env names for number {number}")
        self._caller = Caller(http, API, refusal)
        self._root = f"{base_url.rstrip('/')}/{version}"
        self._token = token
        self._tokens = dict(tokens or {})
        self._downloads = Downloads(http, httpx.URL(base_url), resolve, refusal_of_file)

    async def send(self, number_id: str, message: GraphMessage, recipient: Recipient, key: str) -> Accepted:
        """Send one message from our number; `key` comes back with its statuses. Raises ChannelError's subclasses.

        A caller that cancels this call knows as little as after Unknown.
        """
        status, answer = await self._post(number_id, message.to_json(recipient, key))
        match answer:
            case {"messages": [{"id": str(provider_id)}, *_]} if provider_id:
                return Accepted(provider_id)
        raise Unknown("it took the message and named no id", api=API, status=status)

    async def mark_read(self, number_id: str, provider_id: str, *, typing: bool = False) -> None:
        """Show the person that their message, and all before it, is read; perhaps that we are typing.

        Harmless when done twice. Raises ChannelError's subclasses.
        """
        await self._post(number_id, ReadMark(provider_id, typing).to_json())

    async def upload(self, number_id: str, content: bytes, mime_type: str, filename: str) -> str:
        """Give Meta a file that our number will send; its media id, which lasts 30 days.

        Harmless when done twice. Raises Unsendable for a type or a size that Meta does not take, ChannelError's
        subclasses, of which Unknown is none here.
        """
        _check_file(content, mime_type)
        status, answer = await self._repeatable(
            "POST",
            f"{self._root}/{quote(number_id, safe='')}/media",
            number_id,
            data={"messaging_product": "whatsapp", "type": mime_type},
            files={"file": (filename or "file", content, mime_type)},
        )
        match answer:
            case {"id": str(media_id)} if media_id:
                return media_id
        raise RetryLater("it took the file and named no id", api=API, status=status)

    async def download(
        self, media_id: str, number_id: str, *, most_bytes: int, mime_types: Collection[str], sha256: str = ""
    ) -> Downloaded:
        """Fetch a file that was sent to our number, with the digest that the webhook told of, if it did.

        No more than `most_bytes` are read, and nothing of another type than those. An address that has expired is
        asked for once more. Raises MediaError's and ChannelError's subclasses, of which Unknown is none here.
        """
        wanted = Wanted(most_bytes, mime_types)
        for _ in range(2):
            file = await self._announced(media_id, number_id)
            wanted.check(file.size, file.mime_type)
            found = await self._downloads.fetch(file, self._bearer(number_id), wanted)
            if found is not None:
                content, mime_type = found
                digest = await asyncio.to_thread(check_digests, content, sha256, file.sha256)
                return Downloaded(content, mime_type, digest)
        raise MediaGone

    async def _announced(self, media_id: str, number_id: str) -> Announced:
        url = f"{self._root}/{quote(media_id, safe='')}"
        try:
            _, answer = await self._repeatable("GET", url, number_id, params={"phone_number_id": number_id})
        except ChannelError as error:
            # Nothing but the media id is asked here, so that is what is wrong.
            if error.code == _WRONG_PARAMETER or (error.code and error.status == 404):
                raise MediaGone from error
            raise
        return announced(answer)

    async def _repeatable(self, method: str, url: str, number_id: str, **request: Any) -> tuple[int, dict[str, Any]]:
        return await self._caller.repeatable(method, url, headers=self._bearer(number_id), **request)

    async def _post(self, number_id: str, payload: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        url = f"{self._root}/{quote(number_id, safe='')}/messages"
        content = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {**self._bearer(number_id), "Content-Type": "application/json"}
        return await self._caller.call("POST", url, content=content, headers=headers)

    def _bearer(self, number_id: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._tokens.get(number_id, self._token)}"}


def _check_token(token: str, where: str) -> None:
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise ValueError(f"the access token is empty or holds characters no header can: check {where}")


def _check_file(content: bytes, mime_type: str) -> None:
    """Refuse what Meta would not take, by the kind that this type is first."""
    limit = next((limit for limit in MEDIA.values() if mime_type in limit.mime_types), None)
    if limit is None:
        raise Unsendable("media.type", f"is {mime_type}, which Meta does not take: convert the file")
    if len(content) > limit.most_bytes:
        raise LimitExceeded("media.file", limit.most_bytes, len(content))
