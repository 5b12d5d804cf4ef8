"""A run's outcome in words, and what of it must not be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from tests.chaos.reckoning import UNSETTLED, Killed, Reckoning

RECOVERED_WITHIN = 12.0
"""seconds in which 99 of 100 people with nothing in flight are answered after a kill"""
EXAMPLES = 5
SLOWEST, SLOW = 3, 5.0
"""how many of the slowest are named, with the time (UTC) to look for in the logs; and how many seconds are slow"""


def lines(found: Reckoning, killed: Sequence[Killed]) -> list[str]:
    """What came out, a line each."""
    why = Counter(one.why for one in found.doubled_in_doubt)
    left = {state: found.states[state] for state in UNSETTLED if found.states[state]}
    told = [
        f"in: {found.acknowledged} acknowledged, {found.handled} taken by a turn, {len(found.handled_twice)} twice",
        f"out: {found.said} said, {found.sent} sent, {found.dropped} answers dropped;"
        f" parked {found.states['parked']}, failed {found.states['failed']}, unsettled {left or 'none'}",
        f"doubled: {len(found.doubled)}, of these in doubt {len(found.doubled_in_doubt)}"
        + "".join(f"; {reason}: {times}" for reason, times in why.items()),
        f"lost: {found.lost} (never taken {len(found.never_taken)}, never sent {len(found.never_sent)},"
        f" not answered {len(found.unanswered)})",
        f"out of order: {len(found.disorder)}; answers left aside, for nobody knew yet that the question was shown:"
        f" {found.aside}",
        f"answered in, undisturbed: {_quantiles(found.undisturbed)}",
        f"recovery, nothing in flight at the kill: {_quantiles([one.took for one in found.recovered])}",
        *_recovered(found),
        f"in flight at a kill: {_quantiles(found.in_flight)}",
        f"in doubt: {_quantiles(found.in_doubt)}",
    ]
    for what in sorted({kill.what for kill in killed}):
        took = [kill.back - kill.at for kill in killed if kill.what == what and kill.back]
        told.append(f"{what}: killed {sum(kill.what == what for kill in killed)} times, back after {_quantiles(took)}")
    return told


def failures(found: Reckoning) -> list[str]:
    """What must not be; nothing where all is well."""
    wrong = [
        _some("acknowledged and never taken", found.never_taken),
        _some("said and never sent", found.never_sent),
        _some("acknowledged and not answered", found.unanswered),
        _some("handled twice", found.handled_twice),
        _some("sent twice without a doubt", [f"{one.phone} {one.key}" for one in found.doubled_for_nothing]),
        _some("left aside though the question was known to be shown", found.aside_for_nothing),
        _some("out of order", found.disorder),
        _some("unsettled at the end", [f"{found.states[one]} {one}" for one in UNSETTLED if found.states[one]]),
        _some("parked or failed", [f"{found.states[one]} {one}" for one in ("parked", "failed") if found.states[one]]),
    ]
    slowest = quantile([one.took for one in found.recovered], 0.99)
    if slowest > RECOVERED_WITHIN:
        wrong.append(f"recovery with nothing in flight: p99 {slowest:.1f} s, promised {RECOVERED_WITHIN:g} s")
    return [one for one in wrong if one]


def quantile(numbers: Sequence[float], share: float) -> float:
    """The number that this share of all does not exceed; 0 where there is none."""
    return sorted(numbers)[min(len(numbers) - 1, int(len(numbers) * share))] if numbers else 0.0


def _recovered(found: Reckoning) -> Iterator[str]:
    for what in sorted({one.what for one in found.recovered}):
        ours = sorted((one for one in found.recovered if one.what == what), key=lambda one: one.took)
        slow = ", ".join(f"{one.phone} at {_clock(one.wrote)}" for one in ours[-SLOWEST:] if one.took > SLOW)
        yield f"  after a kill of the {what}: {_quantiles([one.took for one in ours])}" + (
            f"; slowest: {slow}" if slow else ""
        )


def _clock(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%H:%M:%S.%f")[:-3]


def _quantiles(numbers: Sequence[float]) -> str:
    if not numbers:
        return "none"
    half, tail = quantile(numbers, 0.5), quantile(numbers, 0.99)
    return f"p50 {half:.2f} s, p99 {tail:.2f} s, most {max(numbers):.2f} s ({len(numbers)})"


def _some(what: str, which: Sequence[str]) -> str:
    if not which:
        return ""
    more = ", …" if len(which) > EXAMPLES else ""
    return f"{what}: {len(which)} ({', '.join(which[:EXAMPLES])}{more})"
