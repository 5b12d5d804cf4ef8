"""How every partner is called: JSON over HTTP, a bearer, an idempotency key; answers sorted by what to do."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx

from activities.effects import OutsideMisconfigured, OutsideRefused, OutsideUnavailable

ALREADY_DONE = 409
"""carries the first result (docs: partners' contract)"""


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
        headers = {**self._headers, "Idempotency-Key": str(key)}
        try:
            answer = await self._http.post(self._url + path, json=body, headers=headers)
        except httpx.HTTPError as error:
            # Its message can quote an address with what we asked in it.
            raise OutsideUnavailable(f"{self._name}: {type(error).__name__}") from None
        if answer.is_success or answer.status_code == ALREADY_DONE:
            return self._json(answer)
        if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
            raise OutsideRefused(str(self._json(answer).get("error", {}).get("code", "refused")))
        if answer.status_code == httpx.codes.TOO_MANY_REQUESTS or answer.is_server_error:
            raise OutsideUnavailable(f"{self._name}: HTTP {answer.status_code}")
        raise OutsideMisconfigured(f"{self._name}: HTTP {answer.status_code}: check its URL and key")

    def _json(self, answer: httpx.Response) -> Any:
        try:
            return answer.json()
        except ValueError:
            raise OutsideUnavailable(f"{self._name}: HTTP {answer.status_code} and no JSON") from None
