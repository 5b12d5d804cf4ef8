"""Quantiles of what was measured."""

from __future__ import annotations

from collections.abc import Sequence


def quantile(numbers: Sequence[float], share: float) -> float:
    """The number that this share of all does not exceed. Raises IndexError where there is none."""
    return sorted(numbers)[min(len(numbers) - 1, int(len(numbers) * share))]
