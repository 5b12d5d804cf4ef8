"""A country, or a city in one, as people type it."""

from __future__ import annotations

from collections.abc import Iterable

from dialogue.parsers.invalid import Invalid
from dialogue.parsers.spelling import forgivably_near
from dialogue.parsers.text import folded_set, words
from domain.jobs import COUNTRIES, Where

_LONGEST = 80
_AROUND = folded_set("in at to jobs job work a for i want would like the country of somewhere please from my is")
"""words that say nothing about which country it is"""


def _said(name: str) -> str:
    return " ".join(word for word in words(name) if word not in _AROUND)


_BY_NAME: dict[str, Where] = {
    **{_said(city): Where(one.code, city.title()) for one in COUNTRIES for city in one.cities},
    **{_said(name): Where(one.code) for one in COUNTRIES for name in (one.name, *one.also)},
}


def country(text: str) -> Where:
    """The country meant, one of those whose jobs can be searched; with the city, where one was named.

    Read are names and what else people call them (`UAE`, `Holland`, `the US`), cities (`Dubai`, `London, UK`), with
    words around them (`jobs in Canada`) and one mistake in a word of five letters or more.

    Raises Invalid: country_several, country_unknown.
    """
    if len(text) > _LONGEST:
        raise Invalid("country_unknown")
    typed = _said(text)
    if typed in _BY_NAME:
        return _BY_NAME[typed]
    named = _the_longest(name for name in _BY_NAME if f" {name} " in f" {typed} ")
    found = {_BY_NAME[name] for name in named}
    if not found:
        found = {_BY_NAME[name] for name in _BY_NAME if forgivably_near(typed, name)}
    if len({where.country for where in found}) > 1:
        raise Invalid("country_several")
    if not found:
        raise Invalid("country_unknown")
    return max(found, key=lambda where: where.place)


def _the_longest(names: Iterable[str]) -> list[str]:
    """The names that are no part of another one among them."""
    found = list(names)
    return [one for one in found if not any(one != other and f" {one} " in f" {other} " for other in found)]
