"""Verhoeff's check digit, which the last digit of an Aadhaar number is (UIDAI).

The digits are the elements of the dihedral group of the pentagon: 0–4 its rotations, 5–9 its reflections.
"""

from __future__ import annotations


def _product(left: int, right: int) -> int:
    if left < 5:
        return (left + right) % 5 if right < 5 else (left + right) % 5 + 5
    return (left - right) % 5 + 5 if right < 5 else (left - right) % 5


def _permutations() -> list[list[int]]:
    first = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
    powers = [list(range(10))]
    while len(powers) < 8:
        powers.append([first[digit] for digit in powers[-1]])
    return powers


PRODUCTS = [[_product(left, right) for right in range(10)] for left in range(10)]
PERMUTATIONS = _permutations()


def is_checked(digits: str) -> bool:
    """Whether the last of these digits is the check digit of those before it."""
    check = 0
    for place, digit in enumerate(reversed(digits)):
        check = PRODUCTS[check][PERMUTATIONS[place % 8][int(digit)]]
    return check == 0
