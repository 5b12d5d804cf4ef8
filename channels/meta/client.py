"""The Graph API over HTTP. Nothing is logged here, and no error holds a word of what was sent.

Source: Meta, messages API.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from channels.meta.envelope import Recipient
from channels.meta.errors import ChannelStopped, GraphError, RetryLater, Unknown, classify
from channels.meta.outbound import GraphMessage, ReadMark

_NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
"""Nothing was sent yet. Every other failure of the transport may have come after the whole request went out."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Meta took the message and will say in statuses what became of it."""

    provider_id: str


class GraphClient:
    """Sends from any number that one token may use.

    `http` is the caller's, with its timeouts and pool; it is not closed here. `base_url` is Meta's or the sandbox's
    (without a version), `version` as in `v25.0`. Raises ValueError for an address or token that no request can carry.
    """

    def __init__(self, http: httpx.AsyncClient, base_url: str, version: str, token: str) -> None:
        if httpx.URL(base_url).scheme not in ("http", "https"):
            raise ValueError("the Graph API's address does not begin with http:// or https://: check GRAPH_API_URL")
        if not token or not token.isascii() or not token.isprintable() or " " in token:
            raise ValueError("the access token is empty or holds characters no header can: check META_ACCESS_TOKEN")
        self._http = http
        self._root = f"{base_url.rstrip('/')}/{version}"
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    async def send(self, number_id: str, message: GraphMessage, recipient: Recipient, key: str) -> Accepted:
        """Send one message from our number; `key` comes back with its statuses. Raises GraphError's subclasses.

        A caller that cancels this call knows as little as after Unknown.
        """
        status, answer = await self._post(number_id, message.to_json(recipient, key))
        match answer:
            case {"messages": [{"id": str(provider_id)}, *_]} if provider_id:
                return Accepted(provider_id)
        raise Unknown("it took the message and named no id", status=status)

    async def mark_read(self, number_id: str, provider_id: str, *, typing: bool = False) -> None:
        """Show the person that their message, and all before it, is read; perhaps that we are typing.

        Harmless when done twice. Raises GraphError's subclasses.
        """
        await self._post(number_id, ReadMark(provider_id, typing).to_json())

    async def _post(self, number_id: str, payload: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        url = f"{self._root}/{quote(number_id, safe='')}/messages"
        content = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
        try:
            response = await self._http.post(url, content=content, headers=self._headers, follow_redirects=False)
        except _NOT_CONNECTED as error:
            raise RetryLater(f"no connection, {type(error).__name__}") from error
        except httpx.UnsupportedProtocol as error:
            raise ChannelStopped("there is no Graph API at this address") from error
        except httpx.HTTPError as error:
            raise Unknown(f"the connection failed after the request, {type(error).__name__}") from error
        answer = _object_of(response)
        if response.is_success and "error" not in answer:
            return response.status_code, answer
        raise _error_of(response, answer)


def _object_of(response: httpx.Response) -> dict[str, Any]:
    try:
        answer = json.loads(response.content)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _error_of(response: httpx.Response, answer: dict[str, Any]) -> GraphError:
    told = answer.get("error")
    error = told if isinstance(told, dict) else {}
    code = error.get("code")
    subcode = error.get("error_subcode")
    asked = response.headers.get("Retry-After", "")
    return classify(
        code if isinstance(code, int) else None,
        status=response.status_code,
        subcode=subcode if isinstance(subcode, int) else 0,
        transient=error.get("is_transient") is True,
        retry_after=float(asked) if asked.isascii() and asked.isdigit() else 0,
        trace=str(error.get("fbtrace_id", "")),
    )
