"""What work may come to, made of the type of its result: enough to go every way, and always of that type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from itertools import product
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from pydantic import BaseModel, Field

from dialogue.data import adapter, plain
from domain.effects import Effect
from domain.lending import FETCH_OFFERS, Offers
from maps.samples import NoSample, results, samples


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Model(BaseModel):
    one: int
    other: Literal["a", "b"]


@dataclass(frozen=True)
class Order:
    """One with a state."""

    number: str
    state: Literal["made", "sent", "lost"]


@dataclass(frozen=True)
class Found:
    """Several orders, and perhaps a remark."""

    orders: tuple[Order, ...]
    remark: str | None


@dataclass(frozen=True)
class Wide:
    """More combinations than anybody wants to try."""

    a: Literal[1, 2, 3, 4]
    b: Literal[1, 2, 3, 4]
    c: Literal[1, 2, 3, 4]
    d: bool


def values(kind: Any) -> list[Any]:
    """The values alone."""
    return [one.value for one in samples(kind, "it")]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (str, ["it-1"]),
        (int, [1]),
        (bool, [True, False]),
        (None, [None]),
        (Literal["a", "b", 3], ["a", "b", 3]),
        (Colour, ["red", "blue"]),
        (str | None, ["it-1", None]),
        (int | Literal["none"], [1, "none"]),
        (list[int], [[1], [1, 2], []]),
        (tuple[str, ...], [["it-1"], ["it-1", "it-2"], []]),
        (dict[str, int], [{"it-1": 1}, {}]),
        (Annotated[int, Field(gt=0)], [1]),
        (Order, [{"number": "number-1", "state": state} for state in ("made", "sent", "lost")]),
        (Model, [{"one": 1, "other": "a"}, {"one": 1, "other": "b"}]),
    ],
    ids=str,
)
def test_all_that_a_type_allows_is_there_once(kind: Any, expected: list[Any]) -> None:
    assert values(kind) == expected


@pytest.mark.parametrize(
    "kind",
    [
        Found, Wide, Model, Colour, list[Order], dict[str, Order], date, datetime, Decimal, UUID, float, Order | None,
        tuple[int, str], set[int], Mapping[str, Literal["a", "b"]],
    ],
    ids=str,
)  # fmt: skip
def test_each_is_data_and_of_its_type(kind: Any) -> None:
    for one in samples(kind):
        assert plain(one.value) == one.value
        adapter(kind).validate_python(one.value)


def test_every_literal_in_a_list_is_there_and_the_two_of_a_list_are_two() -> None:
    (two,) = [found for found in values(list[Order]) if len(found) == 2]
    assert two[0]["number"] != two[1]["number"]
    assert {found[0]["state"] for found in values(list[Order]) if len(found) == 1} == {"made", "sent", "lost"}


def test_few_choices_are_combined() -> None:
    found = [(tuple(one["state"] for one in value["orders"]), value["remark"]) for value in values(Found)]
    lists = [("made",), ("sent",), ("lost",), ("made", "made"), ()]
    assert sorted(found, key=str) == sorted(product(lists, ["remark-1", None]), key=str)


def test_many_choices_are_varied_one_at_a_time() -> None:
    found = values(Wide)
    assert len(found) == 1 + 3 + 3 + 3 + 1
    assert all(sum(value[name] != found[0][name] for name in "abcd") <= 1 for value in found)


def test_what_sets_each_apart_is_said() -> None:
    words = [one.words for one in samples(Found)]
    assert len(set(words)) == len(words)
    assert "orders: one, state: lost, remark: none" in words
    assert "orders: none, remark: some" in words


def test_an_effect_that_says_what_it_comes_to_is_believed() -> None:
    assert [one.words for one in results(FETCH_OFFERS)][:2] == ["two offers", "one offer"]
    for one in results(FETCH_OFFERS):
        assert isinstance(FETCH_OFFERS.read(one.value), Offers)


def test_what_nothing_can_be_made_up_for_is_named() -> None:
    with pytest.raises(NoSample, match="fetch: of bytes nothing can be made up: give the effect samples"):
        results(Effect("fetch", str, bytes))


@dataclass(frozen=True)
class Slot:
    """Texts that have to be what they say."""

    zone: str
    link: str = ""


def test_a_text_that_is_read_elsewhere_is_what_its_name_says_and_one_that_may_be_empty_is_so_too() -> None:
    assert values(Slot) == [
        {"zone": "Asia/Kolkata", "link": "https://example.com/1"},
        {"zone": "Asia/Kolkata", "link": ""},
    ]
