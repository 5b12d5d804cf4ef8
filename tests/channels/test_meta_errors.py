"""Which error a Graph code is, and so what is done about it."""

from __future__ import annotations

import pytest

from channels import ChannelError, ChannelStopped, Defer, NeedsTemplate, Reason, Refused, RetryLater, Scope, Unknown
from channels.meta import classify

TOKEN_AND_RIGHTS = [0, 3, 10, 190, 200, 250, 299, 131005]
NUMBER_AND_ACCOUNT = [33, 368, 130497, 131031, 131037, 131042, 131045, 133000, 133005, 133010, 133015, 133016]
REQUESTS = [100, 131008, 131009, 131021, 131051, 134011, 135000]
PEOPLE = [130472, 131026, 131030, 131049, 131050, 131062, 131063, 137000]
TEMPLATES = [132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132068]

KINDS: list[tuple[type[ChannelError], list[int]]] = [
    (ChannelStopped, [*TOKEN_AND_RIGHTS, *NUMBER_AND_ACCOUNT]),
    (RetryLater, [1, 2, 131000, 131016, 131052, 131053, 131057, 131060, 133004]),
    (Defer, [4, 80007, 130429, 131048, 131056, 131064, 132069]),
    (NeedsTemplate, [131047]),
    (Refused, [*REQUESTS, *PEOPLE, *TEMPLATES]),
]


@pytest.mark.parametrize(("kind", "code"), [(kind, code) for kind, codes in KINDS for code in codes])
def test_every_documented_code_says_what_to_do(kind: type[ChannelError], code: int) -> None:
    """The table of Meta's error codes; the HTTP status that comes along changes nothing."""
    for status in (0, 200, 400, 401, 500):
        error = classify(code, status=status)
        assert type(error) is kind
        assert (error.code, error.status) == (code, status)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (307, ChannelStopped),
        (400, Refused),
        (401, ChannelStopped),
        (403, ChannelStopped),
        (404, ChannelStopped),
        (408, RetryLater),
        (413, Refused),
        (429, Defer),
        (500, RetryLater),
        (503, RetryLater),
    ],
)
def test_an_unknown_code_goes_by_the_http_status(status: int, kind: type[ChannelError]) -> None:
    """With a code that is not in the table, and without one."""
    assert type(classify(999999, status=status)) is kind
    assert type(classify(None, status=status)) is kind


@pytest.mark.parametrize("status", [502, 504])
def test_a_proxy_that_lost_the_answer_leaves_the_outcome_unknown(status: int) -> None:
    """Meta may have taken the message; its own error with the same status says that it has not."""
    assert type(classify(None, status=status)) is Unknown
    assert type(classify(2, status=status)) is RetryLater
    assert type(classify(999999, status=status)) is RetryLater


def test_success_that_we_do_not_understand_is_unknown() -> None:
    """It may well have been sent."""
    assert type(classify(None, status=200)) is Unknown


def test_meta_may_call_an_unknown_error_transient() -> None:
    """Then it is tried again, whatever the status."""
    assert type(classify(999999, status=400, transient=True)) is RetryLater
    assert type(classify(131047, status=400, transient=True)) is NeedsTemplate


def test_a_phone_number_id_that_is_gone_stops_the_channel() -> None:
    """Code 100 is a bug of one message, but with subcode 33 it is the address of all of them."""
    assert type(classify(100, subcode=33, status=400)) is ChannelStopped


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (131009, Reason.REQUEST),
        (131026, Reason.UNREACHABLE),
        (131050, Reason.OPTED_OUT),
        (131049, Reason.WITHHELD),
        (130472, Reason.WITHHELD),
        (132015, Reason.TEMPLATE),
    ],
)
def test_a_refusal_says_why(code: int, reason: Reason) -> None:
    """Because a bug is alerted, an opt-out recorded, another channel tried."""
    error = classify(code)
    assert isinstance(error, Refused)
    assert error.reason is reason


@pytest.mark.parametrize(
    ("code", "scope"),
    [(131056, Scope.PERSON), (130429, Scope.NUMBER), (131048, Scope.NUMBER), (80007, Scope.ACCOUNT)],
)
def test_a_deferral_says_whose_sends_wait(code: int, scope: Scope) -> None:
    """One person's limit must not silence a number, and the other way round."""
    error = classify(code)
    assert isinstance(error, Defer)
    assert error.scope is scope


def test_the_limit_per_person_is_waited_out_in_powers_of_four() -> None:
    """Meta's own advice: 4^X seconds; never more than an hour."""
    error = classify(131056)
    assert isinstance(error, Defer)
    assert [error.pause(deferrals) for deferrals in (0, 1, 2, 5, 6, 7, 10_000)] == [1, 4, 16, 1024, 3600, 3600, 3600]


def test_a_pause_that_the_answer_asks_for_is_kept() -> None:
    """Retry-After lengthens a pause and never shortens it."""
    deferred, retried, at_once = classify(80007, retry_after=500), classify(2, retry_after=7), classify(2)
    assert isinstance(deferred, Defer)
    assert isinstance(retried, RetryLater)
    assert isinstance(at_once, RetryLater)
    assert (deferred.seconds, retried.seconds, at_once.seconds) == (500, 7, 0)
    assert deferred.pause(0) == 500


def test_the_text_of_an_error_names_the_thing_the_codes_and_the_way_out() -> None:
    """It stands in logs and in the outbox."""
    assert str(classify(131047, status=400)) == (
        "Graph API: more than 24 hours have passed since the person wrote (code 131047, HTTP 400): "
        "send a template, or keep the message until the person writes"
    )
