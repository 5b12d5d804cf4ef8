"""An order number is read however people write it, and nothing else is taken for one."""

from __future__ import annotations

import pytest

from domain.orders import order_number_in


@pytest.mark.parametrize(
    "text",
    [
        "ORD-001", "ord 1", "#001", "001", "1", "order no. 1", "Order number: 1", "order #1", "ORD001", "ORD–001",
        "ord-1.", "no. 1", "१", "ＯＲＤ－００１", "\u200bORD-001", "where is my order ORD-001?",
        "ORD-001, the one with ORD-001 on it",
    ],
)  # fmt: skip
def test_it_is_read(text: str) -> None:
    assert order_number_in(text) == "ORD-001"


def test_longer_ones_stay_as_they_are() -> None:
    assert order_number_in("ord 471120301") == "ORD-471120301"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "my orders",
        "the first one",
        "order 5 and order 6",
        "item 5",
        "bolt #3 is bent",
        "ORD-1234567890",
        "1 2",
    ],
)
def test_what_is_none_is_none(text: str) -> None:
    """Two numbers are none: nobody knows which is meant."""
    assert order_number_in(text) is None
