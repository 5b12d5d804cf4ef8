"""A line of business, as people call it in two languages, and as they spell it."""

from __future__ import annotations

import pytest

from dialogue import Alternative
from dialogue.parsers import Invalid, Label, fold, sector
from domain.onboarding import SECTORS
from texts import Catalogue

WORDS = Catalogue("msme")
LABELS = [Label(one, WORDS.labels("sector", Alternative(one))) for one in SECTORS]


@pytest.mark.parametrize(("number", "one"), list(enumerate(SECTORS, 1)))
def test_each_by_its_number(number: int, one: str) -> None:
    devanagari = str(number).translate(str.maketrans("0123456789", "०१२३४५६७८९"))
    for typed in (str(number), f"{number}.", f"no. {number}", devanagari):
        assert sector(typed, LABELS) == one


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.id)
def test_each_by_all_it_is_called(label: Label) -> None:
    for name in label.names:
        assert sector(name, LABELS) == label.id, name


def test_nothing_is_called_like_another() -> None:
    called = [(fold(name), label.id) for label in LABELS for name in {fold(name) for name in label.names}]
    assert len({name for name, _ in called}) == len(called)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("I run a kirana store in Pune", "retail"),
        ("किराने की दुकान है", "retail"),
        ("kirana ki dukan", "retail"),
        ("IT", "technology"),
        ("software company", "technology"),
        ("we have a clinic", "healthcare"),
        ("dawai ki dukan", "healthcare"),
        ("मेरा क्लिनिक है", "healthcare"),
        ("कपड़ा", "textile"),
        ("कपड़े की दुकान", "textile"),
        ("I have a boutique", "textile"),
        ("food and beverage", "food"),
        ("F&B", "food"),
        ("chai ki dukan", "food"),
        ("a small restaurant", "food"),
        ("हमारा ढाबा है", "food"),
        ("खेती", "agriculture"),
        ("dairy farm", "agriculture"),
        ("car garage", "automotive"),
        ("building contractor", "construction"),
        ("coaching classes", "education"),
        ("beauty parlour", "services"),
        ("other", "other"),
        ("कुछ और", "other"),
    ],
)
def test_as_people_say_it(typed: str, meant: str) -> None:
    assert sector(typed, LABELS) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("retial", "retail"),
        ("Manufaturing", "manufacturing"),
        ("manufctring", "manufacturing"),
        ("helthcare", "healthcare"),
        ("helthcer", "healthcare"),
        ("edukation", "education"),
        ("agricultre", "agriculture"),
        ("textil", "textile"),
        ("teknology", "technology"),
        ("Automtive", "automotive"),
        ("contruction", "construction"),
        ("resturant", "food"),
        ("beauty parler", "services"),
    ],
)
def test_misspelled(typed: str, meant: str) -> None:
    assert sector(typed, LABELS) == meant


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "pick_one"),
        ("13", "pick_one"),
        ("0", "pick_one"),
        ("money", "pick_one"),
        ("Bengaluru", "pick_one"),
        ("न जाने", "pick_one"),
        ("x" * 500, "pick_one"),
        ("school and hospital", "pick_several"),
        ("garments manufacturing", "pick_several"),
    ],
)
def test_what_means_none_or_several_is_asked_again(typed: str, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        sector(typed, LABELS)
    assert refused.value.reason == reason
