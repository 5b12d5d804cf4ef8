"""What a run does is decided by its seed, and asked for by variables."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.chaos.plan import API, POSTGRES, TEMPORAL, WORKER, WrongWish, plan_of


def test_the_seed_decides_everything() -> None:
    assert plan_of({"SEED": "5"}) == plan_of({"SEED": "5"})
    assert plan_of({"SEED": "5"}).kills != plan_of({"SEED": "6"}).kills


def test_a_full_run_kills_what_was_promised() -> None:
    plan = plan_of({})
    assert plan.conversations == 200
    assert Counter(kill.what for kill in plan.kills) == {WORKER: 20, API: 10, TEMPORAL: 10, POSTGRES: 5}


def test_a_short_run_is_smaller_and_can_be_made_larger() -> None:
    plan = plan_of({"SHORT": "1", "CONVERSATIONS": "50"})
    assert plan.conversations == 50
    assert Counter(kill.what for kill in plan.kills) == {WORKER: 4, API: 2, TEMPORAL: 2, POSTGRES: 1}


@pytest.mark.parametrize("wish", ["many", "0", "-1", "1.5", "²"])
def test_a_wish_that_is_no_number_is_told_by_its_name(wish: str) -> None:
    with pytest.raises(WrongWish, match="CONVERSATIONS"):
        plan_of({"CONVERSATIONS": wish})
