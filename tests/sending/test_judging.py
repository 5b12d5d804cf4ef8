"""Whether a message may go now: every reason why not, and which of them comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from activities.judging import Doubt, Fail, Go, Park, Verdict, Wait, judge
from domain.numbers import Number
from store.outbox import Unsent

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
NUMBER = Number("meta", "100000000000001", "", "loan", "flowless")
ROW = Unsent(
    conversation=uuid4(),
    id=uuid4(),
    turn=1,
    place=0,
    question="",
    state="pending",
    purpose="answer",
    attempts=0,
    deferrals=0,
    trace="",
    sealed=b"",
    template_sealed=None,
    not_before=None,
    lease_until=None,
    wrote_at=NOW - timedelta(minutes=1),
    opted_out=False,
    marketing_opted_out=False,
    number_stopped=False,
    may_probe=True,
    pair_empty_at=None,
)


def in_seconds(seconds: float) -> datetime:
    """A moment so many seconds from now."""
    return NOW + timedelta(seconds=seconds)


def judged(**fields: object) -> Verdict:
    """The verdict on an ordinary row, with these things different about it."""
    return judge(replace(ROW, **fields), NOW, NUMBER)  # type: ignore[arg-type]


def test_an_ordinary_message_goes() -> None:
    assert judged() == Go()


def test_one_that_somebody_sends_is_waited_for_until_their_lease_ends() -> None:
    assert judged(state="sending", lease_until=in_seconds(3)) == Wait(in_seconds(3))
    assert judged(state="sending", lease_until=in_seconds(-1)) == Doubt(in_seconds(10))


@pytest.mark.parametrize("state", ["deferred", "unknown"])
def test_one_that_is_put_off_or_in_doubt_waits_until_its_time(state: str) -> None:
    assert judged(state=state, not_before=in_seconds(5)) == Wait(in_seconds(5))
    assert judged(state=state, not_before=in_seconds(0)) == Go()


@pytest.mark.parametrize(("purpose", "verdict"), [
    ("answer", Go()), ("notice", Go()), ("reminder", Fail("in_doubt")), ("marketing", Fail("in_doubt")),
])  # fmt: skip
def test_when_no_status_comes_an_answer_is_sent_again_and_a_reminder_is_not(purpose: str, verdict: Verdict) -> None:
    assert judged(state="unknown", not_before=in_seconds(-1), purpose=purpose) == verdict
    assert judged(state="unknown", not_before=in_seconds(1), purpose=purpose) == Wait(in_seconds(1))


@pytest.mark.parametrize(("hours", "verdict"), [(0, Go()), (23.9, Go()), (24, Park("window")), (500, Park("window"))])
def test_outside_of_the_window_it_is_parked(hours: float, verdict: Verdict) -> None:
    assert judged(wrote_at=in_seconds(-3600 * hours)) == verdict


def test_outside_of_the_window_a_template_goes_in_its_place() -> None:
    assert judged(wrote_at=in_seconds(-90_000), template_sealed=b"x") == Go(as_template=True)
    assert judged(template_sealed=b"x") == Go()


def test_to_one_who_never_wrote_only_a_template_goes() -> None:
    assert judged(wrote_at=None) == Park("window")
    assert judged(wrote_at=None, template_sealed=b"x") == Go(as_template=True)


def test_one_who_opted_out_gets_notices_alone() -> None:
    assert judged(opted_out=True) == Fail("opted_out")
    assert judged(opted_out=True, purpose="reminder") == Fail("opted_out")
    assert judged(opted_out=True, purpose="notice") == Go()


def test_one_who_wants_no_marketing_gets_everything_else() -> None:
    assert judged(marketing_opted_out=True, purpose="marketing") == Fail("opted_out")
    assert {str(judged(marketing_opted_out=True, purpose=one)) for one in ("answer", "reminder", "notice")} == {
        str(Go())
    }


def test_from_a_stopped_number_one_message_is_tried_now_and_then() -> None:
    assert judged(number_stopped=True, may_probe=False) == Wait(in_seconds(30), "number_stopped")
    assert judged(number_stopped=True, may_probe=True) == Go()


def test_what_waits_for_a_stopped_number_already_is_not_written_down_again() -> None:
    waiting = judged(number_stopped=True, may_probe=False, state="deferred", not_before=in_seconds(-1))
    assert waiting == Wait(in_seconds(30))


def test_a_burst_of_45_goes_and_then_one_in_six_seconds() -> None:
    assert judged(pair_empty_at=in_seconds(6 * 44)) == Go()
    assert judged(pair_empty_at=in_seconds(6 * 45)) == Wait(in_seconds(6), "pace")
    assert judged(pair_empty_at=in_seconds(6 * 44.5)) == Wait(in_seconds(3), "pace")


def test_what_may_never_go_does_not_wait_for_its_pace() -> None:
    assert judged(opted_out=True, pair_empty_at=in_seconds(9999)) == Fail("opted_out")
    assert judged(wrote_at=None, pair_empty_at=in_seconds(9999)) == Park("window")


def test_marketing_is_not_kept_for_the_day_they_write() -> None:
    closed = {"purpose": "marketing", "wrote_at": NOW - timedelta(hours=24)}
    assert judged(**closed) == Fail("window")
    assert judged(**closed, template_sealed=b"") == Go(as_template=True)


def test_marketing_in_doubt_is_sent_again_only_where_later_ones_were_told_of() -> None:
    """Statuses of what went out after it have come, and none of it: it was never sent."""
    assert judged(state="sending", purpose="marketing", lease_until=in_seconds(-1)) == Doubt(in_seconds(30))
    assert judged(state="unknown", purpose="marketing", later_told=False) == Fail("in_doubt")
    assert judged(state="unknown", purpose="marketing", later_told=True) == Go()
