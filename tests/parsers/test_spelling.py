"""One slip of the finger is forgiven in long words, and never two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.parsers.spelling import forgivably_near, within_one_edit


@pytest.mark.parametrize("typed", ["retail", "retial", "retal", "retaill", "retaol", "etail", "ertail"])
def test_a_letter_swapped_lost_doubled_or_wrong_is_one_mistake(typed: str) -> None:
    assert within_one_edit(typed, "retail")


@pytest.mark.parametrize("typed", ["reatli", "retaols", "tail", "detial", "", "liater"])
def test_two_mistakes_are_too_many(typed: str) -> None:
    assert not within_one_edit(typed, "retail")


def test_a_short_word_must_be_written_as_it_is() -> None:
    assert not forgivably_near("lone", "loan")
    assert forgivably_near("hindhi", "hindi")


def _distance(left: str, right: str) -> int:
    """Optimal string alignment by its definition: the slow way."""
    table = [
        [row + column if not row * column else 0 for column in range(len(right) + 1)] for row in range(len(left) + 1)
    ]
    for row in range(1, len(left) + 1):
        for column in range(1, len(right) + 1):
            table[row][column] = min(
                table[row - 1][column] + 1,
                table[row][column - 1] + 1,
                table[row - 1][column - 1] + (left[row - 1] != right[column - 1]),
            )
            if row > 1 and column > 1 and left[row - 2 : row] == right[column - 2 : column][::-1]:
                table[row][column] = min(table[row][column], table[row - 2][column - 2] + 1)
    return table[len(left)][len(right)]


@given(st.text("abc", max_size=7), st.text("abc", max_size=7))
def test_the_quick_way_agrees_with_the_definition(left: str, right: str) -> None:
    assert within_one_edit(left, right) == (_distance(left, right) <= 1)
