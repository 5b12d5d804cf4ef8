"""Meta's error codes by what to do about them. Source: Meta, error codes: branch on the code, never on its title."""

from __future__ import annotations

from channels.codes import Rule, by_status, defer, refuse, retry, stop
from channels.errors import (
    ChannelError,
    NeedsTemplate,
    Reason,
    Scope,
)

API = "Graph API"
"""what it is called in errors"""


NOBODY_THERE = "there is no Graph API at this address"

_RULES: dict[int, Rule] = {
    0: stop("the access token could not be checked"),
    3: stop("the app may not call this"),
    10: stop("the app lacks a permission"),
    33: stop("our phone number was deleted"),
    190: stop("the access token has expired or was withdrawn"),
    368: stop("the account is blocked for breaking a policy"),
    130497: stop("the account may not write to people of that country"),
    131005: stop("access was denied"),
    131031: stop("the account is locked"),
    131037: stop("the display name is not approved"),
    131042: stop("the account cannot be charged"),
    131045: stop("our phone number's certificate is wrong"),
    133016: stop("our phone number was registered too often"),
    **{code: stop("the app lacks a permission") for code in range(200, 300)},
    **{code: stop("our phone number is not registered, or its PIN is wrong") for code in range(133000, 133016)},
    133004: retry("the server is not available"),  # one of the codes above, and the only one that passes by itself
    1: retry("an error Meta does not explain"),
    2: retry("the service is down"),
    131000: retry("an error Meta does not explain"),
    131016: retry("the service is overloaded"),
    131052: retry("the medium could not be downloaded"),
    131053: retry("the medium could not be uploaded"),
    131057: retry("our phone number is under maintenance", 120),
    131060: retry("the message is not available just now"),
    4: defer("the app's limit of calls is reached", Scope.ACCOUNT, 60),
    80007: defer("the account's limit of calls is reached", Scope.ACCOUNT, 60),
    130429: defer("our phone number sends too fast", Scope.NUMBER, 1),
    131048: defer("too many of our messages were reported as spam", Scope.NUMBER, 3600),
    131056: defer("too many messages to this person in a short time", Scope.PERSON, 1),
    131064: defer("the messaging limit is reached for misclassified templates", Scope.ACCOUNT, 3600),
    132069: defer("the flow is throttled", Scope.NUMBER, 360),
    131047: Rule(NeedsTemplate, "more than 24 hours have passed since the person wrote"),
    100: refuse("a parameter is wrong", Reason.REQUEST),
    131008: refuse("a parameter is missing", Reason.REQUEST),
    131009: refuse("a parameter's value is not valid", Reason.REQUEST),
    131021: refuse("our own number is the recipient", Reason.REQUEST),
    131051: refuse("the kind of message is not supported", Reason.REQUEST),
    134011: refuse("the terms of payments are not accepted", Reason.REQUEST),
    135000: refuse("an error Meta does not explain in the request", Reason.REQUEST),
    131026: refuse("undeliverable: no WhatsApp, terms not accepted, an old app, or we are blocked", Reason.UNREACHABLE),
    131030: refuse("the recipient is not on the test number's list", Reason.UNREACHABLE),
    131062: refuse("this kind of message cannot go to a business-scoped user id", Reason.UNREACHABLE),
    137000: refuse("the person's identity changed and must be verified again", Reason.UNREACHABLE),
    131050: refuse("the person stopped marketing messages", Reason.OPTED_OUT),
    130472: refuse("the person is part of an experiment of Meta's", Reason.WITHHELD),
    131049: refuse("the person got enough marketing for now", Reason.WITHHELD),
    131063: refuse("marketing is switched off for this way of sending", Reason.TEMPLATE),
    132000: refuse("the template takes another number of values", Reason.TEMPLATE),
    132001: refuse("the template does not exist in that language", Reason.TEMPLATE),
    132005: refuse("the template is too long with its values", Reason.TEMPLATE),
    132007: refuse("the template breaks a policy", Reason.TEMPLATE),
    132008: refuse("a value of the template is missing", Reason.TEMPLATE),
    132012: refuse("a value of the template has the wrong format", Reason.TEMPLATE),
    132015: refuse("the template is paused", Reason.TEMPLATE),
    132016: refuse("the template is disabled", Reason.TEMPLATE),
    132068: refuse("the flow is blocked", Reason.TEMPLATE),
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
        rule = stop("our phone number id does not exist, or the token may not use it")
    elif code is not None and code in _RULES:
        rule = _RULES[code]
    elif transient:
        rule = retry("an error Meta calls transient")
    else:
        rule = by_status(status, NOBODY_THERE, Scope.NUMBER, answered=code is not None)
    return rule.raised(API, code=code or 0, status=status, trace=trace, retry_after=retry_after)
