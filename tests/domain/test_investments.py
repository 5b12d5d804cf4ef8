"""A budget opens the programs that it reaches; a lead's score is what is known of it, each point with its reason."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.investments import CATEGORIES, NEAREST, Program, by_rank, matches
from domain.scores import FREE_MAIL, MOST, Known, score
from store.seeding import seeded_programs

PROGRAMS = seeded_programs()
NOBODY = Known(email="asha@gmail.com")


class TestSeeds:
    def test_every_category_has_at_least_four_programs_with_ranks_from_one(self) -> None:
        ranks = defaultdict(list)
        for program in PROGRAMS:
            ranks[program.category].append(program.rank)
        assert set(ranks) == set(CATEGORIES)
        for found in ranks.values():
            assert sorted(found) == list(range(1, len(found) + 1))
            assert len(found) >= 4

    def test_europe_begins_with_portugal_greece_and_spain(self) -> None:
        europe = sorted((one for one in PROGRAMS if one.category == "europe"), key=by_rank)
        assert [(one.name, int(one.minimum_investment)) for one in europe[:3]] == [
            ("Portugal Golden Residency Program", 280_000),
            ("Greece Golden Visa – Real Estate", 250_000),
            ("Spain Golden Visa Program", 500_000),
        ]

    def test_no_two_programs_share_a_name_or_a_link(self) -> None:
        assert len({one.name for one in PROGRAMS}) == len({one.link for one in PROGRAMS}) == len(PROGRAMS)
        assert all(one.link.startswith("https://nexorainvestments.com/") for one in PROGRAMS)


class TestMatches:
    def test_all_within_the_budget_by_rank(self) -> None:
        found = matches(PROGRAMS, Decimal(250_000))
        assert found.within
        assert {one.name for one in found.programs} == {
            one.name for one in PROGRAMS if one.minimum_investment <= 250_000
        }
        assert [one.rank for one in found.programs] == sorted(one.rank for one in found.programs)

    def test_a_budget_of_exactly_the_minimum_reaches_it(self) -> None:
        assert [one.name for one in matches(PROGRAMS, Decimal(50_000)).programs] == ["UAE Company Founder Residence"]

    def test_where_none_is_reached_the_nearest_are_there_and_it_is_said_so(self) -> None:
        found = matches(PROGRAMS, Decimal("49999.99"))
        assert not found.within
        assert [one.minimum_investment for one in found.programs] == [50_000, 185_000, 200_000]
        assert len(found.programs) == NEAREST

    def test_without_programs_there_is_nothing(self) -> None:
        assert matches((), Decimal(1_000_000)).programs == ()

    @given(st.decimals(0, 3_000_000, places=2))
    def test_a_larger_budget_never_opens_less(self, budget: Decimal) -> None:
        def within(amount: Decimal) -> set[Program]:
            found = matches(PROGRAMS, amount)
            return set(found.programs) if found.within else set()

        assert within(budget) <= within(budget + 1_000)


class TestScore:
    def test_of_whom_nothing_is_known_is_nothing(self) -> None:
        assert (score(NOBODY).points, score(NOBODY).reasons) == (0, ())

    @pytest.mark.parametrize(
        ("budget", "points", "reason"),
        [
            (0, 10, "budget_given"),
            (99_999, 10, "budget_given"),
            (100_000, 20, "budget_100k"),
            (249_999, 20, "budget_100k"),
            (250_000, 30, "budget_250k"),
            (499_999, 30, "budget_250k"),
            (500_000, 40, "budget_500k"),
            (9_000_000, 40, "budget_500k"),
        ],
    )
    def test_counts_one_step_of_the_budget(self, budget: int, points: int, reason: str) -> None:
        scored = score(replace(NOBODY, budget=Decimal(budget)))
        assert (scored.points, scored.reasons) == (points, (reason,))

    def test_counts_a_budget_that_reaches_what_they_looked_at(self) -> None:
        wants = replace(NOBODY, interest="usa", cheapest=Decimal(800_000))
        enough = score(replace(wants, budget=Decimal(800_000)))
        short = score(replace(wants, budget=Decimal(799_999)))
        assert enough.points - short.points == 25
        assert "budget_reaches_interest" in set(enough.reasons) - set(short.reasons)

    def test_counts_an_address_that_not_everybody_can_have(self) -> None:
        assert score(Known(email="asha@patil-exports.example")).reasons == ("email_of_a_company",)
        assert score(Known(email="asha@GMAIL.com")).reasons == ()
        assert all(score(Known(email=f"asha@{domain}")).points == 0 for domain in FREE_MAIL)

    def test_of_whom_all_is_known_is_a_hundred(self) -> None:
        everything = Known("a@b.example", "+919800000000", "usa", "Canada", Decimal(900_000), Decimal(800_000))
        assert score(everything).points == MOST == 100
        assert len(score(everything).reasons) == 6
