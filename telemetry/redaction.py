"""The net below the rule that nothing personal is logged: the last step before a line is written.

It sees what is about to be written and nothing else: tracebacks are text by then, and libraries' lines have come the
same way as ours. What it finds it marks, so that the log tells where the rule was broken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from structlog.typing import EventDict, WrappedLogger

from telemetry.names import REDACTED, is_denied
from telemetry.personal import redacted

DEEPEST = 8
"""levels of data in data; deeper ones are left out"""
SMALL = 10**9
"""no number of a person has fewer digits"""
MEASURE = re.compile(r"_(?:ns|us|ms|s|seconds|bytes|at)$")
"""the end of the names of durations, sizes and times"""


def redact(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """A log line without what is personal or secret; in place of one that cannot be read, that there was one."""
    try:
        return {name: _under(name, value, DEEPEST) for name, value in event.items()}
    except Exception as error:
        kept = {name: event[name] for name in ("level", "logger", "timestamp", "trace") if name in event}
        return {**kept, "event": "a log line was left out: it cannot be read", "error": type(error).__name__}


def _under(name: str, value: Any, levels: int) -> Any:
    kind = type(value)
    if kind is str:
        return REDACTED if value and is_denied(name) else redacted(value)
    if value is None or kind is bool:
        return value
    if is_denied(name):
        return REDACTED
    if kind is int or kind is float:
        return value if -SMALL < value < SMALL or MEASURE.search(name) else _number(value)
    return _clean(value, levels)


def _clean(value: Any, levels: int) -> Any:
    """The value as what JSON knows."""
    match value:
        case None | bool():
            return value
        case str():
            return redacted(str(value))
        case int() | float():
            return value if -SMALL < value < SMALL else _number(value)
        case bytes() | bytearray():
            return redacted(value.decode("utf-8", "replace"))
        case Mapping():
            if not levels:
                return REDACTED
            return {redacted(str(key)): _under(str(key), one, levels - 1) for key, one in value.items()}
        case list() | tuple() | set() | frozenset():
            return _several(value, levels)
        case BaseException():
            return redacted(f"{type(value).__name__}: {value}")
    return redacted(str(value))


def _several(values: Iterable[Any], levels: int) -> Any:
    if not levels:
        return REDACTED
    several = list(values)
    if len(several) == 2 and isinstance(several[0], str | bytes):
        # A header, as lists of them have it.
        name = several[0] if isinstance(several[0], str) else several[0].decode("latin-1")
        return [redacted(name), _under(name, several[1], levels - 1)]
    return [_clean(one, levels - 1) for one in several]


def _number(value: float) -> Any:
    text = str(value)
    return value if redacted(text) == text else redacted(text)
