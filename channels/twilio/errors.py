"""What a send through Twilio can end in, by what to do about it. Source: Twilio, error and warning dictionary: the code
decides, never the text. The kinds are those of `channels.errors`.

The same codes come at once, as an answer, and later, as the ErrorCode of a status.
"""

from __future__ import annotations

from channels.codes import Rule, by_status, defer, refuse, retry, stop
from channels.errors import (
    ChannelError,
    NeedsTemplate,
    Reason,
    Scope,
)

API = "Twilio"
WINDOW_CLOSED = 63016


NOBODY_THERE = "there is no such account at this address"

_RULES: dict[int, Rule] = {
    10001: stop("the account is not active"),
    20003: stop("the account's sid or token is wrong"),
    20005: stop("the account is not active"),
    20006: stop("access was denied"),
    20403: stop("access was denied"),
    21606: stop("the sender is not ours to send from"),
    63001: stop("WhatsApp does not accept the sender's credentials"),
    63007: stop("there is no WhatsApp sender of this address in the account"),
    63013: stop("the account broke a policy of WhatsApp's"),
    63020: stop("WhatsApp's business account is not accepted"),
    63051: stop("WhatsApp's business account is locked"),
    63112: stop("WhatsApp's business account is disabled"),
    20500: retry("an error Twilio does not explain"),
    20503: retry("the service is not available"),
    63010: retry("an error inside of WhatsApp"),
    63012: retry("an error inside of WhatsApp"),
    63019: retry("the file could not be fetched from us"),
    20429: defer("too many requests", Scope.ACCOUNT, 1),
    14107: defer("the sender sends too fast", Scope.NUMBER, 1),
    21611: defer("the sender's queue is full", Scope.NUMBER, 60),
    30001: defer("the sender's queue is full", Scope.NUMBER, 60),
    63017: defer("the sender sends too fast", Scope.NUMBER, 1),
    63018: defer("the sender sends too fast", Scope.NUMBER, 1),
    63026: defer("too many of our messages were reported as spam", Scope.NUMBER, 3600),
    63038: defer("the account's limit of messages a day is reached", Scope.ACCOUNT, 3600),
    WINDOW_CLOSED: Rule(NeedsTemplate, "more than 24 hours have passed since the person wrote"),
    21602: refuse("the message is empty", Reason.REQUEST),
    21617: refuse("the text is too long", Reason.REQUEST),
    21620: refuse("the file's address is not valid", Reason.REQUEST),
    21623: refuse("there are too many files", Reason.REQUEST),
    63005: refuse("WhatsApp does not accept the content", Reason.REQUEST),
    63006: refuse("WhatsApp cannot show the message", Reason.REQUEST),
    63011: refuse("the request is not valid for WhatsApp", Reason.REQUEST),
    63021: refuse("the content is not valid", Reason.REQUEST),
    63023: refuse("WhatsApp does not accept the request", Reason.REQUEST),
    63031: refuse("our own number is the recipient", Reason.REQUEST),
    63034: refuse("the file is too large", Reason.REQUEST),
    21211: refuse("the recipient is no address on WhatsApp", Reason.UNREACHABLE),
    21614: refuse("the recipient is no address on WhatsApp", Reason.UNREACHABLE),
    63003: refuse("there is nobody of this address on WhatsApp", Reason.UNREACHABLE),
    63014: refuse("the person has blocked us", Reason.UNREACHABLE),
    63015: refuse("the person has not joined the sandbox", Reason.UNREACHABLE),
    63024: refuse("the recipient is not valid", Reason.UNREACHABLE),
    63033: refuse("the recipient is blocked", Reason.UNREACHABLE),
    21610: refuse("the person unsubscribed", Reason.OPTED_OUT),
    63032: refuse("WhatsApp does not deliver it to this person, who is part of an experiment", Reason.WITHHELD),
    63049: refuse("the person got enough marketing for now", Reason.WITHHELD),
    21655: refuse("the content's sid is not valid", Reason.TEMPLATE),
    21656: refuse("the values of the content are not valid", Reason.TEMPLATE),
    63027: refuse("the template does not exist in that language", Reason.TEMPLATE),
    63028: refuse("the template takes another number of values", Reason.TEMPLATE),
    63030: refuse("the content has a parameter that is not supported", Reason.TEMPLATE),
    63040: refuse("the template was rejected", Reason.TEMPLATE),
    63041: refuse("the template is paused", Reason.TEMPLATE),
    63042: refuse("the template is disabled", Reason.TEMPLATE),
}


def classify(code: int | None, *, status: int = 0, retry_after: float = 0, trace: str = "") -> ChannelError:
    """The error for a code of Twilio's, to be raised or, for a status, looked at.

    `code` is None where the answer had none; then, and for a code we do not know, the HTTP status decides.
    `retry_after` is the pause in seconds that the answer asks for, `trace` Twilio's name of the request.
    """
    rule = _RULES.get(code) if code is not None else None
    rule = rule or by_status(status, NOBODY_THERE, Scope.ACCOUNT, answered=code is not None)
    return rule.raised(API, code=code or 0, status=status, trace=trace, retry_after=retry_after)
