"""The rules of service levels: each can be read by Prometheus, and reads what there is."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import promql_parser
import pytest

from stack.process import ROOT
from telemetry.labels import ALL
from tests.telemetry.rules import Rule, metric_of, metrics_of, rules_of, selectors_of

FILE = ROOT / "monitoring" / "slo.rules.yml"
RULES = rules_of(FILE)
ALERTS = [rule for rule in RULES if not rule.recorded]
TARGETS = {"availability": 0.999, "answer_seconds": 2, "errors": 0.01, "completion": 0.8}
"""msme's, as the specification has them"""
BROKEN = """
groups:
  - name: broken
    rules:
      - alert: OfNothing
        expr: max(sutradhar_never_counted) > sutradhar:never:recorded
      - record: sutradhar:later
        expr: sutradhar_bot_unavailable{bot="nobody", shoe_size="9"}
"""


def unknown(rules: list[Rule]) -> set[str]:
    """What rules read that is neither a metric of ours nor recorded before them."""
    recorded: set[str] = set()
    missing: set[str] = set()
    for rule in rules:
        missing |= {name for name in metrics_of(rule.expression) if metric_of(name) not in ALL and name not in recorded}
        if rule.recorded:
            recorded.add(rule.name)
    return missing


def wrong_labels(rules: list[Rule]) -> set[str]:
    """Labels and values that no series of the metric has."""
    wrong = set()
    for rule in rules:
        for name, matchers in selectors_of(rule.expression):
            known = ALL.get(metric_of(name), {})
            wrong |= {f"{label}={value}" for label, value in matchers.items() if value not in known.get(label, ())}
    return wrong


@pytest.mark.skipif(shutil.which("promtool") is None, reason="there is no promtool on the PATH")
def test_promtool_finds_nothing_wrong() -> None:
    done = subprocess.run(["promtool", "check", "rules", str(FILE)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr + done.stdout


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_the_form_of_one(rule: Rule) -> None:
    promql_parser.parse(rule.expression)
    assert set(rule.fields) <= {"record", "alert", "expr", "for", "labels", "annotations"}
    if rule.recorded:
        assert re.fullmatch(r"sutradhar(:[a-z0-9_]+)+", rule.name)
    else:
        assert re.fullmatch(r"([A-Z][a-z]+)+", rule.name)
        assert rule.fields["labels"]["severity"] in ("page", "ticket")
        assert rule.fields["labels"]["slo"] in TARGETS
        assert "{{ $labels.bot }}" in rule.fields["annotations"]["summary"]
    if "for" in rule.fields:
        assert promql_parser.parse_duration(rule.fields["for"]) > timedelta(0)


def test_no_name_is_given_twice() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_every_rule_reads_what_is_counted_or_was_recorded_before_it() -> None:
    assert unknown(RULES) == set()
    assert wrong_labels(RULES) == set()


def test_a_metric_that_nobody_counts_and_a_label_that_no_series_has_are_found(tmp_path: Path) -> None:
    broken = tmp_path / "broken.yml"
    broken.write_text(BROKEN)
    rules = rules_of(broken)

    assert unknown(rules) == {"sutradhar_never_counted", "sutradhar:never:recorded"}
    assert wrong_labels(rules) == {"bot=nobody", "shoe_size=9"}


def test_an_expression_that_is_none_is_found() -> None:
    with pytest.raises(ValueError, match=r"."):
        promql_parser.parse("sum by (bot (rate(sutradhar_bot_events_total[5m]))")


def test_the_targets_are_msmes_and_each_has_an_alert_that_is_held_against_it() -> None:
    targets = {rule.name: rule for rule in RULES if rule.name.endswith(":target")}

    assert {name.split(":")[1]: float(rule.expression[7:-1]) for name, rule in targets.items()} == TARGETS
    assert {rule.fields["labels"]["set_by"] for rule in targets.values()} == {"msme"}
    for alert in ALERTS:
        assert f"sutradhar:{alert.fields['labels']['slo']}:target" in metrics_of(alert.expression)
    assert {alert.fields["labels"]["slo"] for alert in ALERTS} == set(TARGETS)


@pytest.mark.parametrize("slo", ["availability", "errors"])
def test_budgets_are_watched_in_a_long_and_a_short_window_fast_and_slow(slo: str) -> None:
    alerts = [alert for alert in ALERTS if alert.fields["labels"]["slo"] == slo]
    windows = [
        sorted(name.rpartition("_")[2] for name in metrics_of(alert.expression) if ":ratio_" in name)
        for alert in alerts
    ]
    assert windows == [["1h", "5m"], ["30m", "6h"], ["3d"]]


def test_each_of_the_five_bots_has_a_series_of_its_own() -> None:
    for metric, labels in ALL.items():
        if "bot" in labels:
            assert {"loan", "nexora", "orders", "msme", "tax"} <= set(labels["bot"]), metric


def test_those_on_duty_are_told_of_every_alert_what_it_means_and_what_to_do() -> None:
    page = (ROOT / "docs" / "operations.md").read_text()
    anchors = {
        re.sub(r"[^a-z0-9 -]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in page.splitlines()
        if line.startswith("#")
    }

    for alert in ALERTS:
        assert alert.name in page
        where, _, anchor = alert.fields["annotations"]["runbook"].partition("#")
        assert where == "docs/operations.md"
        assert anchor in anchors
