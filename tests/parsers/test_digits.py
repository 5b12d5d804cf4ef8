"""Digits of any script are numbers, and only well-placed commas group them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dialogue.parsers.digits import ascii_digits, join_comma_groups, join_spaced_groups, number


def test_digits_of_any_script_become_ascii_and_all_else_stays() -> None:
    assert ascii_digits("५ नवंबर १९८७, ٤٥, ４５, x²") == "5 नवंबर 1987, 45, 45, x²"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("45000", "45000"),
        ("45,000", "45000"),
        ("1,20,000", "120000"),
        ("120,000", "120000"),
        ("12,34,56,789.5", "123456789.5"),
        ("0045", "45"),
        (".5", "0.5"),
    ],
)
def test_western_and_indian_groups_are_read(typed: str, value: str) -> None:
    assert number(typed) == Decimal(value)


@pytest.mark.parametrize(
    "typed", ["1,2000", "1,20,00", "12,3456", "1.20.000", ",5", "5,", "1,,000", "", ".", "1e5", "٤٥"]
)
def test_any_other_grouping_is_no_number(typed: str) -> None:
    assert number(typed) is None


def test_groups_that_only_spaces_hold_apart_are_joined() -> None:
    assert join_spaced_groups("45 000 or 1 20 000 or 98765 43210 or 40 50") == "45000 or 120000 or 98765 43210 or 40 50"


def test_commas_are_dropped_inside_groups_and_kept_in_lists() -> None:
    assert join_comma_groups("₹1,20,000 and 1,2 and 10,11") == "₹120000 and 1,2 and 10,11"
