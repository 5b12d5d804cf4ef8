"""A provider's error codes sorted by what to do about them: each provider has its own table of these rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from channels.errors import ChannelError, ChannelStopped, Defer, Reason, Refused, RetryLater, Scope, Unknown


@dataclass(frozen=True)
class Rule:
    """What a code means, and the kind of error it is."""

    error: type[ChannelError]
    meaning: str
    more: Mapping[str, Any] = field(default_factory=dict)

    def raised(self, api: str, *, code: int, status: int, trace: str, retry_after: float) -> ChannelError:
        """The error itself. `retry_after` is the pause in seconds that the answer asks for, where it does."""
        more = dict(self.more)
        if "seconds" in more:
            more["seconds"] = max(more["seconds"], retry_after)
        return self.error(self.meaning, api=api, code=code, status=status, trace=trace, **more)


def retry(meaning: str, seconds: float = 0) -> Rule:
    """Not accepted, and may well be next time, after so many seconds at the least."""
    return Rule(RetryLater, meaning, {"seconds": seconds})


def defer(meaning: str, scope: Scope, seconds: float) -> Rule:
    """A limit is reached: everything of this scope waits."""
    return Rule(Defer, meaning, {"scope": scope, "seconds": seconds})


def refuse(meaning: str, reason: Reason) -> Rule:
    """Never accepted."""
    return Rule(Refused, meaning, {"reason": reason})


def stop(meaning: str) -> Rule:
    """Nothing is accepted from this number until somebody mends the account."""
    return Rule(ChannelStopped, meaning)


def by_status(status: int, nobody_there: str, limited: Scope, *, answered: bool) -> Rule:
    """The rule where no code is known: HTTP's status decides.

    `nobody_there` says what a 404 means, `limited` whose limit a 429 is; `answered` tells the provider's own answers
    from those of a proxy before it.
    """
    if status in (401, 403):
        return stop("the request is not allowed")
    if status == 404 or 300 <= status < 400:
        return stop(nobody_there)
    if status == 429:
        return defer("too many requests", limited, 1)
    if status in (502, 504) and not answered:
        return Rule(Unknown, "a proxy lost the answer")
    if status == 408 or status >= 500:
        return retry("the service failed")
    if 200 <= status < 300:
        return Rule(Unknown, "the answer is none we understand")
    return refuse("the request was refused", Reason.REQUEST)
