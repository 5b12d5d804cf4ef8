"""A country is found by its names, by cities in it and with a slip of the finger."""

from __future__ import annotations

import pytest

from dialogue.parsers import Invalid, country
from domain.jobs import COUNTRIES, Where


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("India", Where("IN")),
        ("UAE", Where("AE")),
        ("U.K.", Where("GB")),
        ("the US", Where("US")),
        ("us", Where("US")),
        ("United Arab Emirates", Where("AE")),
        ("jobs in Canada please", Where("CA")),
        ("i want to work in germany", Where("DE")),
        ("Holland", Where("NL")),
        ("Türkiye", Where("TR")),
        ("korea", Where("KR")),
        ("South Africa", Where("ZA")),
        ("Dubai", Where("AE", "Dubai")),
        ("London, UK", Where("GB", "London")),
        ("New Delhi", Where("IN", "New Delhi")),
        ("berlin germany", Where("DE", "Berlin")),
        ("germny", Where("DE")),
        ("Portugl", Where("PT")),
        ("untied states", Where("US")),
    ],
)
def test_a_country_however_it_is_called(typed: str, where: Where) -> None:
    assert country(typed) == where


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "country_unknown"),
        ("Atlantis", "country_unknown"),
        ("any", "country_unknown"),
        ("1", "country_unknown"),
        ("x" * 500, "country_unknown"),
        ("India or UAE", "country_several"),
        ("Dubai or London", "country_several"),
    ],
)
def test_what_is_no_country_is_told_why(typed: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        country(typed)
    assert refused.value.reason == reason


def test_every_country_is_found_by_all_that_it_is_called() -> None:
    """No name of one is a name of another, and each has its own code and locale."""
    for one in COUNTRIES:
        for name in (one.name, *one.also):
            assert country(name) == Where(one.code), name
        for city in one.cities:
            assert country(city) == Where(one.code, city.title()), city
    assert len({one.code for one in COUNTRIES}) == len({one.locale for one in COUNTRIES}) == len(COUNTRIES)
