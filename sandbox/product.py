"""The product's endpoints that exist for the phone alone: one conversation's state, and its clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

from sandbox.config import Settings
from sandbox.people import User

TIMEOUT = httpx.Timeout(15.0, connect=2.0)
PATIENT = httpx.Timeout(90.0, connect=2.0)
"""A day that passes brings about all that a day brings: work that is tried again every hour, for one."""


@dataclass(frozen=True, slots=True)
class ProductAnswer:
    """An HTTP status and the JSON object that came with it. 502 where the product could not be reached."""

    status: int
    body: dict[str, Any]

    @property
    def ok(self) -> bool:
        """Whether the product did what it was asked."""
        return self.status == httpx.codes.OK


@dataclass(frozen=True, slots=True)
class Verification:
    """How the product answered Meta's verification of the webhook address."""

    verified: bool
    status: int | None
    explanation: str


class Product:
    """A client of the product; it never raises for what the product does, it says it."""

    def __init__(self, settings: Settings, http: httpx.AsyncClient) -> None:
        self._settings = settings
        self._http = http

    async def conversation(self, user: User) -> ProductAnswer:
        """What the product knows of this person's conversation."""
        query = {"number": user.number, "user": user.alias}
        return await self._ask("GET", f"{self._settings.product(user.number)}/dev/conversations", params=query)

    async def move_clock(self, user: User, seconds: float) -> ProductAnswer:
        """Move this one conversation's clock ahead."""
        body = {"number": user.number, "user": user.alias, "seconds": seconds}
        return await self._ask("POST", f"{self._settings.product(user.number)}/dev/clock", PATIENT, json=body)

    async def verify_webhook(self, number_id: str, challenge: str) -> Verification:
        """Do what Meta does when a webhook address is entered: the product must give the challenge back."""
        query = {
            "hub.mode": "subscribe",
            "hub.challenge": challenge,
            "hub.verify_token": self._settings.meta_verify_token.get_secret_value(),
        }
        try:
            answer = await self._http.get(self._settings.webhook(number_id), params=query, timeout=TIMEOUT)
        except httpx.HTTPError:
            return Verification(False, None, "The product could not be reached.")
        if answer.status_code != httpx.codes.OK:
            return Verification(False, answer.status_code, "The product refused: is META_VERIFY_TOKEN the same there?")
        if answer.text != challenge:
            return Verification(False, answer.status_code, "The answer must be the challenge itself, as plain text.")
        return Verification(True, answer.status_code, "The product gave the challenge back.")

    async def _ask(self, method: str, url: str, patience: httpx.Timeout = TIMEOUT, **options: Any) -> ProductAnswer:
        try:
            answer = await self._http.request(method, url, timeout=patience, **options)
        except httpx.HTTPError:
            return ProductAnswer(502, _error("product_unreachable", "The product could not be reached."))
        try:
            body = answer.json()
        except ValueError:
            body = None
        if not isinstance(body, dict) or (answer.is_error and "error" not in body):
            message = f"The product answered HTTP {answer.status_code} without an explanation."
            return ProductAnswer(answer.status_code if answer.is_error else 502, _error("no_explanation", message))
        return ProductAnswer(answer.status_code, body)


def _error(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}
