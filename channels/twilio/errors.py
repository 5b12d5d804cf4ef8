"""What a send through Twilio can end in, by what to do about it. Source: Twilio, error and warning dictionary: the code
decides, never the text. The kinds are those of `channels.errors`.

The same codes come at once, as an answer, and later, as the ErrorCode of a status.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from channels.errors import (
    ChannelError,
    ChannelStopped,
    Defer,
    NeedsTemplate,
    Reason,
    Refused,
    RetryLater,
    Scope,
    Unknown,
)

API = "Twilio"
WINDOW_CLOSED = 63016


@dataclass(frozen=True)
class _Rule:
    error: type[ChannelError]
    meaning: str
    more: dict[str, Any] = field(default_factory=dict)


def _retry(meaning: str, seconds: float = 0) -> _Rule:
    return _Rule(RetryLater, meaning, {"seconds": seconds})


def _defer(meaning: str, scope: Scope, seconds: float) -> _Rule:
    return _Rule(Defer, meaning, {"scope": scope, "seconds": seconds})


def _refuse(meaning: str, reason: Reason) -> _Rule:
    return _Rule(Refused, meaning, {"reason": reason})


def _stop(meaning: str) -> _Rule:
    return _Rule(ChannelStopped, meaning)


_RULES: dict[int, _Rule] = {
    10001: _stop("the account is not active"),
    20003: _stop("the account's sid or token is wrong"),
    20005: _stop("the account is not active"),
    20006: _stop("access was denied"),
    20403: _stop("access was denied"),
    21606: _stop("the sender is not ours to send from"),
    63001: _stop("WhatsApp does not accept the sender's credentials"),
    63007: _stop("there is no WhatsApp sender of this address in the account"),
    63013: _stop("the account broke a policy of WhatsApp's"),
    63020: _stop("WhatsApp's business account is not accepted"),
    63051: _stop("WhatsApp's business account is locked"),
    63112: _stop("WhatsApp's business account is disabled"),
    20500: _retry("an error Twilio does not explain"),
    20503: _retry("the service is not available"),
    63010: _retry("an error inside of WhatsApp"),
    63012: _retry("an error inside of WhatsApp"),
    63019: _retry("the file could not be fetched from us"),
    20429: _defer("too many requests", Scope.ACCOUNT, 1),
    14107: _defer("the sender sends too fast", Scope.NUMBER, 1),
    21611: _defer("the sender's queue is full", Scope.NUMBER, 60),
    30001: _defer("the sender's queue is full", Scope.NUMBER, 60),
    63017: _defer("the sender sends too fast", Scope.NUMBER, 1),
    63018: _defer("the sender sends too fast", Scope.NUMBER, 1),
    63026: _defer("too many of our messages were reported as spam", Scope.NUMBER, 3600),
    63038: _defer("the account's limit of messages a day is reached", Scope.ACCOUNT, 3600),
    WINDOW_CLOSED: _Rule(NeedsTemplate, "more than 24 hours have passed since the person wrote"),
    21602: _refuse("the message is empty", Reason.REQUEST),
    21617: _refuse("the text is too long", Reason.REQUEST),
    21620: _refuse("the file's address is not valid", Reason.REQUEST),
    21623: _refuse("there are too many files", Reason.REQUEST),
    63005: _refuse("WhatsApp does not accept the content", Reason.REQUEST),
    63006: _refuse("WhatsApp cannot show the message", Reason.REQUEST),
    63011: _refuse("the request is not valid for WhatsApp", Reason.REQUEST),
    63021: _refuse("the content is not valid", Reason.REQUEST),
    63023: _refuse("WhatsApp does not accept the request", Reason.REQUEST),
    63031: _refuse("our own number is the recipient", Reason.REQUEST),
    63034: _refuse("the file is too large", Reason.REQUEST),
    21211: _refuse("the recipient is no address on WhatsApp", Reason.UNREACHABLE),
    21614: _refuse("the recipient is no address on WhatsApp", Reason.UNREACHABLE),
    63003: _refuse("there is nobody of this address on WhatsApp", Reason.UNREACHABLE),
    63014: _refuse("the person has blocked us", Reason.UNREACHABLE),
    63015: _refuse("the person has not joined the sandbox", Reason.UNREACHABLE),
    63024: _refuse("the recipient is not valid", Reason.UNREACHABLE),
    63033: _refuse("the recipient is blocked", Reason.UNREACHABLE),
    21610: _refuse("the person unsubscribed", Reason.OPTED_OUT),
    63032: _refuse("WhatsApp does not deliver it to this person, who is part of an experiment", Reason.WITHHELD),
    63049: _refuse("the person got enough marketing for now", Reason.WITHHELD),
    21655: _refuse("the content's sid is not valid", Reason.TEMPLATE),
    21656: _refuse("the values of the content are not valid", Reason.TEMPLATE),
    63027: _refuse("the template does not exist in that language", Reason.TEMPLATE),
    63028: _refuse("the template takes another number of values", Reason.TEMPLATE),
    63030: _refuse("the content has a parameter that is not supported", Reason.TEMPLATE),
    63040: _refuse("the template was rejected", Reason.TEMPLATE),
    63041: _refuse("the template is paused", Reason.TEMPLATE),
    63042: _refuse("the template is disabled", Reason.TEMPLATE),
}


def classify(code: int | None, *, status: int = 0, retry_after: float = 0, trace: str = "") -> ChannelError:
    """The error for a code of Twilio's, to be raised or, for a status, looked at.

    `code` is None where the answer had none; then, and for a code we do not know, the HTTP status decides.
    `retry_after` is the pause in seconds that the answer asks for, `trace` Twilio's name of the request.
    """
    rule = _RULES.get(code) if code is not None else None
    rule = rule or _by_status(status, answered=code is not None)
    more = dict(rule.more)
    if "seconds" in more:
        more["seconds"] = max(more["seconds"], retry_after)
    return rule.error(rule.meaning, api=API, code=code or 0, status=status, trace=trace, **more)


def _by_status(status: int, *, answered: bool) -> _Rule:
    """`answered` tells Twilio's own answers from those of a proxy before it."""
    if status in (401, 403):
        return _stop("the request is not allowed")
    if status == 404 or 300 <= status < 400:
        return _stop("there is no such account at this address")
    if status == 429:
        return _defer("too many requests", Scope.ACCOUNT, 1)
    if status in (502, 504) and not answered:
        return _Rule(Unknown, "a proxy lost the answer")
    if status == 408 or status >= 500:
        return _retry("the service failed")
    if 200 <= status < 300:
        return _Rule(Unknown, "the answer is none we understand")
    return _refuse("the request was refused", Reason.REQUEST)
