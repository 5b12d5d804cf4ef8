"""Who may call: API keys, and what each of them is for."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import SecretStr

from api.errors import Problem
from store.api_keys import ApiKeys

Scope = Literal["send", "read", "stats", "broadcast", "admin"]
ADMIN = "admin"
"""who calls with ADMIN_API_KEY"""
BEARER = HTTPBearer(
    scheme_name="ApiKey",
    description="An API key: sk_…, or the value of ADMIN_API_KEY. Keys have scopes: send, read, stats, broadcast,"
    " admin; admin may do all of it.",
    auto_error=False,
)


@dataclass(frozen=True)
class Caller:
    """Who calls: the id of their key, and what it is for."""

    id: str
    scopes: tuple[str, ...] = ()

    def may(self, scope: Scope) -> bool:
        """Whether their key is for this too."""
        return scope in self.scopes or ADMIN in self.scopes


class Door:
    """Lets in who has a key for it."""

    def __init__(self, keys: ApiKeys, admin: SecretStr | None) -> None:
        self._keys = keys
        self._admin = admin.get_secret_value().encode() if admin else None

    def needs(self, scope: Scope) -> Any:
        """A dependency of FastAPI: the caller, who has a key with this scope. Raises Problem 401 and 403."""

        async def enter(given: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)] = None) -> Caller:
            if given is None:
                raise _unknown("no_key", "Authorization is not `Bearer` and an API key")
            if self._admin is not None and hmac.compare_digest(given.credentials.encode(), self._admin):
                return Caller(ADMIN, (ADMIN,))
            key = await self._keys.known(given.credentials)
            if key is None:
                raise _unknown("wrong_key", "the API key is none, or it was revoked")
            if not key.may(scope):
                raise Problem(403, "wrong_scope", f"this API key is not for this: it needs the scope `{scope}`")
            return Caller(key.id, key.scopes)

        return Security(enter)


def _unknown(code: str, message: str) -> Problem:
    return Problem(401, code, message, {"WWW-Authenticate": "Bearer"})
