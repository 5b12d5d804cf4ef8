"""Meta's error codes by what to do about them. Source: Meta, error codes: branch on the code, never on its title."""

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

API = "Graph API"
"""what it is called in errors"""


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
    0: _stop("the access token could not be checked"),
    3: _stop("the app may not call this"),
    10: _stop("the app lacks a permission"),
    33: _stop("our phone number was deleted"),
    190: _stop("the access token has expired or was withdrawn"),
    368: _stop("the account is blocked for breaking a policy"),
    130497: _stop("the account may not write to people of that country"),
    131005: _stop("access was denied"),
    131031: _stop("the account is locked"),
    131037: _stop("the display name is not approved"),
    131042: _stop("the account cannot be charged"),
    131045: _stop("our phone number's certificate is wrong"),
    133016: _stop("our phone number was registered too often"),
    **{code: _stop("the app lacks a permission") for code in range(200, 300)},
    **{code: _stop("our phone number is not registered, or its PIN is wrong") for code in range(133000, 133016)},
    133004: _retry("the server is not available"),  # one of the codes above, and the only one that passes by itself
    1: _retry("an error Meta does not explain"),
    2: _retry("the service is down"),
    131000: _retry("an error Meta does not explain"),
    131016: _retry("the service is overloaded"),
    131052: _retry("the medium could not be downloaded"),
    131053: _retry("the medium could not be uploaded"),
    131057: _retry("our phone number is under maintenance", 120),
    131060: _retry("the message is not available just now"),
    4: _defer("the app's limit of calls is reached", Scope.ACCOUNT, 60),
    80007: _defer("the account's limit of calls is reached", Scope.ACCOUNT, 60),
    130429: _defer("our phone number sends too fast", Scope.NUMBER, 1),
    131048: _defer("too many of our messages were reported as spam", Scope.NUMBER, 3600),
    131056: _defer("too many messages to this person in a short time", Scope.PERSON, 1),
    131064: _defer("the messaging limit is reached for misclassified templates", Scope.ACCOUNT, 3600),
    132069: _defer("the flow is throttled", Scope.NUMBER, 360),
    131047: _Rule(NeedsTemplate, "more than 24 hours have passed since the person wrote"),
    100: _refuse("a parameter is wrong", Reason.REQUEST),
    131008: _refuse("a parameter is missing", Reason.REQUEST),
    131009: _refuse("a parameter's value is not valid", Reason.REQUEST),
    131021: _refuse("our own number is the recipient", Reason.REQUEST),
    131051: _refuse("the kind of message is not supported", Reason.REQUEST),
    134011: _refuse("the terms of payments are not accepted", Reason.REQUEST),
    135000: _refuse("an error Meta does not explain in the request", Reason.REQUEST),
    131026: _refuse(
        "undeliverable: no WhatsApp, terms not accepted, an old app, or we are blocked", Reason.UNREACHABLE
    ),
    131030: _refuse("the recipient is not on the test number's list", Reason.UNREACHABLE),
    131062: _refuse("this kind of message cannot go to a business-scoped user id", Reason.UNREACHABLE),
    137000: _refuse("the person's identity changed and must be verified again", Reason.UNREACHABLE),
    131050: _refuse("the person stopped marketing messages", Reason.OPTED_OUT),
    130472: _refuse("the person is part of an experiment of Meta's", Reason.WITHHELD),
    131049: _refuse("the person got enough marketing for now", Reason.WITHHELD),
    131063: _refuse("marketing is switched off for this way of sending", Reason.TEMPLATE),
    132000: _refuse("the template takes another number of values", Reason.TEMPLATE),
    132001: _refuse("the template does not exist in that language", Reason.TEMPLATE),
    132005: _refuse("the template is too long with its values", Reason.TEMPLATE),
    132007: _refuse("the template breaks a policy", Reason.TEMPLATE),
    132008: _refuse("a value of the template is missing", Reason.TEMPLATE),
    132012: _refuse("a value of the template has the wrong format", Reason.TEMPLATE),
    132015: _refuse("the template is paused", Reason.TEMPLATE),
    132016: _refuse("the template is disabled", Reason.TEMPLATE),
    132068: _refuse("the flow is blocked", Reason.TEMPLATE),
}

_OBJECT_GONE = 33
"""The subcode of code 100 for a phone number id that does not exist or may not be used."""


def classify(
    code: int | None,
    *,
    status: int = 0,
    subcode: int = 0,
    transient: bool = False,
    retry_after: float = 0,
    trace: str = "",
) -> ChannelError:
    """The error for a Graph code, to be raised or, for a `failed` status, looked at.

    `code` is None where the answer had none; then, and for a code we do not know, the HTTP status decides.
    `transient` is Meta's own word that another try may succeed; `retry_after` the pause in seconds the answer asks for.
    """
    if code == 100 and subcode == _OBJECT_GONE:
        rule = _stop("our phone number id does not exist, or the token may not use it")
    elif code is not None and code in _RULES:
        rule = _RULES[code]
    elif transient:
        rule = _retry("an error Meta calls transient")
    else:
        rule = _by_status(status, answered=code is not None)
    more = dict(rule.more)
    if "seconds" in more:
        more["seconds"] = max(more["seconds"], retry_after)
    return rule.error(rule.meaning, api=API, code=code or 0, status=status, trace=trace, **more)


def _by_status(status: int, *, answered: bool) -> _Rule:
    """`answered` tells the Graph API's own answers from those of a proxy before it."""
    if status in (401, 403):
        return _stop("the request is not allowed")
    if status == 404 or 300 <= status < 400:
        return _stop("there is no Graph API at this address")
    if status == 429:
        return _defer("too many requests", Scope.NUMBER, 1)
    if status in (502, 504) and not answered:
        return _Rule(Unknown, "a proxy lost the answer")
    if status == 408 or status >= 500:
        return _retry("the service failed")
    if 200 <= status < 300:
        return _Rule(Unknown, "the answer is none we understand")
    return _refuse("the request was refused", Reason.REQUEST)
