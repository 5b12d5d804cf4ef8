"""Loaded by schemathesis: every request it makes is signed as Meta would sign it, whatever it holds."""

from __future__ import annotations

from typing import Any

import requests
import schemathesis
from requests.auth import AuthBase
from schemathesis import Case, HookContext

from tests.running.wire import signature

HEADER = "X-Hub-Signature-256"


class SignedByMeta(AuthBase):
    """Signs whatever is sent."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body or b""
        assert isinstance(body, bytes | str), "a stream could be read but once"
        request.headers[HEADER] = signature(body if isinstance(body, bytes) else body.encode())
        return request


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
    """Sign at the last moment, when the body is bytes; a request that is to come without a signature has none."""
    if HEADER in (case.headers or {}):
        kwargs["auth"] = SignedByMeta()
