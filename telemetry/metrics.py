"""Metrics for Prometheus: what happened in this process. Each function counts one thing; none raises, none blocks.

Names, labels and values are in `telemetry/labels.py`; what they mean to those on duty is in docs/operations.md.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics import MetricWrapperBase

from telemetry.labels import (
    ALL,
    Acknowledged,
    By,
    Handed,
    Happened,
    Letter,
    Media,
    Purpose,
    Recipient,
    Sent,
    Swept,
    Went,
)

CONTENT_TYPE = CONTENT_TYPE_LATEST
REGISTRY = CollectorRegistry()
"""what this process counts"""
ACKNOWLEDGED_IN = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""seconds; a provider hangs up after ten"""
TURN_TAKES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0)
"""seconds, an attempt to send included: that alone may take two"""
ANSWERED_IN = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 30.0, 60.0, 300.0)
"""seconds; the target is two"""

Metric = TypeVar("Metric", bound=MetricWrapperBase)


class Labelled(Generic[Metric]):
    """A metric whose series are all there from the start, at nothing: a rate sees the first of a kind too."""

    def __init__(self, name: str, metric: Metric) -> None:
        self._sets = tuple(ALL[name].values())
        self._series: dict[tuple[str, ...], Metric] = {
            values: metric.labels(*values) for values in itertools.product(*self._sets)
        }

    def of(self, *values: str) -> Metric:
        """The series of these values, each of them `other` where it is none of its label's."""
        known = self._series.get(values)
        if known is not None:
            return known
        within = (value if value in all else "other" for value, all in zip(values, self._sets, strict=True))
        return self._series[tuple(within)]


def _counter(name: str, what: str) -> Labelled[Counter]:
    return Labelled(name, Counter(name, what, tuple(ALL[name]), registry=REGISTRY))


# When each series began would be as many series again, and nobody asks.
disable_created_metrics()  # type: ignore[no-untyped-call]
ProcessCollector(registry=REGISTRY)
_acknowledged = Labelled(
    "sutradhar_webhook_acknowledgement_seconds",
    Histogram(
        "sutradhar_webhook_acknowledgement_seconds",
        "From a webhook's coming to its answer, by what was answered",
        ("result",),
        buckets=ACKNOWLEDGED_IN,
        registry=REGISTRY,
    ),
)
_turns = Histogram(
    "sutradhar_turn_seconds",
    "One turn of a conversation, from its start to the end of its attempt to send",
    buckets=TURN_TAKES,
    registry=REGISTRY,
)
_throttled = Counter(
    "sutradhar_throttled_total", "Messages that were not answered, for many like them helped nobody", registry=REGISTRY
)
_answers = Labelled(
    "sutradhar_answer_seconds",
    Histogram(
        "sutradhar_answer_seconds",
        "From a message's arrival to the acceptance of the first answer to it, by bot",
        ("bot",),
        buckets=ANSWERED_IN,
        registry=REGISTRY,
    ),
)
_events = _counter("sutradhar_bot_events_total", "What went well and what did not, by bot")
_in = _counter("sutradhar_messages_in_total", "Messages stored, by kind; one that came twice counts once")
_sends = _counter("sutradhar_sends_total", "Attempts to send a message, by what they ended in and what it is for")
_statuses = _counter("sutradhar_statuses_total", "Statuses told of messages of ours")
_handed = _counter("sutradhar_handed_over_total", "Conversations told of what came in, by whom and how it went")
_sweeps = _counter("sutradhar_sweeps_total", "Looks for what was left lying, by what they found")
_letters = _counter("sutradhar_dead_letters_total", "Items of webhooks that nobody could take, by why")
_recipients = _counter("sutradhar_broadcast_recipients_total", "Recipients of broadcasts, by what was decided of them")
_media = _counter("sutradhar_media_total", "Attachments, by what became of them")


def acknowledged(result: Acknowledged | str, seconds: float) -> None:
    """A webhook was answered, so many seconds after it came."""
    _acknowledged.of(result).observe(seconds)


@contextmanager
def turn() -> Iterator[None]:
    """The block is one turn: how long it takes is observed, however it ends."""
    begun = time.perf_counter()
    try:
        yield
    finally:
        _turns.observe(time.perf_counter() - begun)


def throttled(messages: int) -> None:
    """So many messages were not answered: the person, or another machine, had written too many that help nobody."""
    _throttled.inc(messages)


def arrived(kind: str) -> None:
    """A message was stored for the first time; `kind` as in `inbox.kind`, which is the provider's in part."""
    _in.of(kind).inc()


def sent(result: Sent, purpose: Purpose | str = "answer") -> None:
    """An attempt to send ended so; `purpose` as in `outbox.purpose`.

    accepted: the provider took it; deferred: a limit, this try does not count; parked: it waits for the person;
    failed: never again; unknown: the answer was lost; retried: not accepted, and to be tried again.
    """
    _sends.of(result, purpose).inc()


def told(state: str) -> None:
    """A status came of a message of ours; `state` is the provider's word."""
    _statuses.of(state).inc()


def handed_over(result: Handed, by: By) -> None:
    """A conversation was told of what came in, or could not be."""
    _handed.of(by, result).inc()


def swept(result: Swept) -> None:
    """One look for what was left lying has ended."""
    _sweeps.of(result).inc()


def dead_letter(reason: Letter | str) -> None:
    """An item of a webhook was put by, for nobody could take it; `reason` as in `dead_letters.reason`."""
    _letters.of(reason).inc()


def media(result: Media) -> None:
    """An attachment was fetched, or was not."""
    _media.of(result).inc()


def answered(bot: str, seconds: float) -> None:
    """The provider took the first answer to a message, so many seconds after that had come."""
    _answers.of(bot).observe(seconds)


def happened(bot: str, event: Happened, result: Went) -> None:
    """Something of a bot went well, or did not: what its errors are a part of."""
    _events.of(bot, event, result).inc()


def broadcast(result: Recipient | str, number: int = 1) -> None:
    """Of so many recipients of a broadcast it was decided: a message was `made`, or why none was."""
    _recipients.of(result).inc(number)


def page() -> bytes:
    """All that this process counts, as Prometheus reads it."""
    return generate_latest(REGISTRY)
