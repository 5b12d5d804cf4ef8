"""How every partner is called: JSON over HTTP, a bearer, a key for what is posted; answers sorted by what to do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx

from activities.effects import OutsideRefused, OutsideUnavailable, not_taken

ALREADY_DONE = 409
"""carries the first result (docs: partners' contract)"""
NOT_FOUND = "not_found"
"""the refusal of a GET for what the partner does not have"""


class Partner:
    """One partner at its base URL."""

    def __init__(self, name: str, http: httpx.AsyncClient, url: str, key: str) -> None:
        self._name = name
        self._http = http
        self._url = url
        self._headers = {"Authorization": f"Bearer {key}"}

    async def post(self, path: str, body: dict[str, Any], key: UUID) -> Any:
        """What the partner answers. Raises OutsideRefused for 422, OutsideMisconfigured for other refusals of ours,
        OutsideUnavailable for everything that may pass."""
        request = self._http.build_request(
            "POST", self._url + path, json=body, headers={**self._headers, "Idempotency-Key": str(key)}
        )
        return self._sorted(await self._sent(request))

    async def get(self, path: str, **query: str) -> Any:
        """What the partner has. Raises OutsideRefused(NOT_FOUND) where it says that there is none, and else as `post`.

        A 404 without the partners' own words is a wrong address, not an answer.
        """
        request = self._http.build_request("GET", self._url + path, params=query, headers=self._headers)
        answer = await self._sent(request)
        if answer.status_code == httpx.codes.NOT_FOUND and _code(answer):
            raise OutsideRefused(NOT_FOUND)
        return self._sorted(answer)

    async def _sent(self, request: httpx.Request) -> httpx.Response:
        try:
            return await self._http.send(request)
        except httpx.HTTPError as error:
            # Its message can quote an address with what we asked in it.
            raise OutsideUnavailable(f"{self._name}: {type(error).__name__}") from None

    def _sorted(self, answer: httpx.Response) -> Any:
        if answer.is_success or answer.status_code == ALREADY_DONE:
            return self._json(answer)
        if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
            self._json(answer)
            raise OutsideRefused(_code(answer) or "refused")
        raise not_taken(self._name, answer.status_code, "its URL and key")

    def _json(self, answer: httpx.Response) -> Any:
        try:
            return answer.json()
        except ValueError:
            raise OutsideUnavailable(f"{self._name}: HTTP {answer.status_code} and no JSON") from None


def _code(answer: httpx.Response) -> str:
    """The code of a refusal in the partners' own words; nothing where it is none."""
    try:
        return str(answer.json()["error"]["code"])
    except (ValueError, LookupError, TypeError):
        return ""
