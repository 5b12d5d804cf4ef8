"""The net below the rule that nothing personal is logged."""

from __future__ import annotations

from structlog.typing import EventDict, WrappedLogger

SECRET = frozenset({"token", "authorization", "otp", "phone", "name", "body", "text"})


def redact(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """A log line without what stands under a secret's name."""
    return {key: "[redacted]" if key in SECRET else value for key, value in event.items()}
