"""Calling a provider's API: what came of the connection, sorted by what to do about it, and the JSON it answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx

from channels.errors import ChannelError, ChannelStopped, RetryLater, Unknown

_NOT_CONNECTED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
"""Nothing was sent yet. Every other failure of the transport may have come after the whole request went out."""

Answer = dict[str, Any]
Refusal = Callable[[httpx.Response, Answer], ChannelError | None]
"""what an answer that is no success says to do; None for one that is a success"""


class Caller:
    """Calls one provider's API, which errors call `api`. `http` is the owner's, and not closed here."""

    def __init__(self, http: httpx.AsyncClient, api: str, refusal: Refusal) -> None:
        self._http = http
        self._api = api
        self._refusal = refusal

    async def call(self, method: str, url: str, **request: Any) -> tuple[int, Answer]:
        """The HTTP status and the JSON object of a success. Raises ChannelError's kinds."""
        try:
            response = await self._http.request(method, url, follow_redirects=False, **request)
        except _NOT_CONNECTED as error:
            raise RetryLater(f"no connection, {type(error).__name__}", api=self._api) from error
        except httpx.UnsupportedProtocol as error:
            raise ChannelStopped(f"there is no {self._api} at this address", api=self._api) from error
        except httpx.HTTPError as error:
            meaning = f"the connection failed after the request, {type(error).__name__}"
            raise Unknown(meaning, api=self._api) from error
        answer = object_of(response.content)
        if (refused := self._refusal(response, answer)) is not None:
            raise refused
        return response.status_code, answer

    async def repeatable(self, method: str, url: str, **request: Any) -> tuple[int, Answer]:
        """A call that does no harm when it is done twice: where its outcome is unknown it is to be tried again."""
        try:
            return await self.call(method, url, **request)
        except ChannelError as error:
            raise repeatable(error) from error


def object_of(content: bytes) -> Answer:
    """The JSON object in an answer; an empty one where there is none."""
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def repeatable(error: ChannelError) -> ChannelError:
    """The same error for a call that does no harm when it is done twice: what is unknown is tried again."""
    if isinstance(error, Unknown):
        return RetryLater(error.meaning, api=error.api, code=error.code, status=error.status, trace=error.trace)
    return error


def retry_after(response: httpx.Response) -> float:
    """The pause in seconds that an answer asks for; 0 where it asks for none."""
    asked = response.headers.get("Retry-After", "")
    return float(asked) if asked.isascii() and asked.isdigit() else 0
