"""Loaded by schemathesis: every request it makes is signed as Meta would sign it, and brings an API key where one is
needed; and what a schema can only name (a phone number, a cursor) is drawn as it really is."""

from __future__ import annotations

from typing import Any

import requests
import schemathesis
from hypothesis import strategies as st
from requests.auth import AuthBase
from schemathesis import Case, HookContext

from api.asked import cursor
from tests.running.product import SECRETS
from tests.running.wire import signature

HEADER = "X-Hub-Signature-256"
NUMBERS = ["+919800000001", "919800000001", "0014155550101", "whatsapp:+49 1512 3456789", "(+91) 98000-00001"]
UUID = "00000000-0000-4000-8000-000000000000"
AT = "2026-11-21T09:30:00+00:00"


class SignedByMeta(AuthBase):
    """Signs whatever is sent."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        assert isinstance(body, bytes | str), "a stream could be read but once"
        request.headers[HEADER] = signature(body if isinstance(body, bytes) else body.encode())
        return request


class OfAnAdmin(AuthBase):
    """Brings the key to everything."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {SECRETS['ADMIN_API_KEY']}"
        return request


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
    """Sign at the last moment, when the body is bytes; a request that is to come without a signature has none."""
    if HEADER in (case.headers or {}):
        kwargs["auth"] = SignedByMeta()
    elif case.operation.definition.raw.get("security") == [{"ApiKey": []}]:
        kwargs["auth"] = OfAnAdmin()
