"""`channels.meta.read` over bodies that are damaged in every way: nothing is raised, and no neighbour is lost."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, seed, settings

from channels.meta import NotAWebhook, read
from domain.inbound import (
    Incoming,
    Item,
    Notice,
    PreferenceUpdate,
    StatusUpdate,
    TemplateUpdate,
    TextContent,
    Unreadable,
)
from tests.contract.damage import CANARY, RAVI, Body, bodies
from tests.contract.found import FOUND, beside_ravi, message

PARTS = 8
"""so that several processes can share the work; each with a seed of its own"""
BODIES = 250
"""a part"""


def check(items: list[Item]) -> None:
    """The neighbour is among them, all are of the kinds there are, and what they hold can be kept and shown."""
    [ravi] = [item for item in items if isinstance(item, Incoming) and item.provider_id == RAVI.id]
    assert (ravi.content, ravi.sender.phone, ravi.number) == (TextContent("hello"), RAVI.phone, RAVI.number)
    for item in items:
        match item:
            case Incoming() | Unreadable():
                json.dumps(item.raw, allow_nan=False, ensure_ascii=False).encode()
            case Notice():
                json.dumps(item.detail, allow_nan=False, ensure_ascii=False).encode()
            case _:
                assert isinstance(item, StatusUpdate | PreferenceUpdate | TemplateUpdate)
        assert CANARY not in getattr(item, "reason", "")


@pytest.mark.parametrize("part", range(PARTS))
def test_a_neighbour_is_read_whatever_stands_beside_it(part: int) -> None:
    @seed(part)
    @settings(max_examples=BODIES, deadline=None, database=None)
    @given(bodies())
    def neighbours_are_read(body: Body) -> None:
        check(read(body.raw))

    neighbours_are_read()


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_once_costs_no_neighbour_any_more(name: str) -> None:
    check(read(FOUND[name].raw))


def test_thousands_of_items_are_read_the_bad_ones_among_the_good() -> None:
    items = read(beside_ravi([message(), {"type": "text"}, message("hologram", {}), None] * 2_500).raw)
    check(items)
    assert [type(item) for item in items] == [Incoming, Unreadable, Incoming, Unreadable] * 2_500 + [Incoming]


def test_what_no_reader_goes_down_is_refused_as_a_whole() -> None:
    """Nothing that Meta sends comes near: a hundred thousand lists in each other."""
    raw = beside_ravi([message(extra="@deep")]).raw
    with pytest.raises(NotAWebhook):
        read(raw.replace(b"[" * 600, b"[" * 100_000).replace(b"]" * 600, b"]" * 100_000))
