"""Metrics: labels of fixed sets, series that are there from the start, and nobody's data."""

from __future__ import annotations

import itertools
import re
import socket
from collections.abc import Callable

import httpx
import pytest
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from api.metrics import values_of, values_of_levels
from stack.process import ROOT
from store.backlog import Backlog
from store.service_levels import Levels, Sessions
from telemetry import metrics
from telemetry.gauges import MEANINGS, gauges_page
from telemetry.labels import ALL
from telemetry.personal import redacted
from telemetry.serving import served

NOTHING = Backlog(inbox=0, inbox_age=0, outbox={}, outbox_age=0, letters={}, trouble=0, stopped=0, worker_silent=None)
SOMETHING = Backlog(
    inbox=3,
    inbox_age=12.5,
    outbox={"pending": 2, "deferred": 1, "unknown": 1, "parked": 4, "invented_later": 5},
    outbox_age=70.25,
    letters={"unreadable": 1, "invented later": 2},
    trouble=1,
    stopped=1,
    worker_silent=2.5,
)
LEVELS = Levels({"loan": True, "msme": False, "invented_later": False}, {"msme": Sessions(40, 31)})
COUNTING: list[Callable[[str], None]] = [
    lambda value: metrics.acknowledged(value, 0.1),
    metrics.arrived,
    lambda value: metrics.sent(value, value),  # type: ignore[arg-type]
    metrics.told,
    lambda value: metrics.handed_over(value, value),  # type: ignore[arg-type]
    lambda value: metrics.swept(value),  # type: ignore[arg-type]
    metrics.dead_letter,
    lambda value: metrics.media(value),  # type: ignore[arg-type]
    lambda value: metrics.answered(value, 0.1),
    lambda value: metrics.happened(value, value, value),  # type: ignore[arg-type]
    metrics.broadcast,
]
"""all that counts by a label"""


def families() -> list[Metric]:
    """Everything of ours that a scrape shows."""
    told = {"sutradhar_database_up": 1.0, **values_of(SOMETHING), **values_of_levels(LEVELS)}
    page = (metrics.page() + gauges_page(told)).decode()
    return [family for family in text_string_to_metric_families(page) if family.name.startswith("sutradhar_")]


def name_of(family: Metric) -> str:
    """A metric's name as we know it; the reader takes `_total` off."""
    return f"{family.name}_total" if family.type == "counter" else family.name


def value(name: str, **labels: str) -> float:
    """The value of one series of this process."""
    found = metrics.REGISTRY.get_sample_value(name, labels)
    assert found is not None, (name, labels)
    return found


def test_every_metric_is_listed_with_its_labels_and_no_label_has_a_value_beyond_its_set() -> None:
    for count in COUNTING:
        for odd in ("0f8fad5b-d9cb-469f-a165-70867728950e", "+919812345670", "Asha", ""):
            count(odd)
    shown = families()

    assert {name_of(family) for family in shown} == set(ALL)
    for family in shown:
        sets = ALL[name_of(family)]
        for sample in family.samples:
            assert set(sample.labels) - {"le"} == set(sets), sample
            for label, held in sample.labels.items():
                assert label == "le" or held in sets[label], sample


def test_every_series_is_there_from_the_start() -> None:
    for family in families():
        sets = ALL[name_of(family)]
        series = {tuple(sample.labels[label] for label in sets) for sample in family.samples}
        assert series == set(itertools.product(*sets.values())), family.name


def test_every_metric_says_what_it_means_and_no_value_of_a_label_looks_like_a_person() -> None:
    for family in families():
        assert len(family.documentation) > 20, family.name
    for sets in ALL.values():
        for values in sets.values():
            assert "other" in values
            assert [redacted(one) for one in values] == list(values)
    assert set(MEANINGS) < set(ALL)


def test_those_on_duty_are_told_what_each_means_and_of_none_that_there_is_not() -> None:
    told = set(re.findall(r"sutradhar_[a-z_]+", (ROOT / "docs" / "operations.md").read_text()))

    assert set(ALL) <= told
    assert {name.removesuffix("_count").removesuffix("_bucket") for name in told} <= set(ALL)


@pytest.mark.parametrize("kind", ["text", "other", "", "hologram", "+919812345670", "text "])
def test_whatever_a_provider_calls_it_it_counts_as_one_of_the_set(kind: str) -> None:
    kinds = ALL["sutradhar_messages_in_total"]["kind"]
    before = {one: value("sutradhar_messages_in_total", kind=one) for one in kinds}

    metrics.arrived(kind)

    counted = [one for one in kinds if value("sutradhar_messages_in_total", kind=one) != before[one]]
    assert counted == [kind if kind in kinds else "other"]


def test_each_thing_is_counted_where_it_belongs() -> None:
    counted = {
        "sutradhar_messages_in_total": {"kind": "text"},
        "sutradhar_sends_total": {"result": "deferred", "purpose": "reminder"},
        "sutradhar_statuses_total": {"state": "delivered"},
        "sutradhar_handed_over_total": {"by": "sweeper", "result": "away"},
        "sutradhar_sweeps_total": {"result": "left"},
        "sutradhar_dead_letters_total": {"reason": "no_sender"},
        "sutradhar_media_total": {"result": "refused"},
        "sutradhar_webhook_acknowledgement_seconds_count": {"result": "taken"},
        "sutradhar_turn_seconds_count": {},
        "sutradhar_answer_seconds_count": {"bot": "msme"},
        "sutradhar_bot_events_total": {"bot": "msme", "event": "send", "result": "bad"},
    }
    before = {name: value(name, **labels) for name, labels in counted.items()}

    metrics.arrived("text")
    metrics.sent("deferred", "reminder")
    metrics.told("delivered")
    metrics.handed_over("away", "sweeper")
    metrics.swept("left")
    metrics.dead_letter("no_sender")
    metrics.media("refused")
    metrics.acknowledged("taken", 0.003)
    metrics.answered("msme", 0.4)
    metrics.happened("msme", "send", "bad")
    with metrics.turn():
        pass

    assert {name: value(name, **labels) - before[name] for name, labels in counted.items()} == dict.fromkeys(counted, 1)


def test_a_turn_that_fails_is_observed_too() -> None:
    before = value("sutradhar_turn_seconds_count")
    with pytest.raises(ValueError, match="no"), metrics.turn():
        raise ValueError("no")

    assert value("sutradhar_turn_seconds_count") == before + 1


def test_acknowledgements_are_told_apart_from_a_millisecond_to_five_seconds() -> None:
    bounds = [
        float(sample.labels["le"])
        for family in families()
        if family.name == "sutradhar_webhook_acknowledgement_seconds"
        for sample in family.samples
        if sample.name.endswith("_bucket") and sample.labels["result"] == "taken"
    ]

    assert bounds == sorted(bounds)
    assert bounds[0] == 0.001
    assert bounds[-2:] == [5.0, float("inf")]


def test_the_backlog_is_shown_as_it_was_read_and_what_is_unheard_of_as_other() -> None:
    page = gauges_page(values_of(SOMETHING)).decode()

    for line in (
        "sutradhar_inbox_waiting 3.0",
        "sutradhar_inbox_oldest_seconds 12.5",
        'sutradhar_outbox_unsent{state="unknown"} 1.0',
        'sutradhar_outbox_unsent{state="sending"} 0.0',
        'sutradhar_outbox_unsent{state="other"} 5.0',
        "sutradhar_outbox_oldest_seconds 70.25",
        'sutradhar_dead_letters_open{reason="other"} 2.0',
        "sutradhar_conversations_in_trouble 1.0",
        "sutradhar_numbers_stopped 1.0",
        "sutradhar_worker_silent_seconds 2.5",
    ):
        assert line in page.splitlines()


def test_a_bot_that_nobody_serves_is_not_told_of_as_away_and_an_unheard_of_one_is_other() -> None:
    page = gauges_page(values_of_levels(LEVELS)).decode()

    for line in (
        'sutradhar_bot_unavailable{bot="msme"} 1.0',
        'sutradhar_bot_unavailable{bot="loan"} 0.0',
        'sutradhar_bot_unavailable{bot="tax"} 0.0',
        'sutradhar_bot_unavailable{bot="other"} 1.0',
        'sutradhar_sessions_begun{bot="msme"} 40.0',
        'sutradhar_sessions_completed{bot="msme"} 31.0',
        'sutradhar_sessions_begun{bot="loan"} 0.0',
    ):
        assert line in page.splitlines()


def test_whether_an_answer_took_two_seconds_can_be_told() -> None:
    assert 2.0 in metrics.ANSWERED_IN


def test_a_worker_that_never_was_has_no_age() -> None:
    page = gauges_page(values_of(NOTHING)).decode()

    assert "sutradhar_worker_silent_seconds" not in page
    assert 'sutradhar_outbox_unsent{state="pending"} 0.0' in page.splitlines()


def test_a_process_without_an_api_serves_its_own_on_a_port_while_it_runs() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with served("127.0.0.1", port):
        answer = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False)
        assert answer.status_code == 200
        assert "sutradhar_turn_seconds_bucket" in answer.text
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False)


def test_port_0_serves_nothing() -> None:
    with served("127.0.0.1", 0):
        pass
