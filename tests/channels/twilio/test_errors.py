"""Twilio's codes, each sorted by what to do about it."""

from __future__ import annotations

import pytest

from channels.errors import ChannelError, ChannelStopped, Defer, NeedsTemplate, Refused, RetryLater, Scope, Unknown
from channels.twilio import classify

STOPPED = [20003, 63001, 63007, 63013, 63020]
RETRIED = [63010, 63012, 63019, 20500, 20503]
REFUSED = {
    "request": [21602, 21617, 63005, 63006, 63011, 63021, 63023, 63031, 63034],
    "unreachable": [21211, 21614, 63003, 63014, 63015, 63024, 63033],
    "opted_out": [21610],
    "withheld": [63032, 63049],
    "template": [21655, 21656, 63027, 63028, 63030, 63041, 63042],
}
DEFERRED = {63017: Scope.NUMBER, 63018: Scope.NUMBER, 63026: Scope.NUMBER, 63038: Scope.ACCOUNT, 20429: Scope.ACCOUNT}


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        *((code, ChannelStopped) for code in STOPPED),
        *((code, RetryLater) for code in RETRIED),
        *((code, Refused) for codes in REFUSED.values() for code in codes),
        *((code, Defer) for code in DEFERRED),
        (63016, NeedsTemplate),
    ],
)
def test_a_code_decides_whatever_the_http_status(code: int, kind: type[ChannelError]) -> None:
    for status in (0, 400, 429, 500):
        error = classify(code, status=status)
        assert (type(error), error.code) == (kind, code)


@pytest.mark.parametrize(("reason", "code"), [(reason, code) for reason, codes in REFUSED.items() for code in codes])
def test_a_refusal_says_what_else_to_do(reason: str, code: int) -> None:
    error = classify(code)
    assert isinstance(error, Refused)
    assert error.reason == reason


@pytest.mark.parametrize(("code", "scope"), DEFERRED.items())
def test_a_limit_says_whose_it_is_and_its_pause_is_at_least_what_is_asked(code: int, scope: Scope) -> None:
    error = classify(code, status=429, retry_after=9000)
    assert isinstance(error, Defer)
    assert (error.scope, error.seconds) == (scope, 9000)


@pytest.mark.parametrize(
    ("status", "answered", "kind"),
    [
        (401, True, ChannelStopped),
        (404, True, ChannelStopped),
        (302, False, ChannelStopped),
        (429, True, Defer),
        (500, True, RetryLater),
        (503, False, RetryLater),
        (502, False, Unknown),
        (504, False, Unknown),
        (504, True, RetryLater),
        (200, False, Unknown),
        (400, True, Refused),
    ],
)
def test_without_a_known_code_the_http_status_decides(status: int, answered: bool, kind: type[ChannelError]) -> None:
    assert type(classify(99999 if answered else None, status=status)) is kind
