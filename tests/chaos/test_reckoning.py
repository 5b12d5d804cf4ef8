"""What the reckoning of a chaos run must see: each thing that may go wrong, put before it as the run would see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tests.chaos import report
from tests.chaos.between import Accepted
from tests.chaos.people import Exchange
from tests.chaos.plan import API, POSTGRES, WORKER
from tests.chaos.reckoning import Change, Killed, Reckoning, Said, Seen, reckon
from tests.chaos.walk import Line

ASHA = "919800000001"


def exchange(message: str, wrote: float, answered: float, marker: str = "", **more: Any) -> Exchange:
    """Something that was written, and when it was answered."""
    return Exchange(Line("…", "purpose", marker), wrote, message=message, answered=answered, **more)


def accepted(key: str, at: float, text: str = "", *, dropped: bool = False) -> Accepted:
    """A message that the provider took."""
    return Accepted(key, ASHA, text, at - 0.01, at, dropped=dropped, hung_up=False)


def changes(key: str, claimed: float, told: float | None) -> list[Change]:
    """What the table noted of a send: when it was claimed, and when its result was written down, if it was."""
    noted = [Change(key, "pending", claimed - 0.1), Change(key, "sending", claimed)]
    return noted if told is None else [*noted, Change(key, "accepted", told)]


TWO_TALKED = Seen(
    exchanges={ASHA: [exchange("in-1", 10.0, 10.5), exchange("in-2", 20.0, 20.5)]},
    acknowledged={ASHA: {"in-1", "in-2"}},
    taken={"in-1": 1, "in-2": 2},
    said=[Said("out-1", "c", 1, 0, "delivered"), Said("out-2", "c", 2, 0, "delivered")],
    changes=[*changes("out-1", 10.4, 10.6), *changes("out-2", 20.4, 20.6)],
    accepted=[accepted("out-1", 10.5), accepted("out-2", 20.5)],
    killed=[],
)
"""a run in which all went well"""


def wrong(seen: Seen) -> str:
    """What the report says must not be."""
    return "; ".join(report.failures(reckon(seen)))


def sent_again(noted: Sequence[Change], killed: Sequence[Killed] = (), *, dropped: bool = False) -> Reckoning:
    """The first message is sent at 10.5 and again at 25; between these the table noted this."""
    first = accepted("out-1", 10.5, dropped=dropped)
    sends = [first, accepted("out-2", 20.5), accepted("out-1", 25.0)]
    return reckon(
        replace(TWO_TALKED, accepted=sends, changes=[*noted, Change("out-1", "sending", 24.9)], killed=killed)
    )


def test_when_all_is_well_nothing_is_wrong() -> None:
    found = reckon(TWO_TALKED)
    assert (found.acknowledged, found.handled, found.said, found.sent, found.lost) == (2, 2, 2, 2, 0)
    assert report.failures(found) == []


def test_what_was_acknowledged_and_no_turn_took_is_lost() -> None:
    assert "acknowledged and never taken: 1 (in-2)" in wrong(replace(TWO_TALKED, taken={"in-1": 1, "in-2": None}))
    assert "acknowledged and never taken: 1 (in-2)" in wrong(replace(TWO_TALKED, taken={"in-1": 1}))


def test_what_was_never_acknowledged_is_not_the_products_fault() -> None:
    assert wrong(replace(TWO_TALKED, acknowledged={ASHA: {"in-1"}}, taken={"in-1": 1})) == ""


def test_what_was_acknowledged_and_not_answered_is_lost() -> None:
    talked = {ASHA: [exchange("in-1", 10.0, 10.5), exchange("in-2", 20.0, 0.0)]}
    assert "acknowledged and not answered: 1 (in-2)" in wrong(replace(TWO_TALKED, exchanges=talked))


def test_what_was_said_and_the_provider_never_took_is_lost_whatever_the_table_says() -> None:
    assert "said and never sent: 1 (out-2)" in wrong(replace(TWO_TALKED, accepted=TWO_TALKED.accepted[:1]))


def test_what_waits_at_the_end_and_what_failed_is_wrong() -> None:
    for state in ("pending", "unknown"):
        said = [TWO_TALKED.said[0], replace(TWO_TALKED.said[1], state=state)]
        assert f"unsettled at the end: 1 (1 {state})" in wrong(replace(TWO_TALKED, said=said))
    said = [TWO_TALKED.said[0], replace(TWO_TALKED.said[1], state="failed")]
    assert "parked or failed: 1 (1 failed)" in wrong(replace(TWO_TALKED, said=said))


def test_sent_again_though_its_result_was_known_is_doubled() -> None:
    for killed in ([], [Killed(WORKER, 10.55, 13.0)]):
        found = sent_again(changes("out-1", 10.4, 10.6), killed)
        assert [one.key for one in found.doubled_for_nothing] == ["out-1"]
        assert report.failures(found) == [f"sent twice without a doubt: 1 ({ASHA} out-1)"]


def test_sent_again_after_a_status_had_told_is_doubled_though_the_answer_was_dropped() -> None:
    found = sent_again([*changes("out-1", 10.4, None), Change("out-1", "delivered", 11.0)], dropped=True)
    assert len(found.doubled_for_nothing) == 1


def test_sent_again_with_nothing_to_doubt_is_doubled_though_no_result_was_noted() -> None:
    assert len(sent_again(changes("out-1", 10.4, None)).doubled_for_nothing) == 1
    assert len(sent_again(changes("out-1", 10.4, None), [Killed(API, 10.55, 12.0)]).doubled_for_nothing) == 1
    assert len(sent_again(changes("out-1", 10.4, None), [Killed(WORKER, 18.0, 20.0)]).doubled_for_nothing) == 1


def test_sent_again_in_doubt_is_counted_and_not_wrong() -> None:
    dropped = sent_again(changes("out-1", 10.4, None), dropped=True)
    killed = sent_again(changes("out-1", 10.4, None), [Killed(WORKER, 10.55, 12.0)])
    away = sent_again(changes("out-1", 10.4, None), [Killed(POSTGRES, 9.0, 12.0)])
    told = [[one.why for one in found.doubled_in_doubt] for found in (dropped, killed, away)]
    assert told == [["its answer was dropped"], ["the worker was killed"], ["the PostgreSQL was killed"]]
    assert [report.failures(found) for found in (dropped, killed, away)] == [[], [], []]


def test_a_message_read_back_twice_was_handled_twice() -> None:
    talked = {ASHA: [exchange("in-1", 10.0, 10.5, "₹45,001"), exchange("in-2", 20.0, 20.5)]}
    sends = [accepted("out-1", 10.5, "Noted: ₹45,001 a month."), accepted("out-2", 20.5, "Noted: ₹45,001 a month.")]
    assert "handled twice: 1" in wrong(replace(TWO_TALKED, exchanges=talked, accepted=sends))
    assert wrong(replace(TWO_TALKED, exchanges=talked, accepted=[sends[0], sends[0], TWO_TALKED.accepted[1]])).count(
        "handled twice"
    ) == 0, "the same message sent twice is another matter"  # fmt: skip


def test_what_comes_before_what_was_said_earlier_is_out_of_order() -> None:
    assert "out of order: 1" in wrong(replace(TWO_TALKED, accepted=list(reversed(TWO_TALKED.accepted))))
    assert "out of order: 1" in wrong(replace(TWO_TALKED, taken={"in-1": 2, "in-2": 1}))


def test_times_are_told_apart_by_what_befell_a_message() -> None:
    talked = {
        ASHA: [
            exchange("idle", 12.0, 14.0),  # written after the kill, nothing in flight at it
            exchange("later", 15.0, 15.5),  # not the first after the kill
            exchange("flying", 19.0, 26.0),  # in flight at the second
            exchange("late", 60.0, 60.5),  # so long after it that it tells nothing
            exchange("doubtful", 71.0, 79.0, dropped=True),
            exchange("after", 80.0, 81.0),  # behind something in doubt
        ]
    }
    killed = [Killed(WORKER, 11.0, 13.0), Killed(API, 20.0, 22.0), Killed(WORKER, 70.0, 72.0)]
    found = reckon(replace(TWO_TALKED, exchanges=talked, killed=killed))
    assert [(one.what, one.took) for one in found.recovered] == [(WORKER, 2.0)]
    assert found.in_flight == [7.0]
    assert found.in_doubt == [8.0, 1.0]
    assert found.undisturbed == [0.5, 0.5]


def test_a_recovery_that_takes_too_long_is_wrong() -> None:
    talked = {ASHA: [exchange("in-1", 10.0, 10.5), exchange("in-2", 20.0, 32.5)]}
    slow = replace(TWO_TALKED, exchanges=talked, killed=[Killed(WORKER, 19.0, 22.0)])
    assert wrong(slow) == "recovery with nothing in flight: p99 12.5 s, promised 12 s"


def test_an_answer_left_aside_is_wrong_only_where_the_question_was_known_to_be_shown() -> None:
    before = exchange("in-1", 10.0, 10.5)
    aside = exchange("in-2", 20.0, 20.5, aside=True)
    seen = replace(TWO_TALKED, exchanges={ASHA: [before, aside]})
    assert "left aside" in wrong(seen)
    assert wrong(replace(seen, killed=[Killed(POSTGRES, 10.5, 12.0)])) == ""
    assert wrong(replace(seen, exchanges={ASHA: [replace(before, dropped=True), aside]})) == ""
