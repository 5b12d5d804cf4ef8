"""What an answer of the Graph API says to do, where it is no success. Source: Meta, error codes."""

from __future__ import annotations

import httpx

from channels.calling import Answer, object_of, repeatable, retry_after
from channels.errors import ChannelError
from channels.meta.errors import classify


def refusal(response: httpx.Response, answer: Answer) -> ChannelError | None:
    """What an answer says to do; None for a success."""
    return None if response.is_success and "error" not in answer else _error_of(response, answer)


def refusal_of_file(response: httpx.Response, content: bytes) -> ChannelError:
    """What an answer says that is no file."""
    return repeatable(_error_of(response, object_of(content)))


def _error_of(response: httpx.Response, answer: Answer) -> ChannelError:
    told = answer.get("error")
    error = told if isinstance(told, dict) else {}
    code = error.get("code")
    subcode = error.get("error_subcode")
    return classify(
        code if isinstance(code, int) else None,
        status=response.status_code,
        subcode=subcode if isinstance(subcode, int) else 0,
        transient=error.get("is_transient") is True,
        retry_after=retry_after(response),
        trace=str(error.get("fbtrace_id", "")),
    )
