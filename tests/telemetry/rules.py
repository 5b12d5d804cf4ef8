"""Prometheus rules as they are written, and what each expression of them reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import promql_parser
import yaml

SERIES_OF_A_HISTOGRAM = ("_bucket", "_count", "_sum")


@dataclass(frozen=True)
class Rule:
    """One rule; `name` is what it records, or the alert's."""

    name: str
    recorded: bool
    expression: str
    fields: dict[str, Any]


def rules_of(file: Path) -> list[Rule]:
    """All rules of a file, in the order of their groups."""
    groups = yaml.safe_load(file.read_text())["groups"]
    return [
        Rule(one.get("record") or one["alert"], "record" in one, one["expr"], one)
        for group in groups
        for one in group["rules"]
    ]


def metrics_of(expression: str) -> set[str]:
    """The metrics that an expression reads. Raises ValueError where it is none."""
    return {name for name, _ in selectors_of(expression)}


def selectors_of(expression: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Each selector: the metric, and what it wants its labels to be."""
    found: list[tuple[str, dict[str, str]]] = []

    def seen(part: Any) -> bool:
        if isinstance(part, promql_parser.VectorSelector) and part.name:
            found.append((part.name, {one.name: one.value for one in part.matchers.matchers}))
        return True

    promql_parser.walk(promql_parser.parse(expression), seen)
    yield from found


def metric_of(series: str) -> str:
    """The metric that a series is of: a histogram has several."""
    for end in SERIES_OF_A_HISTOGRAM:
        if series.endswith(end):
            return series.removesuffix(end)
    return series
