"""Gauges: what is so at the moment of a scrape, as whoever asked the database for it tells us."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from telemetry.labels import ALL

MEANINGS = {
    "sutradhar_database_up": "Whether the database could be asked: with 0 no other gauge is told",
    "sutradhar_inbox_waiting": "Messages that came in and that no turn has taken yet",
    "sutradhar_inbox_oldest_seconds": "How long the first of them has waited",
    "sutradhar_outbox_unsent": "Messages that are not with the provider, by state; unknown may be",
    "sutradhar_outbox_oldest_seconds": "How long the first of them has waited, those parked not counted",
    "sutradhar_dead_letters_open": "Items of webhooks that nobody could take and nobody has replayed, by why",
    "sutradhar_conversations_in_trouble": "Conversations that wait for an operator",
    "sutradhar_numbers_stopped": "Numbers of ours that the provider accepts nothing from",
    "sutradhar_worker_silent_seconds": "Since the last sign of life of any worker",
    "sutradhar_bot_unavailable": "1 for a bot whose number people write to and are not answered just now",
    "sutradhar_sessions_begun": "People who were on their way through a bot between eight days and one day ago",
    "sutradhar_sessions_completed": "Those of them who have come to its last stage since",
}

Values = Mapping[str, float | Mapping[str, float]]
"""by a gauge's name: its value, or its values by that of its label"""


class _Told(Collector):
    def __init__(self, values: Values) -> None:
        self._values = values

    def collect(self) -> Iterable[GaugeMetricFamily]:
        for name, value in self._values.items():
            labels = ALL[name]
            family = GaugeMetricFamily(name, MEANINGS[name], labels=list(labels))
            if isinstance(value, Mapping):
                [known] = labels.values()
                summed = dict.fromkeys(known, 0.0)
                for one, number in value.items():
                    summed[one if one in known else "other"] += number
                for one, number in summed.items():
                    family.add_metric([one], number)
            else:
                family.add_metric([], value)
            yield family


def gauges_page(values: Values) -> bytes:
    """Gauges with these values, as Prometheus reads them. Raises KeyError for a name that is none in `labels`."""
    registry = CollectorRegistry()
    registry.register(_Told(values))
    return generate_latest(registry)
