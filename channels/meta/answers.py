"""What the Graph API answered, as data or as an error. Source: Meta, error codes."""

from __future__ import annotations

import json
from typing import Any

import httpx

from channels.errors import ChannelError, RetryLater, Unknown
from channels.meta.errors import classify


def object_of(content: bytes) -> dict[str, Any]:
    """The JSON object in an answer; an empty one where there is none."""
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def error_of(response: httpx.Response, answer: dict[str, Any]) -> ChannelError:
    """What an answer that is no success says to do."""
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


def repeatable(error: ChannelError) -> ChannelError:
    """The same error for a call that does no harm when it is done twice: what is unknown is tried again."""
    if isinstance(error, Unknown):
        return RetryLater(error.meaning, code=error.code, status=error.status, trace=error.trace)
    return error
