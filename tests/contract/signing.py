"""Loaded by schemathesis: every request it makes is signed as Meta would sign it, and brings an API key where one is
needed; and what a schema can only name (a phone number, a cursor) is drawn as it really is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import requests
import schemathesis
from hypothesis import strategies as st
from requests.auth import AuthBase
from schemathesis import Case, HookContext

from api.asked import cursor
from tests.running.product import SECRETS
from tests.running.wire import signature

HEADER = "X-Hub-Signature-256"
KEY = "Authorization"
ONCE = "idempotency-key"
BROADCAST = "/send-broadcast"
NUMBERS = ["+919800000001", "919800000001", "0014155550101", "whatsapp:+49 1512 3456789", "(+91) 98000-00001"]
PLACE = (datetime(2026, 11, 21, 9, 30, tzinfo=UTC), UUID(int=7))
DRAWN = {
    "phone": NUMBERS,
    "words": ["Namaste", "x" * 4096, "🙏", "नमस्ते\nआशा"],
    "messages-cursor": [cursor(PLACE[0], 1, PLACE[1], 42)],
    "contacts-cursor": [cursor(*PLACE)],
}
"""what has a form that no schema tells: one of these stands for all of them"""

for form, drawn in DRAWN.items():
    schemathesis.openapi.format(form, st.sampled_from(drawn))


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
        request.headers[KEY] = f"Bearer {SECRETS['ADMIN_API_KEY']}"
        return request


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
    """Sign at the last moment, when the body is bytes; a request that is to come without a proof has none."""
    if case.path == BROADCAST and isinstance(case.body, dict) and case.body.get("at") is None:
        # People of other tests are among those who would hear it at once.
        case.body["at"] = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    headers = case.headers
    once = headers.get(ONCE)
    if isinstance(once, str) and 0 < len(once) <= 255:
        # Each is a request of its own: under a key that came before, another body is rightly refused.
        headers[ONCE] = once[:220] + uuid4().hex
    if HEADER in headers:
        kwargs["auth"] = SignedByMeta()
    elif KEY in headers:
        kwargs["auth"] = OfAnAdmin()
