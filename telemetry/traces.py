"""Traces: one id for all that a request sets going, bound to the task that works on it.

The id is the trace-id of a W3C traceparent: 32 lower-case hex digits, not all zero (W3C Trace Context, level 1).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from structlog.typing import EventDict, WrappedLogger

TRACEPARENT = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?")
TRACE = re.compile(r"[0-9a-f]{32}")
NONE = "0" * 32

_bound: ContextVar[str] = ContextVar("trace", default="")


def new() -> str:
    """A trace id that nobody has."""
    return secrets.token_hex(16)


def current() -> str:
    """The trace id bound here; empty where there is none."""
    return _bound.get()


@contextmanager
def bound(trace: str) -> Iterator[str]:
    """Bind a trace id: every log line in the block has it, those of tasks begun in it too. Yields what is bound.

    An id that is none (empty, as of a row that is older than traces) binds nothing: what is bound outside stays.
    """
    if not TRACE.fullmatch(trace):
        yield current()
        return
    before = _bound.set(trace)
    try:
        yield trace
    finally:
        _bound.reset(before)


def of_traceparent(header: str) -> str:
    """The trace id that a `traceparent` header carries on; empty for one that is no such header."""
    found = TRACEPARENT.fullmatch(header.strip())
    if found is None:
        return ""
    version, trace, parent, more = found.groups()
    # Version 00 has four parts; a later one may have more, and ff is none.
    if version == "ff" or (version == "00" and more) or trace == NONE or parent == NONE[:16]:
        return ""
    return trace


def add_trace(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """A log line's `trace`, where one is bound."""
    if trace := _bound.get():
        event["trace"] = trace
    return event
